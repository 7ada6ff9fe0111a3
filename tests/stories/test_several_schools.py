from bot.engine.engine import Engine
from bot.ports import Inbound, Press, Say, Store
from tests.stories.cast import school_text
from tests.stories.world import World, approved, out, read_setup

NEXT_DOOR = school_text().replace("st-example", "next-door")


async def test_one_process_watches_several_schools_and_none_sees_the_others(store: Store) -> None:
    """The same names, ids and addresses at both; each visit goes by its own school's rules."""
    world = World(store)
    here = read_setup(school_text())
    world.engine = Engine(store, {"web": world.chat}, here, world.clock, read_setup(NEXT_DOOR))
    await out(world)
    answer = await world.engine.handle(
        Inbound("web", "d-1", "ana", Say("visits"), school="next-door")
    )
    assert answer.card is not None
    assert "14 Oak Road" not in " ".join(answer.card.words)
    theirs = Inbound("web", "d-2", "ana", Press("danger"), school="next-door")
    await world.engine.handle(theirs)
    await world.catch_up()
    mine = await store.transact(lambda uow: uow.visits.waiting("st-example"))
    others = await store.transact(lambda uow: uow.visits.waiting("next-door"))
    assert len(mine) == len(others) == 1
    assert mine[0].alarm is None
    assert others[0].alarm is not None
    assert others[0].school == "next-door"


async def test_a_deed_for_a_school_that_is_not_served_here_changes_nothing(world: World) -> None:
    await approved(world)
    before = await world.visits()
    answer = await world.engine.handle(Inbound("web", "d", "ana", Say("help"), school="elsewhere"))
    assert answer.card is not None
    assert "went wrong" in answer.card.title.lower()
    assert await world.visits() == before


async def test_a_visit_of_a_school_that_is_not_served_here_is_put_off(world: World) -> None:
    visit = await out(world)
    elsewhere = World(world.store, text=NEXT_DOOR, before=world)
    elsewhere.clock.moment = visit.plan.return_at
    assert await elsewhere.engine.wake_due() == 1
    assert await elsewhere.engine.wake_due() == 0, "or it would be due for ever"
