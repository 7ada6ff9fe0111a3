"""A check-in press on Slack, durable before it is acknowledged, beside a bare Bolt app (default
settings) whose listener does nothing: one at a time, 32 in flight, and with Slack's API down.
"""

import asyncio
import itertools
import json
import logging
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.packing import pack_button
from adapters.slack.blocks import BUTTON_ROOM
from bot.cards.model import Button
from bot.domain.school import Person
from bot.domain.visit import Out, Visit
from bot.ports import UnitOfWork
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.slack_double.deliver import Delivery
from tests.slack_double.sockets import Sockets
from tests.slack_double.workspace import SECRET, TEAM, Workspace
from tests.stories.on_slack import SlackWorld, address, slack_world
from tests.stories.world import out

ONE_BY_ONE, TOGETHER, IN_FLIGHT, VISITS = 300, 1500, 32, 100
MANY = 10_000
ROOT = Path(__file__).parents[2]
_numbers = itertools.count(1)
_signer = Delivery(Workspace(), Sockets())


def body(visit: Visit | None = None) -> str:
    """A press of I'm OK, each with a trigger of its own."""
    number = next(_numbers)
    user = address(visit.lead) if visit else "U0ANA"
    button = Button("I'm OK", "ok", visit.id if visit else "v", 3)
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": f"bench-{number}",
        "channel": {"id": user.replace("U", "D", 1)},
        "message": {"ts": "1.1"},
        "actions": [
            {
                "type": "button",
                "action_id": "ok.0",
                "block_id": "b",
                "value": pack_button(button, BUTTON_ROOM),
                "action_ts": f"{number}.1",
            }
        ],
    }
    return urlencode({"payload": json.dumps(payload)})


async def press(session: aiohttp.ClientSession, url: str, text: str) -> float:
    headers = _signer.signed(text) | {"Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    async with session.post(url, data=text, headers=headers) as answer:
        assert answer.status == 200
        await answer.read()
    return (time.perf_counter() - start) * 1000


async def one_by_one(url: str, make: Callable[[], str]) -> tuple[float, float]:
    async with aiohttp.ClientSession() as session:
        await press(session, url, make())
        taken = [await press(session, url, make()) for _ in range(ONE_BY_ONE)]
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


async def together(url: str, make: Callable[[], str]) -> float:
    """Presses a second, each of somebody else."""
    left = iter([make() for _ in range(TOGETHER)])

    async def presses(session: aiohttp.ClientSession) -> None:
        for text in left:
            await press(session, url, text)

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


async def others(world: SlackWorld, visit: Visit, count: int = VISITS) -> Iterator[Visit]:
    """As many visits as there are presses in flight and more: nobody presses hundreds of times."""
    setup = world.engine.setup
    (ana,) = (person for person in setup.school.people if person.id == "ana")
    people = [replace(ana, id=f"v{n}", addresses={"slack": address(f"v{n}")}) for n in range(count)]
    school = replace(setup.school, people=(*setup.school.people, *people))
    world.engine.setup = replace(setup, school=school)
    visits = [_led_by(person, visit) for person in people]

    def add(uow: UnitOfWork) -> None:
        for each in visits:
            uow.visits.add(each, None)

    await world.store.transact(add)
    for person in people:
        world.double.workspace.person(address(person.id), person.name)
    return itertools.cycle(visits)


def _led_by(person: Person, visit: Visit) -> Visit:
    assert isinstance(visit.phase, Out)
    (visitor,) = visit.phase.watch.visitors
    alone = (replace(visitor, id=person.id, addresses=person.addresses),)
    return replace(
        visit,
        id=f"visit-{person.id}",
        reference=f"V-{person.id}",
        lead=person.id,
        phase=replace(visit.phase, watch=replace(visit.phase.watch, visitors=alone)),
        version=0,
    )


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
        more = await others(world, visit)
        mine = await together(target, lambda: body(next(more)))
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
            taken = [await press(session, target, body(visit)) for _ in range(50)]
        world.double.trouble.over()
    print(f"\nwith Slack's API down: the longest of {len(taken)} took {max(taken):.0f} ms")
    assert max(taken) < 1000


@pytest.mark.timeout(600)
async def test_memory_with_ten_thousand_out(tmp_path: Path) -> None:
    """Of a process of its own, the workspace double and its ten thousand people included."""
    program = [sys.executable, "-m", "tests.bench.slack_memory", str(tmp_path), str(MANY)]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT, stdout=subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    found = json.loads(said)
    print(
        f"\n{MANY:,} visits out: {found['mb']:.0f} MB resident (at most 150); "
        f"a press p50 {found['p50']:.2f} ms"
    )
