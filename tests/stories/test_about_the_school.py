"""Messages about no single visit: drawn for their reader, posted once and then edited."""

from bot.domain.shows import Show, alert, post
from bot.engine.overview import about_school
from bot.ports import Parcel
from tests.stories.world import World, out


async def shown(world: World, show: Show, key: str) -> list[Parcel]:
    rows = about_school(show, key, world.engine.setup, world.clock.now())
    await world.store.transact(lambda uow: uow.outbox.put(rows))
    await world.catch_up()
    return rows


async def test_a_card_about_the_school_is_drawn_from_what_is_then_true(world: World) -> None:
    await out(world)
    await shown(world, post("olu", "note", "board"), "one")
    assert "14 Oak Road" in " ".join(world.olu.sees("1 visit is out").card.words)
    await world.ana.presses("I'm back")
    await shown(world, Show("olu", "note", "board"), "two")
    message = world.olu.sees("Nobody is out")
    assert message.edits == 1, "without fresh the same message is edited"


async def test_what_is_not_there_yet_is_posted_and_the_same_key_shows_nothing_twice(
    world: World,
) -> None:
    await shown(world, Show("olu", "note", "board"), "one")
    known = len(world.olu.messages)
    assert known == 1
    await shown(world, Show("olu", "note", "board"), "one")
    assert len(world.olu.messages) == known
    assert world.olu.messages[-1].edits == 0


async def test_P6_somebody_it_is_not_for_sees_one_sentence(world: World) -> None:
    await out(world)
    await shown(world, post("tom", "note", "board"), "one")
    world.tom.sees("that isn't here for you")
    world.tom.does_not_see("Oak")
    world.tom.does_not_see("Ana")


async def test_an_urgent_one_goes_out_urgently(world: World) -> None:
    (row,) = await shown(world, alert("olu", "note", "board"), "one")
    assert row.urgent
    assert world.olu.messages[-1].urgent
