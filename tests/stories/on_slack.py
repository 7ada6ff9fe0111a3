"""The stories' world on Slack: every message goes through the adapter into a strict workspace, and
every deed comes back as a signed payload. What people then have before them is held to the card.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.environment import Environment
from adapters.packing import pack_button, pack_form
from adapters.plug import Wiring, untold
from adapters.slack.blocks import BUTTON_ROOM
from adapters.slack.modal import FORM_ROOM
from adapters.slack.pacing import Pacing
from adapters.slack.plugged import PluggedSlack
from adapters.slack.rich import escape
from bot.cards.model import Button, Card, Form
from bot.ports import Answer, Inbound, PostAnew, Press, Say, Store, Submit
from tests.slack_double import reading
from tests.slack_double.blocks import check_view
from tests.slack_double.deliver import Taken
from tests.slack_double.double import Double, slack
from tests.slack_double.workspace import BOT_USER, SECRET, TEAM, TOKEN
from tests.stories.world import START, Chat, HeldClock, Message, Posted, World

OFFICE = "C0OFFICE"
_WEB = re.compile(r'^web = "([^"]+)"', re.MULTILINE)


def address(person: str) -> str:
    return OFFICE if person == "office" else f"U0{person.upper()}"


def person_at(place: str) -> str:
    return "office" if place == OFFICE else place[2:].lower()


def on_slack(text: str) -> str:
    """The school file, everybody on Slack."""
    return _WEB.sub(lambda found: f'slack = "{address(found.group(1))}"', text)


@dataclass(slots=True)
class SlackChat(Chat):
    """Keeps cards as ``Chat`` does, once they have gone through the adapter and can be read."""

    name: str = "slack"
    plugged: PluggedSlack = field(kw_only=True)
    double: Double = field(kw_only=True)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        person = person_at(address)
        self._fail(person)
        ref = await self.plugged.channel.post(address, card, urgent=urgent, key=key)
        there = self.messages.setdefault(person, [])
        if all(message.ref != ref for message in there):
            there.append(Message(ref, card, urgent, self.clock.now()))
            self.posted.append(Posted(self.clock.now(), person, card, urgent))
            self._holds(address, ref, card)
        return ref

    async def edit(self, address: str, reference: str, card: Card) -> None:
        person = person_at(address)
        self._fail(person)
        await self.plugged.channel.edit(address, reference, card)
        for message in self.messages.get(person, []):
            if message.ref == reference:
                message.card = card
                message.edits += 1
                self._holds(address, reference, card)
                return
        raise PostAnew(reference)

    def _holds(self, address: str, ref: str, card: Card) -> None:
        """Every word and every button, as it stands in the workspace."""
        room = self.double.workspace.im(address) if address != OFFICE else None
        messages = (room or self.double.workspace.rooms[OFFICE]).messages
        blocks = messages[ref].blocks
        shown = " ".join(" ".join(reading.words(blocks)).split())
        wanted = " ".join(" ".join(card.words).split())
        assert shown.startswith(wanted) or "…" in shown, (shown, wanted)
        labels = [button.label for button in reading.buttons(blocks)]
        assert labels == [button.label for button in card.buttons]


class SlackWorld(World):
    """A school on Slack. Made by ``slack_world``."""

    channels: tuple[str, ...] = ("slack",)

    def __init__(self, store: Store, double: Double) -> None:
        self.double = double
        self.answers: list[tuple[Inbound, Answer]] = []
        env = Environment(
            slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_api_url=double.api_url
        )
        self.clock = HeldClock(START)
        self.plugged = PluggedSlack(
            Wiring(
                env,
                self.clock,
                store,
                self._take,
                lambda: self.engine.setup,
                untold,
                lambda: None,
            )
        )
        self.plugged.channel._pacing = Pacing(0.0)
        chat = SlackChat(self.clock, plugged=self.plugged, double=double)
        super().__init__(store, chat=chat)

    def read(self, text: str) -> str:
        """Whoever is in the file has an account."""
        for person in _WEB.findall(text):
            self._has_account(person)
        return on_slack(text)

    def _has_account(self, person: str) -> None:
        if person != "office" and address(person) not in self.double.workspace.people:
            self.double.workspace.person(address(person), person)

    async def _take(self, inbound: Inbound) -> Answer:
        answer = await self.engine.handle(inbound)
        self.answers.append((inbound, answer))
        return answer

    def _answered(self, delivery: str) -> Answer:
        """The answer to this payload, which was one deed. Several may be under way at once."""
        for number, (inbound, answer) in enumerate(self.answers):
            if re.match(rf"V?{re.escape(delivery)}(\.|$)", inbound.delivery):
                del self.answers[number]
                return answer
        raise AssertionError("nothing was heard")

    async def hears(
        self,
        person: str,
        act: Press | Submit | Say,
        *,
        delivery: str,
        office: bool = False,
        forms: bool = True,
    ) -> Answer:
        """As Slack hands it over, signed; and the answer as Slack shows it. Words that a form may
        answer are those of the command: a plain message opens none.
        """
        self._has_account(person)
        user = self.double.user(address(person))
        room = OFFICE if office else user.im.id
        me = {"id": user.id, "team_id": TEAM}
        self.double.workspace.triggers[delivery] = (user.id, time.monotonic())
        match act:
            case Say(text=text) if forms and not office and _can_be_typed(text):
                taken = await self.double.delivery.command(
                    {
                        "command": "/visit",
                        "team_id": TEAM,
                        "user_id": user.id,
                        "channel_id": room,
                        "text": escape(text),
                        "trigger_id": delivery,
                    }
                )
            case Say(text=text):
                taken = await self._event(user.id, room, text, delivery)
            case Press():
                taken = await self.double.delivery.interaction(
                    {
                        "type": "block_actions",
                        "team": {"id": TEAM},
                        "user": me,
                        "trigger_id": delivery,
                        "channel": {"id": room},
                        "message": {"ts": "1.1"},
                        "actions": [_pressed(act)],
                    }
                )
            case Submit():
                taken = await self.double.delivery.interaction(
                    {
                        "type": "view_submission",
                        "team": {"id": TEAM},
                        "user": me,
                        "trigger_id": delivery,
                        "view": _view(act, delivery, in_office=office),
                    }
                )
        assert taken.ok, taken
        answer = self._answered(delivery)
        await asyncio.gather(*self.plugged._answering._errands)
        self._shown(answer, taken, room, user.id)
        return answer

    async def _event(self, user: str, room: str, text: str, delivery: str) -> Taken:
        where = (
            {"type": "app_mention", "text": f"<@{BOT_USER}> {escape(text)}"}
            if room == OFFICE
            else {"type": "message", "channel_type": "im", "text": escape(text)}
        )
        event = {"user": user, "channel": room, "ts": "1.1", "team": TEAM, **where}
        return await self.double.delivery.event(event, event_id=delivery)

    def _shown(self, answer: Answer, taken: Taken, room: str, user: str) -> None:
        """Whatever was answered can be read by them, somewhere."""
        view = taken.body.get("view") if isinstance(taken.body, dict) else None
        if view:
            check_view(view)
        person = self.double.user(user)
        seen = [person.everything(), json.dumps(taken.body, ensure_ascii=False), person.form_words]
        if room == OFFICE:
            seen.append(person.everything(OFFICE))
        if answer.card:
            assert any(answer.card.title[:60] in each for each in seen), answer.card.title


def _can_be_typed(text: str) -> bool:
    """After a command: something, and nothing that a form's encoding can't carry."""
    return bool(text.strip()) and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _pressed(act: Press) -> dict[str, Any]:
    value = pack_button(Button("x", act.action, act.visit, act.version, act.args), BUTTON_ROOM)
    return {"type": "button", "action_id": "a", "value": value, "action_ts": "1.1"}


def _view(act: Submit, delivery: str, *, in_office: bool) -> dict[str, Any]:
    form = Form(act.form, "t", "s", (), visit=act.visit, version=act.version, args=act.args)
    values = {
        name: {name: {"type": "plain_text_input", "value": value or None}}
        for name, value in act.values.items()
    }
    return {
        "id": f"V{delivery}",
        "type": "modal",
        "callback_id": act.form,
        "private_metadata": pack_form(form, FORM_ROOM, in_office=in_office),
        "state": {"values": values},
    }


@asynccontextmanager
async def slack_world(store: Store) -> AsyncIterator[SlackWorld]:
    async with slack() as double:
        everybody = {BOT_USER}
        double.workspace.channel(OFFICE, "office", everybody)
        world = SlackWorld(store, double)
        everybody |= set(double.workspace.people)
        double.workspace.rooms[OFFICE].members = everybody
        app = web.Application()
        world.plugged.add_to(app)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        double.delivery.target = f"http://127.0.0.1:{server.port}/slack/events"
        try:
            await world.plugged.start()
            await world.plugged.known(world.engine.setup.school)
            yield world
        finally:
            await world.plugged.stop()
            await server.close()
