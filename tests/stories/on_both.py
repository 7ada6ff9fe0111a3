"""The stories' world with its cast split over Slack and Teams: one visit on both."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from zlib import crc32

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.ports import Answer, Channel, Press, Say, Store, Submit
from tests.slack_double.double import Double as Workspace
from tests.slack_double.double import slack
from tests.slack_double.workspace import BOT_USER
from tests.stories import on_slack, on_teams
from tests.stories.on_slack import SlackWorld
from tests.stories.on_teams import Hands
from tests.stories.world import HeldClock
from tests.teams_double.double import Double as Tenant
from tests.teams_double.double import teams

_WEB = re.compile(r'^web = "([^"]+)"', re.MULTILINE)
EVERYBODY = frozenset({"ana", "sam", "priya", "okoro", "lee", "olu", "bo", "tom", "office"})
LEADERS = frozenset({"priya", "okoro", "lee", "olu"})
TEACHERS = EVERYBODY - LEADERS - {"office"}
CASTS = {
    "teachers on Slack, leaders on Teams": LEADERS | {"office"},
    "teachers on Teams, leaders on Slack": TEACHERS,
}
"""Who is on Teams, by what that is called."""


def cast_of(story: str) -> str:
    """Half of them one way round, half the other; always the same for a story of this name."""
    return list(CASTS)[crc32(story.encode()) % len(CASTS)]


class SplitWorld(SlackWorld):
    """``on_teams`` names who is on Teams, the office among them perhaps; ``on_both`` who is on
    both. Everybody else is on Slack alone. What a person sees is what both show them.
    """

    channels: tuple[str, ...] = ("slack", "teams")
    _hands: Hands | None = None

    def __init__(
        self,
        store: Store,
        workspace: Workspace,
        tenant: Tenant,
        on_teams: frozenset[str],
        on_both: frozenset[str] = frozenset(),
    ) -> None:
        self.on_teams, self.on_both = on_teams, on_both
        self._store, self._tenant = store, tenant
        super().__init__(store, workspace)
        self.hands.handle = self.engine.handle

    def senders(self) -> Mapping[str, Channel]:
        return {"slack": self.chat, "teams": self.hands.chat}

    def read(self, text: str) -> str:
        if self._hands is None:
            self._begin()
        return _WEB.sub(lambda found: self._addresses(found.group(1)), text)

    def _begin(self) -> None:
        """Both halves keep what they show in one place."""
        clock: HeldClock = self.clock
        self._hands = hands = Hands(self._store, self._tenant, clock, lambda: self.engine.setup)
        hands.chat.messages, hands.chat.posted = self.chat.messages, self.chat.posted
        hands.chat.dead, hands.chat.flaky = self.chat.dead, self.chat.flaky

    @property
    def hands(self) -> Hands:
        assert self._hands is not None
        return self._hands

    def _addresses(self, person: str) -> str:
        lines = []
        if person not in self.on_teams or person in self.on_both:
            self._has_account(person)
            lines.append(f'slack = "{on_slack.address(person)}"')
        if person in self.on_teams | self.on_both:
            self.hands.has_account(person)
            lines.append(f'teams = "{on_teams.address(person)}"')
        return "\n".join(lines)

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
        """Where they are; what is done in the office's channel, where that is."""
        if ("office" if office else person) in self.on_teams:
            on = self.pressed_on(person, act, office=office)
            return await self.hands.hears(person, act, delivery=delivery, office=office, on=on)
        return await super().hears(person, act, delivery=delivery, office=office, forms=forms)


@asynccontextmanager
async def split_world(
    store: Store, on: frozenset[str], both: frozenset[str] = frozenset()
) -> AsyncIterator[SplitWorld]:
    async with slack() as workspace, teams() as tenant:
        everybody = {BOT_USER}
        workspace.workspace.channel(on_slack.OFFICE, "office", everybody)
        tenant.tenant.channel(on_teams.OFFICE, set())
        world = SplitWorld(store, workspace, tenant, on, both)
        everybody |= set(workspace.workspace.people)
        workspace.workspace.rooms[on_slack.OFFICE].members = everybody
        app = web.Application()
        world.plugged.add_to(app)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        workspace.delivery.target = f"http://127.0.0.1:{server.port}/slack/events"
        async with world.hands.open():
            try:
                await world.plugged.start()
                await world.plugged.known(world.engine.setup.school)
                await world.hands.plugged.known(world.engine.setup.school)
                yield world
            finally:
                await world.plugged.stop()
                await server.close()
