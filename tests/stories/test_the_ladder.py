"""Silence: the ladder climbs rung by rung, at its moments, and never falls silent itself."""

import asyncio

from bot.domain.visit import InAlarm, Out
from bot.domain.watch import Alarm
from bot.ports import Press, Store
from tests.kit import KIT
from tests.stories.cast import school_text
from tests.stories.test_while_out import out_at
from tests.stories.world import REQUEST, World, out, said


async def alarm(world: World) -> Alarm:
    (found,) = [v.alarm for v in await world.visits() if v.alarm]
    return found


async def test_S8_every_rung_of_slps_at_its_moment_and_the_last_repeats_until_owned(
    world: World,
) -> None:
    await out(world)
    known = len(world.chat.log)
    await world.until("14:16")
    assert world.moments(known) == [
        "13:45:00 ana",
        "13:47:30 ana",  # chased
        "13:50:00 ana",
        "13:50:00 bo",
        "13:50:00 office",
        "13:55:00 lee",
        "13:55:00 office",  # due back soon
        "14:00:00 lee",  # the 999 script
        "14:00:00 okoro",  # the alarm, and the script
        "14:00:00 okoro",
        "14:00:00 priya",
        "14:00:00 priya",
        *(
            f"14:{minute}:00 {who}"
            for minute in ("05", "10", "15")
            for who in ("ana", "bo", "lee", "office", "okoro", "priya")
        ),
    ]
    known = len(world.chat.log)
    await world.lee.presses("I'm on it")
    await world.advance("9m59s")
    assert world.posts(known) == []
    assert world.tom.messages == []


async def test_the_alarm_says_what_is_needed_to_act_and_nothing_about_the_family(
    world: World,
) -> None:
    await out(world)
    await world.advance("35m")
    for message in (world.office_messages[-1], world.bo.messages[-1]):
        shown = said(message.card)
        for needed in ("Ana Teach", "+44 7700 900001", "14 Oak Road", "13:15", "14:00", "V-1001"):
            assert needed in shown
        for canary in ("Canary-Family", "Canary-Purpose", "Canary-Risk", "Attendance"):
            assert canary not in shown
        assert "Oak Road" not in message.card.notification
        assert message.urgent


async def test_P3_the_script_goes_to_rung_holders_directly_and_ringing_calms_the_others(
    world: World,
) -> None:
    await out(world)
    await world.advance("45m")
    for holder in (world.priya, world.okoro, world.lee):
        assert "Canary-Risk" in said(holder.sees("Ring 999 now.").card)
    world.office_does_not_see("Ring 999 now.")
    world.bo.does_not_see("Ring 999 now.")
    await world.okoro.presses("I'm ringing now: nobody else need")
    for other in (world.priya, world.lee):
        script = said(other.sees("Ada Okoro is ringing 999. Nobody else need.").card)
        assert "The address: 14 Oak Road." in script
        other.does_not_see("Ring 999 now.")
        assert not other.has_button("I'm ringing now: nobody else need")
    world.okoro.sees("Ring 999 now.")
    world.office_sees("Ada Okoro is ringing 999")
    await world.priya.does(Press("ringing", (await world.only_visit()).id))
    assert "Ada Okoro is ringing already." in world.priya.told
    await world.okoro.presses("They are safe")
    await world.okoro.fills(how="The police found her", over="yes")
    for holder in (world.priya, world.okoro, world.lee):
        holder.does_not_see("Canary-Risk")
    assert world.tom.messages == []


async def test_S7_an_owner_holds_the_ladder_and_when_it_lapses_the_next_rung_names_them(
    world: World,
) -> None:
    await out(world)
    await world.advance("36m")  # 13:51
    known = len(world.chat.log)
    await world.bo.presses("I'm on it")
    assert "You have it, until 14:01." in world.bo.told
    for message in (world.office_messages[-1], world.ana.messages[-1]):
        assert message.at <= world.clock.now()
    world.office_sees("Bo Buddy has it, until 14:01.")
    await world.olu.does(Press("on_it", (await world.only_visit()).id), office=True)
    assert "Bo Buddy has it, until 14:01." in world.olu.told
    await world.until("14:00")
    # due back soon, and the return, said to whoever holds the alarm too; no rung
    assert world.moments(known) == ["13:55:00 office", "14:00:00 bo", "14:00:00 office"]
    await world.until("14:01")
    assert "14:01:00 lee" in world.moments(known)
    world.lee.sees("Bo Buddy had it")
    known = len(world.chat.log)
    await world.until("14:06")
    assert "14:06:00 priya" in world.moments(known)  # later rungs keep their distance
    world.priya.sees("Ring 999 now.")


async def test_S7_an_owner_may_hold_it_longer_once_and_with_a_note(world: World) -> None:
    await out(world)
    await world.advance("41m")  # 13:56
    await world.lee.presses("I'm on it")
    await world.advance("8m")
    await world.lee.presses("I'm on it")
    await world.lee.fills(note=" ")
    assert "note" in world.lee.form.errors
    await world.lee.fills(note="Driving there")
    world.office_sees("Dan Lee has it, until 14:14.")
    assert not world.lee.has_button("I'm on it")
    await world.lee.does(Press("on_it", (await world.only_visit()).id))
    assert "You have had more time once." in world.lee.told
    await world.until("14:13:59")
    assert (await alarm(world)).owner is not None
    await world.until("14:14")
    assert (await alarm(world)).owner is None
    world.priya.sees("Dan Lee had it")
    world.priya.sees("Ring 999 now.")


async def test_S7_a_lapse_on_the_last_rung_tells_everybody_again(world: World) -> None:
    await out(world)
    await world.advance("46m")  # 14:01
    await world.priya.presses("I'm on it")
    known = len(world.chat.log)
    await world.advance("10m")
    expected = {f"14:11:00 {who}" for who in ("bo", "lee", "office", "okoro", "priya")}
    assert expected <= set(world.moments(known))
    await world.advance("5m")
    assert "14:16:00 office" in world.moments(known)


async def test_S7_two_press_at_once_and_one_is_named_to_the_other(world: World) -> None:
    await out(world)
    await world.advance("40m")
    one, two = world.bo.button("I'm on it"), world.lee.button("I'm on it")
    await asyncio.gather(
        world.bo.does(Press(one.action, one.visit, one.version, one.args)),
        world.lee.does(Press(two.action, two.visit, two.version, two.args)),
    )
    owner = (await alarm(world)).owner
    assert owner is not None
    told = {"bo": world.bo.told, "lee": world.lee.told}
    (other,) = {"bo", "lee"} - {owner.id}
    assert told[owner.id].startswith("You have it, until")
    assert "has it, until" in told[other]


async def test_S8_a_rung_whose_holder_cannot_be_reached_is_climbed_at_once(world: World) -> None:
    await out(world)
    world.chat.dead.add("lee")
    await world.until("13:54:59")
    assert (await alarm(world)).rung == 0
    await world.until("13:55")
    assert (await alarm(world)).rung == 2
    assert world.priya.sees("Ring 999 now.").at == world.clock.now()


async def test_S8_an_unreachable_visitor_or_office_does_not_stop_or_stir_the_ladder(
    world: World,
) -> None:
    visit = await out(world)
    await world.bo.does_on(visit, "stand_by")
    world.chat.dead |= {"ana", "office"}
    await world.until("13:50")
    assert (await alarm(world)).rung == 0  # Bo was reached
    await world.until("13:55")
    assert (await alarm(world)).rung == 1
    await world.until("14:20")
    world.okoro.sees("Ring 999 now.")


async def test_S8_with_nobody_left_to_reach_the_last_rung_still_repeats(world: World) -> None:
    await out(world)
    world.chat.dead |= {"ana", "office", "bo", "lee", "priya", "okoro"}
    await world.until("13:50")
    assert (await alarm(world)).rung == 2
    await world.until("13:56")
    world.chat.dead.clear()
    known = len(world.chat.log)
    await world.until("14:01")
    assert {"14:00:00 priya", "14:00:00 okoro", "14:00:00 office"} <= set(world.moments(known))


async def test_S8_an_unconfirmed_message_counts_as_unreached_after_a_minute(world: World) -> None:
    await out(world)
    world.chat.flaky |= {"bo", "office"}
    await world.until("13:50:59")
    assert (await alarm(world)).rung == 0
    await world.until("13:51")
    assert (await alarm(world)).rung == 1
    world.lee.sees("Ana Teach")
    await world.until("13:52")
    world.chat.flaky.clear()
    known = len(world.chat.log)
    await world.until("13:53")
    posted = [line.split()[1] for line in world.moments(known)]
    assert sorted(posted) == ["bo", "office"]
    await world.until("14:00")
    assert (await alarm(world)).rung == 2


async def test_S8_new_help_that_reaches_nobody_is_unreached_too(world: World) -> None:
    await out(world)
    await world.ana.presses("I need help")
    await world.advance("2m")
    assert not (await alarm(world)).unheard
    world.chat.flaky |= {"bo", "office"}
    await world.ana.presses("I need help")
    assert (await alarm(world)).rung == 0
    await world.advance("1m")
    assert (await alarm(world)).rung == 1


async def test_S8_outside_its_hours_the_office_is_told_but_does_not_count(store: Store) -> None:
    world = World(store)
    await world.until("17:00")
    await out_at(world, "17:00", "17:50", contact="")
    await world.until("17:30")
    await world.ana.presses("I'm OK")
    await world.until("18:00")
    assert (await alarm(world)).rung == 1  # at once
    world.office_sees("Ana Teach is late: due back at 17:50, and no answer.")
    assert world.lee.sees("Ana Teach").urgent


async def test_S8_an_office_staffed_by_visitors_only_does_not_count(world: World) -> None:
    await world.olu.says("visit")
    await world.olu.fills({**REQUEST, "contact": ""})
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.olu.presses("I'm leaving now")
    await world.olu.fills(kit=KIT)
    await world.until("13:50")
    assert (await alarm(world)).rung == 1  # at once: nobody of the first rung counts
    world.office_alarmed("Olu Desk")
    assert world.lee.sees("Olu Desk").urgent
    await world.until("14:00")
    assert (await alarm(world)).rung == 2
    assert world.tom.messages == []


async def test_S7_a_contact_who_is_out_does_not_count_and_does_not_own(store: Store) -> None:
    free = '\n[policy]\nevening.alone = "free"\n'
    closed = school_text(extra=free).replace("08:00-18:00", "08:00-13:30")
    world = World(store, text=closed)
    await out(world)
    times = {"leaving_at": "2026-11-23T13:20", "return_at": "2026-11-23T14:30"}
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, **times, "contact": ""})
    await world.priya.presses("Approve")
    await world.advance("5m")
    await world.bo.presses("I'm leaving now")
    await world.bo.fills(kit=KIT)
    await world.until("13:50")
    (visit,) = [v for v in await world.visits() if v.alarm]
    assert visit.lead == "ana"
    assert (await alarm(world)).rung == 1
    assert "bo" in (await alarm(world)).told
    await world.bo.does(Press("on_it", visit.id))
    assert (await alarm(world)).owner is None


async def test_S8_a_rung_that_nobody_holds_is_climbed_at_once(store: Store) -> None:
    nobody = school_text().replace('roles = ["senior_leader"]', 'roles = ["staff"]')
    world = World(store, text=nobody)
    await out(world)
    await world.until("13:55")
    assert (await alarm(world)).rung == 2
    world.priya.sees("Ring 999 now.")
    assert all("Ring 999" not in said(m.card) for m in world.lee.messages)


async def test_S8_the_absent_are_replaced_and_an_absent_holder_does_not_count(
    store: Store,
) -> None:
    away = """
[[away]]
person = "lee"
from = "2026-11-23"
to = "2026-11-23"
instead = "sam"
"""
    world = World(store, extra=away)
    await out(world)
    await world.until("13:55")
    world.sam.sees("Ana Teach")
    assert "sam" in (await alarm(world)).counting
    await world.sam.presses("I'm on it")
    owner = (await alarm(world)).owner
    assert owner is not None
    assert owner.id == "sam"
    assert world.tom.messages == []


async def test_the_last_visitor_to_answer_ends_the_alarm_and_everybody_told_hears_it(
    world: World,
) -> None:
    await out(world)
    await world.until("13:56")
    known = len(world.chat.log)
    await world.ana.presses("I'm OK")
    assert isinstance((await world.only_visit()).phase, Out)
    assert set(world.moments(known)) == {"13:56:00 bo", "13:56:00 lee", "13:56:00 office"}
    for person in (world.bo, world.lee):
        person.sees("It's over")
        assert not person.has_button("I'm on it")
        assert person.has_button("Not over")
    world.priya.does_not_see("It's over")
    assert world.tom.messages == []


async def test_S9_two_silent_visitors_are_one_alarm(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:50")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.office_sees("Ana Teach and Sam Assist")
    assert (await alarm(world)).number == 1
    assert [p.address for p in world.chat.log].count("office") == 2


async def test_S9_two_overdue_visits_told_at_one_time_are_one_list(world: World) -> None:
    await out(world)
    await world.sam.says("visit")
    times = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00"}
    await world.sam.fills({**REQUEST, **times, "place": "9 Ash Lane", "contact": "bo"})
    await world.priya.presses("Approve")
    await world.sam.presses("I'm leaving now")
    await world.sam.fills(kit=KIT)
    known = len(world.chat.log)
    await world.until("13:50")
    alarms = [p for p in world.chat.log[known:] if p.address == "office"]
    assert len(alarms) == 1
    for needed in ("Ana Teach", "Sam Assist", "14 Oak Road", "9 Ash Lane"):
        assert needed in said(alarms[0].card)
    assert world.tom.messages == []


async def test_an_alarm_of_a_breach_goes_by_the_same_ladder(world: World) -> None:
    await world.ana.says("visit")
    await world.ana.fills(REQUEST)
    await world.until("13:15")
    await world.ana.says("already left")
    await world.until("13:50")
    assert (await alarm(world)).rung == 0
    await world.until("14:00")
    assert (await alarm(world)).rung == 2
