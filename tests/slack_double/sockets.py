"""Socket Mode: a real WebSocket, envelopes that wait for their acknowledgement, and partings."""

import asyncio
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web


class Sockets:
    """Connections that the app has opened. A ticket opens one connection, once."""

    def __init__(self) -> None:
        self.base = ""
        self.open: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.connected = asyncio.Event()
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)

    def ticket(self) -> str:
        name = f"ticket-{next(self._numbers)}-secret"
        self.tickets.add(name)
        return f"{self.base.replace('http', 'ws', 1)}/socket?ticket={name}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets or len(self.open) >= 10:
            return web.Response(status=408)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1})
        self.open.append(socket)
        self.connected.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            self.open.remove(socket)
            if not self.open:
                self.connected.clear()
        return socket

    def _acknowledged(self, said: dict[str, Any]) -> None:
        waiting = self.waiting.get(said.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload"))

    async def send(
        self, kind: str, payload: dict[str, Any], within: float, attempt: int = 0
    ) -> tuple[bool, Any]:
        """Send an envelope; give whether it was acknowledged in time, and with what."""
        await asyncio.wait_for(self.connected.wait(), 20)
        name = f"envelope-{next(self._numbers)}"
        self.waiting[name] = asyncio.get_running_loop().create_future()
        envelope = {
            "type": kind,
            "envelope_id": name,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        try:
            await self.open[-1].send_json(envelope)
            return True, await asyncio.wait_for(self.waiting[name], within)
        except (TimeoutError, ConnectionError, IndexError):
            return False, None
        finally:
            del self.waiting[name]

    async def part(self, reason: str = "refresh_requested") -> None:
        """Ask to reconnect, as Slack does every few hours; then close, but not after a warning.
        ``connected`` is what comes next.
        """
        self.connected.clear()
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": reason})
            if reason != "warning":
                await socket.close()

    def cut(self) -> None:
        """The line is gone, without a word. ``connected`` is what comes next."""
        self.connected.clear()
        for socket in list(self.open):
            transport = socket._req.transport if socket._req else None
            if transport:
                transport.abort()
