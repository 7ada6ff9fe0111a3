"""The invented school that the stories play in."""

SCHOOL = """
[school]
id = "st-example"
name = "St Example Primary"
timezone = "Europe/London"
policy = "{policy}"

[school.hours]
mon-fri = "08:00-18:00"

[office]
{office}

[[people]]
id = "ana"
name = "Ana Teach"
roles = ["staff"]
phone = "+44 7700 900001"
emergency = {{ name = "Jo Teach", phone = "+44 7700 900091" }}
car = "blue Fiesta AB12 CDE"
{ana}

[[people]]
id = "sam"
name = "Sam Assist"
roles = ["staff"]
phone = "+44 7700 900003"
{sam}

[[people]]
id = "priya"
name = "Priya Shah"
roles = ["head"]
phone = "+44 7700 900004"
{priya}

[[people]]
id = "okoro"
name = "Ada Okoro"
roles = ["dsl"]
phone = "+44 7700 900005"
{okoro}

[[people]]
id = "lee"
name = "Dan Lee"
roles = ["senior_leader"]
phone = "+44 7700 900006"
{lee}

[[people]]
id = "olu"
name = "Olu Desk"
roles = ["office", "admin"]
phone = "+44 7700 900007"
{olu}

[[people]]
id = "bo"
name = "Bo Buddy"
roles = ["staff"]
phone = "+44 7700 900008"
{bo}

[[people]]
id = "tom"
name = "Tom Outside"
roles = ["staff"]
phone = "+44 7700 900009"
{tom}
"""
CAST = ("ana", "sam", "priya", "okoro", "lee", "olu", "bo", "tom")


def school_text(policy: str = "slps", extra: str = "") -> str:
    """The school file, everybody on the channel of the stories."""
    people = {person: f'web = "{person}"' for person in CAST}
    return SCHOOL.format(policy=policy, office='web = "office"', **people) + extra
