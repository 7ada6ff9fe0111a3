"""They are safe: how somebody knows, what goes on being watched, and taking it back (S2)."""

from bot.domain.visit import Finished, InAlarm, Out
from bot.ports import Press, Submit
from tests.stories.world import World, out


async def test_S2_it_asks_how_they_know_and_whether_the_visit_is_over(world: World) -> None:
    visit = await out(world)
    await world.until("13:50")
    await world.bo.presses("They are safe")
    form = world.bo.form
    assert form.values["over"] == "no"
    await world.bo.fills(how="")
    assert "how" in world.bo.form.errors
    await world.bo.fills(how="x", over="")
    assert "over" in world.bo.form.errors
    await world.bo.fills(how="x", over="perhaps")
    assert "over" in world.bo.form.errors
    await world.bo.fills(how="y" * 2001, over="no")
    assert "how" in world.bo.form.errors
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S2_not_over_means_a_prompt_in_ten_minutes_and_the_watch_goes_on(
    world: World,
) -> None:
    visit = await out(world, return_at="2026-11-23T15:00")
    await world.until("13:56")
    known = len(world.chat.log)
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her")
    assert "I go on watching." in world.lee.told
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    told = {"13:56:00 bo", "13:56:00 lee", "13:56:00 office"}
    assert told <= set(world.moments(known))
    for person in (world.bo, world.lee):
        person.sees("It's over: Ana Teach is safe.")
        person.sees("Still out: Ana Teach")
        assert not person.has_button("I'm on it")
        assert not person.has_button("They are safe")
    world.ana.sees("Due back 15:00.")
    known = len(world.chat.log)
    await world.until("14:06")
    assert world.moments(known) == ["14:06:00 ana"]
    world.ana.sees("Ana, are you still OK?")
    await world.until("14:11")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    assert world.tom.messages == []


async def test_S2_over_yes_finishes_the_visit_and_tells_everybody(world: World) -> None:
    visit = await out(world)
    await world.until("14:01")
    await world.priya.presses("They are safe")
    await world.priya.fills(how="She is in my room", over="yes")
    assert "the visit is over" in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    for person in (world.bo, world.lee, world.priya, world.okoro):
        person.sees("It's over: Ana Teach is safe.")
        person.does_not_see("Ring 999 now.")
    world.office_sees("It's over: Ana Teach is safe.")
    assert not world.ana.has_button("I'm back")
    await world.nothing_more("24h")
    assert world.tom.messages == []


async def test_S2_it_can_be_undone_within_fifteen_minutes(world: World) -> None:
    visit = await out(world)
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="Somebody said so", over="yes")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.advance("15m")
    known = len(world.chat.log)
    await world.olu.presses("Not over", office=True)
    assert world.olu.told == "The alarm is open again. Everybody is told."
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert [v.id for v in now.phase.watch.troubled] == ["ana"]
    assert {"14:06:00 bo", "14:06:00 office"} <= set(world.moments(known))
    assert not world.bo.has_button("Not over")
    world.bo.sees("I'm on it")
    await world.advance("10m")
    world.priya.sees("Ring 999 now.")
    world.tom.does_not_see("Ana")


async def test_S2_after_fifteen_minutes_it_is_refused_with_what_to_do(world: World) -> None:
    visit = await out(world)
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="I spoke to her", over="yes")
    button = world.bo.button("Not over")
    await world.advance("15m01s")
    await world.bo.does(Press(button.action, button.visit, button.version, button.args))
    assert "too late" in world.bo.told
    assert "999" in world.bo.told
    assert isinstance((await world.visit(visit.id)).phase, Finished)


async def test_S2_not_over_for_an_OK_that_somebody_does_not_believe(world: World) -> None:
    visit = await out(world)
    await world.until("13:51")
    await world.ana.presses("I'm OK")
    await world.bo.presses("Not over")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert [v.id for v in now.phase.watch.troubled] == ["ana"]


async def test_S5_a_visitor_cannot_undo_or_stand_down(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="I spoke to them")
    for visitor in (world.ana, world.sam):
        assert not visitor.has_button("Not over")
        await visitor.does(Press("not_over", visit.id, 0, {"alarm": "1"}))
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_S3_a_stand_down_of_an_earlier_alarm_ends_no_later_one(world: World) -> None:
    visit = await out(world, return_at="2026-11-23T15:00")
    await world.until("13:51")
    await world.bo.presses("They are safe")
    form = world.bo.form
    await world.ana.presses("I'm OK")
    await world.until("14:26")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.phase.alarm.number == 2
    sent = Submit("safe", {"how": "earlier", "over": "yes"}, form.visit, form.version, form.args)
    await world.bo.does(sent)
    assert "Something has happened since this message." in world.bo.told
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_a_press_on_an_alarm_that_is_over_says_so(world: World) -> None:
    visit = await out(world)
    await world.until("13:51")
    on_it, safe = world.bo.button("I'm on it"), world.bo.button("They are safe")
    await world.ana.presses("I'm OK")
    for button in (on_it, safe):
        await world.bo.does(Press(button.action, button.visit, button.version, button.args))
        assert "No alarm is open for this visit any more." in world.bo.told
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_S2_past_the_return_a_stand_down_that_is_not_over_asks_again(world: World) -> None:
    visit = await out(world)
    await world.until("14:06")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="She waved from the car")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.until("14:16")
    world.ana.sees("Ana, are you still OK?")
    await world.ana.presses("I'm OK")
    assert "When will you be back?" in world.ana.told
    await world.until("14:21")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S2_a_resumed_alarm_goes_on_where_the_last_one_stood(world: World) -> None:
    visit = await out(world)
    await world.until("13:56")
    await world.ana.presses("I'm OK")
    await world.until("14:01")
    await world.ana.presses("I'm OK")
    await world.until("14:06")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.phase.alarm.rung == 1
    await world.until("14:11")
    world.priya.sees("Ring 999 now.")
