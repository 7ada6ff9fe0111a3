"""A round of several homes in one go, under one approval, each with its own arrival."""

import pytest

from bot.domain.visit import Out
from bot.ports import Press, Store
from tests.stories.world import REQUEST, World, approved, asked, out, said

MORE = "3 Elm Street; the Canary-Second family\n\n 5 High Street \n"


async def at_homes(world: World) -> dict[str, int]:
    watch = (await world.only_visit()).watch
    assert watch is not None
    return {visitor.id: visitor.home for visitor in watch.visitors}


async def test_one_approval_covers_every_home_and_shows_whose_each_is(world: World) -> None:
    visit = await asked(world, more_homes=MORE)
    card = said(world.priya.messages[-1].card)
    for shown in (
        "14 Oak Road, then 3 Elm Street, then 5 High Street",
        "Home 1 14 Oak Road: the Canary-Family household",
        "Home 2 3 Elm Street: the Canary-Second family",
        "Home 3 5 High Street",
    ):
        assert shown in card
    await world.priya.presses("Approve")
    for judge in (world.priya, world.lee):
        judge.does_not_see("Canary-Second")
    assert (await world.visit(visit.id)).plan.homes == 3
    assert world.tom.messages == []


async def test_the_office_sees_every_address_and_at_which_they_are(world: World) -> None:
    await out(world, more_homes=MORE)
    world.office_sees("14 Oak Road, then 3 Elm Street, then 5 High Street")
    await world.advance("5m")
    await world.ana.presses("I've arrived")
    world.office_sees("14 Oak Road (home 1 of 3: Ana Teach at 13:20); then: 3 Elm Street, 5 High")
    await world.advance("10m")
    await world.ana.presses("I've arrived")
    world.office_sees(
        "3 Elm Street (home 2 of 3: Ana Teach at 13:30); then: 5 High Street; before: 14 Oak Road"
    )
    await world.until("14:05")  # she has not answered since
    alarm = said(world.office_alarmed("Ana Teach").card)
    assert "3 Elm Street (home 2 of 3" in alarm
    for message in world.office_messages:
        assert "Canary" not in said(message.card)


async def test_P1_the_visitors_own_cards_name_homes_by_number_alone(world: World) -> None:
    await out(world, more_homes=MORE)
    world.ana.sees("Home 1 of 3 is next")
    await world.ana.presses("I've arrived")
    world.ana.sees("You arrived at home 1 of 3 at 13:15.")
    world.ana.sees("Home 2 of 3 is next")
    await world.ana.presses("I've arrived")
    await world.ana.presses("I've arrived")
    world.ana.sees("You arrived at home 3 of 3 at 13:15.")
    assert not world.ana.has_button("I've arrived")
    for message in world.ana.messages:
        if "You are out" in said(message.card):
            assert "Elm" not in said(message.card)


async def test_S3_a_press_for_a_home_that_they_are_at_already_is_a_sign_of_life_and_no_more(
    world: World,
) -> None:
    visit = await out(world, more_homes=MORE)
    first = world.ana.button("I've arrived")
    await world.ana.presses("I've arrived")
    await world.advance("10m")
    for _ in range(2):
        await world.ana.does(Press(first.action, first.visit, first.version, first.args))
    assert await at_homes(world) == {"ana": 1}
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    (ana,) = watch.visitors
    assert ana.last_heard == world.clock.now()
    assert ana.arrived_at is not None
    assert ana.arrived_at < ana.last_heard, "they arrived when they first said so"


async def test_the_plain_word_goes_on_to_the_next_home_but_not_when_said_twice(
    world: World,
) -> None:
    await out(world, more_homes=MORE)
    for after, home in (("0m", 1), ("1m", 1), ("10m", 2), ("10m", 3), ("10m", 3)):
        await world.advance(after)
        await world.ana.says("arrived")
        assert await at_homes(world) == {"ana": home}


async def test_S6_each_visitor_arrives_for_themselves(world: World) -> None:
    await out(world, companions="sam", more_homes=MORE)
    await world.ana.presses("I've arrived")
    await world.ana.presses("I've arrived")
    await world.sam.presses("I've arrived")
    assert await at_homes(world) == {"ana": 2, "sam": 1}
    world.office_sees(
        "3 Elm Street (home 2 of 3: Ana Teach at 13:15); 14 Oak Road (home 1 of 3: Sam"
    )


async def test_S14_somewhere_else_is_over_once_they_arrive_at_the_next_home(world: World) -> None:
    await out(world, more_homes=MORE)
    await world.ana.presses("I've arrived")
    await world.advance("10m")
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place="The corner shop")
    world.office_sees("The corner shop (Ana Teach, 13:25); planned: 14 Oak Road (home 1 of 3")
    await world.advance("5m")
    await world.ana.presses("I've arrived")
    world.office_sees("Out: Ana Teach, 3 Elm Street (home 2 of 3: Ana Teach at 13:30)")


async def test_another_home_is_another_plan(world: World) -> None:
    visit = await approved(world)
    await world.ana.presses("Change the plan")
    await world.ana.fills(more_homes="3 Elm Street")
    world.priya.sees("was 14 Oak Road; now 14 Oak Road, then 3 Elm Street")
    assert not isinstance((await world.visit(visit.id)).phase, Out)
    assert world.priya.has_button("Approve")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("; the Canary-Second family", "Home 2 has no address. The office needs one."),
        ("x" * 201, "Home 2 is longer than 200 characters. Please shorten it."),
        ("a\n" * 8, "A round has at most 8 homes. Please plan another visit."),
    ],
)
async def test_what_cannot_be_read_comes_back_with_all_that_was_typed(
    world: World, typed: str, why: str
) -> None:
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, "more_homes": typed})
    assert world.ana.form.errors == {"more_homes": why}
    assert world.ana.form.values["more_homes"] == typed
    assert world.ana.form.values["purpose"] == REQUEST["purpose"]


async def test_a_school_may_want_each_home_to_be_a_visit_of_its_own(store: Store) -> None:
    world = World(store, extra="[policy]\nvisit.rounds = false")
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, "more_homes": "3 Elm Street"})
    assert set(world.ana.form.errors) == {"more_homes"}
    await world.ana.fills(more_homes="")
    assert len(await world.visits()) == 1
