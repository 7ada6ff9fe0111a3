import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import migrate
from storage.engine import make_engine
from storage.migrate import (
    HEAD,
    DatabaseTooNew,
    backup_sqlite,
    expire_backups,
    is_current,
    revision,
    upgrade,
)
from storage.tables import metadata


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_the_head_is_the_last_revision_in_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_migrations_make_exactly_the_tables(database: Path) -> None:
    engine = make_engine(_url(database))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_every_primary_key_and_unique_key_begins_with_the_school() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "school", table.name


def test_a_new_file_is_made_up_to_date_in_one_go(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "doorstep.db"
    assert not is_current(_url(path))
    assert not path.exists(), "asking makes no file"
    assert upgrade(_url(path)) is None
    assert is_current(_url(path))
    assert upgrade(_url(path)) is None
    assert [each.name for each in path.parent.iterdir()] == ["doorstep.db"]


def test_P8_nobody_else_on_the_machine_may_read_the_file(tmp_path: Path) -> None:
    upgrade(_url(tmp_path / "doorstep.db"))
    assert (tmp_path / "doorstep.db").stat().st_mode & 0o077 == 0


def test_a_file_behind_is_copied_before_its_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "doorstep.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE precious (word TEXT)")
        connection.execute("INSERT INTO precious VALUES ('kept')")
    copy = upgrade(_url(path))
    assert copy == tmp_path / f"doorstep.db.before-{HEAD}"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT word FROM precious").fetchall() == [("kept",)]
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert tables == [("precious",)]
    assert copy.stat().st_mode & 0o077 == 0
    assert is_current(_url(path))


def test_there_is_nothing_to_copy_without_a_file_or_tables_or_anything_to_do(
    tmp_path: Path, database: Path
) -> None:
    assert backup_sqlite(tmp_path / "missing.db") is None
    (tmp_path / "empty.db").touch()
    assert backup_sqlite(tmp_path / "empty.db") is None
    assert backup_sqlite(database) is None
    assert not list(tmp_path.glob("*.before-*"))


def test_P8_copies_made_before_a_migration_expire(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    for name, days in (("a.db.before-0001", 40), ("a.db.before-0002", 10), ("a.db", 40)):
        path = tmp_path / name
        path.touch()
        stamp = (now - timedelta(days=days)).timestamp()
        os.utime(path, (stamp, stamp))
    expired = expire_backups(tmp_path, now - timedelta(days=30))
    assert [path.name for path in expired] == ["a.db.before-0001"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "a.db.before-0002"]
    assert expire_backups(tmp_path / "missing", now) == []


def test_an_upgrade_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "doorstep.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE settings (school TEXT)")  # in the way of the fresh one
    with pytest.raises(Exception, match="already exists"):
        upgrade(_url(path))
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("settings",)]


def test_the_database_of_a_newer_doorstep_is_refused_in_plain_words(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert revision(_url(database)) == "9999"
    assert not is_current(_url(database))
    with pytest.raises(DatabaseTooNew, match=r"revision 9999, which this Doorstep .* not know"):
        upgrade(_url(database))


def test_a_database_that_is_current_needs_no_alembic(database: Path) -> None:
    program = (
        "import sys; from storage.migrate import is_current, upgrade; "
        f"upgrade({_url(database)!r}); print(is_current({_url(database)!r}), "
        "any(name.startswith('alembic') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_going_down_and_up_again_gives_the_same_schema(database: Path) -> None:
    from alembic import command

    def schema() -> list[str]:
        with closing(sqlite3.connect(database)) as connection:
            found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            return sorted(re.sub(r"\s+", " ", row[0]) for row in found)

    before = schema()
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    engine = make_engine(_url(database), foreign_keys=False)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    engine.dispose()
    assert len(schema()) == 1
    upgrade(_url(database))
    assert schema() == before
