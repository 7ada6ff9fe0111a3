"""Every story runs on every store."""

from collections.abc import AsyncIterator

import pytest

from bot.ports import Store
from storage.memory import MemoryStore
from tests.stories.world import World


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    kept = MemoryStore()
    yield kept
    await kept.close()


@pytest.fixture
async def world(store: Store) -> World:
    return World(store)
