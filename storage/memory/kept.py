"""What the twin keeps: frozen values in dicts, so that a shallow copy is a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from bot.domain.visit import Visit
from bot.ports import Contact, Entry, LastGood, Parcel, Standing


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
class Kept:
    """Everything. Hand it to another ``MemoryStore`` to play a restart."""

    visits: dict[tuple[str, str], KeptVisit] = field(default_factory=dict)
    audit: dict[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    inbox: dict[tuple[str, str, str], KeptDelivery] = field(default_factory=dict)
    outbox: dict[tuple[str, str], KeptParcel] = field(default_factory=dict)
    keys: dict[tuple[str, str, str], str] = field(default_factory=dict)
    messages: dict[tuple[str, ...], str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    settings: dict[str, LastGood] = field(default_factory=dict)
    drafts: dict[tuple[str, str, str], Mapping[str, str]] = field(default_factory=dict)
    contacts: dict[tuple[str, str, str], Contact] = field(default_factory=dict)

    def snapshot(self) -> "Kept":
        """A copy that later changes don't reach."""
        return replace(self, **{each.name: dict(getattr(self, each.name)) for each in fields(self)})

    def restore(self, snapshot: "Kept") -> None:
        """Everything as it was then."""
        for each in fields(self):
            table = getattr(self, each.name)
            table.clear()
            table.update(getattr(snapshot, each.name))
