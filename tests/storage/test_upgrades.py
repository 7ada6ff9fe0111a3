"""Every upgrade from a revision that was released, on both databases, with a visit under way."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.domain.visit import Out
from storage import Keyring, migrate, open_store
from storage.engine import make_engine
from storage.migrate import HEAD, is_current, upgrade
from storage.tables import metadata
from tests.postgres import Postgres
from tests.storage.samples import KEY, after, visit, visitor, watch

SCHOOL = "st-example"
Place = Callable[[Path, pytest.FixtureRequest], str]


def _sqlite(folder: Path, request: pytest.FixtureRequest) -> str:
    return f"sqlite:///{folder}/doorstep.db"


def _postgresql(folder: Path, request: pytest.FixtureRequest) -> str:
    server: Postgres = request.getfixturevalue("postgres")
    return server.without_tables("upgrades")


PLACES: dict[str, Place] = {"sqlite": _sqlite, "postgresql": _postgresql}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    return config


RELEASED = [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()]


@pytest.fixture(params=PLACES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return PLACES[request.param](tmp_path, request)


def _to(url: str, revision: str, move: Callable[[Config, str], None] = command.upgrade) -> None:
    engine = make_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def _differences(url: str) -> list[object]:
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, metadata)
    engine.dispose()
    return found


async def _keep_a_visit(url: str) -> None:
    """Someone out, through the store of today, before it is taken back to the older revision."""
    store = open_store(url, Keyring(KEY))
    sam = visitor(addresses={"slack": "U1"})
    out = visit(phase=Out(watch(sam)))
    await store.transact(lambda uow: uow.visits.add(out, after(30)))
    await store.close()


@pytest.mark.parametrize("revision", RELEASED)
async def test_an_upgrade_leaves_whoever_is_out_watched_and_known(url: str, revision: str) -> None:
    upgrade(url)
    await _keep_a_visit(url)
    if revision != HEAD:
        _to(url, revision, command.downgrade)
    assert is_current(url) == (revision == HEAD)
    upgrade(url)
    assert is_current(url)
    assert _differences(url) == []
    store = open_store(url, Keyring(KEY))
    found = await store.transact(lambda uow: uow.visits.out_at(SCHOOL, "slack", "U1"))
    assert [each.id for each in found] == ["visit-1001"]
    assert found[0].details == visit().details
    assert await store.transact(lambda uow: uow.visits.next_wake()) == after(30)
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    await store.close()


def test_each_revision_builds_on_the_last_and_can_be_taken_back(url: str) -> None:
    for revision in reversed(RELEASED):
        _to(url, revision)
    assert _differences(url) == []
    _to(url, "base", command.downgrade)
    upgrade(url)
    assert _differences(url) == []


def test_a_failed_upgrade_leaves_no_half(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE settings (school TEXT)"))  # in the way
    with pytest.raises(Exception, match="already exists"):
        upgrade(url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["settings"]
    engine.dispose()
