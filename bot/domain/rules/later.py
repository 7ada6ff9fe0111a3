"""A later return while they are out: what the rules of a late departure find about it. It holds
nothing shut, since nobody who is out is turned away (S1); whoever allows it reads it (S11).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.rules.case import Case
from bot.domain.rules.evening import evening
from bot.domain.rules.reach import nobody_reached
from bot.domain.standby import PARTS
from bot.domain.visit import Approved, Visit


def later(
    visit: Visit, facts: Facts, now: datetime, until: datetime, reader: str
) -> tuple[str, ...]:
    """In sentences: who would be alone with nobody at school, that an alarm would reach nobody, and
    who stands by for less.
    """
    watch = visit.watch
    if watch is None or not watch.out:
        return ()
    lead, *others = [visitor.id for visitor in watch.out]
    plan = replace(visit.plan, leaving_at=now, return_at=until, companions=tuple(others))
    as_if = replace(visit, lead=lead, plan=replace(plan, fixed=True), phase=Approved((), now))
    elsewhere = facts.out - set(visit.visitors)
    case = Case.of(as_if, replace(facts, busy=elsewhere, out=elsewhere), now, until=until)
    alone = tuple(said for each in evening(case) if (said := each.said_to(reader)))
    return (
        *(alone or _closed(facts, until)),
        *(said for said, _ in nobody_reached(as_if, case)),
        *_for_less(visit, facts, now, until, said=bool(alone)),
    )


def _closed(facts: Facts, until: datetime) -> tuple[str, ...]:
    return ("The school is closed then.",) if facts.school.outside(until) else ()


def _for_less(
    visit: Visit, facts: Facts, now: datetime, until: datetime, *, said: bool
) -> Iterator[str]:
    """Of a backup the rule about evenings has spoken, where somebody is alone."""
    school = facts.school
    for part in PARTS:
        word = visit.word(part)
        if word is None or word.said != "yes" or (part == "backup" and said):
            continue
        name = school.name_of(word.by)
        if school.is_away(word.by, until):
            yield f"{name} is away then."
        elif not word.covers(word.since, until):
            yield f"{name} has said yes until {school.clock(word.until, now)} only."
