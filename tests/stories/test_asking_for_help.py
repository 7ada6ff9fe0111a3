"""Help is help: from wherever it comes, and nobody but somebody else ends it."""

from bot.domain.visit import Approved, Finished, InAlarm, Out, Requested
from bot.domain.watch import Alarm
from bot.ports import Press, Store, Submit
from tests.kit import KIT
from tests.stories.world import REQUEST, World, approved, asked, out, said


async def alarm_of(world: World, visit_id: str) -> Alarm:
    alarm = (await world.visit(visit_id)).alarm
    assert alarm is not None
    return alarm


async def test_S4_the_button_is_an_alarm_at_once(world: World) -> None:
    visit = await out(world)
    known = len(world.chat.log)
    await world.ana.presses("I need help")
    assert "I'm telling your colleagues now." in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    assert {"13:15:00 office", "13:15:00 bo"} <= set(world.moments(known))
    assert world.office_sees("Ana Teach asked for help at 13:15.").urgent
    world.office_sees("+44 7700 900001")
    world.office_sees("14 Oak Road")
    assert world.ana.has_button("Pressed by mistake")
    await world.advance("5m")
    world.lee.sees("Ana Teach asked for help at 13:15.")
    await world.advance("5m")
    world.priya.sees("Ring 999 now.")
    assert world.tom.messages == []


async def test_S4_the_plain_word_is_the_same_as_the_button(world: World) -> None:
    visit = await out(world)
    await world.ana.says("  HELP! ")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S4_approved_and_due_to_leave_within_four_hours_is_as_good_as_out(
    world: World,
) -> None:
    visit = await approved(world, leaving_at="2026-11-23T16:59", return_at="2026-11-23T17:30")
    await world.ana.says("help")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.policy is not None
    assert not now.phase.watch.breach
    world.office_sees("Ana Teach asked for help at 13:00.")


async def test_S4_approved_for_later_is_asked_first_and_danger_is_a_visit_of_its_own(
    world: World,
) -> None:
    visit = await approved(world, leaving_at="2026-11-24T10:00", return_at="2026-11-24T11:00")
    await world.ana.says("help")
    assert "Are you in danger now?" in world.ana.told
    assert world.office_messages == []
    await world.ana.presses("I'm in danger")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    (born,) = [v for v in await world.visits() if v.id != visit.id]
    assert isinstance(born.phase, InAlarm)
    world.office_sees("Ana Teach asked for help at 13:00.")


async def test_S4_from_somebody_who_is_nowhere_a_choice_and_a_visit_born_in_alarm(
    world: World,
) -> None:
    await world.sam.says("help")
    assert "Are you in danger now?" in world.sam.told
    assert await world.visits() == []
    await world.sam.presses("How Doorstep works")
    assert await world.visits() == []
    await world.sam.says("help")
    await world.sam.presses("I'm in danger")
    assert "I'm telling your colleagues now." in world.sam.told
    born = await world.only_visit()
    assert isinstance(born.phase, InAlarm)
    assert born.policy is not None
    assert born.reference == "V-1001"
    world.office_sees("Sam Assist asked for help at 13:00.")
    world.office_sees("+44 7700 900003")
    world.office_sees("a place not yet known")
    await world.sam.presses("Gone somewhere else")
    await world.sam.fills(place="The park gate")
    world.office_sees("The park gate")
    await world.advance("10m")
    assert "The park gate" in said(world.priya.sees("Ring 999 now.").card)
    await world.sam.presses("Gone somewhere else")
    await world.sam.fills(place="The bus station")
    assert "The bus station" in said(world.priya.sees("Ring 999 now.").card)
    for person in (world.priya, world.lee):
        person.does_not_see("park gate")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="He is with me", over="yes")
    assert isinstance((await world.visit(born.id)).phase, Finished)
    await world.nothing_more("24h")
    assert world.tom.messages == []


async def test_S4_danger_while_a_request_is_pending_turns_that_visit_into_an_alarm(
    world: World,
) -> None:
    visit = await asked(world)
    await world.ana.says("help")
    assert "Are you in danger now?" in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.presses("I'm in danger")
    assert isinstance((await world.only_visit()).phase, InAlarm)
    world.office_sees("14 Oak Road")
    assert not world.priya.has_button("Approve")


async def test_S5_being_back_does_not_end_a_call_for_help(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need help")
    await world.lee.does(Press("on_it", visit.id))
    known = len(world.chat.log)
    await world.ana.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    news = world.lee.sees("Ana Teach says: I'm back, at 13:15.")
    assert "stays open" in said(news.card)
    assert "13:15:00 lee" in world.moments(known)
    world.ana.sees("Your call for help stays open")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="She stands before me")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.nothing_more("24h")


async def test_S5_an_OK_is_passed_on_and_ends_nothing(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need help")
    await world.ana.says("ok")
    assert "Your call for help stays open" in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.ana.presses("Pressed by mistake")
    await world.ana.says("more time")
    await world.ana.fills(minutes="20")
    await world.olu.presses("They phoned: OK", office=True)
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.advance("5m")
    world.lee.sees("Ana Teach asked for help")


async def test_S4_pressed_by_mistake_informs_and_ends_nothing(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need help")
    await world.lee.does(Press("on_it", visit.id))
    known = len(world.chat.log)
    await world.ana.presses("Pressed by mistake")
    assert world.moments(known) == ["13:15:00 lee"]
    world.lee.sees("was pressed by mistake.")
    alarm = await alarm_of(world, visit.id)
    assert alarm.owner is not None
    await world.advance("10m")
    world.okoro.sees("Ana Teach says since 13:15 that it was pressed by mistake.")
    world.office_sees("Dan Lee had it")


async def test_S4_nobody_is_said_to_have_pressed_by_mistake_who_did_not(world: World) -> None:
    await out(world, companions="sam")
    await world.ana.presses("I need help")
    await world.sam.presses("I need help")
    await world.ana.presses("I'm back")
    world.office_sees("Ana Teach says: I'm back")
    world.office_does_not_see("by mistake")
    await world.ana.says("help")
    await world.ana.presses("Pressed by mistake")
    news = world.office_sees("by mistake")
    assert "Ana Teach says that the call" in said(news.card)
    assert "Sam Assist says" not in said(news.card)


async def test_S7_new_help_breaks_a_hold_and_tells_everybody_again(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need help")
    await world.advance("1m")
    await world.lee.does(Press("on_it", visit.id))
    known = len(world.chat.log)
    await world.ana.presses("I need help")
    assert set(world.moments(known)) >= {"13:16:00 office", "13:16:00 bo", "13:16:00 lee"}
    alarm = await alarm_of(world, visit.id)
    assert (alarm.owner, alarm.rung, alarm.calls) == (None, 1, 2)
    world.office_sees("Dan Lee had it")


async def test_S3_a_stand_down_meant_for_an_earlier_call_is_refused(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need help")
    await world.olu.presses("They are safe", office=True)
    form = world.olu.form
    await world.ana.presses("I need help")
    await world.olu.does(
        Submit("safe", {"how": "She phoned", "over": "yes"}, visit.id, form.version, form.args),
        office=True,
    )
    assert "Something has happened since this message." in world.olu.told
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.olu.presses("They are safe", office=True)
    await world.olu.fills(how="She phoned again")
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_S5_S7_visitors_end_and_own_nothing_whatever_roles_they_hold(store: Store) -> None:
    world = World(store)
    await world.lee.says("visit")
    await world.lee.fills({**REQUEST, "companions": "sam"})
    await world.priya.presses("Approve")
    await world.lee.presses("I'm leaving now")
    await world.lee.fills(kit=KIT)
    visit = await world.only_visit()
    await world.lee.presses("I need help")
    for visitor in (world.lee, world.sam):
        for office in (False, True):
            await visitor.does(Press("on_it", visit.id), office=office)
            await visitor.does(Press("safe", visit.id, 0, {"alarm": "1", "calls": "1"}))
            assert visitor.answer.form is None
            await visitor.does(
                Submit(
                    "safe", {"how": "x", "over": "yes"}, visit.id, 0, {"alarm": "1", "calls": "1"}
                )
            )
            await visitor.does(Press("phoned_back", visit.id), office=office)
    alarm = await alarm_of(world, visit.id)
    assert alarm.owner is None
    await world.until("13:10")
    assert "lee" not in (await alarm_of(world, visit.id)).counting
    assert not any(b.label == "I'm on it" for m in world.lee.messages for b in m.card.buttons)
    assert not any(b.label == "Show risks" for m in world.lee.messages for b in m.card.buttons)


async def test_help_after_coming_back_is_asked_about_and_danger_still_counts(
    world: World,
) -> None:
    await out(world)
    help_button = world.ana.button("I need help")
    await world.ana.presses("I'm back")
    await world.ana.does(
        Press(help_button.action, help_button.visit, help_button.version, help_button.args)
    )
    assert "Are you in danger now?" in world.ana.told
    assert await world.visits() == []
    await world.ana.presses("I'm in danger")
    assert isinstance((await world.only_visit()).phase, InAlarm)
    world.office_sees("Ana Teach asked for help")


async def test_help_from_somebody_whom_others_reported_back_is_an_alarm_at_once(
    world: World,
) -> None:
    visit = await out(world)
    await world.olu.presses("They phoned: back", office=True)
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.ana.does(Press("help", visit.id))
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.office_sees("Ana Teach asked for help at 13:15.")


async def test_help_in_the_middle_of_the_night_goes_to_everybody(world: World) -> None:
    await world.advance("13h")
    known = len(world.chat.log)
    await world.sam.says("i am in danger")
    await world.advance("10m")
    assert set(world.moments(known)) >= {"02:00:00 office", "02:00:00 lee", "02:10:00 priya"}
