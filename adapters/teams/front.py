"""The door that Teams knocks at: what is believed, and what is answered.

Nothing is read further before its token is good; what is refused leaves no trace but a number.
An invoke (somebody waits for the answer) is answered with a body, everything else with a nod.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web
from prometheus_client import Counter

from adapters.payload import as_sent
from bot.engine.faults import where

log = logging.getLogger(__name__)
PATH = "/api/messages"
LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and, for an invoke, body."""

    status: int = 200
    body: Mapping[str, Any] | None = None


class Refused(Exception):
    """The text says why, in a word for the figures; it holds nothing of what was sent."""


class Checks(Protocol):
    """Says who sent it, or raises Refused."""

    async def __call__(self, header: str, activity: Mapping[str, Any]) -> None: ...


Hear = Callable[[Mapping[str, Any], float], Awaitable[Reply]]
"""What is made of an activity that came at this moment of the loop's clock."""


class Front:
    """``POST /api/messages``. ``turned_away`` counts what was refused, by why."""

    def __init__(self, checks: Checks, hear: Hear, turned_away: Counter) -> None:
        self._checks, self._hear, self._turned_away = checks, hear, turned_away

    async def take(self, request: web.Request) -> web.Response:
        """One activity."""
        came = asyncio.get_running_loop().time()
        header = request.headers.get("Authorization", "")
        activity = await _read(request)
        try:
            # Whoever has no token learns nothing, not even that what they sent can't be read.
            await self._checks(header, activity or {})
        except Refused as refused:
            self._turned_away.labels(str(refused)).inc()
            return web.Response(status=401)
        if activity is None:
            return web.Response(status=400)
        try:
            reply = await self._hear(activity, came)
        except Exception as problem:  # noqa: BLE001 - the one boundary of this door
            log.error("an activity was not taken: %s", where(problem))  # noqa: TRY400
            return web.Response(status=500)
        if reply.body is None:
            return web.Response(status=reply.status)
        return web.Response(
            body=as_sent(reply.body), status=reply.status, content_type="application/json"
        )


async def _read(request: web.Request) -> Mapping[str, Any] | None:
    """The activity; None for anything else."""
    if (request.content_length or 0) > LARGEST:
        return None
    try:
        said = json.loads(await request.read())
    except (
        ValueError,
        RecursionError,
        web.HTTPRequestEntityTooLarge,
        web.RequestPayloadError,  # what isn't packed as it says
    ):
        return None
    return said if isinstance(said, dict) and isinstance(said.get("type"), str) else None
