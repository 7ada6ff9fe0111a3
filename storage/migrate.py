"""Bringing the schema up to date. Alembic is imported only when there is something to do."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.engine import make_engine, sqlite_file

HEAD = "0009"
MIGRATIONS = Path(__file__).parent / "migrations"
_COPY = ".before-"
_LOCK = 0x446F6F72  # any number, as long as every replica takes the same one


class DatabaseTooNew(Exception):
    """A newer Doorstep has brought this database up to date already: run that one."""


def is_current(url: str) -> bool:
    """Whether the schema is the one that this code was written for. Makes no file."""
    path = sqlite_file(url)
    return (path is None or path.exists()) and revision(url) == HEAD


def revision(url: str) -> str | None:
    """The revision that the database is at, or None where it has no tables of ours."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


def upgrade(url: str) -> Path | None:
    """Bring the schema up to date, whole or not at all; give the copy that was made before, if any.

    Several processes may try at once: the first does it, the others find it done.
    """
    path = sqlite_file(url)
    copy = backup_sqlite(path) if path else None
    engine = make_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            if connection.dialect.name != "sqlite":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if _revision(connection) != HEAD:
                _run(connection)
    finally:
        engine.dispose()
    return copy


def backup_sqlite(path: Path) -> Path | None:
    """Copy a database that is about to be upgraded to ``<name>.before-<revision>``.

    None where there is nothing to copy: no file, no tables in it, or nothing to upgrade.
    """
    if not path.exists():
        return None
    copy = path.with_name(f"{path.name}{_COPY}{HEAD}")
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    with closing(sqlite3.connect(path)) as source:
        tables = source.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
        if tables.fetchone() == (0,) or _sqlite_revision(source) == HEAD:
            return None
        unfinished.touch(mode=0o600)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    unfinished.replace(copy)  # so that a copy is whole, or not there
    return copy


def expire_backups(folder: Path, older_than: datetime) -> list[Path]:
    """Delete the copies made before an upgrade that are older than this (P8); give which."""
    expired = []
    for copy in sorted(folder.glob(f"*{_COPY}*")):
        if copy.is_file() and datetime.fromtimestamp(copy.stat().st_mtime, UTC) < older_than:
            copy.unlink(missing_ok=True)
            expired.append(copy)
    return expired


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        found = _revision(connection)
        raise DatabaseTooNew(
            f"The database is at revision {found}, which this Doorstep (revision {HEAD}) does not "
            "know. Run the newer Doorstep that upgraded it."
        ) from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _sqlite_revision(source: sqlite3.Connection) -> str | None:
    try:
        row = source.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return str(row[0]) if row else None
