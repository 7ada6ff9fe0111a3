"""What ``/readyz`` and ``/metrics`` say of settings that are broken."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.health import Health
from storage.memory import MemoryStore
from tests.stories.world import START, HeldClock


async def said(
    to_mend: tuple[str, ...], *, deaf: tuple[str, ...]
) -> tuple[int, dict[str, object], str]:
    store = MemoryStore()
    app = web.Application()
    Health(lambda: store, HeldClock(START), lambda: to_mend, lambda: deaf).add_to(app)
    async with TestClient(TestServer(app)) as client:
        ready = await client.get("/readyz")
        metrics = await (await client.get("/metrics")).text()
        return ready.status, json.loads(await ready.text()), metrics


async def test_S15_broken_settings_are_named_and_keep_it_in_service() -> None:
    status, ready, metrics = await said(("slack: its token is no good",), deaf=())
    assert (status, ready["ready"]) == (200, True)
    assert ready["to_mend"] == ["slack: its token is no good"]
    assert "doorstep_settings_to_mend 1.0" in metrics


async def test_S15_without_any_channel_it_is_not_ready() -> None:
    status, ready, _ = await said((), deaf=("no channel works",))
    assert (status, ready["behind"]) == (503, ["no channel works"])


async def test_a_database_that_does_not_answer_is_said_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Locked(MemoryStore):
        async def transact(self, work: Any, *, background: bool = False) -> Any:
            await asyncio.Event().wait()

    monkeypatch.setattr("adapters.health.ANSWERS_WITHIN", 0.05)
    health = Health(Locked, HeldClock(START))
    async with asyncio.timeout(5):
        assert await health.behind() == ["the database does not answer"]
