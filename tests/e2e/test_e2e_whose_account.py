"""Guests whom the school file names, and vendors that say of nobody who they are: whoever has not
been identified reads nothing and ends nothing, and whoever has been is reached all the same.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.engine.unsure import WAIT
from tests.e2e.both_serving import BothServing, Hands
from tests.slack_double.double import slack
from tests.teams_double.double import teams

ALWAYS = 10**9
LEE = 'slack = "U0LEE"'
WAYS: dict[str, dict[str, Any]] = {
    "refuses": {"status": 403, "code": "Forbidden"},
    "breaks": {"status": 502, "code": "BadGateway"},
}


@asynccontextmanager
async def serving(folder: Path, on_teams: Sequence[str]) -> AsyncIterator[BothServing]:
    async with slack() as workspace, teams() as tenant:
        both = BothServing(folder, workspace, tenant, frozenset(on_teams), frozenset(), "teams")
        try:
            yield both
        finally:
            both.end()


async def helped(both: BothServing) -> Hands:
    """Ana is out, and asks for help; the office and Bo, her contact, know."""
    ana = both.person("ana")
    await ana.plans(contact="bo")
    await both.person("priya").presses("Approve")
    await ana.sees("is approved")
    await ana.leaves()
    await ana.says("help")
    await ana.sees("Your colleagues have been told.")
    await both.person("bo").sees("Ana Teach asked for help")
    return ana


async def test_S5_a_guest_on_slack_whom_it_does_not_name_ends_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path, ("priya", "okoro", "olu", "tom")) as both:
        file, workspace = tmp_path / "school.toml", both.workspace
        workspace.workspace.people["U0LEE"].is_restricted = True
        whole = file.read_text()
        file.write_text(whole.replace(LEE, 'email = "nobody@school.example"'))
        await both.begin()
        await both.person("bo").says("home")
        workspace.trouble.always("users.info", "status")
        file.write_text(whole)
        lee = both.person("lee")
        await lee.says("home")
        await until_known(lee)

        ana = await helped(both)
        await lee.says("they are safe")
        assert not lee.has("Ana Teach")

        both.kill()  # who was identified before is reached all the same
        await both.start()
        await ana.says("I need help")
        await both.person("bo").sees("Ana Teach asked for help")
        assert both.stop() == 0


async def until_known(lee: Hands) -> None:
    """The file is read again within seconds; until then Doorstep doesn't know them."""
    while not lee.has(WAIT[:40]):
        await lee.says("home")


@pytest.mark.parametrize("way", WAYS)
async def test_S5_an_account_on_teams_that_it_does_not_name_ends_nothing(
    tmp_path: Path, way: str
) -> None:
    everybody = ("ana", "sam", "bo", "lee", "priya", "okoro", "olu", "tom")
    async with serving(tmp_path, everybody) as both:

        def is_lee(method: str, path: str) -> bool:
            return method == "GET" and path.endswith("/members/29:lee")

        trouble = both.tenant.trouble(meets=is_lee, times=ALWAYS, **WAYS[way])
        await both.begin()
        lee = both.person("lee")
        await lee.says("home")
        await lee.sees(WAIT)
        ana = await helped(both)
        await lee.says("they are safe")
        assert not lee.has("Ana Teach")
        assert not ana.has("is safe")
        trouble.times = 0  # it was a colleague: they are asked about again, soon
        await lee.sees("Ana Teach asked for help")


async def test_P6_guests_on_teams_who_never_wrote_are_told_nothing(tmp_path: Path) -> None:
    on_teams = ("ana", "sam", "bo", "priya", "okoro", "olu", "tom", "lee")
    async with serving(tmp_path, on_teams) as both:
        tenant = both.tenant.tenant
        tenant.people["29:lee"].upn = "lee_elsewhere#EXT#@school.example"
        tenant.people["29:okoro"].tenant = "another"
        tenant.installed_for |= {"29:lee", "29:okoro"}
        tenant.rooms["19:office@thread.tacv2"].members -= {"29:lee", "29:okoro"}
        await both.start()
        for who in set(on_teams) - {"lee", "okoro"}:
            assert (await both.tenant.user(who).installs()).ok
        await helped(both)
        for who in ("lee", "okoro"):
            assert not both.tenant.user(who).messages()
