"""What the school remembers of an address and of a family: flags, and earlier visits.

Plain data, found by the shell through hashes. It says what was found and never that there is
nothing: an address may be written otherwise, and what nobody wrote down isn't here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.addresses import family, sought, written
from bot.domain.plan import Details
from bot.domain.visit import Ended, Visit

Trouble = Literal["", "alarm", "help", "concern"]
"""What an earlier visit is remembered for; mostly nothing."""
CONCERN = "concern"
"""What a visitor's concern is called among the notes of a visit."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A known risk at an address: who says so, since when, until when, and when they look again.

    ``place`` and ``reason`` are sealed, and None where they can't be read: it binds all the same.
    """

    id: str
    by: str
    at: datetime
    review_at: datetime
    until: datetime
    place: str | None = None
    reason: str | None = None
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    lifted_by: str = ""
    lifted_at: datetime | None = None

    def binds(self, now: datetime) -> bool:
        """Whether it counts: not lifted, and not past its end."""
        return self.lifted_at is None and now < self.until


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier visit: to this address (``here``), or to a family written alike, or both."""

    visit: str
    reference: str
    at: datetime
    here: bool
    outcome: str
    trouble: Trouble = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found. ``looked`` is False where nobody could look: no address that can be read, or
    no key. ``flags`` are those of this address, binding ones and those that ended a short while
    ago; ``previous`` the latest visits and every one in trouble, latest first.
    """

    looked: bool = False
    flags: tuple[Flag, ...] = ()
    previous: tuple[Previous, ...] = ()

    def binding(self, now: datetime) -> tuple[Flag, ...]:
        """The flags that count now."""
        return tuple(flag for flag in self.flags if flag.binds(now))

    def troubled(self, now: datetime, counts_for: timedelta) -> tuple[Previous, ...]:
        """Earlier visits to this address with an alarm, a call for help or a concern, for as long
        as that counts like a flag (``flags.trouble_counts``).
        """
        return tuple(p for p in self.previous if p.here and p.trouble and now < p.at + counts_for)


@dataclass(frozen=True, slots=True)
class Marks:
    """What an address and a family are found by: forms of their text, kept as hashes alone."""

    places: frozenset[str] = frozenset()
    family: str = ""


def marks(details: Details) -> Marks:
    """What a visit is kept under: the planned address, and wherever somebody went instead."""
    moved = (note.text for note in details.notes if note.about == "moved")
    places = (form for place in (details.place, *moved) for form in written(place))
    return Marks(frozenset(places), family(details.family))


def looked_for(details: Details) -> Marks:
    """What earlier visits to the same address, or about the same family, may be kept under."""
    return Marks(sought(details.place), family(details.family))


def when(visit: Visit) -> datetime:
    """The moment by which a visit is remembered."""
    return visit.watch.departed_at if visit.watch else visit.plan.leaving_at


def trouble(visit: Visit) -> Trouble:
    """What it is remembered for. A concern is among what is sealed, where it can be read."""
    if visit.details and visit.details.last_note(CONCERN):
        return "concern"
    watch = visit.watch
    if watch is None or not (watch.alarms or watch.called or visit.alarm):
        return ""
    known = (*watch.visitors, *(watch.closed.visitors if watch.closed else ()))
    return "help" if watch.called or any(v.help_at for v in known) else "alarm"


def outcome(visit: Visit) -> str:
    """What became of it: ``planned``, ``out``, ``over``, or how it ended before that."""
    if isinstance(visit.phase, Ended):
        return visit.phase.how
    if visit.watch is None:
        return "planned"
    return "out" if visit.is_out else "over"
