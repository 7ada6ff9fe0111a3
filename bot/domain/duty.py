"""Who has the office's part while nobody is at school: the backup who has said yes, and the duty
leader. As long as the office is staffed, nobody. And who can stand by at all, from when to when.
"""

from datetime import datetime
from typing import Literal

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


def times(visit: Visit) -> tuple[datetime, datetime]:
    """From when to when somebody has to stand by: as planned, and once out as it now is."""
    watch, plan = visit.watch, visit.plan
    if watch is None:
        return plan.leaving_at, plan.return_at
    return min(plan.leaving_at, watch.departed_at), watch.expected_return


def unable(
    who: str, visit: Visit, facts: Facts, now: datetime, *, planned: bool = False
) -> Literal["out", "away"] | None:
    """Why this person can't stand by: out on a visit of their own then (with ``planned``, also one
    that is only asked for), or away that day.
    """
    start, end = times(visit)
    if facts.school.is_away(who, now if visit.is_out else start):
        return "away"
    goes = any(e.person == who and e.goes and e.clashes(start, end) for e in facts.engaged)
    out = who in facts.out and (goes or visit.is_out or start <= now)
    return "out" if out or (goes and planned) else None


def attended(visit: Visit, facts: Facts, until: datetime, now: datetime) -> bool:
    """Whether somebody is at school at a later return, or a backup has said yes to it who can
    (S11): the one answer to that, before they leave and while they are out.
    """
    if facts.school.staffed(until):
        return True
    backup = visit.stands_by("backup")
    if backup is None or not visit.backed(until):
        return False
    there = facts.school.is_away(backup, until) is None
    return there and unable(backup, visit, facts, now) is None
