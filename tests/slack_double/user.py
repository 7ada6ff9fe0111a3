"""A person before their own Slack: what they see, what lights up, what they press and fill in."""

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.slack_double import filling, reading
from tests.slack_double.deliver import Delivery, Taken
from tests.slack_double.workspace import APP, BOT_USER, TEAM, Message, Room, View, Workspace

PATIENCE = 45.0
"""Seconds: with calls that hang for ten and are tried again, an alarm may take that long."""


class User:
    """``sees`` waits a while, since messages come after the press that they follow from."""

    def __init__(
        self, workspace: Workspace, delivery: Delivery, base: Callable[[], str], id: str
    ) -> None:
        self.workspace, self.delivery, self._base, self.id = workspace, delivery, base, id
        self.errors: Mapping[str, str] = {}
        self.taken = Taken(ok=True)
        self._numbers = itertools.count(1)

    # --- seeing ---

    @property
    def im(self) -> Room:
        return self.workspace.im(self.id)

    def messages(self, channel: str = "") -> list[Message]:
        """What stands there for this person, the bot's own, oldest first."""
        room = self.workspace.rooms[channel] if channel else self.im
        if channel and self.id not in room.members:
            return []
        return [
            m for m in room.messages.values() if m.user == BOT_USER and m.only_for in {"", self.id}
        ]

    @property
    def phone(self) -> list[str]:
        """What lit up the phone."""
        return [text for whom, text in self.workspace.buzzed if whom == self.id]

    @property
    def modal(self) -> View | None:
        stack = self.workspace.stacks.get(self.id, [])
        return self.workspace.views[stack[-1]] if stack else None

    @property
    def home(self) -> Mapping[str, Any] | None:
        return self.workspace.homes.get(self.id)

    def everything(self, channel: str = "") -> str:
        """All that can be read, one message a line."""
        return "\n".join(
            f"{m.text} | {' '.join(reading.words(m.blocks))}" for m in self.messages(channel)
        )

    @property
    def form_words(self) -> str:
        return " ".join(reading.words(self.modal.given["blocks"])) if self.modal else ""

    async def sees(self, words: str, channel: str = "") -> None:
        await self.until(lambda: words in self.everything(channel), words, channel)

    async def reads_in_form(self, words: str) -> None:
        await self.until(lambda: words in self.form_words, words)

    async def until(self, true: Callable[[], bool], what: str, channel: str = "") -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                async with self.workspace.changed:
                    await self.workspace.changed.wait_for(true)
        except TimeoutError:
            seen = f"{self.everything(channel)}\nin a form: {self.form_words}"
            raise AssertionError(f"{self.id} does not see {what!r} in:\n{seen}") from None

    def button(self, label: str, channel: str = "") -> tuple[Message, reading.Pressable] | None:
        """The latest message with this button."""
        for message in reversed(self.messages(channel)):
            for found in reading.buttons(message.blocks):
                if found.label == label:
                    return message, found
        return None

    # --- doing ---

    def _me(self) -> dict[str, str]:
        account = self.workspace.people[self.id]
        return {"id": self.id, "team_id": account.team, "username": account.name}

    async def says(self, text: str) -> Taken:
        message = self.workspace.typed(self.im, self.id, text)
        return await self._event(
            {
                "type": "message",
                "channel": self.im.id,
                "channel_type": "im",
                "user": self.id,
                "text": text,
                "ts": message.ts,
                "team": self.workspace.people[self.id].team,
            }
        )

    async def changes(self, text: str) -> Taken:
        """The last message that they wrote to the bot."""
        before = [m for m in self.im.messages.values() if m.user == self.id][-1]
        team = self.workspace.people[self.id].team
        whole = {"type": "message", "user": self.id, "ts": before.ts, "team": team}
        edited = {"edited": {"user": self.id, "ts": f"{time.time():.6f}"}}
        was, before.text = before.text, text
        return await self._event(
            {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "channel": self.im.id,
                "channel_type": "im",
                "message": {**whole, **edited, "text": text},
                "previous_message": {**whole, "text": was},
                "ts": f"{time.time():.6f}",
            }
        )

    async def mentions(self, text: str, channel: str) -> Taken:
        whole = f"<@{BOT_USER}> {text}"
        message = self.workspace.typed(self.workspace.rooms[channel], self.id, whole)
        return await self._event(
            {
                "type": "app_mention",
                "channel": channel,
                "user": self.id,
                "text": whole,
                "ts": message.ts,
                "team": self.workspace.people[self.id].team,
            }
        )

    async def opens_home(self) -> Taken:
        return await self._event(
            {
                "type": "app_home_opened",
                "user": self.id,
                "channel": self.im.id,
                "tab": "home",
                "event_ts": f"{time.time():.6f}",
            }
        )

    async def _event(self, event: dict[str, Any]) -> Taken:
        self.taken = await self.delivery.event(event)
        return self.taken

    async def command(self, text: str = "", channel: str = "") -> Taken:
        """``/visit`` with these words. What it answers is seen by this person alone."""
        room = channel or self.im.id
        self.taken = await self.delivery.command(
            {
                "token": "legacy",
                "team_id": TEAM,
                "channel_id": room,
                "channel_name": "directmessage",
                "user_id": self.id,
                "user_name": self.workspace.people[self.id].name,
                "command": "/visit",
                "text": text,
                "api_app_id": APP,
                "is_enterprise_install": "false",
                "response_url": self._response_url(room, ""),
                "trigger_id": self.workspace.trigger(self.id),
            }
        )
        self._ephemeral(room, self.taken.body)
        await self.workspace.notice()
        return self.taken

    def _ephemeral(self, room: str, body: Any) -> None:
        """An answer in the acknowledgement of a command."""
        if not body:
            return
        given = body if isinstance(body, dict) else {"text": body}
        place = self.workspace.rooms[room]
        was = set(place.members)
        place.members |= {BOT_USER, self.id}
        self.workspace.post({"channel": room, **given}, only_for=self.id)
        place.members = was

    async def shortcut(self, callback: str = "plan_visit") -> Taken:
        self.taken = await self.delivery.interaction(
            {
                "type": "shortcut",
                "token": "legacy",
                "action_ts": f"{time.time():.6f}",
                "team": {"id": TEAM, "domain": "st-example"},
                "user": self._me(),
                "callback_id": callback,
                "trigger_id": self.workspace.trigger(self.id),
                "is_enterprise_install": False,
                "enterprise": None,
            }
        )
        return self.taken

    async def presses(self, label: str, channel: str = "") -> Taken:
        """A button on the form before them, else on the latest message that has it."""
        if self.modal and not channel:
            for found in reading.buttons(self.modal.given["blocks"]):
                if found.label == label:
                    return await self.press_in_view(self.modal, found)
        await self.until(lambda: self.button(label, channel) is not None, label, channel)
        there = self.button(label, channel)
        assert there is not None
        return await self.press(*there, channel=channel or self.im.id)

    async def presses_at_home(self, label: str) -> Taken:
        assert self.home is not None, "the home tab was never opened"
        there = reading.buttons(self.home["blocks"])
        (found,) = [each for each in there if each.label == label][:1]
        view = View("V0HOME", self.id, dict(self.home))
        return await self.press_in_view(view, found)

    async def press(self, message: Message, found: reading.Pressable, channel: str) -> Taken:
        # An ephemeral message can't be fetched again; its payload has no message.
        body = {"message": {"ts": message.ts, "text": message.text, "blocks": message.blocks}}
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel,
            "is_ephemeral": bool(message.only_for),
        }
        return await self._action(
            found,
            {
                **({} if message.only_for else body),
                "container": container,
                "channel": {"id": channel, "name": "x"},
                "response_url": self._response_url(channel, message.ts),
            },
        )

    async def press_in_view(self, view: View, found: reading.Pressable) -> Taken:
        return await self._action(
            found,
            {
                "container": {"type": "view", "view_id": view.id},
                "view": self._view_json(view),
            },
        )

    async def _action(self, found: reading.Pressable, more: dict[str, Any]) -> Taken:
        element = found.element
        self.taken = await self.delivery.interaction(
            {
                "type": "block_actions",
                "token": "legacy",
                "api_app_id": APP,
                "team": {"id": TEAM, "domain": "st-example"},
                "user": self._me(),
                "enterprise": None,
                "is_enterprise_install": False,
                "trigger_id": self.workspace.trigger(self.id),
                "actions": [
                    {
                        "type": "button",
                        "action_id": element["action_id"],
                        "block_id": found.block_id,
                        "text": element["text"],
                        "value": element.get("value"),
                        "action_ts": f"{time.time():.6f}",
                    }
                ],
                **more,
            }
        )
        return self.taken

    def _response_url(self, room: str, ts: str) -> str:
        token = f"{self.id}-{next(self._numbers)}-response"
        self.workspace.urls[token] = (room, ts, self.id, time.monotonic(), 0)
        return f"{self._base()}/response/{token}"

    def _view_json(self, view: View) -> dict[str, Any]:
        return {
            "id": view.id,
            "team_id": TEAM,
            "type": view.given["type"],
            "blocks": view.given["blocks"],
            "private_metadata": view.given.get("private_metadata", ""),
            "callback_id": view.given.get("callback_id", ""),
            "state": {"values": view.state or filling.start(view.given)},
            "hash": view.hash,
            "root_view_id": view.id,
            "app_id": APP,
            "bot_id": "B0DOORSTEP",
        }

    async def form(self) -> View:
        """The form before them, once it is there."""
        await self.until(lambda: self.modal is not None, "a form")
        assert self.modal is not None
        return self.modal

    async def fills(self, **values: str) -> Taken:
        """Put these values in, by a field's name, and send the form."""
        view = await self.form()
        view.state = view.state or filling.start(view.given)
        blocks = [block for block in view.given["blocks"] if block["type"] == "input"]
        for name, value in values.items():
            fields = [b for b in blocks if b["element"]["action_id"].split(".")[0] == name]
            assert fields, f"no field {name!r} in {[b['element']['action_id'] for b in blocks]}"
            for block in fields:
                filling.put(view.state, block, value)
        return await self.submits()

    async def submits(self) -> Taken:
        """Send the form as it stands. The client refuses a required field that is empty."""
        view = await self.form()
        view.state = view.state or filling.start(view.given)
        for block in view.given["blocks"]:
            if block["type"] == "input" and not block.get("optional", False):
                held = view.state[block["block_id"]][block["element"]["action_id"]]
                assert not filling.empty(held), f"{block['label']['text']} must be filled in"
        self.taken = await self.delivery.interaction(
            {
                "type": "view_submission",
                "token": "legacy",
                "api_app_id": APP,
                "team": {"id": TEAM, "domain": "st-example"},
                "user": self._me(),
                "trigger_id": self.workspace.trigger(self.id),
                "view": self._view_json(view),
                "response_urls": [],
                "is_enterprise_install": False,
                "enterprise": None,
            }
        )
        if self.taken.ok:
            self._answered(view, self.taken.body)
        await self.workspace.notice()
        return self.taken

    def _answered(self, view: View, body: Any) -> None:
        """What Slack makes of the acknowledgement of a form."""
        stack = self.workspace.stacks.get(self.id, [])
        self.errors = {}
        action = body.get("response_action") if isinstance(body, dict) else None
        match action:
            case "errors":
                known = {b["block_id"] for b in view.given["blocks"] if b["type"] == "input"}
                assert set(body["errors"]) <= known, "an error on a block that is no input"
                assert body["errors"]
                self.errors = body["errors"]
            case "update":
                kept = view.state
                self.workspace.update_view({"view_id": view.id, "view": body["view"]})
                fresh = filling.start(view.given)
                view.state = {b: kept.get(b, held) for b, held in fresh.items()}
            case "push":
                self.workspace.push(self.id, body["view"])
            case "clear":
                stack.clear()
            case None:
                assert not body, f"Slack does not understand {body!r}"
                stack.remove(view.id)
            case other:
                raise AssertionError(f"no response_action {other!r} here")

    def goes_back(self) -> None:
        """Close what stands over a form: the form is there again."""
        self.workspace.stacks[self.id].pop()

    def closes_form(self) -> None:
        self.workspace.stacks.get(self.id, []).clear()
