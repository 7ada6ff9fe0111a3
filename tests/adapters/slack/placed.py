"""Slack in place before a workspace double, with a core that a test can see and set."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from adapters.environment import Environment
from adapters.plug import REGISTRY, Wiring
from adapters.slack.pacing import Pacing
from adapters.slack.plugged import PluggedSlack
from bot.domain.policy import Policy
from bot.domain.school import Person, School
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound
from bot.settings import read_policy, shipped
from storage.memory import MemoryStore
from tests.slack_double.double import Double, slack
from tests.slack_double.workspace import APP_TOKEN, BOT_USER, SECRET, TOKEN
from tests.waiting import until

OFFICE = "C0OFFICE"
PEOPLE = {
    "U0ANA": "Ana Teach",
    "U0SAM": "Sam Assist",
    "U0OLU": "Olu Desk",
    "U0TOM": "Tom Outside",
}
ROLES = {"U0OLU": frozenset({"office", "admin"})}
SCHOOL = School(
    id="st-example",
    name="St Example Primary",
    timezone="Europe/London",
    people=tuple(
        Person(
            id=user[2:].lower(),
            name=name,
            roles=ROLES.get(user, frozenset({"staff"})),
            phone="+44 7700 900001",
            addresses={"slack": user},
        )
        for user, name in PEOPLE.items()
        if user != "U0TOM"
    ),
    office={"slack": OFFICE},
)
POLICY: Policy = read_policy(shipped("slps"), file="slps")


@dataclass
class Core:
    """What lies behind the channel."""

    setup: Setup
    answer: Answer = field(default_factory=Answer)
    heard: list[Inbound] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unheard: bool = False
    learnt: int = 0
    handle: Callable[[Inbound], Awaitable[Answer]] | None = None

    async def take(self, inbound: Inbound) -> Answer:
        self.heard.append(inbound)
        return await self.handle(inbound) if self.handle else self.answer

    def trouble(self, sentence: str, /, *, unheard: bool = False) -> None:
        self.problems.append(sentence)
        self.unheard = unheard

    def again(self) -> None:
        self.learnt += 1


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Placed:
    double: Double
    plugged: PluggedSlack
    core: Core
    env: Environment
    figures: CollectorRegistry

    def turned_away(self, why: str) -> float:
        """What ``/metrics`` says."""
        name = "doorstep_slack_turned_away_total"
        return self.figures.get_sample_value(name, {"why": why}) or 0.0

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until it is, for as long as that takes on a busy machine."""
        await until(true)

    async def adopt(self, school: School) -> None:
        """As ``doorstep run`` does with a school file."""
        self.core.setup = replace(self.core.setup, school=await self.plugged.known(school))


@asynccontextmanager
async def placed(
    *,
    socket: bool = False,
    school: School = SCHOOL,
    double: Double | None = None,
    hurried: bool = True,
    store: MemoryStore | None = None,
    **settings: str,
) -> AsyncIterator[Placed]:
    """``hurried`` posts as fast as it can. Settings are those of the environment."""
    if double is None:
        async with slack(PEOPLE) as made:
            members = {BOT_USER, "U0OLU", "U0SAM"}
            made.workspace.channel(OFFICE, "office", members)
            async with placed(
                socket=socket,
                school=school,
                double=made,
                hurried=hurried,
                **settings,  # type: ignore[arg-type]
            ) as there:
                yield there
        return
    secrets = {"slack_app_token": APP_TOKEN} if socket else {"slack_signing_secret": SECRET}
    env = Environment(
        **{"slack_bot_token": TOKEN, "slack_api_url": double.api_url, **secrets, **settings}  # type: ignore[arg-type]
    )
    core = Core(Setup(school, POLICY, ("slack",)))
    kept = store or MemoryStore()
    wiring = Wiring(env, Now(), kept, core.take, lambda: core.setup, core.trouble, core.again)
    plugged = PluggedSlack(wiring)
    if hurried:
        plugged.channel._pacing = Pacing(0.0)
    app = web.Application()
    app[REGISTRY] = CollectorRegistry()
    plugged.add_to(app)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    if not socket:
        double.delivery.target = f"http://127.0.0.1:{server.port}/slack/events"
    there = Placed(double, plugged, core, env, app[REGISTRY])
    try:
        await plugged.start()
        await there.adopt(school)
        yield there
    finally:
        await plugged.stop()
        await server.close()
