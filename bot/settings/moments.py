"""The ladder played ahead for moments that a school will meet (``times``): each weekday in hours
and after them, a weekend, holidays, days on which somebody is away; and each again without the
holders of a role.

It plays an hour's visit of somebody who holds no role of the ladder where there is one, alone, with
nobody named as contact: whatever reaches somebody then does so on any visit like it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.ahead import Ahead, unreached, worst
from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.school import ROLES, Absence, Days, Person, School
from bot.domain.visit import Requested, Visit
from bot.settings.mistakes import Mistake
from bot.settings.people import goes_out
from bot.settings.school_file import Settings
from bot.settings.times import HOUR, Time, times, together

_HOLE = "an alarm would reach nobody but a contact who says yes"
_MEND = "a role on the ladder whose holders are there then, or somebody to stand in for them,"


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit of ``lead`` that leaves at a time, and what would come of silence."""

    time: Time
    lead: Person
    ahead: Ahead
    reached: bool


def moments(settings: Settings, now: datetime) -> Iterator[Moment]:
    """Play all of them, in order of time within each part of the day."""
    lead = typical(settings)
    if lead is None:
        return
    facts = Facts(settings.school, settings.policy)
    for when in times(settings.school, now):
        visit = visit_at(settings, lead, when.at)
        yield Moment(when, lead, worst(visit, facts), not unreached(visit, facts))


def unheard(settings: Settings, now: datetime) -> Iterator[Mistake]:
    """The moments that reach nobody: as things are, and while a role's holders are all away.

    The first is never only good to know, at any time of the day: where the ladder has a hole, a
    policy that needs somebody at every moment of every visit does not hold.
    """
    lead = typical(settings)
    if lead is None:
        return
    facts = Facts(settings.school, settings.policy)
    holes: list[Time] = []
    missed: dict[str, list[Time]] = {}
    for when in times(settings.school, now):
        visit = visit_at(settings, lead, when.at)
        if unreached(visit, facts):
            holes.append(when)
            continue
        for gone in _roles(settings):
            away = tuple(Absence(person.id, _day(settings.school, when.at)) for person in gone)
            fewer = replace(settings.school, away=(*away, *settings.school.away))
            if unreached(visit, replace(facts, school=fewer)):
                names = ", ".join(person.name for person in gone[:5])
                missed.setdefault(names, []).append(when)
    if holes:
        hole = Mistake("ladder", f"{together(holes)}: {_HOLE}", f"{_MEND} would be right")
        yield settings.of_policy(hole)
    for names, several in missed.items():
        problem = f"while {names} can't be reached, an alarm would reach nobody: "
        remedy = "somebody to stand in would be right"
        missing = Mistake("ladder", f"{problem}{together(several)}", remedy, "warning")
        yield settings.of_policy(missing)


def typical(settings: Settings) -> Person | None:
    """Whoever goes on visits and counts least on the ladder."""
    words = {word for rung in settings.policy.ladder for word in rung.tell}
    able = [person for person in settings.school.people if goes_out(person) and person.phone]
    return min(able, key=lambda each: (len(each.roles & words), each.above_staff), default=None)


def visit_at(settings: Settings, lead: Person, at: datetime) -> Visit:
    """An hour's visit of this lead, as asked for."""
    plan = Plan(at, at + min(HOUR, settings.policy.visit_at_most))
    asked = Requested(at, settings.policy.approval_stages)
    return Visit(settings.school.id, "ahead", "", lead.id, at, plan, None, asked)


def _roles(settings: Settings) -> Iterator[tuple[Person, ...]]:
    """The holders of each role on the ladder, who may all be away at once."""
    words = {word for rung in settings.policy.ladder for word in rung.tell}
    for role in ROLES:
        if role in words and (holders := settings.school.with_role(role)):
            yield holders


def _day(school: School, at: datetime) -> Days:
    today = school.local(at).date()
    return Days(today, today + timedelta(days=1))
