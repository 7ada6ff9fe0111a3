"""Messages about no single visit: drawn for their reader, posted once and then edited."""

from bot.domain.shows import Show, alert, post
from bot.engine.overview import about_school
from bot.ports import Parcel, Press
from tests.stories.world import World, out


async def shown(world: World, show: Show, key: str) -> list[Parcel]:
    rows = about_school(show, key, world.engine.setup, world.clock.now())
    await world.store.transact(lambda uow: uow.outbox.put(rows))
    await world.catch_up()
    return rows


async def test_a_card_about_the_school_is_drawn_from_what_is_then_true(world: World) -> None:
    await out(world)
    await shown(world, post("olu", "note", "whereabouts"), "one")
    assert "14 Oak Road" in " ".join(world.olu.sees("1 visit is out,").card.words)
    await world.ana.presses("I'm back")
    await shown(world, Show("olu", "note", "whereabouts"), "two")
    message = world.olu.sees("Nobody is out")
    assert message.edits == 1, "without fresh the same message is edited"


async def test_what_is_not_there_yet_is_posted_and_the_same_key_shows_nothing_twice(
    world: World,
) -> None:
    await shown(world, Show("olu", "note", "whereabouts"), "one")
    known = len(world.olu.messages)
    assert known == 1
    await shown(world, Show("olu", "note", "whereabouts"), "one")
    assert len(world.olu.messages) == known
    assert world.olu.messages[-1].edits == 0


async def test_P6_somebody_it_is_not_for_sees_one_sentence(world: World) -> None:
    await out(world)
    await shown(world, post("tom", "note", "whereabouts"), "one")
    world.tom.sees("that isn't here for you")
    world.tom.does_not_see("Oak")
    world.tom.does_not_see("Ana")


async def test_an_urgent_one_goes_out_urgently(world: World) -> None:
    (row,) = await shown(world, alert("olu", "note", "whereabouts"), "one")
    assert row.urgent
    assert world.olu.messages[-1].urgent


async def test_P6_where_is_everyone_tells_each_what_they_may_know(world: World) -> None:
    await out(world)
    for who in (world.olu, world.lee, world.priya, world.okoro):
        await who.says("Where is everyone?")
        assert "1 visit is out, as of 13:15." in who.told
        assert "14 Oak Road" in who.told
        assert "Ring Ana Teach +44 7700 900001" in who.told
    await world.bo.says("who is out")
    assert "Of the visits you have a part in, 1 visit is out" in world.bo.told
    assert "14 Oak Road" in world.bo.told
    await world.ana.says("where is everyone")
    assert "Ana Teach. Due back 14:00." in world.ana.told
    assert "Oak" not in world.ana.told
    for who in (world.tom, world.sam):
        await who.says("where is everyone")
        assert who.turned_away


async def test_P6_the_sentence_is_the_same_when_nobody_is_out(world: World) -> None:
    for who in (world.tom, world.bo, world.ana):
        await who.says("where is everyone")
        assert who.turned_away
    await world.olu.says("where is everyone")
    assert world.olu.told == "Nobody is out, as of 13:00."


async def test_P6_in_the_office_channel_it_is_answered_for_whoever_presses(world: World) -> None:
    await out(world)
    await world.tom.does(Press("whereabouts"), office=True)
    assert world.tom.turned_away
    await world.bo.does(Press("whereabouts"), office=True)
    assert "Of the visits you have a part in" in world.bo.told


async def test_where_is_everyone_is_on_the_home_card_of_whoever_watches_over_everybody(
    world: World,
) -> None:
    for who, offered in ((world.olu, True), (world.okoro, True), (world.tom, False)):
        await who.says("home")
        assert ("Where is everyone?" in who.told) == offered
    await world.olu.says("home")
    await world.olu.presses("Where is everyone?")
    assert "Nobody is out" in world.olu.told
