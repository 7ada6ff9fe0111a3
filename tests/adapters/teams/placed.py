"""Teams in place before its double, with a core that a test can see and set."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from adapters.environment import Environment
from adapters.plug import REGISTRY, Wiring
from adapters.teams.plugged import PluggedTeams
from bot.domain.policy import Policy
from bot.domain.school import Person, School
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound, Store
from bot.settings import read_policy, shipped
from storage.memory import MemoryStore
from tests.teams_double.double import Double, teams
from tests.teams_double.issuer import APP, SECRET, TENANT

OFFICE = "19:office@thread.tacv2"
NAMES = ("ana", "sam", "olu", "tom", "eve")
"""Tom is of the organisation, and not in the school file. Eve is in it by e-mail alone."""
POLICY: Policy = read_policy(shipped("slps"), file="slps")


def person(name: str, **more: Any) -> Person:
    roles = frozenset({"office", "admin"} if name == "olu" else {"staff"})
    plain = {"phone": "+44 7700 900001", "addresses": {"teams": f"29:{name}"}}
    return Person(id=name, name=name.capitalize(), roles=roles, **{**plain, **more})


SCHOOL = School(
    id="st-example",
    name="St Example Primary",
    timezone="Europe/London",
    people=(
        person("ana"),
        person("sam"),
        person("olu"),
        person("eve", addresses={}, email="Eve@school.example"),
    ),
    office={"teams": OFFICE},
)


@dataclass
class Core:
    """What lies behind the channel. ``learnt`` adopts at once, as ``doorstep run`` does."""

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


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Placed:
    double: Double
    plugged: PluggedTeams
    core: Core
    env: Environment
    store: Store
    school: School
    figures: CollectorRegistry

    def turned_away(self, why: str) -> float:
        """What ``/metrics`` says."""
        name = "doorstep_teams_turned_away_total"
        return self.figures.get_sample_value(name, {"why": why}) or 0.0

    async def adopt(self) -> None:
        """As ``doorstep run`` does with a school file."""
        known = await self.plugged.known(self.school)
        self.core.setup = replace(self.core.setup, school=known)


def settings_of(double: Double) -> dict[str, Any]:
    issuer = double.issuer
    return {
        "microsoft_app_id": APP,
        "microsoft_app_password": SECRET,
        "microsoft_app_type": "SingleTenant",
        "microsoft_app_tenant_id": TENANT,
        "microsoft_openid_metadata_url": f"{issuer.base}/openid",
        "microsoft_login_url": f"{issuer.base}/{TENANT}",
    }


@asynccontextmanager
async def placed(
    *,
    school: School = SCHOOL,
    double: Double | None = None,
    store: Store | None = None,
    met: tuple[str, ...] = ("ana", "sam", "olu"),
    **settings: Any,
) -> AsyncIterator[Placed]:
    """``met`` have added the app, and Teams has said who reads the channel. Settings are those of
    the environment.
    """
    if double is None:
        async with teams(NAMES) as made:
            made.tenant.channel(OFFICE, {"29:olu", "29:sam"})
            async with placed(
                school=school, double=made, store=store, met=met, **settings
            ) as there:
                yield there
        return
    env = Environment(**{**settings_of(double), **settings})
    core = Core(Setup(school, POLICY, ("teams",)))
    held: list[Placed] = []
    store = store or MemoryStore()
    tasks: set[Any] = set()

    def learnt() -> None:
        core.learnt += 1
        task = asyncio.ensure_future(held[0].adopt())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    wiring = Wiring(env, Now(), store, core.take, lambda: core.setup, core.trouble, learnt)
    plugged = PluggedTeams(wiring)
    app = web.Application()
    app[REGISTRY] = CollectorRegistry()
    plugged.add_to(app)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    double.target = f"http://127.0.0.1:{server.port}/api/messages"
    there = Placed(double, plugged, core, env, store, school, app[REGISTRY])
    held.append(there)
    try:
        await plugged.start()
        await there.adopt()
        for name in met:
            assert (await double.user(name).installs()).ok
        while met and school.office and not core.setup.school.office:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        core.heard.clear()
        core.problems.clear()
        yield there
    finally:
        await plugged.stop()
        await server.close()
