"""What stands in each chat, in a small SQLite file of its own, so that a restart loses nothing.

Slack and Teams keep their own messages; here nobody else does. What a card or a person says is
sealed before it is written: the file shows only which pane, when, and how urgent (P8).
"""

import asyncio
import json
import logging
import sqlite3
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from adapters.web.encoding import decode_card, encode_card
from bot.cards.model import Card

log = logging.getLogger(__name__)
T = TypeVar("T")
Seal = Callable[[bytes], bytes]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    pane TEXT NOT NULL,
    ref TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    rev INTEGER NOT NULL DEFAULT 1,
    at TEXT NOT NULL,
    edited_at TEXT,
    urgent INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (pane, key)
)
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that a person wrote."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat. ``content`` is None where it can't be unsealed; the rest shows."""

    pane: str
    ref: str
    rev: int
    at: datetime
    edited_at: datetime | None
    urgent: bool
    content: Card | Typed | None


class Chats:
    """The messages of all panes, in order. Every write is on disk before it returns."""

    def __init__(self, path: Path, seal: Seal, unseal: Seal) -> None:
        self._seal, self._unseal = seal, unseal
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(_SCHEMA)

    async def add(
        self, pane: str, content: Card | Typed, *, key: str, at: datetime, urgent: bool = False
    ) -> tuple[Message, bool]:
        """Add a message. The same key again gives the message that is there, and False."""
        sealed = self._pack(content)
        row = (pane, uuid.uuid4().hex, key, at.astimezone(UTC).isoformat(), urgent, sealed)

        def work(db: sqlite3.Connection) -> tuple[Message, bool]:
            fresh = db.execute(
                "INSERT INTO messages (pane, ref, key, at, urgent, sealed)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pane, key) DO NOTHING",
                row,
            ).rowcount
            found = db.execute(
                "SELECT * FROM messages WHERE pane = ? AND key = ?",
                (pane, key),
            ).fetchone()
            return self._message(found), bool(fresh)

        return await self._run(work)

    async def replace(self, pane: str, ref: str, card: Card, at: datetime) -> Message | None:
        """Put another card in a message; None if this pane has no such message."""
        sealed = self._pack(card)

        def work(db: sqlite3.Connection) -> Message | None:
            found = db.execute(
                "UPDATE messages SET sealed = ?, edited_at = ?, rev = rev + 1"
                " WHERE pane = ? AND ref = ? RETURNING *",
                (sealed, at.astimezone(UTC).isoformat(), pane, ref),
            ).fetchall()
            return self._message(found[0]) if found else None

        return await self._run(work)

    async def latest(self, pane: str, limit: int = 200) -> list[Message]:
        """Give the last messages of a pane, oldest first."""

        def work(db: sqlite3.Connection) -> list[Message]:
            rows = db.execute(
                "SELECT * FROM messages WHERE pane = ? ORDER BY place DESC LIMIT ?",
                (pane, limit),
            ).fetchall()
            return [self._message(row) for row in reversed(rows)]

        return await self._run(work)

    async def clear(self) -> None:
        """Forget everything. The numbering goes on, so no reference ever comes back."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM messages")

        await self._run(work)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def locked() -> T:
            with self._lock:
                return work(self._db)

        return await asyncio.to_thread(locked)

    def _pack(self, content: Card | Typed) -> bytes:
        said: dict[str, Any] = (
            {"typed": {"who": content.who, "text": content.text}}
            if isinstance(content, Typed)
            else {"card": encode_card(content)}
        )
        return self._seal(json.dumps(said).encode())

    def _message(self, row: sqlite3.Row) -> Message:
        try:
            content = _unpack(self._unseal(row["sealed"]))
        except Exception as problem:  # noqa: BLE001 - whatever the key's owner raises
            log.warning("a message can't be unsealed: %s", type(problem).__name__)
            content = None
        edited_at = row["edited_at"]
        return Message(
            pane=row["pane"],
            ref=row["ref"],
            rev=row["rev"],
            at=datetime.fromisoformat(row["at"]),
            edited_at=datetime.fromisoformat(edited_at) if edited_at else None,
            urgent=bool(row["urgent"]),
            content=content,
        )


def _unpack(plain: bytes) -> Card | Typed:
    said = json.loads(plain)
    if "typed" in said:
        return Typed(said["typed"]["who"], said["typed"]["text"])
    return decode_card(said["card"])
