"""The main job, from request to stand-down and return."""

from tests.kit import KIT
from tests.stories.world import World, approved, asked, out


async def test_a_visit_from_request_to_safe_return(world: World) -> None:
    await asked(world)
    world.priya.sees("Ana Teach would like to visit 14 Oak Road, today 13:15 to 14:00.")
    world.lee.sees("would like to visit")
    await world.lee.presses("Approve")
    world.priya.sees("Approved by Dan Lee at 13:00.")
    assert not world.priya.has_button("Approve")
    world.ana.sees("is approved")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    world.office_sees("Out: Ana Teach, 14 Oak Road. Due back 14:00.")
    world.lee.sees("Out: Ana Teach")
    world.bo.sees("Out: Ana Teach")
    await world.ana.presses("I've arrived")
    await world.advance("30m")
    world.ana.sees("Ana, are you OK?")
    await world.ana.presses("I'm OK")
    world.ana.sees("Thank you. I heard from you at 13:45.")
    await world.advance("10m")
    world.office_sees("is due back at 14:00")
    await world.ana.presses("I'm back")
    world.office_sees("Ana Teach is back, 13:55.")
    assert await world.visits() == []
    world.tom.does_not_see("Ana")
    assert world.tom.messages == []


async def test_silence_climbs_rung_by_rung_until_a_named_person_owns_it(world: World) -> None:
    await out(world)
    await world.advance("30m")
    world.ana.sees("Ana, are you OK?")
    await world.advance("5m")
    world.office_alarmed("Ana Teach")
    world.bo.sees("Please find out whether Ana Teach is safe.")
    world.lee.does_not_see("Please find out")
    await world.advance("5m")
    world.lee.sees("Please find out whether Ana Teach is safe.")
    await world.lee.presses("I'm on it")
    world.office_sees("Dan Lee has it, until 14:05.")
    await world.advance("9m")
    world.okoro.does_not_see("Please find out")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her")
    world.office_sees("It's over: Ana Teach is safe.")
    world.bo.sees("It's over")
    world.ana.sees("Due back 14:00")
    await world.advance("10m")
    world.ana.sees("Ana, are you still OK?")


async def test_the_office_is_told_before_departure_of_nothing(world: World) -> None:
    await approved(world)
    assert world.office_messages == []
