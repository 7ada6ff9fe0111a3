"""In the office's channel whoever has an alarm reads that they do; everybody else reads a name."""

from bot.cards.model import OwnView
from bot.ports import Press
from tests.stories.world import World, out, said


async def look(world: World, visit: str, who: str) -> str:
    answer = await world.people[who].does(Press("look", visit), office=True)
    assert answer.form is None
    return said(answer.card) if answer.card else ""


async def test_P5_nobody_but_its_owner_reads_an_alarm_otherwise_than_the_channel(
    world: World,
) -> None:
    visit = await out(world)
    await world.ana.says("help")
    assert world.office_sees("asked for help").card.own_view is None
    await world.advance("5m")
    await world.lee.presses("I'm on it")
    card = world.office_sees("Dan Lee has it").card
    assert isinstance(card.own_view, OwnView)
    assert card.own_view.people == ("lee",)
    assert card.own_view.press.action == "look"
    before = (await world.visit(visit.id)).version
    mine = await look(world, visit.id, "lee")
    assert "You have it, until" in mine
    assert "They phoned: OK" in mine
    assert "Show risks" not in mine, "P3: that belongs in their own chat"
    assert "Canary" not in mine
    for other in ("olu", "priya"):
        assert await look(world, visit.id, other) == said(card)
    for stranger in ("ana", "tom"):
        assert "You have it" not in await look(world, visit.id, stranger)
    assert "14 Oak Road" not in await look(world, visit.id, "tom")
    assert (await world.visit(visit.id)).version == before, "looking changes nothing"
