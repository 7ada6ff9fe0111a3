"""Slack in place: everything of this folder put together, behind the one Protocol."""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web
from prometheus_client import Counter
from slack_bolt.async_app import AsyncAck

from adapters.looking import keep_looking
from adapters.plug import REGISTRY, Wiring
from adapters.slack.answering import PRESSED, Answering
from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.channel import SlackChannel
from adapters.slack.check import check
from adapters.slack.front import PATH, Front
from adapters.slack.home import Homes
from adapters.slack.identity import Identity
from adapters.slack.inbound import NAME, Heard, hear
from adapters.slack.met import Met
from adapters.slack.office import Offices
from adapters.slack.people import People
from adapters.slack.socket import Socket
from adapters.slack.troubles import Troubles
from bot.cards.model import Card
from bot.domain.school import School
from bot.ports import Answer, Inbound, Press

log = logging.getLogger(__name__)
LEARNS_WITHIN = 4.0
SURE_WITHIN = 1.0
LOOKS_AGAIN = 300.0
LOOKS_SOON = 15.0
ANSWERS_WITHIN = 2.0
"""Seconds that a press may take before Slack is told that it has arrived; it waits for three."""
LOST_AFTER = timedelta(minutes=5)
"""Slack says an event again at once, after a minute, and after five. That a press or a form didn't
arrive it shows to whoever pressed.
"""


class PluggedSlack:
    """``/slack/events`` where there is a signing secret, a socket where there is an app token."""

    def __init__(self, wiring: Wiring) -> None:
        env = wiring.env
        self._wiring = wiring
        self._api = Api(env.slack_bot_token, env.slack_api_url)
        self._apps = Api(env.slack_app_token, env.slack_api_url)
        self._identity = Identity()
        self._met = Met(wiring.store, wiring.clock)
        self._people = People(self._api, self._met)
        self._offices = Offices(self._api, self._people)
        self._offices.changed = self._compare
        self._channel = SlackChannel(
            self._api, self._people, self._offices, self._office_people, lambda: self._public
        )
        self._answering = Answering(self._api, lambda: self._school, self._channel.counts)
        self._homes = Homes(self._api, self._draw_home)
        self._channel.told = self._homes.stale
        self._secret, self._socketed = env.slack_signing_secret, bool(env.slack_app_token)
        self._front: Front | None = None
        self._socket: Socket | None = None
        self._looking: asyncio.Task[None] | None = None
        self._awake = asyncio.Event()
        self._asked: School | None = None
        """The school as the file has it, last asked about."""
        self._given: School | None = None
        """What was answered."""
        self._troubles = Troubles(wiring.problem)
        self._api.token_is = self._troubles.token
        self._turned_away = Counter(
            "doorstep_slack_turned_away",
            "Payloads that were turned away: a wrong signature, or another workspace.",
            ["why"],
            registry=None,
        )

    @property
    def channel(self) -> SlackChannel:
        return self._channel

    @property
    def lost_after(self) -> timedelta:
        return LOST_AFTER

    def add_to(self, app: web.Application) -> None:
        if REGISTRY in app:
            app[REGISTRY].register(self._turned_away)
        if self._secret:
            app.router.add_post(PATH, self._take)

    async def start(self) -> None:
        if not await self._identity.ask(self._api):
            self._awake.set()
        self._people.team = self._identity.team
        self._front = Front(self._hear, self._identity, self._secret, self._turned_away)
        if self._socketed:
            self._socket = Socket(self._apps, self._front.take_envelope, self._troubles.connected)
            await self._socket.start()
        self._looking = asyncio.create_task(self._look())

    async def known(self, school: School) -> School:
        """With ids for e-mail addresses; without guests, and without an office that is unfit."""
        self._asked, whole = school, False
        await self._met.load(school.id)
        try:
            async with asyncio.timeout(LEARNS_WITHIN):
                whole = await self._learn(school)
        except TimeoutError:
            pass
        if not whole:
            log.warning("Slack has not said yet who everybody is")
            self._awake.set()
        self._say(school)
        self._given = self._as_known(school)
        return self._given

    async def check(self) -> tuple[str, ...]:
        try:
            return await check(self._api, self._apps, self._wiring.setup().school, self._wiring.env)
        finally:
            await self._close()

    async def stop(self) -> None:
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        if self._socket:
            await self._socket.stop()
        self._troubles.stop()
        await self._answering.finish()
        await self._homes.stop()
        await self._close()

    async def _close(self) -> None:
        await self._api.close()
        await self._apps.close()

    # --- what people do ---

    async def _take(self, request: web.Request) -> web.Response:
        if self._front is None:
            return web.Response(status=503)
        return await self._front.take(request)

    async def _hear(self, body: Mapping[str, Any], ack: AsyncAck) -> None:
        self._notice(body)
        heard = hear(body, (self._asked or self._school).office.get(NAME, ""), self._who)
        if heard is None:
            await ack()
            return
        deed = asyncio.ensure_future(self._done(heard))
        if heard.origin.kind in PRESSED:
            done, _ = await asyncio.wait({deed}, timeout=ANSWERS_WITHIN)
            if not done:
                await self._answering.later(heard, deed, ack)
                return
        await self._answering.answer(heard, await deed, ack)

    async def _done(self, heard: Heard) -> Answer:
        unsure = not await self._is_sure(heard.inbound.sender)
        answer = await self._wiring.handle(replace(heard.inbound, unsure=unsure))
        self._homes.stale(heard.origin.user)
        return answer

    async def _is_sure(self, user: str) -> bool:
        """Whether Slack has said who this is; asked, for as long as an answer can wait."""
        try:
            async with asyncio.timeout(SURE_WITHIN):
                await self._people.identify(user)
        except TimeoutError:
            pass
        return self._people.is_identified(user)

    def _notice(self, body: Mapping[str, Any]) -> None:
        """Events that tell of accounts and channels rather than of deeds."""
        event = body.get("event")
        if not isinstance(event, dict):
            return
        match event.get("type"):
            case "user_change" if isinstance(event.get("user"), dict):
                self._people.learn_change(event["user"])
                self._compare()
            case "app_home_opened" if event.get("tab") == "home":
                self._homes.opened(str(event.get("user", "")))
            case "member_joined_channel" | "channel_shared" | "channel_archive" | "group_archive":
                self._offices.ask_again()
                self._awake.set()
            case _:
                pass

    def _who(self, user: str) -> str:
        """The person with this id; the id itself for somebody who isn't of the school."""
        person = self._school.at_address(NAME, user)
        return person.id if person else user

    async def _draw_home(self, user: str) -> Card | None:
        """A look that changes nothing, and so leaves no trace."""
        unsure = not await self._is_sure(user)
        look = Inbound(NAME, f"tab.{uuid.uuid4().hex}", user, Press("tab"), unsure=unsure)
        return (await self._wiring.handle(look)).card

    # --- what is known of the school ---

    @property
    def _school(self) -> School:
        return self._wiring.setup().school

    @property
    def _public(self) -> bool:
        return self._school.office_public

    def _office_people(self) -> list[str]:
        """Whom an alarm in the office channel lights up: whoever holds the office's role now."""
        holders = self._school.holders("office", self._wiring.clock.now())
        return [person.addresses[NAME] for person in holders if NAME in person.addresses]

    async def _learn(self, school: School) -> bool:
        """Ask about everybody, and about the office channel; which workspace this is, before."""
        if not self._identity.team:
            await self._identity.ask(self._api)
            self._people.team = self._identity.team
        everybody = await self._people.learn_all(school.people)
        await self._people.remember(school)
        office = school.office.get(NAME)
        if office:
            try:
                await self._offices.verdict(office, public=school.office_public)
            except (Refusal, Limited, Unanswered):
                return False
        return everybody and not self._unsure(school)

    def _unsure(self, school: School) -> str:
        """Who of the school isn't identified."""
        users = ((person.name, self._people.known(person)[0]) for person in school.people)
        silent = ((name, user) for name, user in users if user not in {"", *self._people.nobodys})
        names = [name for name, user in silent if not self._people.is_identified(user)]
        if not names:
            return ""
        return (
            f"Slack does not say who has the account of {', '.join(names)}, and it may be a "
            "guest's: nothing is shown there, and only calls for help and their own answers count."
        )

    def _as_known(self, school: School) -> School:
        known = self._people.addressed(school)
        if self._why_not(school):
            others = {name: at for name, at in school.office.items() if name != NAME}
            return replace(known, office=others)
        return known

    def _why_not(self, school: School) -> str:
        """Why the office channel is told nothing; empty where it is, or nobody knows."""
        office = school.office.get(NAME)
        verdict = self._offices.last(office, public=school.office_public) if office else None
        return verdict.why_not if verdict else ""

    def _compare(self) -> None:
        """Slack said something: what was given to the core may no longer be so."""
        if self._asked and self._as_known(self._asked) != self._given:
            self._wiring.learnt()

    def _say(self, school: School) -> None:
        """Whether the office channel is told, and who isn't identified."""
        self._troubles.tell("people", self._unsure(school))
        why = self._why_not(school)
        self._troubles.tell(
            "office",
            why
            and f"The office channel in Slack is told nothing: {why}. Whoever works in the office "
            "gets direct messages.",
        )

    async def _look(self) -> None:
        await keep_looking(
            self._awake, self._look_once, "Slack", again=LOOKS_AGAIN, soon=LOOKS_SOON
        )

    async def _look_once(self) -> bool:
        """Learn, and tell where it says otherwise; give whether Slack has said everything."""
        school = self._asked
        if school is None:
            return False
        whole = await self._learn(school)
        self._say(school)
        self._compare()
        return whole and bool(self._identity.team)
