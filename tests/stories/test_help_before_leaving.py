"""A call for help before anybody said that they left: it is told as what it is, invents nothing,
and puts nobody else out (S4, S6, S10).
"""

from bot.domain.visit import Finished, InAlarm, Out
from tests.kit import KIT
from tests.stories.world import World, approved, asked, out, said


async def test_S4_help_is_never_told_as_a_breach_and_no_fact_is_made_up(world: World) -> None:
    await world.sam.says("help")
    await world.sam.presses("I'm in danger")
    await world.advance("10m")
    for messages in (world.office_messages, world.priya.messages, world.lee.messages):
        everything = " ".join(said(message.card) for message in messages)
        assert "Sam Assist asked for help at 13:00." in everything
        for made_up in ("without approval", "Due back", "due back", "Left", "Planned"):
            assert made_up not in everything, everything
    assert world.tom.messages == []


async def test_S4_whoever_was_told_of_a_breach_is_told_of_the_alarm(world: World) -> None:
    await asked(world)
    await world.advance("15m")
    await world.ana.says("I've already left")
    world.priya.sees("Ana Teach left without approval at 13:15.")
    await world.ana.says("help")
    for message in world.priya.messages[-2:]:
        text = said(message.card)
        assert "An alarm is open. Ana Teach asked for help at 13:15." in text, text
    await world.advance("5m")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I am with her", over="no")
    for message in world.priya.messages:
        assert "An alarm is open" not in said(message.card)
    assert world.tom.messages == []


async def test_S6_help_puts_out_nobody_but_whoever_asked(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.sam.says("help")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.visitors == ("sam",)
    for message in (*world.office_messages, *world.bo.messages, *world.lee.messages):
        assert "Last heard from Ana Teach" not in said(message.card)
        assert "Left" not in said(message.card)
    asked_her = world.ana.sees("Sam Assist asked for help (V-1001). Are you with them?")
    assert asked_her.urgent
    assert "Nobody watches over you now." in said(asked_her.card)
    assert "Oak Road" not in said(asked_her.card)
    assert world.tom.messages == []


async def test_S10_the_lead_leaves_after_it_as_they_were_approved_to(world: World) -> None:
    visit = await approved(world, companions="sam,bo", contact="")
    await world.sam.says("help")
    await world.until("13:15")
    await world.ana.says("leaving")
    form = world.ana.form
    assert form.values["going"] == "ana,bo", "the checklist is asked, of those not out yet"
    await world.ana.fills(kit=KIT, going="ana,bo")
    now = await world.visit(visit.id)
    assert set(now.visitors) == {"ana", "sam", "bo"}
    world.ana.sees("Are you with Sam Assist?")
    world.office_sees("Nothing heard from Bo Buddy yet; said by others to have left at 13:15.")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="Rang him", over="yes", who="sam")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert [v.id for v in now.phase.watch.out] == ["ana", "bo"]
    assert world.tom.messages == []


async def test_S1_without_an_approval_they_leave_only_by_saying_that_they_have(
    world: World,
) -> None:
    visit = await asked(world, companions="sam")
    await world.sam.says("help")
    await world.sam.presses("I'm in danger")
    await world.ana.says("leaving")
    assert (await world.visit(visit.id)).visitors == ("sam",)
    assert "Are you with them?" in world.ana.told
    world.office_does_not_see("without approval")
    await world.ana.presses("I've already left")
    assert set((await world.visit(visit.id)).visitors) == {"ana", "sam"}
    told = said(world.priya.sees("Ana Teach left without approval").card)
    assert "Sam Assist left" not in told
    assert world.tom.messages == []


async def test_S1_after_the_alarm_is_over_whoever_leaves_is_watched(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.sam.says("help")
    await world.lee.does_on(await world.visit(visit.id), "on_it")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="He stands before me", over="yes")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.advance("15m")
    await world.ana.presses("I've already left")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert [v.id for v in now.phase.watch.out] == ["ana"]
    assert world.tom.messages == []


async def test_S6_at_an_ordinary_departure_nothing_is_heard_of_a_companion(world: World) -> None:
    await out(world, companions="sam")
    world.office_sees("Last heard from Ana Teach at 13:15, leaving.")
    world.office_does_not_see("Last heard from Sam Assist")
    await world.sam.says("ok")
    world.office_sees("Last heard from Sam Assist at 13:15, saying OK.")
    assert world.tom.messages == []


async def test_S1_leaving_without_a_plan_the_watch_is_offered(world: World) -> None:
    await world.sam.says("I'm leaving now")
    assert "You have no visit planned" in world.sam.told
    assert await world.visits() == []
    await world.sam.presses("Watch over me now")
    assert world.sam.told.startswith("I'm watching now.")
    visit = await world.only_visit()
    assert isinstance(visit.phase, Out)
    world.office_sees("Sam Assist left without approval at 13:00.")
    world.priya.sees("Sam Assist left without approval at 13:00.")
    await world.sam.does_on(visit, "watch_me")
    assert len(await world.visits()) == 1, "a hurried thumb starts one watch"
    await world.sam.presses("Gone somewhere else")
    await world.sam.fills(place="5 Elm Close")
    world.office_sees("5 Elm Close")
    assert world.tom.messages == []
