"""What sounds like danger is told at once, and nothing written is hidden by what follows (S4)."""

import pytest

from tests.kit import KIT
from tests.stories.world import World, approved, asked, out


@pytest.mark.parametrize(
    "words",
    [
        "send help",
        "call the police",
        "help me please",
        "999",
        "help us",
        "HELP HELP",
        "help Sam",
        "help sam is hurt",
        "Sam needs help",
        "help please hurry",
    ],
)
async def test_S4_more_ways_to_ask_for_help_are_help(world: World, words: str) -> None:
    await out(world)
    await world.ana.says(words)
    world.office_sees("Ana Teach asked for help at 13:15.")


async def test_S4_words_that_sound_alarming_are_urgent_and_end_or_start_nothing(
    world: World,
) -> None:
    visit = await out(world)
    await world.ana.says("he says he has a knife")
    assert world.office_sees("he says he has a knife").urgent
    assert (await world.visit(visit.id)).alarm is None
    await world.tom.says("somebody is hurt here")
    assert "Are you in danger now?" in world.tom.told
    assert world.tom.messages == []


@pytest.mark.parametrize("words", ["he has a knife", "im scared", "I don't feel safe"])
async def test_S4_where_it_sounds_like_danger_help_comes_first_and_ok_last(
    world: World, words: str
) -> None:
    await out(world)
    await world.ana.says(words)
    card = world.ana.answer.card
    assert card is not None
    assert [button.label for button in card.buttons] == [
        "I need help",
        "Uneasy, leaving now",
        "I'm OK",
    ]
    assert [button.style for button in card.buttons] == ["danger", "default", "default"]
    assert world.office_sees(f"“{words}”").urgent


@pytest.mark.parametrize("words", ["yes", "Yep", "safe", "yes thanks"])
async def test_S4_a_short_yes_answers_are_you_ok_and_nothing_else(world: World, words: str) -> None:
    visit = await out(world)
    await world.ana.says(words)
    world.office_sees(f"“{words}”")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].checked_in_at is None, "nobody had asked"
    await world.until("13:46")
    await world.ana.says(words)
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].checked_in_at == world.clock.now()
    assert world.ana.told.startswith("Thank you. Due back 14:00.")
    await world.ana.presses("I need help")
    await world.ana.says(words)
    assert "whoever watches" in world.ana.told


@pytest.mark.parametrize("words", ["👍", "ok 👍", "ok ok", "yes?"])
async def test_S4_what_is_nearly_ok_is_offered_first_and_passed_on_calmly(
    world: World, words: str
) -> None:
    visit = await out(world)
    await world.until("13:46")
    await world.ana.says(words)
    card = world.ana.answer.card
    assert card is not None
    assert card.buttons[0].label == "I'm OK"
    assert not world.office_sees(f"“{words}”").urgent
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].checked_in_at is None


async def test_S4_one_visitors_words_do_not_hide_anothers(world: World) -> None:
    await out(world, companions="sam")
    await world.ana.says("he has locked us in")
    await world.sam.says("parking was awful")
    world.office_sees("Ana Teach, 13:15: “he has locked us in”")
    world.office_sees("Sam Assist, 13:15: “parking was awful”")


async def test_S6_one_visitors_new_place_does_not_move_the_other(world: World) -> None:
    await out(world, companions="sam")
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place="Police station")
    await world.ana.presses("I'm OK")
    await world.advance("35m")
    card = world.office_alarmed("Sam Assist").card
    words = " ".join(card.words)
    assert "Police station (Ana Teach, 13:15)" in words
    assert "planned: 14 Oak Road" in words


async def test_S14_plain_help_goes_to_where_they_were_heard_of_last(world: World) -> None:
    await out(world)
    second = await approved(world, place="99 Far Lane", leaving_at="2026-11-23T13:20")
    await world.advance("5m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.ana.says("help")
    assert (await world.visit(second.id)).alarm is not None
    words = " ".join(world.office_sees("asked for help").card.words)
    assert "99 Far Lane" in words
    assert "14 Oak Road (Ana Teach, V-1001)" in words


async def test_S2_OK_again_and_again_past_the_return_does_not_put_the_alarm_off(
    world: World,
) -> None:
    visit = await out(world)
    await world.until("13:45")
    await world.ana.presses("I'm OK")
    await world.until("14:00")
    for moment in ("14:01", "14:03", "14:05"):
        await world.until(moment)
        await world.ana.presses("I'm OK")
    await world.until("14:06")
    assert (await world.visit(visit.id)).alarm is not None
    world.office_sees("Ana Teach is late: due back at 14:00")


async def test_S1_already_left_can_be_typed_after_an_unanswered_request_lapsed(
    world: World,
) -> None:
    visit = await asked(world)
    await world.until("14:20")
    await world.ana.says("already left")
    assert (await world.visit(visit.id)).is_out
    world.office_sees("They left without approval")


async def test_S14_somebody_back_from_one_visit_is_not_on_two_at_once(world: World) -> None:
    await out(world, companions="sam")
    await world.ana.presses("I'm back")
    await asked(world, leaving_at="2026-11-23T13:30")
    assert "two visits at once" not in " ".join(world.priya.sees("would like to visit").card.words)
    await asked(world, leaving_at="2026-11-23T13:30", companions="sam")
    world.priya.sees("Sam Assist would be on two visits at once")
