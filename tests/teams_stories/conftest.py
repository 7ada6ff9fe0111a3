"""The stories' world, on Teams."""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_teams import TeamsWorld, teams_world


@pytest.fixture
async def world() -> AsyncIterator[TeamsWorld]:
    async with teams_world(MemoryStore(Kept())) as opened:
        yield opened
