"""A local HTTP service that takes messages and notes when each arrived, and a channel to it."""

import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.cards.model import Card
from bot.ports import Clock


class Sink:
    """A process of its own, so that what it costs is not counted as Doorstep's."""

    def __init__(self) -> None:
        self.url = ""

    async def start(self) -> None:
        root = Path(__file__).parents[2]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.sink", cwd=root, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout
        self.url = (await self._process.stdout.readline()).decode().strip()

    async def arrived(self, session: aiohttp.ClientSession) -> list[float]:
        """When each message came, by ``time.perf_counter``, which all processes share."""
        async with session.get(self.url) as answer:
            found: list[float] = await answer.json()
            return found

    async def stop(self) -> None:
        self._process.terminate()
        await self._process.wait()


async def serve() -> None:
    """Take messages until this process is ended."""
    arrived: list[float] = []

    async def take(request: web.Request) -> web.Response:
        await request.read()
        arrived.append(time.perf_counter())
        return web.Response()

    async def tell(_: web.Request) -> web.Response:
        return web.json_response(arrived)

    app = web.Application()
    app.router.add_post("/", take)
    app.router.add_get("/", tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    print(f"http://{host}:{port}/", flush=True)
    await asyncio.Event().wait()


class HttpChannel:
    """See ``bot.ports.Channel``: each message is one request."""

    name = "web"

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url, self._session = url, session

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        async with self._session.post(self._url, json={"to": address, "text": card.notification}):
            return key

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """An edit is no message."""


class Listening:
    """A channel that notes how late each prompt was handed over."""

    name = "web"

    def __init__(self, clock: Clock, due: dict[str, datetime]) -> None:
        self._clock, self._due = clock, due
        self.late: dict[str, float] = {}
        self.all_there = asyncio.Event()

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        visit, _, slot, _ = key.split(".", 3)
        if slot == "prompt" and visit in self._due and visit not in self.late:
            self.late[visit] = (self._clock.now() - self._due[visit]).total_seconds() * 1000
            if len(self.late) == len(self._due):
                self.all_there.set()
        return key

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Nothing to note."""


if __name__ == "__main__":
    asyncio.run(serve())
