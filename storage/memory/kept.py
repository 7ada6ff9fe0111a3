"""What the twin keeps: frozen values in tables that know how to take back their last changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.domain.known import Flag
from bot.domain.visit import Visit
from bot.ports import Contact, Entry, LastGood, Parcel, Standing

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """A visit, and when it next needs attention."""

    visit: Visit
    wake_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptParcel:
    """A row of the outbox. ``ready_at`` is None once it is settled."""

    parcel: Parcel
    fell_due_at: datetime
    ready_at: datetime | None
    leased: bool = False
    standing: Standing = "pending"
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """A delivery that was seen, and what was answered."""

    at: datetime
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class KeptFlag:
    """A flag, the forms of its address, and when its author is next asked."""

    flag: Flag
    places: frozenset[str]
    ask_at: datetime | None


Undo = list[tuple[dict[Any, Any], Any, Any]]
"""What a table had under a key before each change, in order."""
_NOTHING = object()


class Table(dict[K, V]):
    """A dict that notes how to take back each change. It is changed by these three alone."""

    __slots__ = ("_undo",)

    def __init__(self, undo: Undo) -> None:
        super().__init__()
        self._undo = undo

    def __setitem__(self, key: K, value: V) -> None:
        self._undo.append((self, key, self.get(key, _NOTHING)))
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._undo.append((self, key, self[key]))
        super().__delitem__(key)

    def take(self, key: K) -> V | None:
        """Take a row out, if it is there."""
        found = self.get(key)
        if found is not None:
            del self[key]
        return found


class Kept:
    """Everything. Hand it to another ``MemoryStore`` to play a restart."""

    __slots__ = (
        "_undo",
        "audit",
        "contacts",
        "drafts",
        "flags",
        "inbox",
        "keys",
        "listening",
        "messages",
        "numbers",
        "outbox",
        "pending",
        "readings",
        "settings",
        "visits",
    )

    def __init__(self) -> None:
        undo: Undo = []
        self._undo = undo
        self.visits: Table[tuple[str, str], KeptVisit] = Table(undo)
        self.audit: Table[tuple[str, str], tuple[Entry, ...]] = Table(undo)
        self.inbox: Table[tuple[str, str, str], KeptDelivery] = Table(undo)
        self.outbox: Table[tuple[str, str], KeptParcel] = Table(undo)
        self.pending: Table[tuple[str, str], KeptParcel] = Table(undo)
        """Those rows of the outbox that are not settled: few, and looked at often."""
        self.keys: Table[tuple[str, str, str], str] = Table(undo)
        self.messages: Table[tuple[str, ...], str] = Table(undo)
        self.numbers: Table[str, int] = Table(undo)
        self.settings: Table[str, LastGood] = Table(undo)
        self.drafts: Table[tuple[str, str, str], Mapping[str, str]] = Table(undo)
        self.contacts: Table[tuple[str, str, str], Contact] = Table(undo)
        self.flags: Table[tuple[str, str], KeptFlag] = Table(undo)
        self.readings: Table[tuple[str, str, str], datetime] = Table(undo)
        self.listening: Table[str, datetime] = Table(undo)

    def commit(self) -> None:
        """What was changed stays."""
        self._undo.clear()

    def roll_back(self) -> None:
        """Everything as it was at the last commit."""
        for table, key, before in reversed(self._undo):
            if before is _NOTHING:
                dict.pop(table, key, None)
            else:
                dict.__setitem__(table, key, before)
        self._undo.clear()
