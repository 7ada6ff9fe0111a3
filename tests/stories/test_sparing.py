"""Phones are spared repeats, and nothing else: what is news rings, and last words always do."""

import pytest

from bot.ports import Store
from tests.stories.world import World, out


def rung(world: World, known: int) -> list[str]:
    """Who was buzzed since then, once for each time."""
    return sorted(posted.address for posted in world.chat.log[known:])


async def cries(world: World, times: int = 6, every: str = "1s") -> None:
    for _ in range(times):
        await world.ana.says("help")
        await world.advance(every)


@pytest.mark.parametrize("repeat", ["5m", "2s"])
async def test_S8_not_over_rings_everybody_however_often_they_were_rung_before(
    store: Store, repeat: str
) -> None:
    world = World(store, extra=f'\n[policy]\nalarm.repeat = "{repeat}"\n')
    visit = await out(world, companions="sam")
    await cries(world, every="2s")
    await world.olu.presses("They are safe", office=True)
    await world.olu.fills(how="phone", over="no")
    assert (await world.visit(visit.id)).alarm is None
    await world.advance("10s")
    known = len(world.chat.log)
    await world.olu.presses("Not over", office=True)
    assert {"office", "bo", "sam"} <= set(rung(world, known))
    assert all(posted.urgent for posted in world.chat.log[known:])


async def test_S2_not_over_for_one_of_two_rings_as_well(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.sam.says("help")
    await cries(world)
    for _ in range(2):
        await world.olu.presses("They are safe", office=True)
        await world.olu.fills(how="phone", over="no", who="ana")
        known = len(world.chat.log)
        await world.olu.presses("Not over", office=True)
        assert (await world.visit(visit.id)).alarm
        assert "office" in rung(world, known)


async def test_S12_a_call_back_rings_the_visitor_whatever_they_were_asked_before(
    world: World,
) -> None:
    visit = await out(world)
    for _ in range(6):
        await world.olu.does_on(await world.visit(visit.id), "ask_if_ok")
        await world.ana.says("ok")
        await world.advance("2s")
    known = len(world.chat.log)
    await world.okoro.does_on(await world.visit(visit.id), "call_back")
    assert rung(world, known) == ["ana"]
    world.ana.sees("come back")


async def test_S4_the_last_words_ring_whatever_was_written_before(world: World) -> None:
    await out(world)
    for n in range(6):
        await world.ana.says(f"the dog is angry {n}")
        await world.advance("1s")
    await world.ana.says("there are two of them {now}")
    known = len(world.chat.log)
    await world.advance("10s")
    assert rung(world, known).count("office") == 1
    world.office_sees("there are two of them {now}")
    await world.nothing_more("1m")


async def test_S4_what_one_visitor_writes_silences_no_other(world: World) -> None:
    await out(world, companions="sam")
    for n in range(8):
        await world.ana.says(f"the dog is angry {n}")
    known = len(world.chat.log)
    await world.sam.says("he has a knife")
    assert "office" in rung(world, known)


@pytest.mark.parametrize("then", ["on_it", "ringing"])
async def test_S7_help_that_breaks_a_hold_rings_everybody_told(world: World, then: str) -> None:
    visit = await out(world)
    await cries(world)
    await world.olu.does_on(await world.visit(visit.id), then)
    await cries(world)
    await world.olu.does_on(await world.visit(visit.id), then)
    await world.advance("2s")
    known = len(world.chat.log)
    await world.ana.says("help")
    assert {"office", "bo"} <= set(rung(world, known))
    assert all(posted.urgent for posted in world.chat.log[known:])


async def test_S7_help_after_a_stand_down_rings_everybody_told(world: World) -> None:
    await out(world)
    await cries(world)
    await world.olu.presses("They are safe", office=True)
    await world.olu.fills(how="phone", over="no")
    known = len(world.chat.log)
    await world.ana.says("help")
    assert {"office", "bo"} <= set(rung(world, known))


async def test_S9_a_call_for_help_repeated_without_end_rings_every_ten_seconds(
    world: World,
) -> None:
    await out(world)
    await cries(world, 30)
    known = len(world.chat.log)
    await cries(world, 60)
    assert rung(world, known).count("office") == 6


async def test_S8_what_was_spared_counts_as_told_once_it_has_rung(world: World) -> None:
    """A repeat that waits ten seconds is no failure of the channel: no rung is climbed for it."""
    visit = await out(world)
    await cries(world, 9)
    await world.advance("2m")
    alarm = (await world.visit(visit.id)).alarm
    assert alarm
    assert (alarm.rung, alarm.unheard) == (0, False)


async def test_S9_in_a_school_of_seconds_phones_are_spared_for_seconds(store: Store) -> None:
    world = World(store, extra='\n[policy]\ncheck_in.reply_within = "10s"\n')
    visit = await out(world)
    for _ in range(8):
        await world.olu.does_on(visit, "ask_if_ok")
    known = len(world.chat.log)
    await world.advance("1s")
    assert rung(world, known) == ["ana"]
