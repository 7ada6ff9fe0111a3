"""A migrated SQLite file, and ways to open it; a place for a database on either."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage import Keyring, SqlStore, open_store
from storage.migrate import upgrade
from tests.postgres import Postgres
from tests.storage.samples import KEY

Opener = Callable[..., SqlStore]


def _sqlite(folder: Path, request: pytest.FixtureRequest) -> str:
    return f"sqlite:///{folder}/doorstep.db"


def _postgresql(folder: Path, request: pytest.FixtureRequest) -> str:
    server: Postgres = request.getfixturevalue("postgres")
    return server.without_tables("upgrades")


PLACES = {"sqlite": _sqlite, "postgresql": _postgresql}


@pytest.fixture(params=PLACES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a database without tables, on either."""
    return PLACES[request.param](tmp_path, request)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "doorstep.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
async def opened(database: Path) -> AsyncIterator[Opener]:
    stores: list[SqlStore] = []

    def open_with(key: str = KEY) -> SqlStore:
        stores.append(open_store(f"sqlite:///{database}", Keyring(key)))
        return stores[-1]

    yield open_with
    for store in stores:
        await store.close()
