"""A local HTTP service that takes messages and notes when each arrived, and a channel to it."""

import asyncio
import time
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.cards.model import Card
from bot.ports import Clock


class Sink:
    """``arrived`` holds the moment of each message, by the clock of ``time.perf_counter``."""

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.url = ""
        app = web.Application()
        app.router.add_post("/", self._take)
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        self.arrived.append(time.perf_counter())
        return web.Response()


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
