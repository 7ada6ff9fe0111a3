"""The stories' world, on Teams."""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_teams import TeamsWorld, teams_world


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TeamsWorld]:
    # The world delivers after each deed, so that nothing fresh comes while the deed is answered.
    monkeypatch.setattr("adapters.teams.answering.FRESH_WITHIN", 0.0)
    async with teams_world(MemoryStore(Kept())) as opened:
        yield opened
