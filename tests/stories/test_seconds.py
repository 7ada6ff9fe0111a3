"""A school, or a test, may count in seconds: nothing of Doorstep is slower than its policy."""

from datetime import timedelta

import pytest

from bot.domain.visit import InAlarm
from bot.engine import engine
from bot.engine.carry_out import carry_out
from bot.ports import Store
from tests.stories.world import World, out, said

SWIFT = '\n[policy]\nboard.refresh = "5s"\n'


async def test_S16_the_board_is_tried_again_as_often_as_the_policy_refreshes_it(
    store: Store,
) -> None:
    world = World(store, extra=SWIFT)
    await out(world)
    await world.advance("5s")
    world.chat.flaky.add("office")
    await world.ana.says("help")
    await world.advance("40s")
    world.chat.flaky.clear()
    await world.advance("5s")
    (board,) = world.chat.boards("office")
    assert "1 visit is in trouble." in said(board.card)


@pytest.mark.parametrize(("failures", "late"), [(1, "2s"), (3, "9s")])
async def test_S8_a_waking_that_fails_is_tried_again_at_once_then_less_often(
    world: World, monkeypatch: pytest.MonkeyPatch, failures: int, late: str
) -> None:
    visit = await out(world)
    left = failures

    def failing(*args: object) -> object:
        nonlocal left
        if left:
            left -= 1
            raise RuntimeError("on purpose")
        return carry_out(*args)  # type: ignore[arg-type]

    prompt = (await world.visit(visit.id)).watch
    assert prompt
    due = min(v.due.at for v in prompt.visitors if v.due)
    await world.advance(f"{int((due - world.clock.now()) / timedelta(seconds=1)) - 1}s")
    await world.advance("1s")
    watch = (await world.visit(visit.id)).watch
    assert watch
    (open_,) = (v.prompt for v in watch.visitors if v.prompt)
    monkeypatch.setattr(engine, "carry_out", failing)
    wait = open_.chase_at or open_.reply_by
    await world.advance(f"{int((wait - world.clock.now()) / timedelta(seconds=1))}s")
    known = len(world.chat.log)
    await world.advance(late)
    assert left == 0
    assert world.chat.log[known:], "chased"
    await world.advance("10m")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
