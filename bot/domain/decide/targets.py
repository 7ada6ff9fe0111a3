"""Whom a rung reaches, looked up live (S15): who is told, and who counts as reached (S7, S8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.duty import on_duty
from bot.domain.facts import Facts
from bot.domain.roles import OFFICE
from bot.domain.school import Person, School
from bot.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Targets:
    """Recipients of a rung: all, those who count, and people named through a role."""

    tell: tuple[str, ...]
    counting: tuple[str, ...]
    holders: tuple[str, ...]


def targets(tell: Sequence[str], visit: Visit, facts: Facts, now: datetime) -> Targets:
    """Resolve a rung's ``tell`` for this visit at this moment.

    Visitors of the visit are told as visitors alone, and never count, whatever roles they hold.
    Nobody who is out on any visit counts, nor a contact who hasn't said that they will be
    reachable, nor an office that is unstaffed or staffed by them only: then the backup and the duty
    leader have its part.
    Somebody out is told, but isn't handed risks and the words for 999 at a door: others are, unless
    there is nobody else.
    """
    told: dict[str, bool] = {}
    holders: dict[str, None] = {}
    at_a_door: dict[str, None] = {}

    def add(recipient: str, *, counts: bool) -> None:
        told[recipient] = told.get(recipient, False) or counts

    for name in tell:
        if name == "visitors":
            for visitor in visit.watch.out if visit.watch else ():
                add(visitor.id, counts=False)
        elif name == OFFICE:
            for who in office_for(visit, facts.school, now):
                add(who, counts=_office_counts(who, visit, facts, now))
            for who in on_duty(visit, facts, now) if facts.school.outside(now) else ():
                here = facts.school.is_away(who, now) is None
                add(who, counts=here and who not in facts.out)
        else:
            for person in people_for(name, visit, facts, now):
                if person.id in visit.visitors:
                    continue
                here = facts.school.is_away(person.id, now) is None
                promised = name != "contact" or visit.stands_by("contact") == person.id
                add(person.id, counts=here and promised and person.id not in facts.out)
                if name not in {"contact", "backup"}:
                    (at_a_door if person.id in facts.out else holders)[person.id] = None
    return Targets(
        tell=tuple(told),
        counting=tuple(who for who, counts in told.items() if counts),
        holders=tuple(holders or at_a_door),
    )


def people_for(name: str, visit: Visit, facts: Facts, now: datetime) -> tuple[Person, ...]:
    """The people that a word of the ladder names now.

    Where every holder of a role is away and nobody stands in, the absent are told all the same:
    the loud failure. They don't count.
    """
    school = facts.school
    if name == "contact":
        word = visit.word("contact")
        contact = None if word and word.said == "no" else school.person(visit.plan.contact)
        return (contact,) if contact else ()
    if name == "backup":
        backup = school.person(visit.stands_by("backup"))
        return (backup,) if backup else ()
    if name == "leader":
        return school.leaders_of(visit.lead, now)
    if name == "duty_leader":
        duty = school.duty_leader(now)
        return (duty,) if duty else ()
    return school.holders(name, now) or school.with_role(name)


def office_for(visit: Visit, school: School, now: datetime) -> tuple[str, ...]:
    """Recipients that the office means: its channel or, where none is on, each holder of the role
    (P5), never a visitor of this visit. With neither it is the channel, which then fails at once.
    """
    staff = office_of(school, now)
    return tuple(who for who in staff if who not in visit.visitors) or (OFFICE,)


def office_of(school: School, now: datetime) -> tuple[str, ...]:
    """Recipients that the office means, whatever it is told of."""
    if school.office:
        return (OFFICE,)
    return tuple(p.id for p in school.holders(OFFICE, now) or school.with_role(OFFICE))


def _office_counts(who: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    if not facts.school.staffed(now):
        return False
    if who != OFFICE:
        return who not in facts.out and facts.school.is_away(who, now) is None
    if not facts.school.office:
        return False
    staff = facts.school.holders("office", now)
    absent = set(visit.visitors) | facts.out
    if not staff:
        return not facts.school.with_role("office")
    return any(p.id not in absent for p in staff)
