"""Every story runs on every store; on a database each time only where that is what it is about."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.ports import Store
from storage import Keyring, open_store
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from storage.migrate import upgrade
from tests.postgres import Postgres
from tests.stories.world import World

KEY = "a-key-for-stories-of-at-least-32-characters"
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where there is one, nothing waits for a disk: thousands of commits would."""
Opener = Callable[[], Store]
"""Opens a store; once more, and it is another one on the same data, as after a restart."""


QUICKLY = {
    "test_main_story",
    "test_the_ladder",
    "test_asking_for_help",
    "test_who_is_reached",
    "test_the_board",
    "test_outages",
    "test_deliveries",
    "test_dying_anywhere",
    "test_two_replicas",
    "test_several_schools",
    "test_tidying_up",
    "test_two_lanes",
    "test_purged",
}
"""What runs on the databases each time: what hangs on transactions, and on what is kept. All stores
are held to one contract by ``tests/contract/test_store.py``. ``make test`` runs every story.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        quick = item.path.parent != here or item.path.stem in QUICKLY
        if ("[sqlite" in item.name or "[postgresql" in item.name) and not quick:
            item.add_marker("thorough")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied: that is much faster than to migrate each time."""
    path = tmp_path_factory.mktemp("template") / "doorstep.db"
    upgrade(f"sqlite:///{path}")
    return path


def memory(folder: Path, request: pytest.FixtureRequest) -> Opener:
    kept = Kept()
    return lambda: MemoryStore(kept)


def sqlite(folder: Path, request: pytest.FixtureRequest) -> Opener:
    path = folder / "doorstep.db"
    shutil.copyfile(request.getfixturevalue("template"), path)
    return lambda: open_store(f"sqlite:///{path}", Keyring(KEY))


def postgresql(folder: Path, request: pytest.FixtureRequest) -> Opener:
    server: Postgres = request.getfixturevalue("postgres")
    url = server.fresh()
    return lambda: open_store(url, Keyring(KEY))


STORES: dict[str, Callable[[Path, pytest.FixtureRequest], Opener]] = {
    "memory": memory,
    "sqlite": sqlite,
    "postgresql": postgresql,
}


@pytest.fixture(params=STORES)
async def opener(request: pytest.FixtureRequest) -> AsyncIterator[Opener]:
    opened: list[Store] = []
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        open_one = STORES[request.param](Path(folder), request)

        def opener() -> Store:
            opened.append(open_one())
            return opened[-1]

        yield opener
        for store in opened:
            await store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


@pytest.fixture
def world(store: Store) -> World:
    return World(store)
