"""Evenings, weekends, holidays: a backup, the duty leader, and the office's part that is theirs."""

from datetime import UTC, datetime

import pytest

from bot.domain.visit import Approved, Out, Requested
from bot.ports import Store
from tests.kit import ticked
from tests.stories.world import REQUEST, World, approved, asked, said

EVENING = {
    "leaving_at": "2026-11-23T18:30",
    "return_at": "2026-11-23T19:15",
    "contact": "",
    "backup": "bo",
}
DUTY = '\n[[duty]]\non = "mon-sun"\nperson = "okoro"\n'


async def evening(world: World, **changes: str) -> str:
    """Ana asks to go alone in the evening; Bo is to be the backup."""
    return (await asked(world, **{**EVENING, **changes})).id


async def out_alone(world: World, **changes: str) -> str:
    """Bo has said yes, and Ana is out since 18:30."""
    visit = await evening(world, **changes)
    await world.bo.presses("I'll do it")
    await world.priya.presses("Approve")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert world.ana.answer.form is None, world.ana.answer.form
    return visit


async def test_S1_in_the_evening_nobody_goes_alone_before_a_backup_has_said_yes(
    world: World,
) -> None:
    await evening(world)
    world.priya.sees("Ana Teach would be alone while the school is closed. Bo Buddy hasn't said")
    world.priya.sees("It is strongly recommended that no one should make an evening home visit")
    card = world.bo.sees("Ana Teach asks you to be the backup, today 18:30 to 19:15.").card
    assert "Canary" not in said(card)
    assert "Oak Road" not in said(card)
    await world.priya.presses("Approve")
    world.ana.sees("Before you can leave: Ana Teach would be alone while the school is closed.")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    assert "Bo Buddy hasn't said yet whether they will be the backup." in world.ana.told
    assert isinstance((await world.only_visit()).phase, Approved)
    await world.bo.says("I'll do it")
    world.ana.sees("Bo Buddy, who has said yes")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert isinstance((await world.only_visit()).phase, Out)
    assert world.tom.messages == []


async def test_S1_without_a_backup_the_watch_is_offered_all_the_same(world: World) -> None:
    await evening(world)
    await world.priya.presses("Approve")
    await world.bo.presses("I can't")
    world.ana.sees("Bo Buddy can't be the backup.")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    assert "Bo Buddy can't be the backup." in world.ana.told
    await world.ana.presses("I've already left")
    visit = await world.only_visit()
    assert isinstance(visit.phase, Out)
    world.office_sees("Out: Ana Teach")
    world.lee.sees("Out: Ana Teach")


async def test_a_backup_is_asked_for_once_and_can_be_named_in_one_go(world: World) -> None:
    await evening(world, backup="")
    world.ana.sees("nobody goes alone without a backup. Who will be there until you are back?")
    world.priya.sees("would be alone while the school is closed, and no backup is named.")
    await world.priya.presses("Approve")
    await world.ana.presses("Name a backup")
    await world.ana.fills(person="lee")
    await world.lee.presses("I'll do it")
    visit = await world.only_visit()
    assert isinstance(visit.phase, Approved)
    assert visit.stands_by("backup") == "lee"


async def test_what_a_school_asks_of_somebody_alone_in_the_evening_is_its_own_to_say(
    store: Store,
) -> None:
    never = World(store, extra='\n[policy]\nevening.alone = "never"\n')
    await never.ana.says("visit")
    await never.ana.fills({**REQUEST, **EVENING})
    assert "and nobody may be. Who goes along?" in never.ana.form.errors["companions"]
    await never.ana.fills(companions="sam")
    assert isinstance((await never.only_visit()).phase, Requested)


async def test_who_is_free_to_go_alone_is_shown_to_whoever_approves(store: Store) -> None:
    world = World(store, extra='\n[policy]\nevening.alone = "free"\n')
    await evening(world, backup="")
    world.priya.sees("Ana Teach would be alone while the school is closed, with no backup.")
    await world.priya.presses("Approve")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert isinstance((await world.only_visit()).phase, Out)


async def test_two_go_in_the_evening_without_a_backup(world: World) -> None:
    await evening(world, backup="", companions="sam")
    world.priya.does_not_see("while the school is closed")


@pytest.mark.parametrize("alone", ["backup", "never"])
async def test_S1_somebody_from_outside_takes_no_backups_place(store: Store, alone: str) -> None:
    world = World(store, extra=f'[policy]\nevening.alone = "{alone}"\n')
    guest = {"external_organisation": "the county", "external_phone": "07700 900777"}
    await evening(world, backup="", external_name="Ed Welfare", **guest)
    missed = (
        "Ana Teach would go with nobody else from school while it is closed, and no backup is named"
    )
    world.priya.sees(missed)
    await world.priya.presses("Approve")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    assert missed in world.ana.told
    assert isinstance((await world.only_visit()).phase, Approved)
    await world.ana.presses("I've already left")
    assert isinstance((await world.only_visit()).phase, Out)
    assert world.tom.messages == []


async def test_a_visit_that_begins_in_the_hours_and_ends_after_them_needs_a_backup_too(
    world: World,
) -> None:
    times = {"leaving_at": "2026-11-23T17:30", "return_at": "2026-11-23T18:10"}
    await evening(world, backup="", **times)
    world.priya.sees("while the school is closed, and no backup is named.")


async def test_leaving_late_into_the_evening_is_looked_at_as_it_will_be(world: World) -> None:
    times = {"leaving_at": "2026-11-23T17:00", "return_at": "2026-11-23T17:45"}
    await approved(world, **times)
    world.priya.does_not_see("while the school is closed")
    await world.until("17:40")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form), until="2026-11-23T18:25")
    (why,) = world.ana.form.errors.values()
    assert "while the school is closed, and no backup is named." in why
    assert [button.label for button in world.ana.form.extra] == ["I've already left"]
    assert isinstance((await world.only_visit()).phase, Approved)


async def test_a_backup_of_two_visits_is_shown_to_whoever_approves_and_to_the_backup(
    world: World,
) -> None:
    await evening(world)
    await world.bo.presses("I'll do it")
    await world.sam.says("visit")
    await world.sam.fills({**REQUEST, **EVENING})
    world.priya.sees("Bo Buddy is the backup for another visit at that time too.")
    world.priya.does_not_see("for V-1001 at that time")  # she may be left out of that one (P6)
    world.bo.sees("You are the backup for V-1001 at that time too.")


async def test_whoever_goes_out_at_that_time_cant_be_the_backup(world: World) -> None:
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, **EVENING, "backup": "", "companions": "tom"})
    await evening(world)
    await world.bo.presses("I'll do it")
    assert "You are out on a visit yourself at that time" in world.bo.told


def to(world: World, known: int) -> list[str]:
    return sorted({posted.address for posted in world.chat.log[known:]})


async def test_S8_the_offices_part_falls_to_the_backup_and_the_duty_leader(store: Store) -> None:
    world = World(store, extra=DUTY)
    await evening(world)
    await world.bo.presses("I'll do it")
    await world.priya.presses("Approve")
    await world.until("18:30")
    known = len(world.chat.log)
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert to(world, known) == ["ana", "bo", "lee", "office", "okoro"]
    for stand_in in (world.bo, world.okoro):
        stand_in.sees("the office's part is yours until they are back.")
        for label in ("They phoned: OK", "They phoned: back", "Ask if they're OK"):
            assert stand_in.has_button(label), label
    world.lee.does_not_see("the office's part is yours")
    known = len(world.chat.log)
    await world.bo.presses("They phoned: OK")
    world.ana.sees("Bo Buddy recorded at 18:30 that you are OK.")
    await world.bo.presses("Call them back")
    world.ana.sees("please come back now")
    await world.ana.presses("I'm OK")
    await world.until("19:00")
    await world.ana.presses("I'm OK")
    known = len(world.chat.log)
    await world.until("19:10")
    assert to(world, known) == ["ana", "bo", "office", "okoro"]
    world.bo.sees("Ana Teach is due back at 19:15.")
    known = len(world.chat.log)
    await world.ana.presses("I'm back")
    assert {"bo", "office", "okoro"} <= set(to(world, known))
    world.bo.sees("Ana Teach is back, 19:10.")
    assert world.tom.messages == []


async def test_S8_a_late_return_in_the_evening_is_urgent_for_the_backup_first(
    store: Store,
) -> None:
    world = World(store, extra=DUTY)
    await out_alone(world)
    await world.until("19:00")
    await world.ana.presses("I'm OK")
    await world.until("19:20")
    visit = await world.only_visit()
    assert visit.alarm
    assert visit.alarm.rung == 0, "the backup counts: the ladder waits its time"
    assert {"bo", "okoro"} <= set(visit.alarm.counting)
    assert world.bo.sees("Ana Teach is late: due back 19:15, no answer. Please act").urgent
    assert not world.bo.has_button("Show risks")
    await world.until("19:25")
    assert world.lee.sees("Please find out").urgent, "a backup who went to bed is passed over"


async def test_S8_a_backup_whose_phone_is_dead_is_passed_over_at_once(world: World) -> None:
    await out_alone(world)
    world.chat.dead.add("bo")
    await world.until("19:00")
    await world.ana.presses("I'm OK")
    await world.until("19:20")
    assert world.lee.sees("Please find out").urgent


async def test_S8_the_ladders_word_backup_means_whoever_has_said_yes(store: Store) -> None:
    ladder = """
[[policy.ladder]]
after = "0m"
tell = ["visitors", "backup"]
[[policy.ladder]]
after = "5m"
tell = ["head"]
"""
    world = World(store, extra=ladder)
    await out_alone(world)
    await world.until("19:06")
    visit = await world.only_visit()
    assert visit.alarm
    assert visit.alarm.counting == ("bo",)
    await world.bo.presses("I'm on it")
    assert world.bo.told.startswith("You have it, until")


async def test_in_the_hours_a_backup_has_no_part_of_the_offices(store: Store) -> None:
    world = World(store, extra=DUTY)
    await approved(world, backup="bo", contact="")
    await world.bo.presses("I'll do it")
    await world.until("13:15")
    known = len(world.chat.log)
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert to(world, known) == ["ana", "lee", "office"]
    known = len(world.chat.log)
    await world.olu.presses("I'm watching", office=True)
    await world.until("13:40")
    await world.ana.presses("I'm OK")
    await world.until("13:56")
    world.okoro.does_not_see("due back")
    world.bo.does_not_see("They phoned: OK")
    assert {"bo", "okoro"}.isdisjoint(p.address for p in world.chat.log[known:])


async def test_the_head_can_be_the_backup_and_others_are_asked_all_the_same(world: World) -> None:
    await evening(world, backup="priya")
    await world.priya.presses("I'll do it")
    await world.lee.presses("Approve")
    await world.until("18:30")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    await world.until("19:06")
    visit = await world.only_visit()
    assert visit.alarm
    assert visit.alarm.counting == ("priya",)
    await world.until("19:11")
    assert world.lee.sees("Please find out").urgent


async def test_P1_a_backup_hears_nothing_of_why_from_the_first_word_to_the_last(
    world: World,
) -> None:
    await out_alone(world)
    await world.bo.presses("I'm watching")
    await world.until("19:20")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="I spoke to her", over="no")
    await world.ana.presses("I'm back")
    assert len(world.bo.messages) > 3
    for message in world.bo.messages:
        for secret in ("Canary-Family", "Canary-Purpose", "Canary-Risk", "Attendance"):
            assert secret not in said(message.card), said(message.card)


async def test_a_backup_who_said_yes_and_went_to_bed_is_found_out_in_ten_minutes(
    world: World,
) -> None:
    await out_alone(world)
    await world.until("18:41")
    world.lee.sees("Nobody has said that they are watching over Ana Teach. Can you?")
    world.ana.sees("Nobody has said yet that they are watching. I have asked Dan Lee.")


async def test_S8_a_visit_that_runs_past_the_hours_is_handed_to_whoever_is_on_duty(
    store: Store,
) -> None:
    world = World(store, extra=DUTY)
    times = {"leaving_at": "2026-11-23T17:30", "return_at": "2026-11-23T18:10"}
    await evening(world, **times)
    await world.bo.presses("I'll do it")
    await world.priya.presses("Approve")
    await world.until("17:30")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    world.bo.does_not_see("Out: Ana Teach")
    known = len(world.chat.log)
    await world.until("18:00")
    assert {"bo", "okoro"} <= set(to(world, known))
    world.bo.sees("Out: Ana Teach, 14 Oak Road. Due back 18:10.")
    world.okoro.sees("the office's part is yours until they are back.")


async def test_S11_more_time_in_the_evening_needs_nobodys_yes_while_the_backup_stays(
    world: World,
) -> None:
    await out_alone(world)
    await world.until("19:00")
    await world.ana.says("back at 20:10")
    assert "Thank you. Due back 20:10." in world.ana.told
    await world.ana.says("back at 20:30")
    assert "I've asked for time until 20:30." in world.ana.told
    world.priya.sees("Ana Teach asks for time until 20:30.")


async def test_S11_a_backup_who_cant_any_more_covers_nothing(world: World) -> None:
    await out_alone(world)
    known = len(world.chat.log)
    await world.bo.presses("I can't after all")
    assert {"lee", "office", "ana"} <= set(to(world, known))
    world.lee.sees("Bo Buddy can't be the backup.")
    world.office_sees("Bo Buddy can't be the backup.")
    world.ana.sees("Bo Buddy can't be the backup.")
    await world.until("19:00")
    await world.ana.says("back at 19:40")
    assert "I've asked for time until 19:40." in world.ana.told
    assert world.tom.messages == []


async def test_S1_after_a_breach_in_the_evening_everybody_of_the_duty_is_told(
    store: Store,
) -> None:
    world = World(store, extra=DUTY)
    await evening(world)
    await world.until("18:30")
    known = len(world.chat.log)
    await world.ana.says("already left")
    assert {"bo", "okoro", "lee", "priya", "office"} <= set(to(world, known))


CHANGES = {
    "to winter": (datetime(2026, 10, 24, 16, 0, tzinfo=UTC), "2026-10-24", "2026-10-26"),
    "to summer": (datetime(2026, 3, 28, 17, 0, tzinfo=UTC), "2026-03-28", "2026-03-30"),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_S13_over_a_change_of_the_clocks_the_hours_are_those_on_the_wall(
    store: Store, change: str
) -> None:
    start, saturday, monday = CHANGES[change]
    world = World(store, start=start)
    weekend = {"leaving_at": f"{saturday}T17:30", "return_at": f"{saturday}T18:00"}
    await evening(world, backup="", **weekend)
    world.priya.sees("while the school is closed, and no backup is named.")
    inside = {"leaving_at": f"{monday}T17:15", "return_at": f"{monday}T17:59"}
    known = len(world.priya.messages)
    await evening(world, backup="", **inside)
    assert "while the school is closed" not in said(world.priya.messages[known].card)
    past = {"leaving_at": f"{monday}T17:15", "return_at": f"{monday}T18:01"}
    await evening(world, backup="", **past)
    world.priya.sees("while the school is closed, and no backup is named.")


async def test_S13_a_backup_stays_through_the_night_in_which_the_clocks_change(
    store: Store,
) -> None:
    """00:30 in summer to 02:15 in winter is an hour longer than it looks."""
    world = World(store, start=datetime(2026, 10, 24, 22, 0, tzinfo=UTC))
    night = {"leaving_at": "2026-10-25T00:30", "return_at": "2026-10-25T02:15"}
    visit = await world.visit(await evening(world, **night))
    await world.bo.presses("I'll do it")
    (word,) = (await world.visit(visit.id)).words
    assert word.until == datetime(2026, 10, 25, 3, 15, tzinfo=UTC)


async def test_a_holiday_is_outside_the_hours_and_a_school_without_hours_has_no_outside(
    store: Store,
) -> None:
    closed = '\n[[closed]]\nfrom = "2026-11-23"\nto = "2026-11-24"\n'
    world = World(store, extra=closed)
    await asked(world)
    world.priya.sees("while the school is closed, and no backup is named.")
    no_hours = world.text.replace(closed, "")
    no_hours = no_hours.replace('[school.hours]\nmon-fri = "08:00-18:00"', "")
    await world.reads(no_hours)
    known = len(world.priya.messages)
    await evening(world, backup="")
    assert "while the school is closed" not in said(world.priya.messages[known].card)


async def test_a_backup_can_be_named_in_the_one_line_that_asks_for_a_visit(world: World) -> None:
    await world.ana.says("visit 3 Elm Close today 18:30 to 19:15, backup Bo, about mornings")
    await world.ana.says("kind of visit: Welfare")
    await world.ana.says("send it")
    world.bo.sees("Ana Teach asks you to be the backup, today 18:30 to 19:15.")


async def test_S11_whoever_allows_a_later_return_reads_what_it_runs_into(world: World) -> None:
    visit = await out_alone(world, contact="olu")
    await world.until("18:40")
    known = len(world.chat.log)
    await world.ana.presses("I need more time")
    await world.ana.fills(until="2026-11-23T20:45")
    assert (await world.visit(visit)).watch is not None, "nobody who is out is turned away"
    asked_for = world.priya.sees("Bo Buddy has not said yes to so long: name another backup.")
    assert "Bo Buddy" not in asked_for.card.notification
    assert not any(post.endswith("bo") for post in world.moments(known))
    await world.priya.presses("Allow it")
    longer = world.bo.sees(
        "Ana Teach needs longer, until 20:45. Can you be the backup for so long?"
    )
    assert "Oak Road" not in said(longer.card)
    await world.bo.presses("I'll do it")
    world.bo.sees("You said that you would be there until 21:45.")
    world.tom.does_not_see("Ana Teach")


async def test_S12_a_planned_return_that_cant_be_met_is_mended_on_the_form(world: World) -> None:
    """It leads into the evening, and the backup can't: an earlier one is typed where it stands."""
    times = {"leaving_at": "2026-11-23T17:15", "return_at": "2026-11-23T18:15"}
    visit = await evening(world, **times)
    await world.priya.presses("Approve")
    await world.bo.presses("I can't")
    await world.until("17:15")
    await world.ana.presses("I'm leaving now")
    form = world.ana.form
    kit = ticked(form)
    await world.ana.fills(kit=kit)
    alone = "Ana Teach would be alone while the school is closed. Bo Buddy can't be the backup."
    assert world.ana.form.errors == {"until": alone}
    assert world.ana.form.values["kit"] == kit
    assert world.ana.form.values["going"] == form.values["going"]
    assert [button.label for button in world.ana.form.extra] == ["I've already left"]
    await world.ana.fills(until="2026-11-23T17:55")
    watch = (await world.visit(visit)).watch
    assert watch is not None
    assert watch.expected_return == datetime(2026, 11, 23, 17, 55, tzinfo=UTC)
    assert not watch.breach
    assert world.tom.messages == []


async def test_S12_a_typed_return_that_cant_be_met_comes_back_with_everything_typed(
    world: World,
) -> None:
    times = {"leaving_at": "2026-11-23T17:00", "return_at": "2026-11-23T17:45", "backup": ""}
    await evening(world, **times)
    await world.priya.presses("Approve")
    await world.until("17:20")
    await world.ana.presses("I'm leaving now")
    kit = ticked(world.ana.form)
    assert world.ana.form.values["until"] == "2026-11-23T18:05"
    await world.ana.fills(kit=kit)
    assert set(world.ana.form.errors) == {"until"}
    assert "no backup is named" in world.ana.form.errors["until"]
    assert world.ana.form.values["kit"] == kit
    assert world.ana.form.values["until"] == "2026-11-23T18:05"
