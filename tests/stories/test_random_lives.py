"""Random lives of the whole engine: deaths, doubles, jumps of the clock, channels that fail and
people who are gone from them, in any order. Somebody always watches what is live, no alarm waits
for a rung that nobody can be told of, and in the end every urgent message has gone.
"""

import asyncio
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.visit import InAlarm
from bot.ports import Inbound, Press, UnitOfWork
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.crashing import SCHOOL, Player
from tests.stories.failpoints import Killed
from tests.stories.told_stories import SILENT
from tests.stories.world import alarmed

PEOPLE = ("ana", "tom", "bo", "lee", "priya", "okoro", "olu")
ACTIONS = ("ok", "arrived", "help", "mistake", "on_it", "ask_if_ok", "call_back", "ringing")
STEPS = st.one_of(
    st.tuples(st.just("dies"), st.integers(1, 40)),
    st.tuples(st.just("passes"), st.sampled_from((1, 59, 60, 61, 299, 300, 301, 1800))),
    st.tuples(st.just("jumps"), st.sampled_from((1, 61, 300, 2400))),
    st.tuples(st.just("fails"), st.sampled_from(("office", "bo", "lee", "ana"))),
    st.tuples(st.just("loses"), st.sampled_from(("office", "bo", "lee", "ana"))),
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
        await no_alarm_waits_in_vain(player)
    player.chat.flaky.clear()
    player.chat.dead.clear()
    player.fate.at = 0
    await player.world.advance("2h")
    for visit in await player.world.visits():
        assert isinstance(visit.phase, InAlarm), "nobody answered for two hours"
    for who in ("bo", "lee", "priya", "okoro"):
        alarmed(player.world.people[who].messages, ["Ana Teach"], who)
    assert await player.world.store.transact(lambda uow: uow.outbox.oldest_urgent()) is None
    await player.told()


async def no_alarm_waits_in_vain(player: Player) -> None:
    """Where each message of a rung has failed for good, the next one is told at once (S8)."""
    top = len(player.world.engine.setup.policy.ladder) - 1

    def look(uow: UnitOfWork) -> None:
        for visit in uow.visits.waiting(SCHOOL):
            alarm = visit.alarm
            if alarm is None or alarm.rung_at is None or alarm.owner or alarm.rung == top:
                continue
            fared = uow.outbox.standing(SCHOOL, visit.id, "alarm", alarm.rung_at)
            assert any(fared.get(who) != "failed" for who in alarm.counting), alarm

    await player._inner.transact(look)


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
        case "loses", str():
            player.chat.dead.add(how)
        case "mends", _:
            player.chat.flaky.clear()
            player.chat.dead.clear()
        case who, action:
            deed = Inbound("web", delivery, who, Press(str(action), visit))
            await world.engine.handle(deed)
            await world.engine.handle(deed)
            await world.catch_up()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.lists(STEPS, min_size=3, max_size=12))
@example([("loses", "office"), ("loses", "bo"), ("ana", "help"), ("passes", 1)])
@example([("loses", "office"), ("loses", "bo"), ("dies", 20), ("ana", "help"), ("passes", 1)])
def test_S8_somebody_always_watches_and_nothing_urgent_is_left(
    steps: list[tuple[str, int | str]],
) -> None:
    asyncio.run(live(steps))
