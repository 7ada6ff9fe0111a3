"""The ladder played ahead: whom an alarm on this visit would reach, and when.

It plays the real thing on a copy that nobody sees: the watch, ``wake`` and the rungs are those of a
visit that is out, so that what is promised and what happens can't drift apart. It takes for granted
that they leave and are due back as planned, that every message arrives, and that nobody says "I'm
on it"; and of the people what is known now: absences, the duty rota, who is on another visit, and
who has said that they stand by. Whoever was merely named reaches nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.commands import AskForHelp, Wake
from bot.domain.decide.clock import next_wake, wake
from bot.domain.decide.draft import Draft
from bot.domain.decide.visiting import ask_for_help, heard_of
from bot.domain.events import Departed, Escalated
from bot.domain.facts import Facts
from bot.domain.policy import Policy
from bot.domain.roles import OFFICE
from bot.domain.schedule import from_an_answer
from bot.domain.school import School
from bot.domain.visit import Visit
from bot.domain.watch import Visitor

INSTANT = timedelta(microseconds=1)
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Told:
    """One rung: everybody who is told then, and those of them who count as reached."""

    at: datetime
    tell: tuple[str, ...]
    counting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """From the last that is heard of them to the last rung's first telling."""

    heard: datetime
    told: tuple[Told, ...]

    @property
    def reaches(self) -> datetime | None:
        """When somebody is reached for the first time."""
        return next((told.at for told in self.told if told.counting), None)

    @property
    def length(self) -> timedelta:
        """How long it takes until everybody has been told."""
        return self.told[-1].at - self.heard

    @property
    def first_told(self) -> Iterator[tuple[datetime, tuple[str, ...]]]:
        """Who is newly reached, rung by rung; a rung that reaches nobody new is left out."""
        known: set[str] = set()
        for told in self.told:
            new = tuple(who for who in told.counting if who not in known)
            known |= set(new)
            if new:
                yield told.at, new


def worst(visit: Visit, facts: Facts) -> Ahead:
    """The silence that takes longest to reach anybody, and then everybody."""
    start = visit.plan.leaving_at

    def badness(ahead: Ahead) -> tuple[timedelta, timedelta]:
        reaches = ahead.reaches
        return (reaches - ahead.heard if reaches else timedelta.max), ahead.length

    played = [_silent(visit, facts, None)]
    last_words = sorted(set(_last_words(visit, facts)))
    played += [_silent(visit, facts, heard) for heard in last_words if heard > start]
    return max(played, key=badness)


def unreached(visit: Visit, facts: Facts) -> tuple[tuple[datetime, datetime], ...]:
    """The times at which a call for help would reach nobody, at any rung: the first moment and the
    last of each stretch, as long as the visit and its grace. A rung that reaches nobody is climbed
    at once, so that all of them are then told at that very moment.
    """
    policy, plan = facts.policy_of(visit), visit.plan
    start, end = plan.leaving_at, plan.return_at + policy.return_grace
    moments = {start, end}
    for moment in _school_turns(facts.school, start, end):
        moments |= {moment, moment - INSTANT}
    stretches: list[tuple[datetime, datetime]] = []
    reached = True
    for moment in sorted(each for each in moments if start <= each <= end):
        before, reached = reached, _reaches(visit, facts, moment)
        if not reached:
            first = moment if before else stretches.pop()[0]
            stretches.append((first, moment))
    return tuple(stretches)


def whom(policy: Policy, visit: Visit, school: School) -> tuple[str, ...]:
    """Everybody whom this visit's ladder could name on some day, stand-ins and all."""
    words = {word for rung in policy.ladder for word in rung.tell}
    lead = school.person(visit.lead)
    named = {visit.plan.contact, visit.plan.backup, lead.leader if lead else None}
    named |= {person.id for person in school.people if person.roles & words}
    if words & {"leader", "dsl"}:
        named |= {p.id for role in ("senior_leader", "deputy_dsl") for p in school.with_role(role)}
    if words & {"duty_leader", OFFICE}:
        named |= {duty.person for duty in school.duty}
    named |= {absence.instead for absence in school.away if absence.person in named}
    return tuple(sorted(person for person in named if person))


def _left(visit: Visit, facts: Facts) -> Draft:
    """Everybody has left as planned, and every message will arrive."""
    arrives = {OFFICE: "sent", **{person.id: "sent" for person in facts.school.people}}
    then = replace(facts, out=facts.busy, delivered=arrives, reached=arrives)
    plan, policy = visit.plan, facts.policy_of(visit)
    draft = Draft(visit, then, plan.leaving_at)
    visitors = tuple(
        Visitor(person, facts.school.name_of(person), "", plan.leaving_at, "left")
        for person in visit.planned
    )
    left = Departed(
        at=plan.leaving_at,
        by=visit.lead,
        visitors=visitors,
        expected_return=plan.return_at,
        approved_return=plan.return_at,
        policy=policy,
        told=(),
    )
    draft.emit(left)
    return draft


def _silent(visit: Visit, facts: Facts, heard: datetime | None) -> Ahead:
    """They are heard of once more, or not after they left; then nobody answers."""
    draft = _left(visit, facts)
    if heard is not None:
        draft.now = heard
        for visitor in draft.watch.visitors:
            heard_of(draft, visitor.id, visitor.id, "ok")
    return _climbed(draft, draft.now)


def _reaches(visit: Visit, facts: Facts, at: datetime) -> bool:
    """Somebody asks for help: is anybody reached, at any rung?"""
    draft = _left(visit, facts)
    draft.now = at
    ask_for_help(draft, AskForHelp(visit.lead))
    while not (reached := any(rung.counting for rung in _rungs(draft))) and _goes_on(draft):
        pass
    return reached


def _climbed(draft: Draft, heard: datetime) -> Ahead:
    """Nobody does anything until the last rung has been told."""
    while _goes_on(draft):
        pass
    return Ahead(heard, tuple(Told(r.at, r.tell, r.counting) for r in _rungs(draft)))


def _goes_on(draft: Draft) -> bool:
    """Time passes until something happens; not once the last rung has been told."""
    alarm = draft.visit.alarm
    if alarm and alarm.rung == len(draft.policy.ladder) - 1:
        return False
    moment = next_wake(draft.visit, draft.policy)
    assert moment is not None, "a visit that is out always has a next wake"
    draft.now = max(moment, draft.now)
    wake(draft, Wake())
    return True


def _rungs(draft: Draft) -> list[Escalated]:
    return [event for event in draft.events if isinstance(event, Escalated)]


def _last_words(visit: Visit, facts: Facts) -> Iterator[datetime]:
    """Last signs of life after which the silence is longest: right at the start, just too late for
    one more prompt before the return, and such that a rung falls where the school turns to other
    people.
    """
    plan, policy = visit.plan, facts.policy_of(visit)
    step = from_an_answer(policy)
    latest = plan.return_at - policy.check_in_not_within - step
    yield plan.leaving_at + INSTANT
    yield max(latest, plan.leaving_at) + INSTANT
    for turn in _turns(visit, facts):
        asked = turn - policy.check_in_reply_within - step
        yield from (each for each in (asked - INSTANT, asked) if each <= latest)


def _turns(visit: Visit, facts: Facts) -> Iterator[datetime]:
    """The moments from which an alarm finds other people at one of its rungs than just before."""
    policy, plan = facts.policy_of(visit), visit.plan
    afters = [rung.after for rung in policy.ladder]
    until = plan.return_at + policy.return_grace + afters[-1]
    for turn in _school_turns(facts.school, plan.leaving_at, until):
        for after in afters:
            yield turn - after


def _school_turns(school: School, first: datetime, last: datetime) -> Iterator[datetime]:
    """When who is there may change: midnight, the office's hours, and the clocks themselves."""
    walls = {opening.opens for opening in school.hours} | {o.closes for o in school.hours}
    day = school.local(first).replace(hour=0, minute=0, second=0, microsecond=0)
    while day.astimezone(UTC) <= last:
        for wall in (day.timetz(), *walls):
            local = datetime.combine(day.date(), wall, day.tzinfo)
            for fold in (0, 1):
                moment = local.replace(fold=fold).astimezone(UTC)
                if first < moment <= last:
                    yield moment
        day += timedelta(days=1)  # by the calendar: midnight again, whatever the clocks do
    quarter = first - (first - datetime.min.replace(tzinfo=UTC)) % _QUARTER
    while quarter <= last:
        if school.local(quarter).utcoffset() != school.local(quarter - _QUARTER).utcoffset():
            yield quarter
        quarter += _QUARTER
