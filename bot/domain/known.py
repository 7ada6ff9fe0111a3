"""What the school remembers of an address and of a family: flags, and earlier visits.

Plain data, found by the shell through hashes. It says what was found and never that there is
nothing: an address may be written otherwise, and what nobody wrote down isn't here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Trouble = Literal["", "alarm", "help", "concern"]
"""What an earlier visit is remembered for, the gravest last; mostly nothing."""


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
