"""Socket Mode: Slack's payloads over a connection that we open; no public address is needed.

It reconnects by itself: at once where Slack asks for it, and the old line is kept until what is in
hand there is acknowledged; after a pause that grows where lines keep breaking. The SDK has such a
client too; it logs the connection's address, a secret, where connecting fails, and waits
five seconds before it looks whether a line is still there.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Protocol

import aiohttp
from slack_bolt.response import BoltResponse

from adapters.plug import ChannelOff
from adapters.slack.api import NO_TOKEN, Api, Limited, Refusal, Unanswered
from bot.engine.faults import where

log = logging.getLogger(__name__)
HEARTBEAT = 10.0
LONGEST_PAUSE = 15.0
FINISH_WITHIN = 3.0
LINGERS = 10.0
"""Seconds after Slack's warning in which the old line still carries something."""
STEADY = 1.0
"""Seconds that make a line one that worked: another is opened at once when it breaks."""


class Connected(Protocol):
    """Told whether there is a connection now."""

    def __call__(self, *, now: bool) -> None: ...


Take = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class Socket:
    """``start`` connects and goes on until ``stop``. ``connected`` is told of each change."""

    def __init__(self, api: Api, take: Take, connected: Connected) -> None:
        self._api, self._take, self._connected = api, take, connected
        self._task: asyncio.Task[None] | None = None
        self._deeds: set[asyncio.Task[None]] = set()
        self._old: set[asyncio.Task[None]] = set()
        """Lines that Slack has asked us to leave."""

    async def start(self) -> None:
        """ChannelOff where the app token is bad for certain; silence is no reason."""
        address = ""
        try:
            address = await self._ask()
        except Refusal as refusal:
            if refusal.error in NO_TOKEN | {"not_allowed_token_type", "missing_scope"}:
                raise ChannelOff(
                    f"Slack refuses SLACK_APP_TOKEN ({refusal.error}); an app-level token with "
                    "the scope connections:write would be right."
                ) from None
        except (Limited, Unanswered):
            pass
        self._task = asyncio.create_task(self._run(address))

    async def stop(self) -> None:
        """Take nothing more in; what is in hand is finished and acknowledged first."""
        if self._deeds:
            await asyncio.wait(self._deeds, timeout=FINISH_WITHIN)
        lines = [*self._old, *([self._task] if self._task else [])]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def _ask(self) -> str:
        return str((await self._api.call("apps.connections.open")).get("url", ""))

    async def _run(self, address: str) -> None:
        pause = 0.5
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    address = address or await self._ask()
                    served = await self._serve(session, address)
                    pause = 0.0 if served else pause
                except Limited as limited:
                    pause = max(pause, limited.after)
                except (Refusal, Unanswered, aiohttp.ClientError, OSError) as problem:
                    log.warning("Socket Mode is not connected: %s", type(problem).__name__)
                except Exception as problem:  # noqa: BLE001 - whatever it was, listen again
                    log.error("Socket Mode broke, and begins again: %s", where(problem))  # noqa: TRY400
                self._connected(now=False)
                address = ""
                await asyncio.sleep(pause)
                pause = min(max(2 * pause, 0.5), LONGEST_PAUSE)

    async def _serve(self, session: aiohttp.ClientSession, address: str) -> bool:
        """Serve one connection until it ends; whether the next is to be opened at once."""
        began, asked = asyncio.get_running_loop().time(), False
        socket = await session.ws_connect(address, heartbeat=HEARTBEAT)
        try:
            async for said in _heard(socket):
                match said.get("type"):
                    case "hello":
                        self._connected(now=True)
                    case "disconnect":
                        asked = True
                        _keep(self._old, self._leave(socket))
                        break
                    case _:
                        self._begin(socket, said)
        finally:
            if not asked:
                await socket.close()
        return asked or asyncio.get_running_loop().time() - began > STEADY

    async def _leave(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take what still comes over this line, and let what is in hand be acknowledged there."""
        try:
            async with asyncio.timeout(LINGERS):
                async for said in _heard(socket):
                    self._begin(socket, said)
        except TimeoutError:
            pass
        finally:
            await socket.close()

    def _begin(self, socket: aiohttp.ClientWebSocketResponse, said: dict[str, Any]) -> None:
        if said.get("envelope_id"):
            _keep(self._deeds, self._deed(socket, said))

    async def _deed(self, socket: aiohttp.ClientWebSocketResponse, said: dict[str, Any]) -> None:
        """Commit, then acknowledge. Slack sends an event again that isn't acknowledged."""
        try:
            response = await self._take(said.get("payload") or {})
            if response.status != 200:
                return
            answer: dict[str, Any] = {"envelope_id": said["envelope_id"]}
            if said.get("accepts_response_payload") and response.body:
                answer["payload"] = _payload(response.body)
            await socket.send_json(answer)
        except (ConnectionError, aiohttp.ClientError) as problem:
            log.warning("an acknowledgement was not sent: %s", type(problem).__name__)
        except Exception as problem:  # noqa: BLE001 - one deed can't stop the others
            log.error("a deed broke: %s", where(problem))  # noqa: TRY400


async def _heard(socket: aiohttp.ClientWebSocketResponse) -> AsyncIterator[dict[str, Any]]:
    """What Slack says, until the line ends."""
    async for message in socket:
        said = json.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else None
        if isinstance(said, dict):
            yield said


def _keep(tasks: set[asyncio.Task[None]], errand: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(errand)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _payload(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return {"text": body}
