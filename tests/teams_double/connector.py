"""The connector: what bots may call, as strict as Microsoft documents it."""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from tests.teams_double.issuer import TENANT, Issuer
from tests.teams_double.tenant import BOT, Json, Room, Tenant
from tests.teams_double.trouble import Troubles

CARD = "application/vnd.microsoft.card.adaptive"
LARGEST = 24 * 1024
WINDOWS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))


class Connector:
    """``at`` is the part of its address that changes when a tenant is moved."""

    def __init__(self, tenant: Tenant, issuer: Issuer, *, authenticated: bool = True) -> None:
        self.tenant, self.issuer, self.authenticated = tenant, issuer, authenticated
        self.at = "emea"
        self.troubles = Troubles()
        self.calls: list[tuple[str, str]] = []
        self.counts_rates = True
        self.limited = 0
        """How many calls were too many."""
        self.refuses = False
        """Whoever calls, with whatever token."""

    def add_to(self, app: web.Application) -> None:
        at = "/{at}/v3"
        chats = at + "/conversations"
        app.router.add_post(chats, self._call(self._create))
        app.router.add_post(chats + "/{room}/activities", self._call(self._post))
        app.router.add_put(chats + "/{room}/activities/{activity}", self._call(self._put))
        app.router.add_get(chats + "/{room}/members/{user}", self._call(self._member))
        app.router.add_get(chats + "/{room}/pagedmembers", self._call(self._members))
        app.router.add_get(at + "/teams/{team}/conversations", self._call(self._channels))

    def _call(self, do: Any) -> Any:
        async def call(request: web.Request) -> web.StreamResponse:
            self.calls.append((request.method, request.path))
            good = self.issuer.good(request.headers.get("Authorization")) and not self.refuses
            if self.authenticated and not good:
                raise said(401, "Unauthorized")
            if request.match_info["at"] != self.at:
                raise said(404, "ConversationNotFound")
            trouble = self.troubles.next(request.method, request.path)
            if trouble and trouble.hangs:
                await asyncio.sleep(60)
            if trouble and (trouble.hangs or trouble.drops):
                return cut(request)
            if trouble and trouble.status:
                raise said(trouble.status, trouble.code, trouble.retry_after)
            answer: web.StreamResponse = await do(request)
            if trouble and trouble.lost:
                return cut(request)
            return answer

        return call

    # --- conversations ---

    async def _create(self, request: web.Request) -> web.Response:
        asked = await request.json()
        (member,) = asked["members"]
        assert asked["bot"]["id"] == BOT
        assert asked.get("isGroup") is False
        if asked.get("tenantId") != TENANT:
            raise said(400, "BadArgument")
        account = next(
            (p for p in self.tenant.people.values() if member["id"] in {p.id, p.entra}), None
        )
        if account is None:
            raise said(404, "UserNotFound")
        if account.id not in self.tenant.installed_for:
            raise said(403, "ForbiddenOperationException")
        room = self.tenant.chat(account.id)
        room.bot = True
        return web.json_response({"id": room.id}, status=201)

    def _room(self, request: web.Request) -> Room:
        room = self.tenant.rooms.get(request.match_info["room"].partition(";")[0])
        if room is None:
            raise said(404, "ConversationNotFound")
        if not room.bot:
            raise said(403, "BotNotInConversationRoster")
        if room.kind == "personal" and self.tenant.people[next(iter(room.members))].blocked:
            raise said(403, "MessageWritesBlocked")
        return room

    def _counted(self, room: Room) -> None:
        """Teams's own count of what a bot sends to one conversation."""
        if not self.counts_rates:
            return
        now = time.monotonic()
        for most, seconds in WINDOWS:
            if sum(1 for at in room.lately if at > now - seconds) >= most:
                self.limited += 1
                raise said(429, "TooManyRequests", "1")
        room.lately.append(now)

    async def _post(self, request: web.Request) -> web.Response:
        room, activity = self._room(request), await request.json()
        self._counted(room)
        if activity["type"] == "typing":
            room.typed += 1
            await self.tenant.notice()
            return web.json_response({}, status=201)
        check(activity, room, await request.read())
        message = await self.tenant.show(room, activity)
        return web.json_response({"id": message.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        room, activity = self._room(request), await request.json()
        self._counted(room)
        check(activity, room, await request.read())
        message = room.messages.get(request.match_info["activity"])
        if message is None:
            raise said(404, "ActivityNotFoundInConversation")
        assert activity["id"] == message.id
        message.activity = activity
        message.edits += 1
        await self.tenant.notice()
        return web.json_response({"id": message.id})

    # --- who is who ---

    async def _member(self, request: web.Request) -> web.Response:
        room, wanted = self._room(request), request.match_info["user"]
        for user in room.members:
            account = self.tenant.people[user]
            if wanted in {account.id, account.entra}:
                return web.json_response(account.member())
        raise said(404, "MemberNotFoundInConversation")

    async def _members(self, request: web.Request) -> web.Response:
        room = self._room(request)
        size = min(int(request.query.get("pageSize", "200")), 500)
        start = int(request.query.get("continuationToken", "0"))
        everybody = sorted(room.members)
        page = [self.tenant.people[user].member() for user in everybody[start : start + size]]
        more = {"continuationToken": str(start + size)} if start + size < len(everybody) else {}
        return web.json_response({"members": page, **more})

    async def _channels(self, request: web.Request) -> web.Response:
        team = request.match_info["team"]
        listed = [
            {"id": room.id, "name": "Office", "type": room.channel_kind}
            for room in self.tenant.rooms.values()
            if room.team == team
        ]
        return web.json_response({"conversations": listed})


def cut(request: web.Request) -> web.Response:
    """The line goes dead; whoever called reads nothing."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def said(status: int, code: str, retry_after: str = "") -> web.HTTPException:
    """An error as the connector words it."""
    body = json.dumps({"error": {"code": code, "message": f"{code}: not now"}})
    headers = {"Retry-After": retry_after} if retry_after else {}

    class Said(web.HTTPException):
        status_code = status

    return Said(text=body, content_type="application/json", headers=headers)


def check(activity: Json, room: Room, sent: bytes) -> None:
    """What Teams would refuse, or would show otherwise than was meant; ``sent`` as it came."""
    if len(sent) > LARGEST:
        raise said(413, "MessageSizeTooBig")
    assert activity["type"] == "message"
    assert activity["from"]["id"] == BOT, "a bot writes as itself"
    assert activity["conversation"]["id"] == room.id
    assert activity.get("summary") or activity.get("text"), "a phone shows nothing"
    attached = activity.get("attachments", ())
    assert not (attached and activity.get("text")), "text and card are split"
    for each in attached:
        assert each["contentType"] == CARD
        if each["content"].get("version") != "1.5" or each["content"].get("type") != "AdaptiveCard":
            raise said(400, "BadSyntax")
