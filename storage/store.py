"""The store on a database: one transaction for each piece of work, in a worker thread.

The unit of work below is made afresh for each try, since nothing learnt in one that was rolled
back may be believed in the next.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.ports import UnitOfWork
from storage.audit import SqlAudit
from storage.contacts import SqlContacts
from storage.crypto import Keyring
from storage.drafts import SqlDrafts
from storage.engine import POSTGRES_CONNECTIONS, make_engine
from storage.flags import SqlFlags
from storage.here import Here
from storage.inbox import SqlInbox
from storage.listening import SqlListening
from storage.marks import MarkKeys
from storage.outbox import SqlOutbox
from storage.policies import KnownPolicies, SqlPolicies
from storage.readings import SqlReadings
from storage.school_chain import SchoolChain
from storage.seen import Seen
from storage.settings import SqlSettings
from storage.visit_keys import VisitKeys
from storage.visit_marks import VisitMarks
from storage.visits import SqlVisits
from storage.worker import Workers

T = TypeVar("T")


class SqlUnit:
    """Everything kept, inside one transaction of one connection."""

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

    def __init__(
        self,
        connection: Connection,
        keyring: Keyring,
        holder: int,
        seen: Seen,
        known: KnownPolicies,
        mark_keys: dict[str, bytes],
    ) -> None:
        keys = VisitKeys(connection, keyring)
        marks = MarkKeys(connection, keyring, mark_keys)
        here, policies = Here(), SqlPolicies(connection, known)
        self.visits = SqlVisits(
            connection, policies, keys, VisitMarks(connection, marks), seen, here
        )
        self.audit = SqlAudit(connection, policies, keys, SchoolChain(connection, keyring), here)
        self.inbox = SqlInbox(connection)
        self.outbox = SqlOutbox(connection, keyring, holder)
        self.settings = SqlSettings(connection, keyring)
        self.drafts = SqlDrafts(connection, keyring)
        self.contacts = SqlContacts(connection)
        self.flags = SqlFlags(connection, keyring, marks)
        self.readings = SqlReadings(connection)
        self.listening = SqlListening(connection)


class SqlStore:
    """SQLite or PostgreSQL. The schema must be there already: see ``storage.migrate``."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self._holder = secrets.randbits(62)
        engine = make_engine(url, holder=self._holder)
        self._keyring = keyring
        self._seen, self._policies = Seen(), KnownPolicies()
        self._mark_keys: dict[str, bytes] = {}
        self._workers = Workers(
            engine, 1 if engine.dialect.name == "sqlite" else POSTGRES_CONNECTIONS
        )

    def transact(
        self, work: Callable[[UnitOfWork], T], *, background: bool = False
    ) -> Awaitable[T]:
        """Run ``work`` in one transaction; it is queued at once, in the order of the calls."""

        def run(connection: Connection) -> T:
            unit = SqlUnit(
                connection,
                self._keyring,
                self._holder,
                self._seen,
                self._policies,
                self._mark_keys,
            )
            return work(unit)

        return asyncio.wrap_future(self._workers.submit(run, background=background))

    async def close(self) -> None:
        """Finish what is queued and let go of the database."""
        await self._workers.close()
