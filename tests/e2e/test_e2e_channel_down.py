"""Teams answers nothing, or breaks, while Slack goes on: nobody is said to know who doesn't."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.both_serving import RULES, BothServing
from tests.slack_double.double import slack
from tests.teams_double.double import teams

SOON = RULES.replace("[policy]\n", '[policy]\nalarm.unreached_after = "4s"\n')
AWAY: dict[str, dict[str, Any]] = {
    "it breaks": {"status": 502, "code": "BadGateway"},
    "it hangs": {"hangs": True},
}
ALWAYS = 10**9


@asynccontextmanager
async def out(folder: Path, *on_teams: str) -> AsyncIterator[BothServing]:
    """Ana is out, on Slack; the office's channel is on Teams."""
    async with slack() as workspace, teams() as tenant:
        there = frozenset({"priya", "okoro", "olu", "tom", "bo", *on_teams})
        both = BothServing(folder, workspace, tenant, there, frozenset(), "teams", SOON)
        try:
            await both.begin()
            ana = both.person("ana")
            await ana.plans(contact="bo")
            await both.person("priya").presses("Approve")
            await ana.sees("is approved")
            await ana.leaves()
            await both.office.sees("Out: Ana Teach")
            yield both
        finally:
            both.end()


@pytest.mark.parametrize("away", AWAY)
async def test_S8_who_asked_for_help_reads_that_nobody_is_reached(
    tmp_path: Path, away: str
) -> None:
    async with out(tmp_path, "lee") as both:
        ana = both.person("ana")
        trouble = both.tenant.trouble(**AWAY[away], times=ALWAYS)
        await ana.says("help")
        await ana.sees("I haven't reached anybody yet")
        await ana.sees("If you can, leave; in danger ring 999.")
        trouble.times = 0
        await ana.sees("Your colleagues have been told.")


async def test_S8_only_who_is_reached_stands_as_told(tmp_path: Path) -> None:
    async with out(tmp_path) as both:
        lee = both.person("lee")
        trouble = both.tenant.trouble(**AWAY["it breaks"], times=ALWAYS)
        await both.person("ana").says("help")
        await lee.sees("Bo Buddy (not reached yet)")
        await lee.sees("Bo Buddy (not reached), the office (not reached)")
        trouble.times = 0
        await lee.sees("Bo Buddy, the office")
