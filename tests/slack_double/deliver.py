"""How Slack hands over what people did: signed HTTP, or Socket Mode; events again if not taken."""

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.slack_double.sockets import Sockets
from tests.slack_double.workspace import APP, TEAM, Workspace

WITHIN = 3.0
TRIES = 4


@dataclass(slots=True)
class Taken:
    """``ok`` as Slack sees it; ``body`` is the payload of the acknowledgement; how long it took."""

    ok: bool
    body: Any = None
    status: int = 200
    seconds: float = 0.0


@dataclass(slots=True)
class Delivery:
    """``target`` is the request URL; with none, everything goes over the socket."""

    workspace: Workspace
    sockets: Sockets
    target: str = ""
    events_twice: bool = False
    """Deliver each event twice, as after an acknowledgement that got lost."""
    within: float = WITHIN
    took: list[float] = field(default_factory=list)
    _session: aiohttp.ClientSession | None = None
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def event(self, event: dict[str, Any], team: str = TEAM, event_id: str = "") -> Taken:
        body = {
            "token": "legacy",
            "team_id": team,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(self._ids):010d}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": team, "user_id": "U0DOORSTEP", "is_bot": True}],
        }
        taken = Taken(ok=False)
        for attempt in range(TRIES):
            taken = await self._send("events_api", body, json.dumps(body), attempt)
            if taken.ok:
                break
        if self.events_twice:
            await self._send("events_api", body, json.dumps(body), 1)
        return taken

    async def interaction(self, payload: dict[str, Any]) -> Taken:
        """A button, a form, a shortcut: not delivered again."""
        form = urlencode({"payload": json.dumps(payload)})
        return await self._send("interactive", payload, form)

    async def command(self, payload: dict[str, str]) -> Taken:
        return await self._send("slash_commands", payload, urlencode(payload))

    async def _send(self, kind: str, payload: Any, body: str, attempt: int = 0) -> Taken:
        start = time.monotonic()
        if self.target:
            taken = await self._post(kind, body, attempt)
        else:
            ok, said = await self.sockets.send(kind, payload, self.within, attempt)
            taken = Taken(ok, said)
        taken.seconds = time.monotonic() - start
        self.took.append(taken.seconds)
        return taken

    async def _post(self, kind: str, body: str, attempt: int) -> Taken:
        headers = self.signed(body)
        json_body = kind == "events_api"
        headers["Content-Type"] = (
            "application/json" if json_body else "application/x-www-form-urlencoded"
        )
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        self._session = self._session or aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=self.within)
        try:
            async with self._session.post(
                self.target, data=body.encode(), headers=headers, timeout=limit
            ) as answer:
                text = await answer.text()
                said: Any = text
                if answer.content_type == "application/json" and text:
                    said = json.loads(text)
                return Taken(answer.status == 200, said, answer.status)
        except (TimeoutError, aiohttp.ClientError):
            return Taken(ok=False, status=0)

    def signed(self, body: str, at: float | None = None) -> dict[str, str]:
        moment = str(int(time.time() if at is None else at))
        base = f"v0:{moment}:{body}".encode()
        digest = hmac.new(self.workspace.secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}
