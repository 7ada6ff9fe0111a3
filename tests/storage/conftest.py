"""A migrated SQLite file, and ways to open it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage import Keyring, SqlStore, open_store
from storage.migrate import upgrade
from tests.storage.samples import KEY

Opener = Callable[..., SqlStore]


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
