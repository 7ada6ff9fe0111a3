"""Somebody who is on Slack and on Teams."""

from collections.abc import AsyncIterator

import pytest

from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.on_both import LEADERS, SplitWorld, split_world
from tests.stories.world import out


@pytest.fixture
async def both() -> AsyncIterator[SplitWorld]:
    """Lee is on both; Ana on Slack; the office, and whoever else leads, on Teams."""
    on, twice = LEADERS - {"lee"} | {"office"}, frozenset({"lee"})
    async with split_world(MemoryStore(Kept()), on, twice) as opened:
        yield opened


def on_slack(world: SplitWorld) -> str:
    return world.double.user("U0LEE").everything()


def on_teams(world: SplitWorld) -> str:
    return world.hands.double.user("lee").everything()


async def test_what_is_routine_comes_once_and_an_alarm_on_both(both: SplitWorld) -> None:
    await out(both)
    assert "Ana Teach" in on_slack(both)
    assert "Ana Teach" not in on_teams(both)
    await both.advance("45m")
    await both.ana.says("help")
    for shown in (on_slack(both), on_teams(both)):
        assert "Ana Teach" in shown
        assert "I'm on it" in shown


async def test_whoever_takes_it_on_one_has_it_on_the_other_at_once(both: SplitWorld) -> None:
    await out(both)
    await both.ana.says("help")
    await both.advance("5m")
    assert "I'm on it" in on_slack(both)
    lee = both.hands.double.user("lee")
    taken = await lee.presses("I'm on it")
    assert taken.ok
    await both.catch_up()
    assert "You have it, until 13:30." in on_slack(both)
    assert "You have it, until 13:30." in on_teams(both)
    office = both.hands.double.tenant.rooms["19:office@thread.tacv2"]
    assert "Dan Lee has it" in both.hands.double.user("olu").everything(office)
