"""What a workspace is made of, and its rules; no HTTP. Time is real: a trigger lives 3 seconds."""

import asyncio
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.slack_double.blocks import Json, Refused, check_message, check_view
from tests.slack_double.trouble import Troubles

TEAM = "T0EXAMPLE"
APP = "A0DOORSTEP"
BOT, BOT_USER = "B0DOORSTEP", "U0DOORSTEP"
TOKEN, APP_TOKEN, SECRET = "xoxb-1-double-bot", "xapp-1-double-app", "5ec7e7-of-the-double"
TRIGGER_LIVES = 3.0
SCOPES = (
    "app_mentions:read,channels:read,chat:write,commands,groups:history,groups:read,im:history,"
    "im:write,pins:write,users:read,users:read.email"
)


@dataclass(slots=True)
class Account:
    id: str
    name: str
    email: str = ""
    team: str = TEAM
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False

    def as_json(self, *, emails: bool) -> dict[str, Any]:
        profile: dict[str, Any] = {"real_name": self.name, "display_name": self.name}
        if emails and self.email:
            profile["email"] = self.email
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "tz": "Europe/London",
            "profile": profile,
        }


@dataclass(slots=True)
class Room:
    """A conversation: a channel, or the direct messages of one person and the bot."""

    id: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    private: bool = True
    im_of: str = ""
    archived: bool = False
    shared: bool = False
    org_shared: bool = False
    pins: list[str] = field(default_factory=list)
    messages: dict[str, "Message"] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.im_of,
            "is_im": bool(self.im_of),
            "is_private": self.private,
            "is_archived": self.archived,
            "is_ext_shared": self.shared,
            "is_org_shared": self.org_shared,
            "is_shared": self.shared or self.org_shared,
            "is_pending_ext_shared": False,
            "is_member": BOT_USER in self.members,
        }


@dataclass(slots=True)
class Message:
    ts: str
    user: str
    text: str
    blocks: list[Any] = field(default_factory=list)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    only_for: str = ""
    edits: int = 0
    thread: str = ""


@dataclass(slots=True)
class View:
    id: str
    user: str
    given: dict[str, Any]
    number: int = 0
    opened: float = 0.0
    state: dict[str, Any] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        return f"{self.number}.{self.id}"


class Workspace:
    """Everything that a bot may ask of Slack, and what people then have before them."""

    def __init__(self) -> None:
        self.people: dict[str, Account] = {}
        self.rooms: dict[str, Room] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.buzzed: list[tuple[str, str]] = []
        """(person or channel, text) of each new message, in order."""
        self.triggers: dict[str, tuple[str, float]] = {}
        self.urls: dict[str, tuple[str, str, str, float, int]] = {}
        """response_url token: room, message, person, made at, uses."""
        self.trouble = Troubles()
        self.scopes = SCOPES
        self.token, self.app_token, self.secret = TOKEN, APP_TOKEN, SECRET
        self.revoked = ""
        self.changed = asyncio.Condition()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._ids = itertools.count(1)
        self._last_ts = 0.0
        self.person(BOT_USER, "Doorstep", is_bot=True)

    # --- making it ---

    def person(self, id: str, name: str, email: str = "", **flags: bool) -> Account:
        self.people[id] = Account(id, name, email, **flags)  # type: ignore[arg-type]
        return self.people[id]

    def channel(self, id: str, name: str, members: set[str], **flags: bool) -> Room:
        self.rooms[id] = Room(id, name, set(members), **flags)  # type: ignore[arg-type]
        return self.rooms[id]

    def im(self, user: str) -> Room:
        """The direct messages of this person and the bot."""
        room = next((r for r in self.rooms.values() if r.im_of == user), None)
        if room is None:
            room = Room(f"D{next(self._ids):08d}", members={user, BOT_USER}, im_of=user)
            self.rooms[room.id] = room
        return room

    def new(self, prefix: str) -> str:
        return f"{prefix}{next(self._ids):08d}"

    def trigger(self, user: str) -> str:
        made = f"{next(self._ids)}.{time.monotonic_ns()}.trigger"
        self.triggers[made] = (user, time.monotonic())
        return made

    def _ts(self) -> str:
        self._last_ts = max(time.time(), self._last_ts + 0.000002)
        return f"{self._last_ts:.6f}"

    async def notice(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    # --- messages ---

    def room(self, id: str) -> Room:
        """As chat.postMessage finds it: a channel, direct messages, or a person."""
        if id in self.people:
            self._may_dm(self.people[id])
            return self.im(id)
        room = self.rooms.get(id)
        if room is None:
            raise Refused("channel_not_found")
        if room.archived:
            raise Refused("is_archived")
        if BOT_USER not in room.members:
            raise Refused("not_in_channel" if not room.private else "channel_not_found")
        return room

    def _may_dm(self, account: Account) -> None:
        if account.deleted:
            raise Refused("user_disabled")
        if account.is_bot:
            raise Refused("cannot_dm_bot")

    def post(self, given: Json, *, only_for: str = "") -> tuple[Room, Message]:
        room = self.room(given.get("channel", ""))
        if room.im_of:
            self._may_dm(self.people[room.im_of])
        text, blocks = given.get("text", ""), given.get("blocks") or []
        if not text and not blocks:
            raise Refused("no_text")
        if len(text) > 40_000:
            raise Refused("msg_too_long")
        check_message(blocks)
        metadata = given.get("metadata") or {}
        if metadata and not {"event_type", "event_payload"} <= set(metadata):
            raise Refused("invalid_metadata_format")
        if only_for and only_for not in room.members:
            raise Refused("user_not_in_channel")
        message = Message(
            self._ts(),
            BOT_USER,
            text,
            blocks,
            metadata,
            only_for,
            thread=given.get("thread_ts", ""),
        )
        room.messages[message.ts] = message
        if not only_for:
            self.buzzed.append((room.im_of or room.id, text))
        return room, message

    def typed(self, room: Room, user: str, text: str) -> Message:
        message = Message(self._ts(), user, text)
        room.messages[message.ts] = message
        return message

    def own_message(self, given: Json) -> tuple[Room, Message]:
        room = self.rooms.get(given.get("channel", ""))
        if room is None or BOT_USER not in room.members:
            raise Refused("channel_not_found")
        message = room.messages.get(given.get("ts", ""))
        if message is None or message.only_for:
            raise Refused("message_not_found")
        if message.user != BOT_USER:
            raise Refused("cant_update_message")
        return room, message

    def update(self, given: Json) -> tuple[Room, Message]:
        room, message = self.own_message(given)
        blocks = given.get("blocks")
        if blocks is not None:
            check_message(blocks)
            message.blocks = blocks
        message.text = given.get("text", message.text)
        message.edits += 1
        return room, message

    # --- views ---

    def spend(self, trigger: str) -> str:
        user, made = self.triggers.get(trigger, ("", 0.0))
        if not user:
            raise Refused("invalid_trigger_id")
        if made < 0:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - made > TRIGGER_LIVES:
            raise Refused("expired_trigger_id")
        self.triggers[trigger] = (user, -1.0)
        return user

    def open(self, given: Json, *, push: bool = False) -> View:
        check_view(given.get("view"))
        user = self.spend(given.get("trigger_id", ""))
        stack = self.stacks.setdefault(user, []) if push else []
        if len(stack) >= 3:
            raise Refused("push_limit_reached")
        self.stacks[user] = stack
        return self._put(user, given["view"])

    def push(self, user: str, shown: Json) -> View:
        """Over the form that they sent; closing it shows that one again, as it stood."""
        check_view(shown)
        if len(self.stacks[user]) >= 3:
            raise Refused("push_limit_reached")
        return self._put(user, shown)

    def _put(self, user: str, shown: Json) -> View:
        view = View(self.new("V"), user, dict(shown), opened=time.monotonic())
        self.views[view.id] = view
        self.stacks[user].append(view.id)
        return view

    def update_view(self, given: Json) -> View:
        check_view(given.get("view"))
        view = self.views.get(given.get("view_id", ""))
        if view is None or view.id not in self.stacks.get(view.user, []):
            raise Refused("not_found")
        if given.get("hash") not in {None, view.hash}:
            raise Refused("hash_conflict")
        view.given, view.number, view.state = dict(given["view"]), view.number + 1, {}
        return view

    def publish(self, given: Json) -> None:
        check_view(given.get("view"))
        user = given.get("user_id", "")
        if user not in self.people:
            raise Refused("user_not_found")
        self.homes[user] = dict(given["view"])
