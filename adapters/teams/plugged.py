"""Teams in place: everything of this folder put together, behind the one Protocol."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web
from prometheus_client import Counter

from adapters.plug import REGISTRY, Wiring
from adapters.teams.access import Access
from adapters.teams.answering import Answering, not_implemented
from adapters.teams.api import Api
from adapters.teams.channel import TeamsChannel
from adapters.teams.check import check
from adapters.teams.cloud import cloud_of
from adapters.teams.connector import Connector
from adapters.teams.door import Door
from adapters.teams.front import PATH, Front, Reply
from adapters.teams.in_time import InTime, Waiting, late
from adapters.teams.inbound import NAME, hear
from adapters.teams.kept_keys import KeptKeys
from adapters.teams.knowing import Knowing
from adapters.teams.office import Offices
from adapters.teams.people import People
from adapters.teams.places import Place, learnt
from adapters.teams.references import References
from adapters.teams.web import Web
from bot.domain.reading.names import who_is
from bot.domain.school import School
from bot.engine.faults import where
from bot.ports import Inbound, Press

log = logging.getLogger(__name__)
WITHIN = 10.0
KEYS_WITHIN = 3.0
TYPES_AFTER = 1.5
LOST_AFTER = timedelta(seconds=15)
"""Teams says nothing twice. A restart takes less, and is told to nobody."""


class PluggedTeams:
    """``/api/messages``, and what goes out."""

    def __init__(self, wiring: Wiring) -> None:
        env = wiring.env
        tenant = env.microsoft_app_tenant_id
        bot = f"28:{env.microsoft_app_id}"
        cloud = cloud_of(env)
        self._wiring = wiring
        self._web, self._keys_web = Web(WITHIN), Web(KEYS_WITHIN)
        self._access = Access(self._web, cloud, env.microsoft_app_id, env.microsoft_app_password)
        self._references = References(wiring.store, wiring.clock, lambda: self._school.id)
        connector = Connector(Api(self._web, self._access), self._references)
        self._people = People(connector, self._references, tenant)
        self._offices = Offices(connector, self._references, tenant)
        self._channel = TeamsChannel(
            connector,
            self._references,
            self._offices,
            self._people,
            self._mentioned,
            self._addresses,
            self._fared,
            self._office,
            bot,
            tenant.casefold(),
        )
        self._answering = Answering(self._channel, self._references)
        keeper = KeptKeys(wiring.store, wiring.clock, lambda: self._school.id)
        self._door = Door(env, cloud, self._keys_web.json, keeper)
        self._knowing = Knowing(
            wiring, self._references, self._people, self._offices, self._access, self._door
        )
        self._turned_away = Counter(
            "doorstep_teams_turned_away",
            "Activities that were turned away: a token that is no good, or another organisation.",
            ["why"],
            registry=None,
        )
        self._in_time = InTime(self._hear)
        self._front = Front(self._door.check, self._in_time.answer, self._turned_away)
        self._listening = False

    @property
    def channel(self) -> TeamsChannel:
        return self._channel

    @property
    def lost_after(self) -> timedelta:
        return LOST_AFTER

    def add_to(self, app: web.Application) -> None:
        if REGISTRY in app:
            app[REGISTRY].register(self._turned_away)
        app.router.add_post(PATH, self._take)

    async def start(self) -> None:
        await self._door.start()
        await self._access.begin()
        self._knowing.start()
        self._listening = True

    async def known(self, school: School) -> School:
        """With ids for whoever has been met; without guests, and without an unfit office."""
        return await self._knowing.known(school)

    async def check(self) -> tuple[str, ...]:
        try:
            return await check(
                self._access,
                self._door,
                self._references,
                self._people,
                self._offices,
                self._school,
            )
        finally:
            await self._close()

    async def stop(self) -> None:
        self._listening = False
        await self._knowing.stop()
        await self._in_time.finish()
        await self._answering.finish()
        await self._close()

    async def _close(self) -> None:
        await self._door.stop()
        await self._access.stop()
        await self._web.close()
        await self._keys_web.close()

    # --- what people do ---

    async def _take(self, request: web.Request) -> web.Response:
        if not self._listening:
            return web.Response(status=503)
        if not self._door.lets_in(request.headers):
            return web.Response(status=403)
        return await self._front.take(request)

    async def _hear(self, activity: Mapping[str, Any], waiting: Waiting) -> Reply:
        here = learnt(activity)
        came = await self._notice(activity, here)
        heard = hear(activity, self._office()[0], self._named)
        if here is None or (heard is None and not came):
            return not_implemented(activity)
        if heard is None:
            await self._welcome(activity, here)
            return Reply()
        sender = await self._knowing.sender(heard.inbound.sender, _entra(activity))
        sure = await self._knowing.is_sure(heard.inbound.sender, here)
        inbound = replace(heard.inbound, sender=sender, unsure=not sure)
        deed = asyncio.ensure_future(self._wiring.handle(inbound))
        done, _ = await asyncio.wait({deed}, timeout=TYPES_AFTER)
        if not done and not here.is_room:
            self._answering.types(here)
        answer = await deed
        if not waiting.still:
            heard, answer = late(heard, answer)
        return self._answering.answer(heard, here, answer)

    async def _notice(self, activity: Mapping[str, Any], here: Place | None) -> bool:
        """Learn from it. A store that fails keeps nobody from being heard. Whether a person has
        just added the app.
        """
        try:
            return await self._knowing.notice(activity, here)
        except Exception as problem:  # noqa: BLE001 - see above
            log.error("nothing was learnt from an activity: %s", where(problem))  # noqa: TRY400
            return False

    async def _welcome(self, activity: Mapping[str, Any], here: Place) -> None:
        """Whoever has just added the app sees what it can do for them."""
        sender = await self._knowing.sender(here.address, _entra(activity))
        delivery = f"welcome.{activity.get('id') or here.address}"
        sure = await self._knowing.is_sure(here.address, here)
        home = Press("home")
        came = Inbound(NAME, delivery, sender, home, page_in_chat=True, unsure=not sure)
        answer = await self._wiring.handle(came)
        self._answering.tell(here, answer)

    # --- what is known of the school ---

    @property
    def _school(self) -> School:
        return self._wiring.setup().school

    def _addresses(self, people: Sequence[str]) -> list[str]:
        """Where they are on Teams, as far as it has told."""
        found = (self._school.person(each) for each in people)
        return [p.addresses[NAME] for p in found if p and NAME in p.addresses]

    def _fared(self, address: str, why: str) -> None:
        self._knowing.fared(address, why)

    def _office(self) -> tuple[str, bool]:
        school = self._knowing.asked or self._school
        return school.office.get(NAME, ""), school.office_public

    def _named(self, name: str) -> str:
        """Whom a name in a form means; the core says what is wrong with one that is nobody's."""
        found = who_is(name, self._school.people).one
        return found.id if found else name

    def _mentioned(self) -> list[tuple[str, str]]:
        """Whom an alarm in the office's channel lights up: whoever holds the office's role now."""
        holders = self._school.holders("office", self._wiring.clock.now())
        return [(p.addresses[NAME], p.name) for p in holders if NAME in p.addresses]


def _entra(activity: Mapping[str, Any]) -> str:
    sender = activity.get("from")
    found = sender.get("aadObjectId") if isinstance(sender, dict) else ""
    return found.casefold() if isinstance(found, str) else ""
