"""A visit that can't be woken is watched by nobody: whoever watches Doorstep must hear of it."""

from datetime import timedelta

import pytest

from adapters.health import Health
from bot.engine import engine
from bot.engine.carry_out import carry_out
from bot.engine.unwoken import Unwoken
from tests.stories.world import START, World, out

VISIT = ("st-example", "v1")


async def test_S8_a_visit_that_can_not_be_woken_is_behind_however_often_it_is_put_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await out(world)
    health = Health(lambda: world.store, world.clock, unwoken=world.engine.unwoken)
    await world.until("13:44")

    def broken(*_: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(engine, "carry_out", broken)
    await world.until("13:45:50")
    assert await health.behind() == []
    for clock, seconds in (("13:46:30", 90), ("14:30:00", 2700)):
        await world.until(clock)
        assert await health.behind() == [f"a visit has been due for {seconds} s"]
    monkeypatch.setattr(engine, "carry_out", carry_out)
    await world.advance("30s")
    assert await health.behind() == []
    world.ana.sees("Ana, you were due back at 14:00. Are you OK?")


def test_what_is_not_tried_again_was_woken_by_somebody_else() -> None:
    unwoken, now = Unwoken(), START
    for _ in range(9):
        now = unwoken.failed(VISIT, now)
    assert unwoken.longest(now) == now - START > timedelta(minutes=2)
    assert unwoken.longest(now + timedelta(minutes=2)) == timedelta()
    later = now + timedelta(hours=1)
    assert unwoken.failed(VISIT, later) == later + timedelta(seconds=1)
    assert unwoken.longest(later + timedelta(seconds=1)) == timedelta(seconds=1)
    unwoken.woken(VISIT)
    assert unwoken.longest(later + timedelta(seconds=1)) == timedelta()
