"""Transactions over everything that is kept."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.ports.audit import Audit
from bot.ports.contacts import Contacts
from bot.ports.drafts import Drafts
from bot.ports.flags import Flags
from bot.ports.inbox import Inbox
from bot.ports.listening import Listening
from bot.ports.outbox import Outbox
from bot.ports.readings import Readings
from bot.ports.settings import Settings
from bot.ports.visits import Visits

T = TypeVar("T")


class UnitOfWork(Protocol):
    """Everything kept, inside one transaction."""

    @property
    def visits(self) -> Visits: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def flags(self) -> Flags: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def listening(self) -> Listening: ...


class Store(Protocol):
    """Runs plain functions inside transactions, off the event loop."""

    def transact(
        self, work: Callable[[UnitOfWork], T], *, background: bool = False
    ) -> Awaitable[T]:
        """Run ``work`` in one transaction: committed when it returns, rolled back when it raises.

        ``background`` work waits behind people's presses. ``work`` may be run again from the
        start after a conflict, so it does nothing but through the unit of work.
        """
        ...

    async def close(self) -> None:
        """Finish what is running and let go of the database."""
        ...
