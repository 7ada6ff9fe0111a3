"""Slack in place, before a strict workspace."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.placed import Placed, placed


@pytest.fixture
async def there() -> AsyncIterator[Placed]:
    async with placed() as opened:
        yield opened


@pytest.fixture(params=["HTTP", "Socket Mode"])
async def both(request: pytest.FixtureRequest) -> AsyncIterator[Placed]:
    async with placed(socket=request.param == "Socket Mode") as opened:
        yield opened
