"""Out on a visit: being asked, answering for oneself, more time, elsewhere, and coming back."""

from bot.domain.visit import Finished, InAlarm, Out, Visit
from bot.domain.watch import Visitor, Watch
from bot.ports import Press, Store
from tests.kit import KIT
from tests.stories.world import REQUEST, World, out, said

FAMILY = ("Canary-Family", "Canary-Purpose", "Canary-Risk", "Oak Road")


async def watched(world: World, visit: Visit) -> Watch:
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    return watch


async def visitor(world: World, visit: Visit, person: str) -> Visitor:
    found = (await watched(world, visit)).visitor(person)
    assert found is not None
    return found


async def test_each_thing_comes_at_its_moment_on_a_quiet_visit(world: World) -> None:
    await out(world, return_at="2026-11-23T15:15")
    known = len(world.chat.log)
    for ok_at in ("13:46", "14:20", "14:51"):
        await world.until(ok_at)
        await world.ana.presses("I'm OK")
    await world.until("15:12")
    await world.ana.presses("I'm back")
    assert world.moments(known) == [
        "13:45:00 ana",  # every 30 minutes
        "14:16:00 ana",  # and again from the last check-in
        "14:18:30 ana",  # chased inside the reply limit
        "14:50:00 ana",
        "15:10:00 ana",  # 15:21 would be past the return: only the reminder
        "15:10:00 office",
        "15:12:00 bo",
        "15:12:00 lee",
        "15:12:00 office",
    ]
    await world.nothing_more("24h")
    assert world.tom.messages == []


async def test_S9_a_prompt_close_to_the_return_is_dropped_not_moved(world: World) -> None:
    await out(world, return_at="2026-11-23T14:24")
    await world.until("13:45")
    await world.ana.presses("I'm OK")
    known = len(world.chat.log)
    await world.until("14:24")  # the next would be at 14:15, nine minutes before the return
    assert world.moments(known) == ["14:19:00 ana", "14:19:00 office", "14:24:00 ana"]


async def test_nothing_for_visitors_tells_about_the_family(world: World) -> None:
    await out(world)
    known = len(world.ana.messages)
    await world.advance("30m")
    await world.ana.presses("I've arrived")
    await world.advance("10m")
    for message in world.ana.messages[known - 1 :]:
        for canary in FAMILY:
            assert canary not in said(message.card)


async def test_arriving_is_a_sign_of_life_and_is_shown_once(world: World) -> None:
    visit = await out(world)
    known = len(world.chat.log)
    await world.advance("10m")
    await world.ana.says("arrived")
    assert (await visitor(world, visit, "ana")).arrived_at is not None
    world.ana.sees("You arrived at 13:25.")
    assert "I've arrived" not in [b.label for b in world.ana.messages[-1].card.buttons]
    world.office_sees("13:25, arriving")
    await world.until("13:54:59")
    # 13:55 would be within 10 minutes of the return; the way there took 10 minutes
    assert world.moments(known) == ["13:50:00 ana"]
    world.ana.sees("To be back by 14:00 you would leave about now.")


async def test_S6_each_visitor_answers_for_themselves(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.advance("30m")
    world.ana.sees("Ana, are you OK?")
    world.sam.sees("Sam, are you OK?")
    await world.ana.presses("I'm OK")
    assert (await visitor(world, visit, "sam")).prompt is not None
    await world.advance("5m")
    alarm = world.office_alarmed("Sam Assist")
    assert "No answer from Ana Teach" not in said(alarm.card)
    for phone in ("+44 7700 900001", "+44 7700 900003"):
        assert phone in said(alarm.card)
    world.ana.sees("Are you with Sam Assist?")
    await world.ana.presses("I'm OK")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.sam.presses("I'm OK")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    world.office_sees("It's over")
    assert world.tom.messages == []


async def test_S6_one_is_back_and_the_other_is_watched_on(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.ana.presses("I'm back")
    assert "I go on watching over the others" in world.ana.told
    world.office_sees("Ana Teach is back, 13:15. Still out: Sam Assist.")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    known = len(world.ana.messages)
    await world.advance("35m")
    world.office_alarmed("Sam Assist")
    assert len(world.ana.messages) == known
    await world.sam.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.nothing_more("12h")


async def test_S11_more_time_within_the_cap_is_a_check_in_of_that_visitor_only(
    world: World,
) -> None:
    visit = await out(world, companions="sam")
    await world.advance("30m")
    known = len(world.chat.log)
    await world.ana.presses("I need more time")
    assert world.ana.form.values["minutes"] == "20"
    await world.ana.fills(minutes="30")
    assert "Due back 14:30" in world.ana.told
    assert f"{(await watched(world, visit)).expected_return:%H:%M}" == "14:30"
    assert (await visitor(world, visit, "ana")).prompt is None
    assert (await visitor(world, visit, "sam")).prompt is not None
    world.office_sees("Due back 14:30.")
    world.office_sees("If Doorstep says nothing by 14:40")
    assert world.posts(known) == []
    await world.advance("5m")
    world.office_alarmed("Sam Assist")


async def test_S11_past_the_cap_an_approver_is_asked_and_until_then_the_old_return_stands(
    world: World,
) -> None:
    visit = await out(world)
    await world.ana.says("more time")
    await world.ana.fills(minutes="", until="2026-11-23T16:30")
    assert "Until somebody says yes, 14:00 stands." in world.ana.told
    assert f"{(await watched(world, visit)).expected_return:%H:%M}" == "14:00"
    world.office_sees("16:30")
    for judge in (world.lee, world.priya):
        judge.sees("Ana Teach asks for time until 16:30.")
    ask = world.lee.button("Allow it")
    for other in (world.bo, world.olu, world.ana, world.tom):
        await other.does(Press(ask.action, ask.visit, ask.version, ask.args))
        assert f"{(await watched(world, visit)).expected_return:%H:%M}" == "14:00"
    await world.priya.presses("Allow it")
    assert f"{(await watched(world, visit)).expected_return:%H:%M}" == "16:30"
    world.ana.sees("Due back 16:30.")
    assert not world.lee.has_button("Allow it")
    await world.lee.does(Press(ask.action, ask.visit, ask.version, ask.args))
    assert "That has been answered already." in world.lee.told


async def test_S11_the_cap_counts_all_extensions_from_the_approved_return(world: World) -> None:
    visit = await out(world)
    for _ in range(2):
        await world.ana.presses("I need more time")
        await world.ana.fills(minutes="60")
    assert f"{(await watched(world, visit)).expected_return:%H:%M}" == "16:00"
    await world.ana.presses("I need more time")
    await world.ana.fills(minutes="10")
    watch = await watched(world, visit)
    assert f"{watch.expected_return:%H:%M}" == "16:00"
    assert watch.extension is not None
    await world.lee.presses("Don't allow it")
    watch = await watched(world, visit)
    assert watch.extension is None
    assert f"{watch.expected_return:%H:%M}" == "16:00"
    world.ana.sees("Due back 16:00.")


async def test_S11_past_the_hours_of_cover_an_approver_is_asked(world: World) -> None:
    await world.until("16:00")
    visit = await out_at(world, "16:00", "17:45")
    await world.ana.presses("I need more time")
    await world.ana.fills(minutes="20")
    watch = await watched(world, visit)
    assert watch.extension is not None
    assert f"{watch.expected_return:%H:%M}" == "17:45"


async def out_at(world: World, leaving: str, back: str, **changes: str) -> Visit:
    """Ana is out, leaving now."""
    times = {"leaving_at": f"2026-11-23T{leaving}", "return_at": f"2026-11-23T{back}"}
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, **times, **changes})
    await world.priya.presses("Approve")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    return (await world.visits())[-1]


async def test_more_time_that_is_absurd_is_asked_again(world: World) -> None:
    visit = await out(world)
    await world.ana.presses("I need more time")
    for until in ("2026-11-23T12:00", "soon", "9999-12-31T23:59", "2027-11-23T14:00"):
        await world.ana.fills(minutes="", until=until)
        assert "until" in world.ana.form.errors, until
    for minutes in ("", "-5", "many", "0", "999999999"):
        await world.ana.fills(minutes=minutes, until="")
        assert "minutes" in world.ana.form.errors, minutes
    watch = await watched(world, visit)
    assert f"{watch.expected_return:%H:%M}" == "14:00"
    assert watch.extension is None


async def test_S14_gone_somewhere_else_changes_the_address_and_tells_the_watchers(
    world: World,
) -> None:
    visit = await out(world)
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place=" ")
    assert "place" in world.ana.form.errors
    await world.ana.fills(place="3 Elm Street")
    for message in (
        world.office_sees("Ana Teach has gone somewhere else"),
        world.lee.sees("Ana Teach has gone somewhere else"),
        world.bo.sees("Ana Teach has gone somewhere else"),
    ):
        assert "3 Elm Street" in said(message.card)
        assert "3 Elm Street" not in message.card.notification
    world.office_sees("Out: Ana Teach, 3 Elm Street (Ana Teach, 13:15); planned: 14 Oak Road.")
    assert (await visitor(world, visit, "ana")).heard == "moved"
    await world.advance("35m")
    world.office_alarmed("Ana Teach")
    world.office_sees("Where 3 Elm Street")
    assert world.tom.messages == []


async def two_visits(world: World) -> tuple[Visit, Visit]:
    """Ana is out on a visit of her own, and on one of Bo's."""
    first = await out(world)
    await world.bo.says("visit")
    times = {"leaving_at": "2026-11-23T13:20", "return_at": "2026-11-23T14:30"}
    more = {"companions": "ana", "contact": "sam", "place": "9 Ash Lane"}
    await world.bo.fills({**REQUEST, **times, **more})
    await world.priya.presses("Approve")
    await world.advance("5m")
    await world.bo.presses("I'm leaving now")
    await world.bo.fills(kit=KIT)
    (second,) = [v for v in await world.visits() if v.id != first.id]
    return first, await world.visit(second.id)


async def test_S14_ok_covers_both_visits_and_back_asks_which(world: World) -> None:
    first, second = await two_visits(world)
    await world.advance("3m")
    await world.ana.says("ok")
    for visit in (first, second):
        assert f"{(await visitor(world, visit, 'ana')).last_heard:%H:%M}" == "13:23"
    await world.ana.says("back")
    assert world.ana.told.startswith("Which visit are you back from?")
    for visit in (first, second):
        assert (await visitor(world, visit, "ana")).is_out
    await world.ana.presses("V-1002, with Bo Buddy, due 14:30")
    assert not (await visitor(world, second, "ana")).is_out
    assert (await visitor(world, first, "ana")).is_out
    assert (await visitor(world, second, "bo")).is_out
    await world.ana.says("back")
    assert isinstance((await world.visit(first.id)).phase, Finished)


async def test_S14_help_on_one_of_two_visits_sends_people_to_that_address(world: World) -> None:
    first, second = await two_visits(world)
    await world.ana.does(Press("help", second.id))
    assert isinstance((await world.visit(second.id)).phase, InAlarm)
    assert isinstance((await world.visit(first.id)).phase, Out)
    alarm = world.office_sees("Ana Teach asked for help at 13:20.")
    assert "9 Ash Lane" in said(alarm.card)


async def test_S3_ok_on_a_card_of_an_old_visit_counts_for_the_one_now(world: World) -> None:
    await out(world)
    await world.advance("30m")
    old = world.ana.button("I'm OK")
    await world.ana.presses("I'm back")
    visit = await out_at(world, "13:50", "14:50")
    await world.advance("5m")
    await world.ana.does(Press(old.action, old.visit, old.version, old.args))
    assert "Due back 14:50" in world.ana.told
    assert f"{(await visitor(world, visit, 'ana')).last_heard:%H:%M}" == "13:50"


async def test_S4_words_that_are_not_understood_reach_the_watchers_and_are_no_check_in(
    world: World,
) -> None:
    visit = await out(world)
    await world.advance("31m")
    before = await visitor(world, visit, "ana")
    assert before.prompt is not None
    for words in ("not ok", "can't get back", "ok?? he has locked the door"):
        await world.ana.says(words)
        assert "on to whoever watches" in world.ana.told
        for message in (
            world.office_sees("has written"),
            world.lee.sees("has written"),
            world.bo.sees("has written"),
        ):
            assert words in said(message.card)
            assert words not in message.card.notification
    world.office_sees("not ok")
    world.office_sees("can't get back")
    after = await visitor(world, visit, "ana")
    assert (after.prompt, after.last_heard) == (before.prompt, before.last_heard)
    await world.advance("4m")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    assert world.tom.messages == []


async def test_S4_words_in_an_alarm_buzz_whoever_was_told_at_once(world: World) -> None:
    await out(world)
    await world.advance("40m")
    await world.ana.says("i am hiding")
    for message in (
        world.office_sees("i am hiding"),
        world.lee.sees("i am hiding"),
        world.bo.sees("i am hiding"),
    ):
        assert message.urgent


async def test_due_back_soon_reminds_the_visitors_and_the_office_and_then_asks(
    world: World,
) -> None:
    visit = await out(world, companions="sam")
    await world.advance("30m")
    await world.ana.presses("I'm OK")
    await world.sam.presses("I'm OK")
    known = len(world.chat.log)
    await world.until("13:55")
    assert sorted(world.moments(known)) == ["13:55:00 ana", "13:55:00 office", "13:55:00 sam"]
    world.ana.sees("You are due back at 14:00.")
    world.office_sees("Ana Teach and Sam Assist are due back at 14:00.")
    await world.sam.presses("I'm back")
    known = len(world.chat.log)
    await world.until("14:00")
    assert world.moments(known) == ["14:00:00 ana"]
    world.ana.sees("Ana, you were due back at 14:00. Are you OK?")
    await world.until("14:05")
    world.office_sees("Ana Teach is late: due back at 14:00, and no answer.")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.ana.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    world.office_sees("Ana Teach and Sam Assist are back")
    assert not any(b.label == "Ask if they're OK" for b in world.lee.messages[-1].card.buttons)
    await world.nothing_more("24h")


async def test_S2_an_OK_past_the_return_asks_for_a_new_return_and_resumes_without_one(
    world: World,
) -> None:
    visit = await out(world)
    await world.advance("30m")
    await world.ana.presses("I'm OK")
    await world.until("14:02")
    await world.ana.presses("I'm OK")
    assert "When will you be back?" in world.ana.told
    assert "14:07" in world.ana.told
    world.ana.sees("When will you be back?")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.until("14:06:59")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.until("14:07")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.office_sees("Ana Teach")
    await world.ana.presses("I need more time")
    await world.ana.fills(minutes="30")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert f"{now.phase.watch.expected_return:%H:%M}" == "14:37"


async def test_S12_call_them_back_is_an_urgent_prompt(world: World) -> None:
    visit = await out(world, companions="sam")
    for other in (world.bo, world.tom, world.ana):
        await other.does(Press("call_back", visit.id))
    assert (await visitor(world, visit, "sam")).prompt is None
    await world.okoro.does(Press("call_back", visit.id))
    for person in (world.ana, world.sam):
        assert person.sees("please come back now").urgent
    await world.advance("5m")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S12_approver_and_office_have_the_button(world: World) -> None:
    visit = await out(world)
    await world.lee.presses("Call them back")
    world.ana.sees("please come back now")
    await world.ana.presses("I'm OK")
    await world.advance("1m")
    await world.olu.presses("Call them back", office=True)
    assert (await visitor(world, visit, "ana")).prompt is not None


async def test_asking_if_they_are_OK_never_gives_silence_more_time(world: World) -> None:
    visit = await out(world)
    await world.advance("34m")
    await world.olu.presses("Ask if they're OK", office=True)
    assert "the alarm is raised" in world.olu.told
    world.ana.sees("a colleague asks: are you OK?")
    await world.advance("1m")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_a_visit_over_midnight_says_the_day(store: Store) -> None:
    hours = '\n[policy]\nvisit.at_most = "3h"\nevening.alone = "free"\n'
    world = World(store, extra=hours)
    await world.until("23:00")
    times = {"leaving_at": "2026-11-23T23:00", "return_at": "2026-11-24T00:30"}
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, **times})
    await world.priya.presses("Approve")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    world.office_sees("Due back 00:30 on Tue 24 Nov.")
    await world.advance("30m")
    await world.ana.presses("I'm OK")
    await world.advance("50m")
    await world.ana.presses("I'm back")
    world.office_sees("Ana Teach is back, 00:20.")


async def test_S12_the_dsl_calls_them_back_where_they_see_who_is_out_and_in_words(
    world: World,
) -> None:
    await out(world)
    await world.advance("1m")
    await world.okoro.says("where is everyone")
    known = len(world.chat.log)
    await world.okoro.presses("Call them back")
    assert "13:16:00 ana" in world.moments(known)
    world.ana.sees("Ana, please come back now. Are you OK?")
    await world.ana.presses("I'm OK")
    for leader in (world.okoro, world.lee, world.olu):
        await world.advance("2m")
        known = len(world.chat.log)
        await leader.says("call them back")
        assert leader.told == "I've asked them. If they don't answer, the alarm is raised."
        assert "ana" in {posted.address for posted in world.chat.log[known:]}
        await world.ana.presses("I'm OK")
    await world.bo.says("where is everyone")
    assert world.bo.answer.card is not None
    assert "Call them back" not in {b.label for b in world.bo.answer.card.buttons}
    for outsider in (world.bo, world.tom):
        await outsider.says("call them back")
        assert outsider.told == "Nobody is out whom you could call back."
    assert world.tom.messages == []
