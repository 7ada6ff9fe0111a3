"""A check-in press on Slack, durable before it is acknowledged, beside a bare Bolt app (default
settings) whose listener does nothing: one at a time, 32 in flight, and with Slack's API down.
"""

import asyncio
import itertools
import json
import logging
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.packing import pack_button
from bot.cards.model import Button
from bot.domain.visit import Visit
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.slack_double.deliver import Delivery
from tests.slack_double.sockets import Sockets
from tests.slack_double.workspace import SECRET, TEAM, Workspace
from tests.stories.on_slack import SlackWorld, slack_world
from tests.stories.world import out

ONE_BY_ONE, TOGETHER, IN_FLIGHT = 300, 1500, 32
_numbers = itertools.count(1)
_signer = Delivery(Workspace(), Sockets())


def body(visit: Visit | None = None) -> str:
    """A press of I'm OK, each with a trigger of its own."""
    number = next(_numbers)
    button = Button("I'm OK", "ok", visit.id if visit else "v", 3)
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U0ANA", "team_id": TEAM},
        "trigger_id": f"bench-{number}",
        "channel": {"id": "D0ANA"},
        "message": {"ts": "1.1"},
        "actions": [
            {
                "type": "button",
                "action_id": "ok.0",
                "block_id": "b",
                "value": pack_button(button),
                "action_ts": f"{number}.1",
            }
        ],
    }
    return urlencode({"payload": json.dumps(payload)})


async def _press(session: aiohttp.ClientSession, url: str, text: str) -> float:
    headers = _signer.signed(text) | {"Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    async with session.post(url, data=text, headers=headers) as answer:
        assert answer.status == 200
        await answer.read()
    return (time.perf_counter() - start) * 1000


async def one_by_one(url: str, make: Callable[[], str]) -> tuple[float, float]:
    async with aiohttp.ClientSession() as session:
        await _press(session, url, make())
        taken = [await _press(session, url, make()) for _ in range(ONE_BY_ONE)]
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


async def together(url: str, make: Callable[[], str]) -> float:
    """Presses a second."""
    left = iter([make() for _ in range(TOGETHER)])

    async def presses(session: aiohttp.ClientSession) -> None:
        for text in left:
            await _press(session, url, text)

    async with aiohttp.ClientSession() as session:
        start = time.perf_counter()
        await asyncio.gather(*(presses(session) for _ in range(IN_FLIGHT)))
    return TOGETHER / (time.perf_counter() - start)


@asynccontextmanager
async def bare() -> AsyncIterator[str]:
    """Bolt with its default settings, and a listener that only acknowledges."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, logger=logging.getLogger("bench"))

    @app.action("ok.0")
    async def listener(ack: AsyncAck) -> None:
        await ack()

    async def take(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    served = web.Application()
    served.router.add_post("/slack/events", take)
    async with TestServer(served, host="127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.port}/slack/events"


@asynccontextmanager
async def ours(folder: Path) -> AsyncIterator[tuple[SlackWorld, Visit]]:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    store = open_store(url, Keyring("a key that is only for this bench"))
    async with slack_world(store) as world:
        yield world, await out(world)
    await store.close()


@pytest.mark.timeout(300)
async def test_a_check_in_beside_a_bare_bolt_app(tmp_path: Path) -> None:
    async with bare() as url:
        p50, p99 = await one_by_one(url, body)
        rate = await together(url, body)
    async with ours(tmp_path) as (world, visit):
        target = world.double.delivery.target
        mine50, mine99 = await one_by_one(target, lambda: body(visit))
        mine = await together(target, lambda: body(visit))
    print(
        f"\nbare Bolt: p50 {p50:.2f} ms, p99 {p99:.2f} ms, {rate:.0f}/s at {IN_FLIGHT} in flight"
        f"\na check-in: p50 {mine50:.2f} ms ({mine50 / p50:.2f}x, at most 0.35x), p99 "
        f"{mine99:.2f} ms ({mine99 / p99:.2f}x, at most 1.0x), {mine:.0f}/s "
        f"({mine / rate:.2f}x, at least 0.25x)"
    )


@pytest.mark.timeout(300)
async def test_no_acknowledgement_waits_while_slack_is_down(tmp_path: Path) -> None:
    async with ours(tmp_path) as (world, visit):
        world.double.trouble.always("*", "hang", seconds=3.0)
        async with aiohttp.ClientSession() as session:
            target = world.double.delivery.target
            taken = [await _press(session, target, body(visit)) for _ in range(50)]
        world.double.trouble.over()
    print(f"\nwith Slack's API down: the longest of {len(taken)} took {max(taken):.0f} ms")
    assert max(taken) < 1000
