"""An organisation on Teams: its people, their chats with the bot, teams' channels, messages."""

import asyncio
import itertools
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.teams_double.issuer import APP, TENANT

BOT = f"28:{APP}"
Json = dict[str, Any]


@dataclass
class Account:
    id: str
    name: str
    entra: str
    upn: str
    email: str
    tenant: str = TENANT
    role: str = "user"
    blocked: bool = False

    def member(self) -> Json:
        """As the connector tells of a member."""
        return {
            "id": self.id,
            "name": self.name,
            "aadObjectId": self.entra,
            "email": self.email,
            "userPrincipalName": self.upn,
            "tenantId": self.tenant,
            "userRole": self.role,
        }


@dataclass
class Message:
    id: str
    activity: Json
    edits: int = 0

    @property
    def card(self) -> Json:
        """The Adaptive Card that stands there."""
        (attached,) = self.activity["attachments"]
        content: Json = attached["content"]
        return content


@dataclass
class Room:
    """A chat or a channel. ``bot`` says that the app is there."""

    id: str
    kind: str
    members: set[str]
    bot: bool = True
    team: str = ""
    channel_kind: str = "standard"
    messages: dict[str, Message] = field(default_factory=dict)
    typed: int = 0
    lately: deque[float] = field(default_factory=deque)


@dataclass
class Tenant:
    people: dict[str, Account] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    phones: dict[str, list[str]] = field(default_factory=dict)
    installed_for: set[str] = field(default_factory=set)
    """Whom an administrator has added the app for, whether or not Teams has told of it."""
    moved: int = 0
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def person(self, name: str, /, **more: Any) -> Account:
        """``ana`` has the id ``29:ana``."""
        plain = {
            "id": f"29:{name}",
            "name": name.capitalize(),
            "entra": f"0000-{name}",
            "upn": f"{name}@school.example",
            "email": f"{name}@school.example",
        }
        account = Account(**{**plain, **more})
        self.people[account.id] = account
        return account

    def chat(self, user: str) -> Room:
        """Somebody's own chat with the bot."""
        account = self.people[user]
        known = next(
            (r for r in self.rooms.values() if r.kind == "personal" and user in r.members), None
        )
        if known is None:
            known = Room(f"a:{account.id[3:]}-{next(self._ids)}", "personal", {user}, bot=False)
            self.rooms[known.id] = known
        return known

    def channel(self, id: str, members: set[str], *, team: str = "19:team@thread.tacv2") -> Room:
        self.rooms[id] = Room(id, "channel", members, team=team)
        return self.rooms[id]

    def next_id(self) -> str:
        return f"17{next(self._ids):011d}"

    async def show(self, room: Room, activity: Json) -> Message:
        """A new message; phones of whoever reads there show its summary."""
        message = Message(self.next_id(), activity)
        room.messages[message.id] = message
        mentioned = {
            entity["mentioned"]["id"]
            for attached in activity.get("attachments", ())
            for entity in attached["content"].get("msteams", {}).get("entities", ())
        }
        buzzed = room.members if room.kind == "personal" else mentioned & room.members
        for user in buzzed:
            said = activity.get("summary") or activity.get("text", "")
            self.phones.setdefault(user, []).append(said)
        await self.notice()
        return message

    async def notice(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Any, what: str, within: float = 5.0) -> None:
        """Return once it holds."""
        try:
            async with asyncio.timeout(within), self._changed:
                await self._changed.wait_for(true)
        except TimeoutError:
            raise AssertionError(f"never came: {what}") from None
