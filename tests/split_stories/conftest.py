"""The stories' world, on Slack and Teams. Each story is told one way round: all of it on either
channel alone is told in ``slack_stories`` and ``teams_stories``.
"""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_both import CASTS, SplitWorld, cast_of, split_world


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        name = metafunc.definition.originalname
        metafunc.parametrize("world", [cast_of(name)], indirect=True)


@pytest.fixture
async def world(
    request: pytest.FixtureRequest,
) -> AsyncIterator[SplitWorld]:
    async with split_world(MemoryStore(Kept()), CASTS[request.param]) as opened:
        yield opened
