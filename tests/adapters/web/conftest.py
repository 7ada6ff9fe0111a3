from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.channel import WebChannel
from adapters.web.chats import Chats
from adapters.web.clock import DemoClock
from adapters.web.hub import Hub
from adapters.web.personas import Cast
from bot.cards.model import Button
from tests.adapters.web.behind import LONDON, PEOPLE, START, Client, School, app_of, flip


@pytest.fixture
def cast() -> Cast:
    return Cast(PEOPLE, at_desk="pat")


@pytest.fixture
def clock(tmp_path: Path) -> DemoClock:
    return DemoClock(tmp_path / "clock.json", lambda: START)


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Chats]:
    chats = Chats(tmp_path / "chats.db", flip, flip)
    yield chats
    chats.close()


@pytest.fixture
def channel(chats: Chats, cast: Cast, clock: DemoClock) -> WebChannel:
    return WebChannel(chats, Hub(), cast, clock, LONDON)


@pytest.fixture
def school(clock: DemoClock, channel: WebChannel) -> School:
    return School(clock, channel)


@pytest.fixture
async def client(school: School, tmp_path: Path) -> AsyncIterator[Client]:
    app = app_of(school, tmp_path, shortcuts=(Button("Plan a visit", "plan"),))
    async with TestClient(TestServer(app)) as client:
        yield client
