"""What somebody else says of a visitor makes that visitor's phone ring, and can be undone: a wrong
name must leave nobody unwatched and unaware (S3, S6).
"""

from bot.domain.visit import Finished, InAlarm, Out
from tests.stories.world import World, out, said


async def test_S6_reported_back_by_others_the_phone_rings_and_ok_is_believed(
    world: World,
) -> None:
    visit = await out(world, companions="sam")
    await world.advance("1m")
    known = len(world.chat.log)
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="sam")
    assert "13:16:00 sam" in world.moments(known)
    world.sam.sees("Olu Desk reported you back at 13:16")
    await world.sam.says("ok")
    assert world.sam.told.startswith("Thank you. Due back 14:00.")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert [v.id for v in now.phase.watch.out] == ["ana", "sam"]
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="sam")
    await world.sam.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    assert world.tom.messages == []


async def test_S6_help_in_words_from_somebody_reported_back_when_all_are_is_an_alarm(
    world: World,
) -> None:
    visit = await out(world)
    await world.olu.presses("They phoned: back", office=True)
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.ana.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S6_the_office_takes_a_wrong_name_back_and_they_are_asked(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.advance("1m")
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="sam")
    await world.advance("1m")
    known = len(world.chat.log)
    await world.olu.presses("Sam Assist is not back", office=True)
    assert "13:17:00 sam" in world.moments(known)
    world.sam.sees("Sam, a colleague asks: are you OK?")
    world.office_does_not_see("Sam Assist is back")
    world.office_does_not_see("saying that they are back")
    await world.advance("6m")
    world.office_alarmed("No answer from Sam Assist")
    await world.olu.does_on(await world.visit(visit.id), "not_back")
    assert world.olu.told == "Who is not back?"
    assert world.tom.messages == []


async def test_S6_nobody_takes_back_what_they_said_themselves(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.sam.presses("I'm back")
    assert not world.olu.has_button("Sam Assist is not back")
    for message in world.office_messages:
        assert "is not back" not in said(message.card)
    assert (await world.visit(visit.id)).is_out


async def test_S6_an_OK_that_others_recorded_says_whose_word_it_was_and_rings(
    world: World,
) -> None:
    await out(world, companions="sam")
    await world.until("13:46")
    known = len(world.chat.log)
    await world.olu.presses("They phoned: OK", office=True)
    await world.olu.fills(visitor="sam")
    assert "13:46:00 sam" in world.moments(known)
    message = world.sam.sees("Olu Desk recorded at 13:46 that you are OK.")
    assert "I heard from you" not in said(message.card)
    assert any(button.label == "I need help" for button in message.card.buttons)
    world.office_sees("Last heard from Sam Assist at 13:46, on the phone, says Olu Desk.")
    await world.sam.says("ok")
    world.office_sees("Last heard from Sam Assist at 13:46, saying OK.")
    assert world.tom.messages == []
