"""A message that its writer changes, or brings back: distress is heard, nothing is done twice."""

import pytest

from bot.domain.visit import Visit
from tests.stories.world import World, approved, asked, out


async def alarm_of(world: World, visit: Visit) -> object:
    return (await world.visit(visit.id)).alarm


@pytest.mark.parametrize("words", ["help", "Help us", "I'm in danger", "hlep"])
async def test_S4_help_is_heard_in_a_message_that_was_changed(world: World, words: str) -> None:
    await out(world)
    await world.ana.says("hello there")
    await world.ana.changes(words)
    assert world.office_sees("Ana Teach asked for help").urgent
    assert "asked" in world.ana.told or "telling" in world.ana.told


async def test_S4_so_is_being_uneasy_and_what_sounds_like_danger(world: World) -> None:
    visit = await out(world)
    await world.ana.says("all fine in here")
    await world.ana.changes("he has a knife")
    assert world.office_sees("“he has a knife”").urgent
    assert world.ana.has_answer("I need help")
    assert await alarm_of(world, visit) is None
    await world.ana.changes("uneasy")
    world.bo.sees("uneasy")


async def test_S4_from_whoever_is_not_out_it_is_a_choice(world: World) -> None:
    await world.tom.says("hello there")
    await world.tom.changes("help")
    assert "Are you in danger now?" in world.tom.told
    await world.tom.changes("somebody is hurt")
    assert "Are you in danger now?" in world.tom.told


@pytest.mark.parametrize(
    "words", ["ok", "arrived", "back", "20 more minutes", "back at 3.30", "leaving", "yes"]
)
async def test_nothing_else_is_done_and_its_writer_is_told_so(world: World, words: str) -> None:
    await out(world)
    await world.until("13:46")  # "are you OK?"
    await world.ana.says("hello there")
    before = await world.only_visit()
    told = len(world.chat.log)
    await world.ana.changes(words)
    assert "have done nothing" in world.ana.told
    assert world.ana.has_answer("I'm OK")
    assert world.ana.has_answer("I need help")
    assert await world.only_visit() == before
    assert world.posts(told) == []
    await world.until("13:52")
    world.office_sees("No answer from Ana Teach")


async def test_an_approval_or_a_request_is_not_made_by_a_change(world: World) -> None:
    visit = await asked(world)
    await world.priya.says("hello there")
    await world.priya.changes(f"approve {visit.reference}")
    assert "have done nothing" in world.priya.told
    assert (await world.visit(visit.id)).phase == visit.phase


async def test_what_nobody_understands_is_passed_on_from_whoever_is_out_alone(
    world: World,
) -> None:
    await world.tom.says("hmm")
    await world.tom.changes("well, well")
    assert world.tom.answer.card is None
    await out(world)
    await world.ana.says("we are at number fourteen")
    await world.ana.changes("we are at number sixteen")
    world.office_sees("“we are at number sixteen”")


# --- nothing twice ---


async def test_a_slip_that_is_mended_calls_nobody_twice(world: World) -> None:
    await out(world)
    await world.ana.says("hlep")
    told = len(world.chat.log)
    first = world.ana.told
    for words in ("help", "help!", "help me please"):
        await world.ana.changes(words)
        assert world.ana.told == first
    assert world.posts(told) == []


async def test_nor_does_one_that_called_only_when_it_was_changed(world: World) -> None:
    await out(world)
    await world.ana.says("hello there")
    await world.ana.changes("help")
    told = len(world.chat.log)
    await world.ana.changes("help me")
    assert world.posts(told) == []


async def test_an_old_call_that_is_touched_again_alarms_nobody_and_is_passed_on_at_once(
    world: World,
) -> None:
    """Brought back after it was deleted, say: it may be a slip, and it may not."""
    visit = await out(world)
    await world.ana.says("help")
    await world.advance("6m")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="no")
    assert await alarm_of(world, visit) is None
    await world.ana.changes("help")
    assert await alarm_of(world, visit) is None
    assert world.office_sees("“help”").urgent
    assert world.ana.has_answer("I need help")
    await world.ana.says("help")
    assert await alarm_of(world, visit), "a new one is a new call"


async def test_a_message_that_said_something_else_before_is_a_new_call(world: World) -> None:
    visit = await out(world)
    await world.ana.says("help")
    await world.advance("6m")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="no")
    await world.ana.says("going in now")
    await world.ana.changes("help")
    assert await alarm_of(world, visit)


async def test_what_was_said_in_confidence_is_shown_to_nobody_else_when_it_is_changed(
    world: World,
) -> None:
    await out(world)
    await world.ana.says("I have a concern: Canary-Concern")
    for words in ("Canary-Concern, the younger one", "Canary-Concern, she was hurt"):
        await world.ana.changes(words)
        assert world.ana.has_answer("I need help")
    world.office_does_not_see("Canary-Concern")
    world.bo.does_not_see("Canary-Concern")


async def test_a_form_that_is_half_asked_takes_no_answer_from_it(world: World) -> None:
    world.ana.forms = False
    await world.ana.says("visit")
    first = world.ana.told
    await world.ana.says("Attendance")
    await world.ana.changes("Welfare")
    await world.ana.says("visit")
    assert world.ana.told != first


async def test_help_before_leaving_is_heard_as_well(world: World) -> None:
    await approved(world)
    await world.ana.says("hello there")
    await world.ana.changes("help")
    world.office_alarmed("Ana Teach asked for help")
