"""Approval before the appointment, the appointment itself, and going without one."""

from datetime import UTC, datetime

import pytest

from bot.domain.visit import Approved, Ended, Out, Requested, Visit
from bot.ports import Store
from tests.kit import ticked
from tests.stories.cast import school_text
from tests.stories.world import World, agrees, approved, asked

CANARIES = ("Canary-Family", "Canary-Purpose", "Mrs Canary")
MADE = {
    "leaving_at": "2026-11-26T10:00",
    "return_at": "2026-11-26T10:45",
    "how": "phone",
    "whom": "Mrs Canary",
    "told": "purpose,suits",
}


@pytest.fixture
def before(store: Store) -> World:
    """The relevant senior leader and the DSL say yes before a time is agreed."""
    return World(store, policy="pastoral")


async def yes(world: World) -> Visit:
    """Asked for without an appointment, and approved by both."""
    visit = await asked(world, appointment="")
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    return await world.visit(visit.id)


async def leaves(world: World) -> None:
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))


def the_outsider_knows_nothing(world: World) -> None:
    assert world.tom.messages == []
    for canary in CANARIES:
        world.office_does_not_see(canary)


async def test_a_yes_covers_days_and_the_card_says_which(before: World) -> None:
    await asked(before, appointment="")
    for judge in (before.lee, before.okoro):
        judge.sees("would like to visit 14 Oak Road, likely today 13:15 to 14:00.")
        judge.sees("A yes covers today to Mon 7 Dec, for about 45 minutes.")
        judge.does_not_see("No appointment")
    before.ana.sees("Please agree no time with the family yet.")
    before.ana.sees("before scheduling a home visit")
    the_outsider_knows_nothing(before)


async def test_each_of_the_two_is_a_person_of_their_own(before: World) -> None:
    visit = await asked(before, appointment="")
    await before.lee.presses("Approve")
    assert isinstance((await before.visit(visit.id)).phase, Requested)
    await before.lee.does_on(visit, "approve")
    assert isinstance((await before.visit(visit.id)).phase, Requested)
    await before.okoro.presses("Approve")
    assert isinstance((await before.visit(visit.id)).phase, Approved)


async def test_the_appointment_is_recorded_and_needs_no_new_yes(before: World) -> None:
    visit = await yes(before)
    before.ana.sees("Next, you agree a time with the family.")
    known = len(before.chat.log)
    await before.ana.presses("Record the appointment")
    assert before.ana.form.values["leaving_at"] == "2026-11-23T13:15"
    await before.ana.fills(MADE)
    assert "the appointment is Thu 26 Nov 10:00 to 10:45" in before.ana.told
    assert isinstance((await before.visit(visit.id)).phase, Approved)
    assert {line.split()[1] for line in before.posts(known)} == {"lee:", "okoro:", "bo:"}
    before.bo.sees("Ana Teach asks you to be reachable, Thu 26 Nov 10:00 to 10:45.")
    for judge in (before.lee, before.okoro):
        judge.sees("is Thu 26 Nov 10:00 to 10:45 now")
        judge.does_not_see("Mrs Canary")
    await before.advance("68h55m")
    await leaves(before)
    assert isinstance((await before.visit(visit.id)).phase, Out)
    before.office_sees("Due back 10:45")
    the_outsider_knows_nothing(before)


async def test_it_can_be_made_anew_inside_the_days(before: World) -> None:
    visit = await yes(before)
    await before.ana.presses("Record the appointment")
    await before.ana.fills(MADE)
    await before.ana.presses("Record the appointment")
    await before.ana.fills(
        MADE, leaving_at="2026-12-07T15:00", return_at="2026-12-07T15:50", how="letter"
    )
    now_is = await before.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    assert now_is.details is not None
    assert now_is.details.appointment.startswith("By letter, with Mrs Canary.")


@pytest.mark.parametrize(
    ("leaving_at", "return_at"),
    [
        ("2026-12-08T08:30", "2026-12-08T09:15"),  # a day too late
        ("2026-11-26T10:00", "2026-11-26T11:30"),  # longer than was approved
        ("2026-11-26T17:30", "2026-11-26T18:15"),  # into hours without cover
        ("2026-11-28T10:00", "2026-11-28T10:45"),  # a Saturday
    ],
)
async def test_S12_anything_else_than_was_covered_is_asked_for_again(
    before: World, leaving_at: str, return_at: str
) -> None:
    visit = await yes(before)
    await before.ana.presses("Record the appointment")
    await before.ana.fills(MADE, leaving_at=leaving_at, return_at=return_at)
    assert "asked for again" in before.ana.told
    now_is = await before.visit(visit.id)
    assert isinstance(now_is.phase, Requested)
    for judge in (before.lee, before.okoro):
        judge.sees("Mrs Canary")
        judge.sees("before these changes")
        assert judge.has_button("Approve")
    await before.ana.says("leaving")
    assert "isn't approved" in before.ana.told


async def test_S1_without_one_they_are_refused_can_record_it_there_and_are_watched_all_the_same(
    before: World,
) -> None:
    visit = await yes(before)
    await before.advance("15m")
    await before.ana.presses("I'm leaving now")
    assert "nobody goes without one" in before.ana.told
    assert before.ana.answer.card is not None
    labels = [button.label for button in before.ana.answer.card.buttons]
    assert labels[:2] == ["Record the appointment", "I've already left"]
    await before.ana.presses("I've already left")
    assert isinstance((await before.visit(visit.id)).phase, Out)
    before.office_sees("left without something that the policy asks for")
    before.priya.sees("left without something that the policy asks for")
    before.lee.sees("left without something that the policy asks for")
    the_outsider_knows_nothing(before)


async def test_the_refusal_leads_to_the_form_and_on_to_the_door(before: World) -> None:
    visit = await yes(before)
    await before.advance("15m")
    await before.ana.presses("I'm leaving now")
    await before.ana.presses("Record the appointment")
    await before.ana.fills(MADE, leaving_at="2026-11-23T13:20", return_at="2026-11-23T14:00")
    await leaves(before)
    assert isinstance((await before.visit(visit.id)).phase, Out)
    before.office_does_not_see("without something")


@pytest.mark.parametrize("typed", ["agreed by phone", "none", "no", "n/a", "-", "not made yet"])
async def test_S1_nothing_typed_opens_the_door_but_recording_it(before: World, typed: str) -> None:
    await before.ana.says("visit")
    assert "appointment" not in {field.name for field in before.ana.form.fields}
    visit = await asked(before, appointment=typed)
    before.lee.sees("A yes covers today to Mon 7 Dec")
    await before.lee.presses("Approve")
    await before.okoro.presses("Approve")
    await before.ana.presses("Change the plan")
    assert "appointment" not in {field.name for field in before.ana.form.fields}
    await before.ana.fills(appointment=typed)
    assert "Nothing is changed" in before.ana.told
    await before.advance("15m")
    await before.ana.presses("I'm leaving now")
    assert "nobody goes without one" in before.ana.told
    assert isinstance((await before.visit(visit.id)).phase, Approved)
    await before.ana.presses("Record the appointment")
    await before.ana.fills(MADE, leaving_at="2026-11-23T13:20", return_at="2026-11-23T14:00")
    await leaves(before)
    assert isinstance((await before.visit(visit.id)).phase, Out)
    the_outsider_knows_nothing(before)


async def test_what_is_recorded_stands_in_no_form_and_outlasts_another_change(
    before: World,
) -> None:
    visit = await yes(before)
    await agrees(before)
    await before.ana.presses("Change the plan")
    await before.ana.fills(companions="sam", leaving_at="2026-11-23T13:20")
    await before.lee.presses("Approve")
    await before.okoro.presses("Approve")
    now_is = await before.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    assert now_is.details is not None
    assert now_is.details.appointment.startswith("By phone, with Canary-Family.")
    await before.until("13:20")
    await leaves(before)
    assert isinstance((await before.visit(visit.id)).phase, Out)


async def test_for_another_time_another_is_made(before: World) -> None:
    visit = await yes(before)
    await agrees(before)
    await before.ana.presses("Change the plan")
    await before.ana.fills(leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:45")
    for judge in (before.lee, before.okoro):
        judge.sees("A yes covers today to Mon 7 Dec")
        await judge.presses("Approve")
    await before.until("15:00")
    await before.ana.presses("I'm leaving now")
    assert "nobody goes without one" in before.ana.told
    assert isinstance((await before.visit(visit.id)).phase, Approved)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"how": ""}, "how"),
        ({"whom": "  "}, "whom"),
        ({"told": "purpose"}, "told"),
        ({"told": "suits"}, "told"),
        ({"leaving_at": "2026-11-20T10:00"}, "leaving_at"),
        ({"return_at": "2026-11-26T09:00"}, "return_at"),
    ],
)
async def test_what_is_missing_comes_back_with_everything_typed(
    before: World, changed: dict[str, str], field: str
) -> None:
    visit = await yes(before)
    await before.ana.presses("Record the appointment")
    await before.ana.fills({**MADE, **changed})
    assert set(before.ana.form.errors) == {field}
    assert {**before.ana.form.values} == {**MADE, **changed}
    assert not (await before.visit(visit.id)).plan.fixed


async def test_the_lead_is_asked_at_the_likely_time_and_it_lapses_with_the_days(
    before: World,
) -> None:
    visit = await yes(before)
    await before.until("13:26")
    before.ana.sees("Is a time agreed with the family (V-1001)?")
    await before.nothing_more("330h")
    await before.advance("48h")
    phase = (await before.visit(visit.id)).phase
    assert isinstance(phase, Ended)
    assert (phase.how, phase.at) == ("expired", datetime(2026, 12, 7, 23, 59, tzinfo=UTC))
    assert before.ana.messages[-1].card.title.startswith("Visit V-1001, likely Mon 23 Nov 13:15")
    assert not before.office_messages, "there was never a time at which to look for them"


async def test_an_appointment_that_nobody_left_on_tells_the_office(before: World) -> None:
    visit = await yes(before)
    await before.ana.presses("Record the appointment")
    await before.ana.fills(MADE)
    await before.advance("69h11m")
    before.ana.sees("Have you left? You planned to at 10:00")
    await before.advance("1h")
    assert isinstance((await before.visit(visit.id)).phase, Ended)
    before.office_sees("V-1001")


async def test_before_the_yes_there_is_nothing_to_record(before: World) -> None:
    await asked(before, appointment="")
    assert not before.ana.has_button("Record the appointment")
    await before.ana.says("record the appointment")
    assert "Approval comes first." in before.ana.told


async def test_only_the_lead_records_it(before: World) -> None:
    visit = await asked(before, appointment="", companions="sam")
    await before.lee.presses("Approve")
    await before.okoro.presses("Approve")
    for other in (before.sam, before.lee, before.priya):
        assert not other.has_button("Record the appointment")
        await other.does_on(visit, "appointment")
        assert "Only the person who leads this visit" in other.told
    await before.tom.does_on(visit, "appointment")
    assert before.tom.turned_away


async def test_likely_times_may_move_about_in_the_days(before: World) -> None:
    visit = await yes(before)
    await before.ana.presses("Change the plan")
    await before.ana.fills(leaving_at="2026-12-01T10:00", return_at="2026-12-01T10:45")
    now_is = await before.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    assert not now_is.plan.fixed
    await before.ana.presses("Change the plan")
    await before.ana.fills(leaving_at="2026-12-14T10:00", return_at="2026-12-14T10:45")
    assert isinstance((await before.visit(visit.id)).phase, Requested)


async def test_step_by_step_in_messages(before: World) -> None:
    visit = await yes(before)
    before.ana.forms = False
    await before.ana.says("record the appointment")
    for answer in ("Thursday at 10", "10.45", "by phone", "Mrs Canary"):
        await before.ana.says(answer)
    assert "What was agreed?" in before.ana.told
    await before.ana.says("They know what it is about, The time suits them")
    await before.ana.says("send it")
    now_is = await before.visit(visit.id)
    assert now_is.plan.fixed
    assert now_is.plan.leaving_at == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "asked_for", "last", "said"),
    [
        (
            datetime(2027, 3, 22, 13, 0, tzinfo=UTC),
            ("2027-03-22T13:15", "2027-03-22T14:00"),
            datetime(2027, 4, 5, 22, 59, tzinfo=UTC),
            "today to Mon 5 Apr",
        ),
        (
            datetime(2026, 10, 19, 12, 0, tzinfo=UTC),
            ("2026-10-19T13:15", "2026-10-19T14:00"),
            datetime(2026, 11, 2, 23, 59, tzinfo=UTC),
            "today to Mon 2 Nov",
        ),
    ],
)
async def test_S13_the_days_end_with_the_day_over_either_clock_change(
    store: Store, start: datetime, asked_for: tuple[str, str], last: datetime, said: str
) -> None:
    world = World(store, policy="pastoral", start=start)
    leaving_at, return_at = asked_for
    visit = await asked(world, appointment="", leaving_at=leaving_at, return_at=return_at)
    world.lee.sees(f"A yes covers {said}")
    assert visit.plan.window is not None
    assert visit.plan.window.last == last
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    await world.advance("342h")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.advance("12h")
    assert isinstance((await world.visit(visit.id)).phase, Ended)


async def test_S13_an_appointment_after_the_clocks_change_is_at_its_own_hour(store: Store) -> None:
    world = World(store, policy="pastoral", start=datetime(2027, 3, 22, 13, 0, tzinfo=UTC))
    await asked(world, appointment="", leaving_at="2027-03-22T13:15", return_at="2027-03-22T14:00")
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    await world.ana.presses("Record the appointment")
    await world.ana.fills(MADE, leaving_at="2027-03-28T01:30", return_at="2027-03-28T02:30")
    assert "does not exist that night" in world.ana.form.errors["leaving_at"]
    await world.ana.fills(MADE, leaving_at="2027-04-01T10:00", return_at="2027-04-01T10:45")
    (visit,) = await world.visits()
    assert visit.plan.leaving_at == datetime(2027, 4, 1, 9, 0, tzinfo=UTC)
    world.ana.sees("Thu 1 Apr 10:00 to 10:45")


async def test_slps_goes_unannounced_on_a_named_persons_word(world: World) -> None:
    visit = await asked(world, kind="Welfare", appointment="")
    for judge in (world.priya, world.lee):
        judge.sees("No appointment is made: Ana Teach would go unannounced.")
        judge.sees("Make an appointment to establish a time")
    world.ana.sees("No appointment is made: can you make one, by phone or letter?")
    await world.priya.presses("Approve")
    for reader in (world.ana, world.priya, world.lee):
        reader.sees("Priya Shah authorised going without an appointment.")
    await world.advance("15m")
    await leaves(world)
    assert isinstance((await world.visit(visit.id)).phase, Out)
    the_outsider_knows_nothing(world)


async def test_slps_asks_how_it_was_made_by_phone_or_letter(world: World) -> None:
    await world.ana.says("visit")
    (how,) = [field for field in world.ana.form.fields if field.name == "appointment"]
    assert "“Either make a phone call or send a letter.”" in str(how)
    await approved(world, kind="Welfare", appointment="")
    await world.ana.presses("Record the appointment")
    (how,) = [field for field in world.ana.form.fields if field.name == "how"]
    assert "“Either make a phone call or send a letter.”" in str(how)
    assert "By letter" in str(how)


@pytest.mark.parametrize("typed", ["none, could not reach them", "not made yet", "No", "-", "n/a"])
async def test_slps_words_that_say_none_are_no_appointment(world: World, typed: str) -> None:
    await asked(world, kind="Welfare", appointment=typed)
    world.priya.sees("No appointment is made: Ana Teach would go unannounced.")
    world.ana.sees("No appointment is made: can you make one, by phone or letter?")
    await world.priya.presses("Approve")
    world.ana.sees("Priya Shah authorised going without an appointment.")
    assert world.ana.has_button("Record the appointment")
    the_outsider_knows_nothing(world)


async def test_slps_an_appointment_made_after_all_takes_the_exception_back(world: World) -> None:
    visit = await approved(world, kind="Welfare", appointment="")
    await world.ana.presses("Record the appointment")
    await world.ana.fills(MADE, leaving_at="2026-11-23T13:20", return_at="2026-11-23T14:00")
    now_is = await world.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    world.ana.does_not_see("authorised going without")
    assert not world.ana.has_button("Record the appointment")


async def test_slps_another_day_is_another_plan(world: World) -> None:
    visit = await approved(world, kind="Welfare", appointment="")
    await world.ana.presses("Record the appointment")
    await world.ana.fills(MADE)
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_a_policy_of_ones_own_may_approve_days_and_want_no_appointment(store: Store) -> None:
    own = '[policy]\nappointment.needed = "no"\napproval.window = "2d"\n'
    world = World(store, text=school_text("pastoral", own))
    visit = await yes(world)
    await world.advance("23h")
    await world.ana.presses("I'm leaving now")
    assert world.ana.form.values["until"] == "2026-11-24T12:45"
    await world.ana.fills(kit=ticked(world.ana.form))
    now_is = await world.visit(visit.id)
    assert now_is.watch is not None
    assert not now_is.watch.breach


async def test_S4_help_long_after_the_likely_time_is_asked_about_first(before: World) -> None:
    await yes(before)
    await before.advance("48h")
    await before.ana.says("help")
    assert before.ana.answer.card is not None
    assert "I'm in danger" in [button.label for button in before.ana.answer.card.buttons]


async def test_S1_whoever_left_days_ahead_is_watched_from_now_on(before: World) -> None:
    """The likely time is days away: its return is none to go by."""
    visit = await asked(
        before, appointment="", leaving_at="2026-11-25T13:15", return_at="2026-11-25T14:00"
    )
    await before.lee.presses("Approve")
    await before.okoro.presses("Approve")
    await before.ana.does_on(visit, "already_left")
    now_is = await before.visit(visit.id)
    assert now_is.watch is not None
    assert f"{now_is.watch.expected_return:%d %H:%M}" == "23 13:45"
