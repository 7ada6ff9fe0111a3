"""The twin itself: each piece of work runs whole, at once, and is undone if it raises."""

from collections.abc import Callable
from typing import TypeVar

from bot.ports import UnitOfWork
from storage.memory.chains import MemoryAudit
from storage.memory.contacts import MemoryContacts
from storage.memory.forms import MemoryDrafts, MemoryInbox, MemorySettings
from storage.memory.kept import Kept
from storage.memory.outbox import MemoryOutbox
from storage.memory.remembered import MemoryFlags, MemoryListening, MemoryReadings
from storage.memory.visits import MemoryVisits
from storage.worker import StoreClosed

T = TypeVar("T")


class MemoryUnit:
    """Everything kept, inside one transaction."""

    __slots__ = (
        "audit",
        "contacts",
        "drafts",
        "flags",
        "inbox",
        "listening",
        "outbox",
        "readings",
        "settings",
        "visits",
    )

    def __init__(self, kept: Kept) -> None:
        self.visits = MemoryVisits(kept)
        self.audit = MemoryAudit(kept)
        self.inbox = MemoryInbox(kept)
        self.outbox = MemoryOutbox(kept)
        self.settings = MemorySettings(kept)
        self.drafts = MemoryDrafts(kept)
        self.contacts = MemoryContacts(kept)
        self.flags = MemoryFlags(kept)
        self.readings = MemoryReadings(kept)
        self.listening = MemoryListening(kept)


class MemoryStore:
    """See ``bot.ports.Store``. ``kept`` outlives the store, as a database would."""

    def __init__(self, kept: Kept | None = None) -> None:
        self.kept = kept or Kept()
        self._closed = False

    async def transact(self, work: Callable[[UnitOfWork], T], *, background: bool = False) -> T:
        """Run ``work`` now; nothing else runs meanwhile, so that nothing ever conflicts."""
        del background
        if self._closed:
            raise StoreClosed("the store is closed")
        try:
            result = work(MemoryUnit(self.kept))
        except BaseException:
            self.kept.roll_back()
            raise
        self.kept.commit()
        return result

    async def close(self) -> None:
        """Take no more work."""
        self._closed = True
