"""Who has the office's part while nobody is at school: the backup who has said yes, and the duty
leader. As long as the office is staffed, nobody.
"""

from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.visit import Visit


def on_duty(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """The backup who has said yes and the duty leader, whoever of them isn't on the visit."""
    school = facts.school
    duty = school.duty_leader(now)
    both = (school.person(visit.stands_by("backup")), duty)
    return tuple(dict.fromkeys(p.id for p in both if p and p.id not in visit.visitors))


def office_part(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Whom the office's part falls to now. Where there is neither, or both are out or away, it is
    whoever was told of the departure, but for the contact, who was asked for less.
    """
    school = facts.school
    if not school.outside(now):
        return ()
    busy = facts.out | set(visit.visitors)

    def there(person: str) -> bool:
        return person not in busy and school.is_away(person, now) is None

    found = tuple(filter(there, on_duty(visit, facts, now)))
    if found or visit.watch is None:
        return found
    others = (p for p in visit.watch.told if p != visit.plan.contact)
    return tuple(filter(there, others))


def attended(visit: Visit, facts: Facts, until: datetime, now: datetime) -> bool:
    """Whether somebody is at school at a later return, or a backup has said yes to it (S11)."""
    school, backup = facts.school, visit.stands_by("backup")
    if school.staffed(until):
        return True
    if backup is None or backup in facts.out or school.is_away(backup, now):
        return False
    return visit.backed(until)
