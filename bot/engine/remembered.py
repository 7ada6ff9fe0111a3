"""What the school remembers about a visit that is still to leave. Found by hashes; nothing that is
sealed of other visits is opened for it.

Looked up for visits that are asked for alone: nobody can try addresses without leaving a trace.
While somebody is out and all is well it changes nothing, and costs nothing.
"""

from datetime import datetime

from bot.cards.policy_said import fingerprint
from bot.domain.known import Known, Previous, looked_for, may_be_at, outcome, trouble, when
from bot.domain.term import term_began
from bot.domain.visit import Visit
from bot.engine.setup import Setup
from bot.ports import Alike, UnitOfWork

MOST = 5
"""So many earlier visits are found, and so many more that were in trouble."""


def known_before(uow: UnitOfWork, visit: Visit) -> Known:
    """Flags on the address, and other visits to it or about the family. While an alarm is open,
    flags on wherever they may be: whoever comes to help must know.
    """
    if visit.details is None:
        return Known()
    if visit.alarm:
        there = uow.flags.at(visit.school, may_be_at(visit.details))
        return Known(looked=there is not None, flags=tuple(there or ()))
    if not _still_to_leave(visit):
        return Known()
    sought = looked_for(visit.details)
    flags = uow.flags.at(visit.school, sought.places)
    alike = uow.visits.alike(visit.school, sought, visit.id, MOST)
    if not sought.places or flags is None or alike is None:
        return Known(previous=tuple(map(_previous, alike or ())))
    return Known(looked=True, flags=tuple(flags), previous=tuple(map(_previous, alike)))


def unread_by(uow: UnitOfWork, visit: Visit, setup: Setup, now: datetime) -> frozenset[str]:
    """Who of those on the plan hasn't said this term that they have read the policy as it is."""
    if not _still_to_leave(visit):
        return frozenset()
    return not_read(uow, visit.planned, setup, now)


def not_read(
    uow: UnitOfWork, people: tuple[str, ...], setup: Setup, now: datetime
) -> frozenset[str]:
    """Who of these hasn't, where the school asks for it."""
    every = setup.policy.reading_every
    if not every:
        return frozenset()
    since = term_began(setup.school, every, now)
    return uow.readings.unread(setup.school.id, people, fingerprint(setup.policy), since)


def _still_to_leave(visit: Visit) -> bool:
    return visit.watch is None and visit.is_live


def _previous(alike: Alike) -> Previous:
    was = alike.visit
    return Previous(was, when(was), alike.here, outcome(was), trouble(was))
