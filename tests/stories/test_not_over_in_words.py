"""``Not over``, in words: the alarm stands again, as by the button (S2)."""

from bot.domain.visit import Finished, InAlarm, Visit
from bot.ports import Press
from tests.kit import ticked
from tests.stories.world import REQUEST, World, left, out

NOTHING = "No alarm was said to be over a short while ago, as far as you were told."


async def stood_down(world: World, over: str = "yes") -> Visit:
    """Ana was silent, and Bo has said that she is safe."""
    visit = await out(world)
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="Somebody said so", over=over)
    return await world.visit(visit.id)


async def test_S2_whoever_was_told_says_it_in_words_also_when_the_visit_is_over(
    world: World,
) -> None:
    visit = await stood_down(world)
    assert isinstance(visit.phase, Finished)
    await world.advance("14m")
    await world.lee.says("It's not over!")
    assert world.lee.told == "The alarm is open again. Everybody is told."
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.bo.sees("I'm on it")


async def test_S2_by_its_reference_while_the_watch_goes_on(world: World) -> None:
    visit = await stood_down(world, over="no")
    await world.olu.says("V-1001 is not over")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S2_too_late_or_from_an_outsider_it_says_what_else_to_do(world: World) -> None:
    visit = await stood_down(world)
    for words in ("not over", "not over V-1001"):
        await world.tom.says(words)
        assert NOTHING in world.tom.told
    await world.advance("15m01s")
    await world.olu.says("not over")
    assert NOTHING in world.olu.told
    assert isinstance((await world.visit(visit.id)).phase, Finished)


async def test_S2_a_question_and_a_visitor_undo_nothing(world: World) -> None:
    visit = await stood_down(world, over="no")
    await world.olu.says("not over?")
    await world.ana.says("not over")
    world.office_sees("“not over”")
    assert not isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S2_of_two_it_is_asked_which(world: World) -> None:
    first = await left(world)
    await world.sam.says("visit")
    await world.sam.fills({**REQUEST, "contact": "", "place": "7 Ash Way"})
    await world.priya.presses("Approve")
    await world.sam.presses("I'm leaving now")
    await world.sam.fills(kit=ticked(world.sam.form))
    for visitor in (world.ana, world.sam):
        await visitor.presses("I need help")
    await world.advance("6m")
    for visit in await world.visits():
        shown = [b for m in world.lee.messages for b in m.card.buttons if b.action == "safe"]
        safe = next(b for b in reversed(shown) if b.visit == visit.id)
        await world.lee.does(Press(safe.action, safe.visit, safe.version, safe.args))
        await world.lee.fills(how="I spoke to them", over="yes")
    assert await world.visits() == []
    await world.lee.says("not over")
    assert "Which one is not over?" in world.lee.told
    assert world.lee.answer.card is not None
    (button,) = [b for b in world.lee.answer.card.buttons if "Ana Teach" in b.label]
    await world.lee.presses(button.label)
    (open_,) = await world.visits()
    assert open_.id == first.id
    assert isinstance(open_.phase, InAlarm)
