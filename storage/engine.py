"""How to reach a database: its URL, its engine, and what SQLite must be told on each connection.

SQLAlchemy's own handling of transactions on SQLite is switched off: every transaction here begins
with BEGIN IMMEDIATE, so that one that reads first can't fail when it comes to write.
"""

import logging
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

BUSY_MS = 5_000
POSTGRES_CONNECTIONS = 4
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",  # first: the others may have to wait
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # a key that was destroyed must not live on in a free page
)


class BadUrl(ValueError):
    """``DATABASE_URL`` can't be used; the message says what would be right."""


def parse_url(text: str) -> URL:
    """Take ``sqlite:///path`` or ``postgresql://...`` and give SQLAlchemy's form of it."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is not None and url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite")
    if url is not None and url.drivername.partition("+")[0] in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    # The URL may hold a password, so that the message must not quote it.
    raise BadUrl(
        "DATABASE_URL must look like sqlite:///var/doorstep.db or postgresql://user:password@host/name."
    )


def sqlite_file(text: str) -> Path | None:
    """The file behind an SQLite URL; None for PostgreSQL or a database in memory."""
    url = parse_url(text)
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def make_engine(text: str, *, foreign_keys: bool = True, holder: int | None = None) -> Engine:
    """Give an engine; an SQLite file and its folder are made if they are not there yet.

    ``foreign_keys`` off is for migrations that rebuild a table. ``holder`` is a number that every
    connection to PostgreSQL locks for as long as it lives, so that others see whether we do.
    """
    quieten()
    url = parse_url(text)
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url, hide_parameters=True, pool_size=POSTGRES_CONNECTIONS, max_overflow=0
        )
        if holder is not None:
            event.listen(engine, "connect", partial(_hold, holder))
        return engine
    if path := sqlite_file(text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it holds names and phones; an existing file keeps its mode
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool)
    pragmas = _PRAGMAS if foreign_keys else (*_PRAGMAS, "PRAGMA foreign_keys = OFF")

    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def quieten() -> None:
    """Keep the libraries' loggers above DEBUG, where they would write what they carry (P7)."""
    for name in ("sqlalchemy", "psycopg", "alembic"):
        logger = logging.getLogger(name)
        if logger.level < logging.INFO:
            logger.setLevel(logging.INFO)


def _hold(holder: int, connection: Any, _record: object) -> None:
    connection.execute("SELECT pg_advisory_lock_shared(%s)", (holder,))
    connection.commit()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
