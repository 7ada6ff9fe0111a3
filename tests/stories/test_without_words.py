"""A voice message, a picture, a file or a place on a map: nothing that I can read, and so nothing
that goes unheard (S4).
"""

from tests.stories.world import World, approved, out

CANNOT = "I can't play or read that."


async def test_S4_from_somebody_out_it_is_told_to_whoever_watches_and_they_are_asked(
    world: World,
) -> None:
    visit = await out(world)
    watch = (await world.visit(visit.id)).watch
    await world.ana.says("")
    assert f"{CANNOT} Are you OK?" in world.ana.told
    assert world.ana.has_answer("I'm OK")
    assert world.ana.has_answer("I need help")
    for reader in (world.office_sees, world.bo.sees):
        reader("has sent something that I can't open")
        reader("a voice message, picture or file that I can't open.")
    assert (await world.visit(visit.id)).watch == watch, "it is no check-in"
    await world.ana.presses("I need help")
    assert world.office_sees("Ana Teach asked for help").urgent


async def test_S4_words_before_it_still_stand_and_words_after_it_come_first(world: World) -> None:
    await out(world)
    await world.ana.says("we are in the back garden")
    await world.ana.says("")
    world.office_sees("“we are in the back garden”")
    await world.ana.says("with the dog")
    world.office_sees("Please read this: Ana Teach, who is out, has written.")


async def test_S4_whoever_is_about_to_go_is_asked_and_can_call_for_help(world: World) -> None:
    await approved(world)
    await world.ana.says("")
    assert f"{CANNOT} Are you OK?" in world.ana.told
    assert world.ana.has_answer("I'm leaving now")
    assert world.ana.has_answer("I need help")


async def test_whoever_has_nothing_planned_is_told_that_it_cannot_be_read(world: World) -> None:
    told = len(world.chat.log)
    await world.tom.says("")
    assert CANNOT in world.tom.told
    assert "Are you OK?" not in world.tom.told
    assert world.tom.has_answer("I need help")
    assert world.posts(told) == []
