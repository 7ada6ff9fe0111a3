"""The ladder played ahead for moments that a school will meet: each weekday in hours and after
them, a weekend, a holiday, days on which somebody is away; and each again without the holders of a
role.

It plays an hour's visit of somebody who holds no role of the ladder where there is one, alone, with
nobody named as contact: whatever reaches somebody then does so on any visit like it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.ahead import Ahead, unreached, worst
from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.school import ROLES, Absence, Days, Opening, Person, School
from bot.domain.visit import Requested, Visit
from bot.settings.mistakes import Mistake, Severity, quote
from bot.settings.people import goes_out
from bot.settings.school_file import Settings

HOUR = timedelta(hours=1)
_NOON, _EVENING = time(12), time(19)


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit that leaves ``at``, under a name that says what is special about it."""

    name: str
    at: datetime
    lead: Person
    ahead: Ahead
    reached: bool


def moments(settings: Settings, now: datetime) -> Iterator[Moment]:
    """Play all of them, in order of time within each kind."""
    lead = _typical(settings)
    if lead is None:
        return
    for name, at in _times(settings.school, now):
        visit = _visit(settings, lead, at)
        facts = Facts(settings.school, settings.policy)
        yield Moment(name, at, lead, worst(visit, facts), not unreached(visit, facts))


def unheard(settings: Settings, now: datetime) -> Iterator[Mistake]:
    """The moments that reach nobody: as things are, and while a role's holders are all away."""
    lead = _typical(settings)
    if lead is None:
        return
    facts = Facts(settings.school, settings.policy)
    file = f"policy {quote(settings.policy.name)}"
    remedy = (
        "a role on the ladder whose holders are there then, or a contact who says yes each time,"
    )
    missed: dict[str, dict[str, None]] = {}
    for name, at in _times(settings.school, now):
        visit = _visit(settings, lead, at)
        if unreached(visit, facts):
            severity: Severity = "error" if name.endswith("in hours") else "warning"
            problem = f"{name}: an alarm would reach nobody but a contact who says yes"
            yield Mistake("ladder", problem, f"{remedy} would be right", severity, file)
            continue
        for gone in _roles(settings):
            away = tuple(Absence(person.id, _day(settings.school, at)) for person in gone)
            fewer = replace(settings.school, away=(*away, *settings.school.away))
            if unreached(visit, replace(facts, school=fewer)):
                names = ", ".join(person.name for person in gone[:5])
                missed.setdefault(names, {})[name] = None
    for names, when in missed.items():
        problem = f"while {names} can't be reached, an alarm would reach nobody: {', '.join(when)}"
        yield Mistake("ladder", problem, "somebody to stand in would be right", "warning", file)


def _typical(settings: Settings) -> Person | None:
    """Whoever goes on visits and counts least on the ladder."""
    words = {word for rung in settings.policy.ladder for word in rung.tell}
    able = [person for person in settings.school.people if goes_out(person) and person.phone]
    return min(able, key=lambda each: (len(each.roles & words), each.above_staff), default=None)


def _visit(settings: Settings, lead: Person, at: datetime) -> Visit:
    plan = Plan(at, at + min(HOUR, settings.policy.visit_at_most))
    asked = Requested(at, settings.policy.approval_stages)
    return Visit(settings.school.id, "ahead", "", lead.id, at, plan, None, asked)


def _roles(settings: Settings) -> Iterator[tuple[Person, ...]]:
    """The holders of each role on the ladder, who may all be away at once."""
    words = {word for rung in settings.policy.ladder for word in rung.tell}
    for role in ROLES:
        if role in words and (holders := settings.school.with_role(role)):
            yield holders


def _times(school: School, now: datetime) -> Iterator[tuple[str, datetime]]:
    """From tomorrow on. Names are unique, so that each can be found again."""
    tomorrow = school.local(now).date() + timedelta(days=1)
    week = [tomorrow + timedelta(days=n) for n in range(7)]
    open_days = [day for day in week if not any(day in days for days in school.closed)]
    for day in open_days:
        hours = [opening for opening in school.hours if opening.weekday == day.weekday()]
        if hours:
            yield f"{_say(day)} in hours", _middle(school, day, hours[0])
    for day in week:
        if day.weekday() < 5:
            yield f"{_say(day)} in the evening", _at(school, day, _EVENING)
        else:
            yield f"{_say(day)} at noon", _at(school, day, _NOON)
    coming = sorted(days.first for days in school.closed if days.first >= tomorrow)
    for day in coming[:1]:
        yield f"{_say(day)}, closed", _at(school, day, _NOON)
    names = {absence.person: school.name_of(absence.person) for absence in school.away}
    for absence in sorted(school.away, key=lambda each: each.days.first):
        day = max(absence.days.first, tomorrow)
        if day in absence.days and day not in week:
            yield f"{_say(day)}, {names[absence.person]} away", _at(school, day, _NOON)


def _middle(school: School, day: date, hours: Opening) -> datetime:
    """So that an hour's visit lies in the middle of the hours."""
    opens, closes = _at(school, day, hours.opens), _at(school, day, hours.closes)
    return opens + max(closes - opens - HOUR, timedelta()) / 2


def _say(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _at(school: School, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, school.zone).astimezone(UTC)


def _day(school: School, at: datetime) -> Days:
    today = school.local(at).date()
    return Days(today, today + timedelta(days=1))
