"""At every moment of a visit somebody is reached by an alarm, or it isn't approved before that is
mended. Played ahead, with the people as they will be then as far as is known.

A contact counts once they have said yes. Where the time is still to be agreed they aren't asked
yet: then only leaving waits for it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain import ahead
from bot.domain.decide.targets import people_for
from bot.domain.facts import Facts
from bot.domain.plan import Plan
from bot.domain.roles import OFFICE
from bot.domain.rules.case import Case, Gate, Shortfall
from bot.domain.school import Person
from bot.domain.standby import Word
from bot.domain.visit import Visit

_GATES: frozenset[Gate] = frozenset({"approval", "leaving"})
_LEAVING: frozenset[Gate] = frozenset({"leaving"})
MOST_NAMES = 3


def reach(case: Case) -> Iterator[Shortfall]:
    """Nobody would be reached: when, why, and what would mend it."""
    if case.visit is None or case.visit.watch is not None:
        return
    visit = replace(case.visit, plan=_as_it_will_be(case))
    for said, first in nobody_reached(visit, case):
        why = f"{said} {_mend(visit, case.facts, first)}"
        gates = _LEAVING if _will_be_asked(visit, case.facts) else _GATES
        yield Shortfall("reach", why, "contact", gates, ask=why)


def nobody_reached(visit: Visit, case: Case) -> Iterator[tuple[str, datetime]]:
    """That nobody would be, when and why, and the first moment of it; nothing where somebody is."""
    for first, last in ahead.unreached(visit, case.facts)[:1]:
        when = _when(visit.plan, case, first, last)
        because = "; ".join(_because(visit, case.facts, first))
        yield f"If something happened {when}, nobody would be reached: {because}.", first


def _will_be_asked(visit: Visit, facts: Facts) -> bool:
    """Whether the contact's yes would mend it, and they are asked for it only later."""
    plan = visit.plan
    if plan.fixed or plan.contact is None or visit.word("contact"):
        return False
    yes = Word("contact", plan.contact, plan.leaving_at, "yes", plan.leaving_at, plan.return_at)
    return not ahead.unreached(replace(visit, words=(*visit.words, yes)), facts)


def _as_it_will_be(case: Case) -> Plan:
    """As planned, or at the door with who really goes, from now until they say."""
    others = tuple(person for person in case.going if person != case.lead)
    plan = replace(case.plan, companions=others)
    if case.until is None:
        return plan
    return replace(plan, leaving_at=case.now, return_at=case.until)


def _when(plan: Plan, case: Case, first: datetime, last: datetime) -> str:
    clock = case.facts.school.clock
    start, end = clock(first, case.now), clock(last + ahead.INSTANT, case.now)
    from_start, to_end = first <= plan.leaving_at, last >= plan.return_at
    if from_start and to_end:
        return "on this visit"
    if from_start:
        return f"before {end}"
    return f"from {start} on" if to_end else f"between {start} and {end}"


def _because(visit: Visit, facts: Facts, at: datetime) -> tuple[str, ...]:
    """Why each word of the ladder reaches nobody then, each person once."""
    found: dict[str, None] = {}
    for word in dict.fromkeys(word for r in facts.policy.ladder for word in r.tell):
        if word == OFFICE:
            unstaffed = "the office isn't staffed"
            staffed = facts.school.staffed(at)
            found["nobody is in the office" if staffed else unstaffed] = None
        elif word != "visitors":
            people = _meant(word, visit, facts, at)
            for person in people:
                found[f"{person.name} {_can_not(person.id, word, visit, facts, at)}"] = None
            if not people:
                found[_NOBODY.get(word, f"there is no {word.replace('_', ' ')}")] = None
    return tuple(found)


def _meant(word: str, visit: Visit, facts: Facts, at: datetime) -> tuple[Person, ...]:
    """Whom a word names then, and those of the role who are away with nobody in their place."""
    school, named = facts.school, people_for(word, visit, facts, at)
    missing = (
        person
        for person in school.with_role(word)
        if (absence := school.is_away(person.id, at))
        and not any(each.id in {person.id, absence.instead} for each in named)
    )
    return (*named, *missing)


_NOBODY = {
    "contact": "nobody is named who knows of it",
    "backup": "no backup has said yes",
    "duty_leader": "no leader is on duty",
    "dsl": "there is no DSL",
}


def _can_not(person: str, word: str, visit: Visit, facts: Facts, at: datetime) -> str:
    if person in visit.visitors:
        return "is on the visit"
    if facts.school.is_away(person, at):
        return "is away"
    silent = word == "contact" and visit.word("contact") is None
    return "hasn't said yes yet" if silent else "can't be reached then"


def _mend(visit: Visit, facts: Facts, at: datetime) -> str:
    """Whom to name where the ladder asks for a contact; whom somebody could stand in for."""
    school, ladder = facts.school, facts.policy.ladder
    words = dict.fromkeys(word for rung in ladder for word in rung.tell)
    ways: list[str] = []
    if "contact" in words:
        named = school.person(visit.plan.contact)
        if named and visit.word("contact") is None and not school.is_away(named.id, at):
            asked = f"have {named.name} say that they will be reachable"
            ways.append(asked if visit.plan.fixed else "agree the time")
        free = [
            person.name
            for person in school.people
            if person.addresses or person.email
            if person.id not in {*visit.visitors, *visit.plan.kept_from, *facts.busy}
            if person.id != visit.plan.contact
            if not school.is_away(person.id, at)
        ]
        such = f": {', '.join(free[:MOST_NAMES])}, say" if free else ""
        ways.append(f"name somebody who says yes to being reachable then{such}")
    away = dict.fromkeys(
        person.name
        for word in words
        if word not in {"contact", "backup", "visitors"}
        for person in _meant(word, visit, facts, at)
        if school.is_away(person.id, at)
    )
    if away:
        ways.append(f"have the office name who stands in for {' and '.join(away)}")
    ways.append("go at another time, or with others")
    return f"To mend it, {', or '.join(ways)}."
