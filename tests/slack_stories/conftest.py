"""The stories' world, on Slack."""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_slack import SlackWorld, slack_world


@pytest.fixture
async def world() -> AsyncIterator[SlackWorld]:
    async with slack_world(MemoryStore(Kept())) as opened:
        yield opened
