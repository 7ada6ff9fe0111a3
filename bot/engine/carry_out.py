"""One command on one visit, inside a transaction: load, decide, evolve, react, save.

1. Load the visit, and gather the facts of this moment.
2. ``decide``; a refusal changes nothing.
3. Fold the events; collect what must be shown.
4. Compare and set: version + 1 and the next wake in one UPDATE. None updated: from the start.
5. Append the audit entries and the outbox rows. All of it commits together, or nothing does.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.commands import Command, Wake
from bot.domain.decide import decide, next_wake
from bot.domain.events import Event
from bot.domain.evolve import evolve
from bot.domain.facts import Facts
from bot.domain.react import react
from bot.domain.react.anew import rings_anew
from bot.domain.refused import Refused
from bot.domain.shows import Show
from bot.domain.visit import Visit
from bot.engine.board import changed
from bot.engine.elsewhere import wake_those_who_name
from bot.engine.gather import gather
from bot.engine.routes import parcels
from bot.engine.setup import Setup
from bot.engine.sparing import deed_of
from bot.ports import UnitOfWork

TRIES = 5


class Contended(Exception):
    """A visit changed under us every time. The person is told to try again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command: the visit as it now is, the facts, and a refusal if it was one."""

    visit: Visit
    facts: Facts
    events: tuple[Event, ...] = ()
    refused: Refused | None = None


def carry_out(
    uow: UnitOfWork, visit_id: str, command: Command, setup: Setup, now: datetime
) -> Done | None:
    """Carry out a command on a visit; None where there is no such visit."""
    for _ in range(TRIES):
        visit = uow.visits.get(setup.school.id, visit_id)
        if visit is None:
            return None
        facts = gather(uow, visit, setup, now)
        outcome = decide(visit, command, facts, now)
        if isinstance(outcome, Refused):
            return Done(visit, facts, refused=outcome)
        if not outcome:
            if isinstance(command, Wake):
                _sleep_on(uow, visit, facts)
            return Done(visit, facts)
        after, shows = unfold(visit, outcome, facts)
        if uow.visits.save(after, next_wake(after, facts.policy_of(after))):
            saved = replace(after, version=after.version + 1)
            anew = rings_anew(visit, outcome)
            record(uow, saved, outcome, shows, setup, now, deed_of(command), anew=anew)
            wake_those_who_name(uow, visit, saved, now)
            return Done(saved, facts, outcome)
    raise Contended


def _sleep_on(uow: UnitOfWork, visit: Visit, facts: Facts) -> None:
    """Woken with nothing to do, as after a send that failed: sleep until the next moment, or it
    would be due for ever.
    """
    moment = next_wake(visit, facts.policy_of(visit))
    if moment is not None:
        uow.visits.rouse(visit.school, visit.id, moment)


def unfold(visit: Visit, events: tuple[Event, ...], facts: Facts) -> tuple[Visit, list[Show]]:
    """Fold the events over the visit, and collect what each of them shows."""
    shows: list[Show] = []
    for event in events:
        after = evolve(visit, event)
        shows.extend(react(visit, event, after, facts))
        visit = after
    return visit, shows


def record(
    uow: UnitOfWork,
    visit: Visit,
    events: tuple[Event, ...],
    shows: list[Show],
    setup: Setup,
    now: datetime,
    deed: str = "",
    *,
    anew: bool = True,
) -> None:
    """The audit and the outbox of one saved change; what is not ``anew`` may be a repeat."""
    uow.audit.append(visit.school, visit.id, events)
    rows = parcels(uow, visit, shows, setup, now, deed=deed, sparing=not anew)
    uow.outbox.put([*rows, *changed(visit, setup, now)])
