"""Everything can be written instead of pressed, and what isn't understood is answered by the
likeliest presses.
"""

import pytest

from bot.ports import Press
from tests.kit import KIT
from tests.stories.world import World, approved, asked, minutes, out

NOTHING_HERE = "I have no visit"


def labels(world: World, person: str) -> list[str]:
    card = world.people[person].answer.card
    assert card is not None
    return [button.label for button in card.buttons]


async def test_20_more_minutes_moves_the_return_and_is_a_check_in(world: World) -> None:
    await out(world)
    await world.until("13:30")
    await world.ana.says("20 more minutes please")
    watch = (await world.only_visit()).watch
    assert watch is not None
    assert world.ana.told == "Thank you. Due back 14:20. I'm telling the office."
    assert watch.visitors[0].heard == "more_time"
    world.office_sees("14:20")


async def test_back_at_3_15_is_a_new_return_and_nobody_is_taken_for_back(world: World) -> None:
    visit = await out(world)
    await world.ana.says("back at 3.15")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].is_out
    assert f"{watch.expected_return:%H:%M}" == "15:15"
    world.office_sees("15:15")


async def test_an_earlier_return_is_taken_and_asked_about_sooner(world: World) -> None:
    visit = await out(world)
    await world.ana.says("I'll be back at 13:40")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert f"{watch.expected_return:%H:%M}" == "13:40"
    world.office_sees("13:40")
    await world.until("13:46")
    assert (await world.visit(visit.id)).alarm is not None


async def test_S13_a_return_that_could_be_two_times_is_asked_and_moves_nothing(
    world: World,
) -> None:
    visit = await out(world)
    await world.ana.says("back at 8")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert f"{watch.expected_return:%H:%M}" == "14:00"
    assert labels(world, "ana")[:2] == ["Mon 23 Nov, 20:00", "Tue 24 Nov, 08:00"]
    world.office_sees("back at 8")
    await world.ana.presses("Mon 23 Nov, 20:00")
    assert "I've asked for time until 20:00" in world.ana.told


@pytest.mark.parametrize("words", ["back at 13:30", "im back at 1.30", "until 1.30"])
async def test_S4_a_return_that_is_past_may_say_that_they_are_back_and_is_asked(
    world: World, words: str
) -> None:
    visit = await out(world)
    await world.until("13:40")
    await world.ana.says(words)
    assert "13:30 is past already. Are you back?" in world.ana.told
    assert labels(world, "ana") == ["I'm back", "Another time", "I need help"]
    assert not world.office_sees(f"“{words}”").urgent
    assert (await world.visit(visit.id)).is_out
    await world.ana.presses("I'm back")
    assert not (await world.visit(visit.id)).is_out
    assert world.tom.messages == []


async def test_S11_more_than_a_whole_visit_is_asked_about_and_moves_nothing(world: World) -> None:
    visit = await out(world)
    await world.ana.says("999 more minutes")
    assert "at most 3 hours" in world.ana.form.errors["minutes"]
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.extension is None
    assert f"{watch.expected_return:%H:%M}" == "14:00"
    await world.ana.says("10 more mins pls")
    assert world.ana.told.startswith("Thank you. Due back 14:10.")


async def test_S14_more_time_on_two_visits_at_once_asks_which(world: World) -> None:
    await out(world)
    second = await approved(world, place="99 Far Lane", leaving_at="2026-11-23T13:20")
    await world.advance("5m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.ana.says("20 more minutes")
    assert "Which visit needs more time?" in world.ana.told
    await world.ana.presses(f"{second.reference}, alone, due 14:00")
    first, other = [v.watch for v in await world.visits()]
    assert first is not None
    assert other is not None
    assert other.expected_return - first.expected_return == minutes(20)


async def test_my_visits_shows_them_with_their_buttons(world: World) -> None:
    await world.ana.says("my visits")
    assert "You have no visits" in world.ana.told
    await out(world)
    await asked(world, leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:30")
    await world.ana.says("my visits")
    assert "Your 2 visits." in world.ana.told
    assert {"I'm OK", "I'm back", "I need help", "Cancel the visit"} <= set(labels(world, "ana"))
    card = world.ana.answer.card
    assert card is not None
    assert world.tom.messages == []
    await world.tom.says("my visits")
    assert "You have no visits" in world.tom.told


async def test_show_the_policy_says_who_approves_and_who_is_told_with_the_clauses(
    world: World,
) -> None:
    await world.tom.says("show the policy")
    told = world.tom.told
    while "Read on" in world.tom.told:
        await world.tom.presses("Read on")
        told += world.tom.told
    for words in (
        "approved by the Head or a senior leader",
        "every 30 minutes",
        "After 10 minutes Doorstep also tells the Head and the Designated Safeguarding Lead",
        "3 hours",
        "ALL HOME VISITS MUST BE AUTHORISED",
        "ALWAYS report back in.",
    ):
        assert words in told


async def test_a_leader_approves_by_reference_what_they_were_shown(world: World) -> None:
    visit = await asked(world)
    await world.priya.says(f"approve {visit.reference}")
    assert world.priya.told == "Approved. Ana Teach is told."
    world.ana.sees("Approved by Priya Shah")


async def test_S3_a_plan_that_changed_is_shown_and_not_approved_by_its_reference(
    world: World,
) -> None:
    visit = await asked(world)
    await world.priya.presses("Ask for changes")
    await world.priya.fills(reason="Go in pairs")
    await world.ana.does(Press("change_plan", visit.id))
    await world.ana.fills(companions="sam")
    await world.priya.says(f"approve {visit.reference}")
    assert "would like to visit" in world.priya.told
    assert (await world.visit(visit.id)).revision == 2
    assert "Approved" not in type((await world.visit(visit.id)).phase).__name__
    await world.priya.presses("Approve")
    assert world.priya.told == "Approved. Ana Teach is told."


async def test_P6_a_reference_is_nothing_to_an_outsider_and_to_nobody_who_may_not_decide(
    world: World,
) -> None:
    visit = await asked(world)
    for words in ("approve {}", "{}", "cancel {}", "decline {}", "I'm on it {}", "leaving {}"):
        await world.tom.says(words.format(visit.reference))
        assert world.tom.told == f"{NOTHING_HERE} {visit.reference} for you."
        await world.tom.says(words.format("V-9999"))
        assert world.tom.told == f"{NOTHING_HERE} V-9999 for you."
    await world.bo.says(f"approve {visit.reference}")
    assert await world.visit(visit.id) == visit


async def test_a_word_without_a_reference_shows_the_one_it_can_be_about_or_asks(
    world: World,
) -> None:
    await world.priya.says("approve")
    assert world.priya.told == "No visit waits for your word."
    await asked(world)
    await world.priya.says("approve")
    assert "would like to visit 14 Oak Road" in world.priya.told
    await asked(world, leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:30")
    await world.priya.says("approve")
    assert len(labels(world, "priya")) == 2
    await world.priya.presses(labels(world, "priya")[0])
    assert "would like to visit 14 Oak Road" in world.priya.told
    await world.tom.says("approve")
    assert world.tom.told == "No visit waits for your word."


async def test_on_it_is_the_alarm_they_were_told_of(world: World) -> None:
    visit = await out(world)
    await world.lee.says("on it")
    assert "No alarm is open" in world.lee.told
    await world.until("13:56")
    await world.lee.says("I'm on it")
    alarm = (await world.visit(visit.id)).alarm
    assert alarm is not None
    assert alarm.owner is not None
    assert alarm.owner.id == "lee"
    await world.lee.says("she's safe")
    assert (await world.visit(visit.id)).alarm is not None, "asked how they know, on the alarm"
    assert "They are safe" in labels(world, "lee")
    await world.ana.says("on it")
    assert (await world.visit(visit.id)).alarm is not None


async def test_cancel_asks_which_of_several(world: World) -> None:
    await asked(world)
    await world.ana.says("cancel")
    assert world.ana.told == "V-1001 is cancelled."
    await asked(world)
    await asked(world, leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:30")
    await world.ana.says("cancel")
    assert "Which visit do you want to cancel?" in world.ana.told
    assert len(await world.visits()) == 2


async def test_S1_already_left_asks_nothing_first_and_leaving_asks_which(world: World) -> None:
    first = await approved(world)
    await approved(world, leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:30")
    await world.ana.says("leaving")
    assert "Which visit are you leaving on?" in world.ana.told
    await world.ana.says("I've already left")
    assert (await world.visit(first.id)).is_out


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("bakc", "I'm back"),
        ("im oky", "I'm OK"),
        ("back in 10", "Back at 13:25"),
        ("20 minutes", "20 more minutes"),
        ("mor time", "I need more time"),
    ],
)
async def test_S4_the_likeliest_is_offered_and_the_watchers_are_told_all_the_same(
    world: World, words: str, label: str
) -> None:
    visit = await out(world)
    await world.ana.says(words)
    shown = labels(world, "ana")
    assert label in shown
    assert len(shown) <= 4
    assert shown[-1] == "I need help"
    world.office_sees(f"“{words}”")
    after = (await world.visit(visit.id)).watch
    assert after is not None
    assert after.visitors[0].checked_in_at is None


async def test_who_is_about_to_leave_is_offered_leaving(world: World) -> None:
    await approved(world)
    await world.ana.says("wibble")
    assert labels(world, "ana") == [
        "I'm leaving now",
        "I've already left",
        "My visits",
        "I need help",
    ]
    await world.ana.says("cancle the vist")
    assert labels(world, "ana")[0] == "Cancel the visit"
    await world.tom.says("shwo polcy")
    assert labels(world, "tom")[0] == "Show the policy"
    await world.tom.says("wibble")
    assert labels(world, "tom") == ["Plan a visit", "How Doorstep works", "I need help"]


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("address 16 Oak Road", "place", "16 Oak Road"),
        ("change the time to 13:40", "leaving_at", "2026-11-23T13:40"),
        ("with Bo as well", "companions", "sam,bo"),
        ("Sam is ill", "companions", "sam"),
    ],
)
async def test_S12_words_about_an_approved_plan_offer_to_change_it_first(
    world: World, words: str, field: str, value: str
) -> None:
    visit = await approved(world, companions="sam")
    await world.ana.says(words)
    assert labels(world, "ana") == [
        "Change the plan",
        "My visits",
        "I'm leaving now",
        "I need help",
    ]
    assert await world.visit(visit.id) == visit, "nothing is changed by the words alone"
    await world.ana.presses("Change the plan")
    assert world.ana.form.values[field] == value
    await world.tom.says(words)
    assert "Change the plan" not in labels(world, "tom")


@pytest.mark.parametrize("words", ["Sam phoned, he is back", "sam phoned ok", "I spoke to Sam"])
async def test_S10_news_by_message_shows_the_visit_with_its_presses(
    world: World, words: str
) -> None:
    visit = await out(world, companions="sam")
    await world.olu.says(words)
    assert {"They phoned: OK", "They phoned: back"} <= set(labels(world, "olu"))
    assert await world.visit(visit.id) == visit
    await world.tom.says(words)
    assert "I didn't understand that." in world.tom.told


@pytest.mark.parametrize("words", ["not Sam, Bo instead", "Not Sam but Bo!", "Bo instead of Sam"])
async def test_somebody_else_instead_stands_in_the_form_before_it_is_sent(
    world: World, words: str
) -> None:
    visit = await asked(world, companions="sam", contact="")
    await world.ana.says(words)
    assert (await world.visit(visit.id)).plan.companions == ("sam",), "nothing is guessed"
    await world.ana.presses("Change the plan")
    assert world.ana.form.values["companions"] == "bo"
    await world.ana.fills()
    assert (await world.visit(visit.id)).plan.companions == ("bo",)


async def test_instead_of_somebody_who_does_not_come_changes_nobody(world: World) -> None:
    await asked(world, companions="sam", contact="")
    await world.ana.says("not Lee, Bo instead")
    await world.ana.presses("Change the plan")
    assert world.ana.form.values["companions"] == "sam"


async def test_whoever_has_a_title_is_greeted_with_it(world: World) -> None:
    await world.reads(world.text.replace('"Priya Shah"', '"Mrs Priya Shah"'))
    await world.priya.says("hello")
    assert "Hello Mrs Shah." in world.priya.told
