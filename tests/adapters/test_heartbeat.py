"""The heartbeat: heard, not heard, refused; its address never in the log."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from adapters.heartbeat import Heartbeat


@pytest.fixture
async def listening() -> AsyncIterator[BaseTestServer]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=int(request.match_info["status"]))

    app = web.Application()
    app.router.add_get("/canary/{status}", answer)
    async with TestServer(app) as server:
        yield server


async def beaten(url: str) -> None:
    heartbeat = Heartbeat(url)
    try:
        await heartbeat.beat()
    finally:
        await heartbeat.close()


async def test_a_beat_that_is_heard_says_nothing(
    listening: BaseTestServer, caplog: pytest.LogCaptureFixture
) -> None:
    await beaten(str(listening.make_url("/canary/200")))
    assert caplog.text == ""


async def test_P7_a_beat_that_fails_is_logged_without_its_address(
    listening: BaseTestServer, caplog: pytest.LogCaptureFixture
) -> None:
    await beaten(str(listening.make_url("/canary/503")))
    await beaten("http://127.0.0.1:1/canary")
    assert "answered with status 503" in caplog.text
    assert "not heard: ClientConnectorError" in caplog.text
    assert "canary" not in caplog.text
