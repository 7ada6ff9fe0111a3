"""Doorstep stops, starts again, hears things twice and all at once, and loses nothing."""

import asyncio

from bot.domain.visit import Approved, InAlarm, Out
from bot.ports import Press, Say, Store, Submit
from tests.kit import KIT
from tests.stories.conftest import Opener
from tests.stories.world import REQUEST, World, approved, asked, out, said


async def test_what_fell_due_in_an_outage_comes_at_once_and_says_how_late(world: World) -> None:
    await out(world)
    await world.until("13:46")
    known = len(world.chat.log)
    world.outage("40m")  # 14:26; the last rung was due at 14:00
    await world.catch_up()
    assert world.moments(known) == [
        "14:26:00 ana",
        "14:26:00 bo",
        "14:26:00 lee",  # the alarm, and the 999 script
        "14:26:00 lee",
        "14:26:00 office",
        "14:26:00 okoro",
        "14:26:00 okoro",
        "14:26:00 priya",
        "14:26:00 priya",
    ]
    for message in (world.office_alarmed("Ana Teach"), world.lee.sees("late")):
        assert "36 minutes late" in said(message.card)
    visit = await world.only_visit()
    assert visit.alarm is not None
    entries = await world.store.transact(lambda uow: uow.audit.entries("st-example", visit.id))
    assert [e.kind for e in entries].count("Escalated") == 3  # each missed rung once
    known = len(world.chat.log)
    await world.advance("4m59s")
    assert world.posts(known) == []
    await world.advance("1s")
    assert "14:31:00 office" in world.moments(known)
    assert world.tom.messages == []


async def test_a_prompt_that_fell_due_in_an_outage_still_leaves_time_to_answer(
    world: World,
) -> None:
    visit = await out(world, return_at="2026-11-23T15:30")
    await world.until("13:40")
    known = len(world.chat.log)
    world.outage("40m")
    await world.catch_up()
    assert world.moments(known) == ["14:20:00 ana"]
    await world.until("14:24:59")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.ana.presses("I'm OK")
    await world.advance("20m")
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_an_outage_over_the_return_asks_once_and_does_not_remind_of_what_is_past(
    world: World,
) -> None:
    await out(world)
    await world.advance("1m")
    known = len(world.chat.log)
    world.outage("50m")  # 14:06
    await world.catch_up()
    assert "14:06:00 office" not in world.moments(known)
    world.ana.sees("Ana, you were due back at 14:00. Are you OK?")
    await world.until("14:11")
    world.office_sees("Ana Teach is late: due back at 14:00, and no answer.")


async def test_an_owner_whose_time_passed_in_an_outage_has_lapsed(world: World) -> None:
    await out(world)
    await world.until("13:51")
    await world.bo.presses("I'm on it")
    world.outage("40m")
    known = len(world.chat.log)
    await world.catch_up()
    alarm = (await world.only_visit()).alarm
    assert alarm is not None
    assert alarm.owner is None
    assert "14:31:00 lee" in world.moments(known)
    world.lee.sees("Bo Buddy had it")


async def test_reminders_missed_in_an_outage_come_once(world: World) -> None:
    await asked(world, leaving_at="2026-11-23T14:15", return_at="2026-11-23T15:00")
    known = len(world.chat.log)
    world.outage("40m")
    await world.catch_up()
    posted = [line.split()[1] for line in world.moments(known)]
    assert sorted(posted) == ["lee", "priya", "priya"]
    await world.nothing_more("20m")


async def test_a_restart_goes_on_where_it_stood(opener: Opener) -> None:
    first = opener()
    world = World(first)
    visit = await out(world)
    await world.until("13:50")
    await first.close()
    again = World(opener(), before=world)
    assert isinstance((await again.visit(visit.id)).phase, InAlarm)
    await again.until("13:55")
    again.lee.sees("Ana Teach")
    await again.lee.presses("I'm on it")
    again.office_sees("Dan Lee has it")
    office = [m for m in again.office_messages if "Dan Lee has it" in said(m.card)]
    assert len(office) == 1  # the message from before the restart was edited
    await again.ana.presses("I'm OK")
    again.office_sees("It's over")
    assert again.tom.messages == []


async def test_a_restart_in_the_middle_of_sending_sends_the_rest(opener: Opener) -> None:
    world = World(opener())
    await out(world)
    world.clock.moment = world.clock.moment.replace(hour=13, minute=45)
    await world.engine.wake_due()  # committed, and nothing sent yet
    world.clock.moment = world.clock.moment.replace(hour=13, minute=50)
    again = World(opener(), before=world)
    await again.catch_up()
    again.ana.sees("Your colleagues have been told")
    again.office_alarmed("Ana Teach")


async def test_the_same_delivery_twice_does_nothing_twice_and_answers_the_same(
    world: World,
) -> None:
    await asked(world)
    button = world.priya.button("Approve")
    press = Press(button.action, button.visit, button.version, button.args)
    first = await world.priya.does(press, delivery="twice")
    version = (await world.only_visit()).version
    known = len(world.chat.log)
    again = await world.priya.does(press, delivery="twice")
    assert (again.card, again.form) == (first.card, first.form)
    assert (await world.only_visit()).version == version
    assert world.posts(known) == []


async def test_a_request_that_comes_twice_is_one_visit(world: World) -> None:
    await world.ana.says("visit")
    sent = Submit("plan", REQUEST)
    first = await world.ana.does(sent, delivery="twice")
    assert await world.ana.does(sent, delivery="twice") == first
    assert len(await world.visits()) == 1


async def test_help_that_comes_twice_by_one_delivery_is_one_call(world: World) -> None:
    await out(world)
    first = await world.ana.does(Say("help"), delivery="twice")
    assert await world.ana.does(Say("help"), delivery="twice") == first
    alarm = (await world.only_visit()).alarm
    assert alarm is not None
    assert alarm.calls == 1
    await world.ana.does(Say("help"), delivery="another")
    alarm = (await world.only_visit()).alarm
    assert alarm is not None
    assert alarm.calls == 2


async def test_danger_that_comes_twice_is_one_visit_born_in_alarm(world: World) -> None:
    for _ in range(2):
        await world.sam.does(Press("danger"), delivery="twice")
    assert len(await world.visits()) == 1


async def test_words_that_come_twice_are_shown_once_and_answered_the_same(world: World) -> None:
    await out(world)
    await world.ana.does(Say("hm"), delivery="twice")
    told, known = world.ana.told, len(world.chat.log)
    await world.ana.does(Say("hm"), delivery="twice")
    assert world.posts(known) == []
    assert world.ana.told in told


async def test_the_same_delivery_at_the_same_time_is_one(world: World) -> None:
    visit = await out(world)
    await asyncio.gather(
        *(world.ana.does(Press("help", visit.id), delivery="thrice") for _ in range(3))
    )
    alarm = (await world.visit(visit.id)).alarm
    assert alarm is not None
    assert alarm.calls == 1


async def test_everybody_at_once_and_everybody_is_answered(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:50")
    answers = await asyncio.gather(
        world.ana.does(Press("ok", visit.id)),
        world.sam.does(Press("help", visit.id)),
        world.bo.does(Press("on_it", visit.id)),
        world.lee.does(Press("call_back", visit.id)),
        world.olu.does(Press("ask_if_ok", visit.id), office=True),
        world.tom.does(Press("on_it", visit.id)),
    )
    assert all(a.card or a.form for a in answers)
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert [v.id for v in now.phase.watch.troubled] == ["sam"]
    assert world.tom.turned_away


async def test_waking_early_late_and_often_changes_nothing(world: World) -> None:
    visit = await out(world)
    before = await world.visit(visit.id)
    for _ in range(3):
        await world.store.transact(
            lambda uow: uow.visits.rouse("st-example", visit.id, world.clock.now())
        )
        await world.catch_up()
    assert await world.visit(visit.id) == before
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")


async def test_a_channel_that_is_down_delivers_when_it_is_back(world: World) -> None:
    await approved(world)
    world.chat.flaky |= {"office", "lee", "bo"}
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert world.office_messages == []
    await world.advance("10m")
    world.chat.flaky.clear()
    await world.advance("5m")
    for messages in (world.office_messages, world.lee.messages, world.bo.messages):
        assert len([m for m in messages if "Out: Ana Teach" in said(m.card)]) == 1


async def test_a_notice_that_goes_out_late_says_what_is_true_by_then(world: World) -> None:
    await out(world)
    await world.until("13:54")
    world.chat.flaky.add("office")
    await world.until("14:30")
    world.chat.flaky.clear()
    await world.until("14:36")
    notice = world.office_sees("Ana Teach was due back at 14:00.")
    assert "An alarm is open: see its message." in said(notice.card)
    assert "I raise the alarm" not in said(notice.card)


async def test_approval_survives_a_restart_between_its_two_stages(opener: Opener) -> None:
    first: Store = opener()
    world = World(first, policy="pastoral")
    visit = await asked(world)
    await world.lee.presses("Approve")
    await first.close()
    again = World(opener(), before=world)
    await again.okoro.presses("Approve")
    assert isinstance((await again.visit(visit.id)).phase, Approved)
