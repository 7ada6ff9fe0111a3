"""The visits that are kept, and the ways to find them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.known import Marks
from bot.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Away:
    """Some of the visits that are out; and of all of them, how many, and how many in alarm."""

    visits: tuple[Visit, ...]
    alarms: int
    total: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Another visit to the same address (``here``), or about a family written alike. Of what is
    sealed nothing was read.
    """

    visit: Visit
    here: bool


class Visits(Protocol):
    """Visits of one installation; every key begins with the school's id."""

    def get(self, school: str, visit_id: str) -> Visit | None:
        """Give a visit, with ``details`` None where they can't be decrypted; None if unknown."""
        ...

    def add(self, visit: Visit, wake_at: datetime | None) -> None:
        """Store a new visit at version 0, with a data key of its own."""
        ...

    def save(self, visit: Visit, wake_at: datetime | None) -> bool:
        """Compare and set: store as version + 1 if ``visit.version`` is still what stands there.

        False means that somebody else won and nothing was changed. ``details`` None leaves the
        stored details as they are.
        """
        ...

    def next_number(self, school: str) -> int:
        """Give the next number for a reference; the first is 1001. Never the same one twice."""
        ...

    def live_of(self, school: str, people: Sequence[str]) -> list[Visit]:
        """Live visits on which any of these people is a visitor, oldest first."""
        ...

    def people_out(self, school: str) -> frozenset[str]:
        """Ids of the visitors of every visit that is out (phase ``Out`` or ``InAlarm``)."""
        ...

    def out_at(self, school: str, channel: str, address: str) -> list[Visit]:
        """Visits that are out with a visitor who had this address when they left, oldest first."""
        ...

    def waiting(self, school: str) -> list[Visit]:
        """All live visits of a school, oldest first."""
        ...

    def naming(self, school: str, person: str, limit: int) -> list[Visit]:
        """Live visits that name this person and that they are no visitor of: as contact, as told
        of it, as left behind or taken off. Oldest first.
        """
        ...

    def by_reference(self, school: str, reference: str) -> Visit | None:
        """The visit of this reference, live or not, or None."""
        ...

    def requested(self, school: str, limit: int) -> list[Visit]:
        """Visits that wait for approval, those first that need attention soonest."""
        ...

    def out(self, school: str, limit: int, start: int = 0) -> Away:
        """Visits that are out, so many at the most, from a place in the whole list on: those in
        alarm before the others, and then those first that need attention soonest.
        """
        ...

    def over(self, school: str, limit: int) -> list[Visit]:
        """Visits that are live no more, those that were asked for last first."""
        ...

    def recent_of(self, school: str, person: str, limit: int) -> list[Visit]:
        """The latest visits of a person, live or not, latest first."""
        ...

    def alike(self, school: str, sought: Marks, but: str, most: int) -> list[Alike] | None:
        """Other visits that are kept under one of these marks, latest first: so many at the most
        that had an alarm, a call for help or a concern, and so many others; ``details`` None. None
        where nobody could look (no key). Found by hash: nothing sealed is opened.
        """
        ...

    def mark_older(self, school: str, after: str, limit: int) -> str:
        """Make the hashes of visits whose hashes are missing, so many, in the order of their ids
        after this one; give the last id, or nothing where there was none.
        """
        ...

    def erase(self, school: str, visit_id: str) -> None:
        """Destroy what is sealed of a visit, key and all, and the hashes that it is found by. Its
        audit chain verifies all the same.
        """
        ...

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """(school, visit id) with ``wake_at`` <= now, earliest first."""
        ...

    def rouse(self, school: str, visit_id: str, until: datetime) -> None:
        """Wake a live visit at this moment, without touching its version: later where its waking
        failed, sooner where a send failed for good.
        """
        ...

    def next_wake(self) -> datetime | None:
        """The earliest ``wake_at`` of all, or None."""
        ...
