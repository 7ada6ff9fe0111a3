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
    """Another visit: to this address (``here``), or about a family written alike, or both. ``was``
    is what of it needs no key, so that each reader's right to it can be asked.
    """

    was: Visit
    at: datetime
    here: bool
    outcome: str
    trouble: Trouble = ""

    @property
    def reference(self) -> str:
        """What people call it."""
        return self.was.reference


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
    families: frozenset[str] = frozenset()


def marks(details: Details) -> Marks:
    """What a visit is kept under: every planned address, and wherever somebody went instead."""
    moved = (note.text for note in details.notes if note.about == "moved")
    homes = (*(home.place for home in details.homes), *moved)
    places = (form for place in homes for form in written(place))
    return Marks(frozenset(places), _families(details))


def looked_for(details: Details) -> Marks:
    """What earlier visits to the same addresses, or about the same families, may be kept under."""
    places = (form for home in details.homes for form in sought(home.place))
    return Marks(frozenset(places), _families(details))


def may_be_at(details: Details) -> frozenset[str]:
    """Forms of every address where somebody on this visit may be: planned, or gone to instead."""
    moved = (note.text for note in details.notes if note.about == "moved")
    places = (*(home.place for home in details.homes), *moved)
    return frozenset(form for place in places for form in sought(place))


def _families(details: Details) -> frozenset[str]:
    return frozenset(name for home in details.homes if (name := family(home.family)))


def when(visit: Visit) -> datetime:
    """The moment by which a visit is remembered."""
    return visit.watch.departed_at if visit.watch else visit.plan.leaving_at


def trouble(visit: Visit) -> Trouble:
    """What it is remembered for: that there was something, never what."""
    watch = visit.watch
    if watch and watch.concerns:
        return "concern"
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
