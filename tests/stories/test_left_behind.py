"""Somebody on the plan who was not ticked at departure may have left all the same (S1, S10)."""

from bot.domain.visit import InAlarm, Out, Visit
from bot.ports import Press
from tests.kit import KIT
from tests.stories.world import World, approved, said


async def _without_sam(world: World) -> Visit:
    visit = await approved(world, companions="sam")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    return visit


async def test_S1_S10_whoever_was_not_ticked_and_has_left_is_watched(world: World) -> None:
    visit = await _without_sam(world)
    world.sam.sees("Ana Teach left on visit")
    world.sam.does_not_see("Oak Road")
    known = len(world.chat.log)
    await world.until("13:20")
    await world.sam.presses("I've already left")
    assert world.sam.told == "I'm watching now. Due back 14:00. I'm telling the office."
    now = await world.visit(visit.id)
    assert now.visitors == ("ana", "sam")
    assert {"13:20:00 office", "13:20:00 bo", "13:20:00 lee"} <= set(world.moments(known))
    world.office_sees("Sam Assist left as well, and said so at 13:20.")
    assert not world.sam.has_button("I've already left")
    await world.sam.does(Press("already_left", visit.id))
    assert world.sam.told == "You are out already, and are being watched."
    await world.until("13:46")
    await world.ana.presses("I'm OK")
    await world.until("13:56")
    world.office_alarmed("Sam Assist")
    assert (await world.visit(visit.id)).is_out


async def test_S1_S7_joining_an_alarm_that_they_own_passes_it_on(world: World) -> None:
    visit = await approved(world, companions="lee")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    await world.until("13:56")
    await world.lee.presses("I'm on it")
    await world.until("13:57")
    await world.lee.does(Press("already_left", visit.id))
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.phase.alarm.owner is None
    assert "lee" not in now.phase.alarm.holders
    world.priya.sees("Dan Lee had it before.")


async def test_S2_joining_past_the_return_asks_for_a_new_one(world: World) -> None:
    visit = await _without_sam(world)
    await world.until("13:46")
    await world.ana.presses("I'm OK")
    await world.until("14:01")
    await world.sam.presses("I've already left")
    world.sam.sees("When will you be back?")
    await world.until("14:06")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert "sam" in {v.id for v in now.phase.watch.troubled}


async def test_S1_nobody_else_joins_and_what_is_over_is_watched_again(world: World) -> None:
    visit = await _without_sam(world)
    await world.tom.does(Press("already_left", visit.id))
    assert world.tom.turned_away
    await world.priya.does(Press("already_left", visit.id))
    assert world.priya.told == "You are not on this visit."
    for action in ("ok", "safe", "show_risks", "phoned_ok", "more_time"):
        await world.sam.does(Press(action, visit.id))
        assert "Oak Road" not in said(world.sam.answer.card) if world.sam.answer.card else True
        assert world.sam.answer.form is None, action
    await world.ana.presses("I'm back")
    await world.sam.does(Press("already_left", visit.id))
    assert world.sam.told.startswith("I'm watching now."), "the gate never switches off the watch"
    after = await world.visit(visit.id)
    assert isinstance(after.phase, Out)
    assert after.visitors == ("ana", "sam")
    assert [v.id for v in after.phase.watch.out] == ["sam"]
