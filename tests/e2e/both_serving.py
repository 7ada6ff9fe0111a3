"""``doorstep run`` as one process on Slack and on Teams, before a double of each; and the hands of
somebody on one or the other, who do the same things in their own client's way.
"""

import time
from pathlib import Path
from typing import Protocol

from tests.e2e import serving, teams_serving
from tests.e2e.serving import NAMES, Process, slack_id
from tests.kit import KIT
from tests.slack_double.double import Double as Workspace
from tests.slack_double.user import User as SlackUser
from tests.slack_double.workspace import SECRET, TOKEN
from tests.stories.cast import SCHOOL
from tests.teams_double.double import Double as Tenant
from tests.teams_double.user import User as TeamsUser

VISIT = {
    "family": "the Canary-Family household",
    "place": "14 Oak Road",
    "purpose": "Mornings",
    "appointment": "agreed by phone",
}
RULES = """
[policy]
check_in.every = "10m"
[[policy.ladder]]
after = "0s"
tell = ["visitors", "contact", "office", "senior_leader", "head"]
"""


class Hands(Protocol):
    """What each person can do and see, on whichever channel they are."""

    async def plans(self, contact: str) -> None: ...

    async def leaves(self) -> None: ...

    async def says(self, text: str) -> object: ...

    async def presses(self, label: str) -> None: ...

    async def sees(self, words: str) -> float:
        """When it stood there."""
        ...

    def has(self, words: str) -> bool: ...


class OnSlack:
    """Their chat, or a channel of theirs."""

    def __init__(self, user: SlackUser, room: str = "") -> None:
        self._user, self._room = user, room

    async def plans(self, contact: str) -> None:
        await self._user.command()
        await self._fills(**VISIT, risks="none known", kind="Welfare", contact=contact)
        await self._user.reads_in_form("is sent for approval")
        self._user.closes_form()

    async def leaves(self) -> None:
        await self.presses("I'm leaving now")
        await self._fills(kit=KIT)
        await self._user.reads_in_form("I'm watching now")
        self._user.closes_form()

    async def _fills(self, **values: str) -> None:
        await self._user.fills(**values)
        assert self._user.errors == {}

    async def says(self, text: str) -> object:
        return await self._user.says(text)

    async def presses(self, label: str) -> None:
        assert (await self._user.presses(label, self._room)).ok

    async def sees(self, words: str) -> float:
        await self._user.sees(words, self._room)
        return time.monotonic()

    def has(self, words: str) -> bool:
        return words in self._user.everything(self._room)


class OnTeams:
    """Their chat, or the office's channel."""

    def __init__(self, user: TeamsUser, room: str = "") -> None:
        self._user = user
        self._room = user.tenant.rooms[room] if room else user.chat

    async def plans(self, contact: str) -> None:
        await self._user.says("plan a visit")
        form = await self._user.sees("Pupil or family")
        more = {"risks": "none known", "kind": "Welfare", "contact": contact}
        await self._user.presses("Send for approval", form, None, **VISIT, **more)
        await self._user.sees("is sent for approval")

    async def leaves(self) -> None:
        await self.presses("I'm leaving now")
        form = await self._user.sees("Who is really going")
        await self._user.presses("I'm leaving now", form, kit=KIT)
        await self._user.sees("I'm watching now")

    async def says(self, text: str) -> object:
        return await self._user.says(text)

    async def presses(self, label: str) -> None:
        await self._user.sees_button(label, self._room)
        assert (await self._user.presses(label, None, self._room)).ok

    async def sees(self, words: str) -> float:
        await self._user.sees(words, self._room)
        return time.monotonic()

    def has(self, words: str) -> bool:
        return words in self._user.everything(self._room)


class BothServing(Process):
    """``on_teams`` are on Teams, ``twice`` on both, everybody else on Slack; ``office`` says where
    its channel is; ``rules`` are the end of the school file.
    """

    def __init__(
        self,
        folder: Path,
        workspace: Workspace,
        tenant: Tenant,
        on_teams: frozenset[str],
        twice: frozenset[str],
        office: str,
        rules: str = RULES,
    ) -> None:
        self.workspace, self.tenant = workspace, tenant
        self.on_teams, self.twice, self.office_on = on_teams, twice, office
        self._rules = rules
        slack = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_API_URL": workspace.api_url,
            "SLACK_SIGNING_SECRET": SECRET,
        }
        super().__init__(folder, {**slack, **tenant.issuer.environment}, self._school())
        serving.peopled(workspace)
        teams_serving.peopled(tenant)
        workspace.delivery.target = f"{self.address}/slack/events"
        tenant.target = f"{self.address}/api/messages"

    def _school(self) -> str:
        at = {"slack": serving.OFFICE, "teams": teams_serving.OFFICE}[self.office_on]
        people = {who: "\n".join(self._lines(who)) for who in NAMES}
        whole = SCHOOL.format(policy="slps", office=f'{self.office_on} = "{at}"', **people)
        return whole.replace('mon-fri = "08:00-18:00"', 'mon-sun = "00:00-23:59"') + self._rules

    def _lines(self, who: str) -> list[str]:
        on_teams = [f'teams = "29:{who}"'] if who in self.on_teams | self.twice else []
        on_slack = [] if who in self.on_teams else [f'slack = "{slack_id(who)}"']
        return on_slack + on_teams

    async def begin(self) -> None:
        """Start it; whoever is on Teams adds the app, and is known within a moment."""
        await self.start()
        for who in sorted(self.on_teams | self.twice):
            assert (await self.tenant.user(who).installs()).ok

    def on(self, channel: str, who: str) -> Hands:
        """Somebody's own chat."""
        if channel == "teams":
            return OnTeams(self.tenant.user(who))
        return OnSlack(self.workspace.user(slack_id(who)))

    def person(self, who: str) -> Hands:
        """Somebody's own chat, where they are."""
        return self.on("teams" if who in self.on_teams else "slack", who)

    @property
    def office(self) -> Hands:
        """The office's channel, as Olu reads it."""
        if self.office_on == "teams":
            return OnTeams(self.tenant.user("olu"), teams_serving.OFFICE)
        return OnSlack(self.workspace.user(slack_id("olu")), serving.OFFICE)
