"""School files for the tests: one that is good, and ways to change a piece of it."""

from bot.settings import BadSettings, Settings, read_school, shipped

GOOD = """
[school]
id = "st-example"
name = "St Example Primary"
timezone = "Europe/London"
policy = "slps"

[school.hours]
mon-fri = "08:00-16:30"

[office]
slack = "C0OFFICE"
teams = "19:office@thread.tacv2"

[[people]]
id = "priya"
name = "Priya Shah"
roles = ["head"]
phone = "+44 7700 900001"
slack = "U0PRIYA"
teams = "29:priya"
email = "priya@school.example"
leader = "lee"
emergency = { name = "Jo Shah", phone = "+44 7700 900002" }
car = "blue Fiesta AB12 CDE"

[[people]]
id = "lee"
name = "Lee Grant"
roles = ["senior_leader", "dsl", "admin"]
phone = "+44 7700 900003"
slack = "U0LEE"

[[people]]
id = "ana"
name = "Ana Teach"
roles = ["staff"]
phone = "07700 900004"
email = "ana@school.example"

[[closed]]
from = "2026-12-21"
to = "2027-01-04"

[[duty]]
on = "mon"
person = "lee"

[[away]]
person = "priya"
from = "2026-11-30"
to = "2026-12-02"
instead = "lee"
"""


def good(change: str = "", to: str = "", *, more: str = "") -> str:
    """The good file with one piece replaced and something added at the end."""
    assert change in GOOD
    return GOOD.replace(change, to, 1) + more


def read(text: str) -> Settings:
    return read_school(text, policies=shipped)


def mistakes(text: str) -> list[str]:
    """What reading the file says is wrong; nothing for a good one."""
    try:
        read(text)
    except BadSettings as bad:
        return [str(each) for each in bad.mistakes]
    return []


def warnings(text: str) -> list[str]:
    return [str(each) for each in read(text).warnings]
