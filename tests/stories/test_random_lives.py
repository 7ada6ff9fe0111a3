"""Random lives of the whole engine: deaths, doubles, jumps of the clock and channels that fail, in
any order. Somebody always watches what is live, and in the end every urgent message has gone.
"""

import asyncio
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.visit import InAlarm
from bot.ports import Inbound, Press
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.crashing import Player
from tests.stories.failpoints import Killed
from tests.stories.told_stories import SILENT

PEOPLE = ("ana", "tom", "bo", "lee", "priya", "okoro", "olu")
ACTIONS = ("ok", "arrived", "help", "mistake", "on_it", "ask_if_ok", "call_back", "ringing")
STEPS = st.one_of(
    st.tuples(st.just("dies"), st.integers(1, 40)),
    st.tuples(st.just("passes"), st.sampled_from((1, 59, 60, 61, 299, 300, 301, 1800))),
    st.tuples(st.just("jumps"), st.sampled_from((1, 61, 300, 2400))),
    st.tuples(st.just("fails"), st.sampled_from(("office", "bo", "lee", "ana"))),
    st.tuples(st.just("mends"), st.just(0)),
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTIONS)),
)


async def live(steps: list[tuple[str, int | str]]) -> None:
    kept = Kept()
    player = await Player(lambda: MemoryStore(kept)).play(SILENT[:11])
    visits = [visit.id for visit in await player.world.visits()]
    for number, (what, how) in enumerate(steps):
        try:
            await step(player, what, how, visits[number % 2], f"r{number}")
            player.fate.lives()
        except Killed:
            await player.starts_again()
        await player.somebody_watches()
    player.chat.flaky.clear()
    player.fate.at = 0
    await player.world.advance("2h")
    for visit in await player.world.visits():
        assert isinstance(visit.phase, InAlarm), "nobody answered for two hours"
    assert await player.world.store.transact(lambda uow: uow.outbox.oldest_urgent()) is None
    await player.told()


async def step(player: Player, what: str, how: int | str, visit: str, delivery: str) -> None:
    world = player.world
    match what, how:
        case "dies", int():
            player.fate.at = len(player.fate.passed) + how
        case "passes", int():
            await world.advance(f"{how}s")
        case "jumps", int():
            world.clock.moment += timedelta(seconds=how)
            await world.catch_up()
        case "fails", str():
            player.chat.flaky.add(how)
        case "mends", _:
            player.chat.flaky.clear()
        case who, action:
            deed = Inbound("web", delivery, who, Press(str(action), visit))
            await world.engine.handle(deed)
            await world.engine.handle(deed)
            await world.catch_up()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.lists(STEPS, min_size=3, max_size=12))
def test_somebody_always_watches_and_nothing_urgent_is_left(
    steps: list[tuple[str, int | str]],
) -> None:
    asyncio.run(live(steps))
