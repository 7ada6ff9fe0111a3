"""The stories' world on Teams: every message goes through the adapter into a strict tenant, and
every deed comes back as an activity with a token. What people then have before them is held to the
card. ``Hands`` is the part that a world on two channels needs as well.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.environment import Environment
from adapters.packing import pack_button, pack_form
from adapters.plug import Wiring, untold
from adapters.teams.cards import BUTTON_ROOM, KEY, content
from adapters.teams.forms import FORM, FORM_ROOM
from adapters.teams.places import Place
from adapters.teams.plugged import PluggedTeams
from bot.cards.model import Button, Card, Form
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound, PostAnew, Press, Say, Store, Submit
from tests.adapters.teams.placed import settings_of
from tests.stories.world import START, Chat, HeldClock, Message, Posted, World
from tests.teams_double import reading
from tests.teams_double.double import Double, teams
from tests.teams_double.issuer import TENANT
from tests.teams_double.tenant import BOT, Json, Room
from tests.teams_double.user import User

OFFICE = "19:office@thread.tacv2"
_WEB = re.compile(r'^web = "([^"]+)"', re.MULTILINE)


def address(person: str) -> str:
    return OFFICE if person == "office" else f"29:{person}"


def person_at(place: str) -> str:
    return "office" if place == OFFICE else place[3:]


@dataclass(slots=True)
class TeamsChat(Chat):
    """Keeps cards as ``Chat`` does, once they have gone through the adapter and can be read."""

    name: str = "teams"
    plugged: PluggedTeams = field(kw_only=True)
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
        """Every word and every button, as it stands in the tenant."""
        tenant = self.double.tenant
        room = tenant.rooms[OFFICE] if address == OFFICE else tenant.chat(address)
        shown = room.messages[ref].card
        words = " ".join(" ".join(reading.words(shown)).split())
        wanted = " ".join(" ".join(card.words).split())
        assert words.startswith(wanted) or "…" in words, (words, wanted)
        labels = [button["title"] for button in reading.buttons(shown)]
        assert labels == [button.label for button in card.buttons]


class _Unpaced:
    async def turn(self, place: str, *, urgent: bool) -> None:
        """A story's hour takes a second."""

    async def answer(self, place: str) -> None:
        """Likewise."""

    def spare(self, place: str) -> bool:
        return True


class Hands:
    """What people do on Teams, and what they are answered there."""

    def __init__(
        self, store: Store, double: Double, clock: HeldClock, setup: Callable[[], Setup]
    ) -> None:
        self.double = double
        self.answers: list[tuple[Inbound, Answer]] = []
        self.handle: Callable[[Inbound], Any]
        env = Environment(**settings_of(double))
        self.plugged = PluggedTeams(
            Wiring(env, clock, store, self._take, setup, untold, lambda: None)
        )
        self.plugged.channel._pacing = _Unpaced()  # type: ignore[assignment]
        self.chat = TeamsChat(clock, plugged=self.plugged, double=double)
        double.connector.counts_rates = False

    def has_account(self, person: str) -> None:
        """With the app, as an administrator may have added it for everybody."""
        if person != "office" and address(person) not in self.double.tenant.people:
            self.double.tenant.person(person)
            self.double.tenant.rooms[OFFICE].members.add(address(person))
        if person != "office":
            self.double.tenant.installed_for.add(address(person))

    async def _take(self, inbound: Inbound) -> Answer:
        answer: Answer = await self.handle(inbound)
        self.answers.append((inbound, answer))
        return answer

    async def hears(
        self, person: str, act: Press | Submit | Say, *, delivery: str, office: bool, on: str = ""
    ) -> Answer:
        """As Teams hands it over, with a token; and the answer as Teams shows it. ``on`` is the
        message that they press on.
        """
        self.has_account(person)
        user = self.double.user(address(person))
        room = self.double.tenant.rooms[OFFICE] if office else user.chat
        room.bot = True
        match act:
            case Say(text=text):
                taken = await user.says(text, room, id=delivery)
            case _:
                there = {"replyToId": on} if on else {}
                taken = await user._send(room, {"id": delivery, **_pressed(act), **there})
        assert taken.ok, taken
        answer = self._answered(delivery)
        if answer.fresh and room is user.chat:
            assert taken.body["value"] == content(answer.fresh)
        await asyncio.gather(*self.plugged._answering._errands)
        self._shown(answer, taken.body, user, room)
        return answer

    def _answered(self, delivery: str) -> Answer:
        """The answer to this activity, which was one deed. Several may be under way at once."""
        for number, (inbound, answer) in enumerate(self.answers):
            if inbound.delivery == delivery:
                del self.answers[number]
                return answer
        raise AssertionError("nothing was heard")

    def _shown(self, answer: Answer, body: Any, user: User, room: Room) -> None:
        """Whatever was answered can be read by them alone."""
        seen = (user.everything(), json.dumps(body, ensure_ascii=False))
        if answer.card:
            assert any(answer.card.title[:60] in each for each in seen), answer.card.title
        if answer.form:
            assert any(answer.form.title[:60] in each for each in seen), answer.form.title

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Teams has told of the office's channel, and so of where everybody is."""
        app = web.Application()
        self.plugged.add_to(app)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        self.double.target = f"http://127.0.0.1:{server.port}/api/messages"
        url = self.double.service_url
        try:
            office = Place(OFFICE, OFFICE, url, TENANT, BOT)
            await self.plugged._references.learn(office)
            await self.plugged.start()
            yield
        finally:
            await self.plugged.stop()
            await server.close()


def _pressed(act: Press | Submit) -> Json:
    if isinstance(act, Press):
        button = Button("x", act.action, act.visit, act.version, act.args)
        data: Json = {KEY: pack_button(button, BUTTON_ROOM)}
    else:
        form = Form(act.form, "t", "s", (), visit=act.visit, version=act.version, args=act.args)
        data = {**act.values, KEY: pack_form(form, FORM_ROOM), FORM: act.form}
    action = {"type": "Action.Execute", "verb": "x", "data": data}
    value = {"action": action, "trigger": "manual"}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": value}


class TeamsWorld(World):
    """A school on Teams. Made by ``teams_world``."""

    channels = ("teams",)

    def __init__(self, store: Store, double: Double) -> None:
        self.clock = HeldClock(START)
        self.hands = Hands(store, double, self.clock, lambda: self.engine.setup)
        super().__init__(store, chat=self.hands.chat)
        self.hands.handle = self.engine.handle

    def read(self, text: str) -> str:
        """Whoever is in the file has an account."""
        for person in _WEB.findall(text):
            self.hands.has_account(person)
        return _WEB.sub(lambda found: f'teams = "{address(found.group(1))}"', text)

    async def reads(self, text: str) -> None:
        await super().reads(text)
        await self.hands.plugged.known(self.engine.setup.school)

    async def hears(
        self,
        person: str,
        act: Press | Submit | Say,
        *,
        delivery: str,
        office: bool = False,
        forms: bool = True,
    ) -> Answer:
        del forms
        on = self.pressed_on(person, act, office=office)
        return await self.hands.hears(person, act, delivery=delivery, office=office, on=on)


@asynccontextmanager
async def teams_world(store: Store) -> AsyncIterator[TeamsWorld]:
    async with teams() as double:
        double.tenant.channel(OFFICE, set())
        world = TeamsWorld(store, double)
        async with world.hands.open():
            await world.hands.plugged.known(world.engine.setup.school)
            yield world
