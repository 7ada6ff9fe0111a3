"""The stories' world, on Slack and Teams: who is where, either way round."""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_both import LEADERS, TEACHERS, SplitWorld, split_world

CASTS = {
    "teachers on Slack, leaders on Teams": LEADERS | {"office"},
    "teachers on Teams, leaders on Slack": TEACHERS,
}


@pytest.fixture(params=CASTS)
async def world(
    request: pytest.FixtureRequest,
) -> AsyncIterator[SplitWorld]:
    async with split_world(MemoryStore(Kept()), CASTS[request.param]) as opened:
        yield opened
