"""Teams in place, before a strict double."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.teams.placed import Placed, placed


@pytest.fixture
async def there() -> AsyncIterator[Placed]:
    async with placed() as opened:
        yield opened
