"""The Web API over HTTP, ``response_url`` and the Socket Mode endpoint."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.slack_double.blocks import Json, Refused, check_message
from tests.slack_double.sockets import Sockets
from tests.slack_double.trouble import Trouble
from tests.slack_double.workspace import BOT, BOT_USER, TEAM, Workspace

Answer = dict[str, Any]
NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "pins.add": "pins:write",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
}


class Api:
    """Answers as Slack does: HTTP 200 with ``ok``, but for limits and outages."""

    def __init__(self, workspace: Workspace, sockets: Sockets) -> None:
        self.workspace, self.sockets = workspace, sockets
        self.methods: dict[str, Callable[[Json], Answer]] = {
            "auth.test": self._auth_test,
            "users.info": self._users_info,
            "users.lookupByEmail": self._lookup,
            "conversations.info": self._info,
            "conversations.open": self._open,
            "conversations.members": self._members,
            "conversations.history": self._history,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "pins.add": self._pin,
            "views.open": self._view_open,
            "views.push": self._view_push,
            "views.update": self._view_update,
            "views.publish": self._publish,
            "apps.connections.open": self._connect,
        }

    def add_to(self, app: web.Application) -> None:
        app.router.add_route("*", "/api/{method}", self.call)
        app.router.add_post("/response/{token}", self.respond)
        app.router.add_get("/socket", self.sockets.serve)

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        trouble = self.workspace.trouble.next(method)
        if trouble and trouble.kind == "hang":
            await asyncio.sleep(trouble.seconds)
        elif trouble and trouble.kind != "lose":
            return self._fail(request, trouble)
        given = await _given(request)
        answer = self._answer(request, method, given)
        self.workspace.calls.append((method, {**given, "answer": answer}))
        await self.workspace.notice()
        if trouble and trouble.kind == "lose":
            return self._fail(request, trouble)
        return web.json_response(answer, headers={"X-OAuth-Scopes": self.workspace.scopes})

    @staticmethod
    def _fail(request: web.Request, trouble: Trouble) -> web.StreamResponse:
        match trouble.kind:
            case "error":
                return web.json_response({"ok": False, "error": trouble.error})
            case "status":
                return web.Response(status=trouble.status, text="<html>sorry</html>")
            case "page":
                return web.Response(text="<html>Log in first</html>", content_type="text/html")
            case "limit":
                headers = {"Retry-After": f"{trouble.after:g}"}
                body = {"ok": False, "error": "ratelimited"}
                return web.json_response(body, status=429, headers=headers)
            case _:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()

    def _answer(self, request: web.Request, method: str, given: Json) -> Answer:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        known = self.workspace
        right = known.app_token if method == "apps.connections.open" else known.token
        if self.workspace.revoked:
            return {"ok": False, "error": self.workspace.revoked}
        if token != right:
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        if method not in self.methods:
            return {"ok": False, "error": "unknown_method"}
        scopes = self.workspace.scopes.split(",")
        needed = NEEDS.get(method) or self._read_scope(method, given)
        if needed and needed not in scopes:
            return {
                "ok": False,
                "error": "missing_scope",
                "needed": needed,
                "provided": self.workspace.scopes,
            }
        try:
            return {"ok": True, **self.methods[method](given)}
        except Refused as refused:
            why = {"response_metadata": {"messages": [refused.why]}} if refused.why else {}
            return {"ok": False, "error": refused.error, **why}

    def _read_scope(self, method: str, given: Json) -> str:
        if method not in {"conversations.info", "conversations.members", "conversations.history"}:
            return ""
        room = self.workspace.rooms.get(given.get("channel", ""))
        what = "history" if method.endswith("history") else "read"
        if room is None or (room.im_of and what == "read"):
            return ""
        return f"{'im' if room.im_of else 'groups' if room.private else 'channels'}:{what}"

    # --- who and where ---

    def _auth_test(self, _: Json) -> Answer:
        return {
            "url": "https://st-example.slack.example/",
            "team": "St Example Primary",
            "user": "doorstep",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
        }

    def _users_info(self, given: Json) -> Answer:
        account = self.workspace.people.get(given.get("user", ""))
        if account is None:
            raise Refused("user_not_found")
        emails = "users:read.email" in self.workspace.scopes.split(",")
        return {"user": account.as_json(emails=emails)}

    def _lookup(self, given: Json) -> Answer:
        email = given.get("email", "").casefold()
        for account in self.workspace.people.values():
            if account.email and account.email.casefold() == email and not account.deleted:
                return {"user": account.as_json(emails=True)}
        raise Refused("users_not_found")

    def _info(self, given: Json) -> Answer:
        room = self.workspace.rooms.get(given.get("channel", ""))
        if room is None or (room.private and BOT_USER not in room.members):
            raise Refused("channel_not_found")
        return {"channel": room.as_json()}

    def _members(self, given: Json) -> Answer:
        room = self.workspace.rooms.get(given.get("channel", ""))
        if room is None:
            raise Refused("channel_not_found")
        people = sorted(room.members)
        start, limit = int(given.get("cursor") or 0), int(given.get("limit", 100))
        rest = start + limit if start + limit < len(people) else ""
        return {
            "members": people[start : start + limit],
            "response_metadata": {"next_cursor": str(rest)},
        }

    def _open(self, given: Json) -> Answer:
        users = given.get("users", "")
        account = self.workspace.people.get(users)
        if account is None:
            raise Refused("user_not_found")
        self.workspace._may_dm(account)
        return {"channel": {"id": self.workspace.im(users).id}}

    def _history(self, given: Json) -> Answer:
        room = self.workspace.rooms.get(given.get("channel", ""))
        if room is None or BOT_USER not in room.members:
            raise Refused("channel_not_found")
        oldest, limit = float(given.get("oldest") or 0), int(given.get("limit", 100))
        whole = str(given.get("include_all_metadata", "")).lower() in {"true", "1"}
        found = [
            {
                "type": "message",
                "user": m.user,
                "text": m.text,
                "ts": m.ts,
                **({"metadata": m.metadata} if whole and m.metadata else {}),
            }
            for m in reversed(room.messages.values())
            if float(m.ts) > oldest and not m.only_for
        ]
        return {"messages": found[:limit], "has_more": len(found) > limit}

    # --- messages ---

    def _post(self, given: Json) -> Answer:
        room, message = self.workspace.post(given)
        return {"channel": room.id, "ts": message.ts}

    def _ephemeral(self, given: Json) -> Answer:
        _, message = self.workspace.post(given, only_for=given.get("user", ""))
        return {"message_ts": message.ts}

    def _update(self, given: Json) -> Answer:
        room, message = self.workspace.update(given)
        return {"channel": room.id, "ts": message.ts, "text": message.text}

    def _delete(self, given: Json) -> Answer:
        room, message = self.workspace.own_message(given)
        del room.messages[message.ts]
        return {"channel": room.id, "ts": message.ts}

    def _pin(self, given: Json) -> Answer:
        room = self.workspace.room(given.get("channel", ""))
        if given.get("timestamp") not in room.messages:
            raise Refused("message_not_found")
        if given["timestamp"] in room.pins:
            raise Refused("already_pinned")
        room.pins.append(given["timestamp"])
        return {}

    # --- views ---

    def _view_open(self, given: Json) -> Answer:
        view = self.workspace.open(given)
        return {"view": {"id": view.id, "hash": view.hash}}

    def _view_push(self, given: Json) -> Answer:
        view = self.workspace.open(given, push=True)
        return {"view": {"id": view.id, "hash": view.hash}}

    def _view_update(self, given: Json) -> Answer:
        view = self.workspace.update_view(given)
        return {"view": {"id": view.id, "hash": view.hash}}

    def _publish(self, given: Json) -> Answer:
        self.workspace.publish(given)
        return {"view": {}}

    def _connect(self, _: Json) -> Answer:
        return {"url": self.sockets.ticket()}

    async def respond(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        room, ts, user, made, uses = self.workspace.urls.get(token, ("", "", "", 0.0, 0))
        if not room:
            return web.Response(status=404, text="used_url")
        if uses >= 5 or time.monotonic() - made > 1800:
            return web.Response(status=404, text="expired_url")
        self.workspace.urls[token] = (room, ts, user, made, uses + 1)
        given = await request.json()
        try:
            check_message(given.get("blocks") or [])
            self.workspace.post({**given, "channel": room}, only_for=user)
        except Refused as refused:
            return web.json_response({"ok": False, "error": refused.error}, status=400)
        await self.workspace.notice()
        return web.Response(text="ok")


async def _given(request: web.Request) -> dict[str, Any]:
    """JSON, a form (its nested values JSON themselves), or the query."""
    if request.content_type == "application/json":
        given: dict[str, Any] = await request.json()
        return given
    form = {name: str(value) for name, value in (await request.post()).items()}
    found: dict[str, Any] = {**dict(request.query), **form}
    for name in ("blocks", "view", "metadata"):
        if name in found:
            found[name] = json.loads(found[name])
    return found
