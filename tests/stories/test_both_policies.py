"""The same visit under both shipped policies: it differs exactly where they differ."""

import pytest

from bot.domain.visit import Approved, Out, Requested, Visit
from bot.ports import Store
from tests.kit import ticked
from tests.stories.world import World, agrees, asked

PEOPLE = ("ana", "sam", "priya", "okoro", "lee", "olu", "bo", "tom")


async def told(world: World, **changes: str) -> tuple[Visit, set[str]]:
    """Ana asks; and who is told of it."""
    visit = await asked(world, companions="sam", **changes)
    return visit, {person for person in PEOPLE if world.people[person].messages}


@pytest.mark.parametrize(
    ("policy", "judges", "enough"),
    [("slps", {"priya", "lee"}, ("priya",)), ("pastoral", {"lee", "okoro"}, ("lee", "okoro"))],
)
async def test_who_is_asked_and_whose_yes_is_enough(
    store: Store, policy: str, judges: set[str], enough: tuple[str, ...]
) -> None:
    world = World(store, policy=policy)
    visit, heard = await told(world)
    assert heard == {"ana", "sam"} | judges | ({"bo"} if policy == "slps" else set())
    for who in enough:
        assert isinstance((await world.visit(visit.id)).phase, Requested)
        await world.people[who].presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert world.tom.messages == []


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_once_an_appointment_is_made_both_go_alike(store: Store, policy: str) -> None:
    world = World(store, policy=policy)
    visit, _ = await told(world)
    for judge in ("lee", "okoro"):
        if world.people[judge].has_button("Approve"):
            await world.people[judge].presses("Approve")
    if policy == "pastoral":
        await agrees(world)
    await world.advance("15m")
    assert policy == "pastoral" or not world.ana.has_button("Record the appointment")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    now_is = await world.visit(visit.id)
    assert now_is.watch is not None
    assert not now_is.watch.breach
    world.office_sees("Out: Ana Teach and Sam Assist, 14 Oak Road. Due back 14:00.")


async def test_without_one_slps_goes_on_a_named_yes_and_pastoral_waits_for_one(
    store: Store,
) -> None:
    world = World(store, policy="slps")
    visit, _ = await told(world, kind="Welfare", appointment="")
    world.priya.sees("today 13:15 to 14:00.")
    world.priya.does_not_see("likely")
    world.priya.does_not_see("A yes covers")
    world.priya.sees("would go unannounced")
    await world.priya.presses("Approve")
    world.ana.sees("Priya Shah authorised going without an appointment.")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_pastoral_covers_days_and_is_never_unannounced(store: Store) -> None:
    world = World(store, policy="pastoral")
    visit, _ = await told(world, appointment="")
    for judge in (world.lee, world.okoro):
        judge.sees("likely today 13:15 to 14:00.")
        judge.sees("A yes covers today to Mon 7 Dec")
        judge.does_not_see("would go unannounced")
        await judge.presses("Approve")
    world.ana.does_not_see("authorised going without")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    assert "nobody goes without one" in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Approved)
