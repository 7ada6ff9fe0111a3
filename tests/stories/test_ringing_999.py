"""Saying that one rings 999 is lending attention, as owning an alarm is (S7, S8)."""

from bot.ports import Press
from tests.stories.world import World, out, said

RING = "I'm ringing now: nobody else need"


async def test_S7_that_somebody_rings_holds_no_longer_than_an_owner_does(world: World) -> None:
    visit = await out(world)
    await world.until("14:01")
    await world.lee.presses(RING)
    script = said(world.priya.sees("Dan Lee is ringing 999. Nobody else need.").card)
    assert "The address: 14 Oak Road." in script
    assert not world.priya.has_button(RING)
    await world.until("14:09")
    assert not world.priya.has_button(RING)
    known = len(world.chat.log)
    await world.until("14:16")
    buzzed = [p for p in world.chat.log[known:] if p.card.title.startswith("Ring 999 now")]
    assert {p.address for p in buzzed} == {"priya", "lee", "okoro"}
    assert len(buzzed) == 3
    assert all(p.urgent for p in buzzed)
    line = "Dan Lee said at 14:01 that they were ringing 999."
    assert line in said(world.priya.sees("Ring 999 now.").card)
    assert line in said(world.office_alarmed("Ana Teach").card)
    world.lee.sees("You said at 14:01 that you were ringing 999.")
    await world.okoro.presses(RING)
    world.lee.sees("Ada Okoro is ringing 999. Nobody else need.")
    await world.lee.does(Press("ringing", visit.id))
    assert "Ada Okoro is ringing already." in world.lee.told


async def test_S7_new_help_breaks_it_and_buzzes_the_script(world: World) -> None:
    await out(world, companions="sam")
    await world.until("14:01")
    await world.lee.presses(RING)
    known = len(world.chat.log)
    await world.until("14:02")
    await world.sam.presses("I need help")
    assert {
        "14:02:00 priya: Ring 999 now. Say this:",
        "14:02:00 okoro: Ring 999 now. Say this:",
    } <= (set(world.posts(known)))
    assert world.priya.has_button(RING)


async def test_S7_a_lapse_breaks_it(world: World) -> None:
    await out(world)
    await world.until("14:01")
    await world.bo.presses("I'm on it")
    await world.until("14:10")
    await world.lee.presses(RING)
    assert not world.priya.has_button(RING)
    await world.until("14:11")
    assert world.priya.has_button(RING)


async def test_S8_not_over_at_the_last_rung_buzzes_the_script(world: World) -> None:
    await out(world)
    await world.until("14:01")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her")
    known = len(world.chat.log)
    await world.priya.presses("Not over")
    scripts = {p.address for p in world.chat.log[known:] if p.card.title.startswith("Ring 999 now")}
    assert scripts == {"priya", "okoro", "lee"}
