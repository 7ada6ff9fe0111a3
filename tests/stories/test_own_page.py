"""The page that is always there: each sees their own, and nobody what isn't theirs."""

from bot.ports import Press
from tests.stories.world import Actor, World, approved, asked, out


async def looks(person: Actor) -> str:
    await person.does(Press("tab"))
    return person.told


def labels(person: Actor) -> list[str]:
    card = person.answer.card
    assert card is not None
    return [button.label for button in card.buttons]


async def test_somebody_without_a_visit_can_plan_one(world: World) -> None:
    assert "You have no visits at the moment." in await looks(world.tom)
    assert labels(world.tom) == ["Plan a visit", "I need help"]


async def test_an_approver_decides_on_their_page(world: World) -> None:
    await asked(world)
    said = await looks(world.priya)
    assert "Waiting for your word." in said
    assert "Canary-Purpose" in said, "nobody approves what can't be read"
    await world.priya.presses("Approve")
    assert "Canary" not in await looks(world.priya)
    assert "is approved" in world.ana.sees("is approved").card.notification


async def test_the_lead_leaves_from_their_page(world: World) -> None:
    await approved(world)
    assert "Your visit V-1001" in await looks(world.ana)
    await world.ana.presses("I'm leaving now")
    assert world.ana.form.name == "leave"


async def test_P6_who_is_out_stands_on_the_pages_of_whoever_watches_alone(world: World) -> None:
    await out(world)
    for person in (world.olu, world.priya, world.lee, world.okoro):
        assert "Ana Teach: 14 Oak Road." in await looks(person)
    for person in (world.tom, world.sam):
        assert "Ana" not in await looks(person)


async def test_P1_reasons_stay_off_the_page_of_somebody_who_is_out(world: World) -> None:
    await out(world)
    assert "Canary" not in await looks(world.ana)


async def test_an_alarm_comes_first_on_the_page_of_whoever_can_take_it(world: World) -> None:
    await out(world)
    await world.advance("40m")
    said = await looks(world.lee)
    assert said.index("No answer from Ana Teach") < said.index("You have no visits")
    await world.lee.presses("I'm on it")
    assert "You have it" in world.lee.told


async def test_looking_leaves_no_trace(world: World) -> None:
    await out(world)
    before = len(world.chat.log)
    visit = await world.only_visit()
    await looks(world.priya)
    assert (await world.only_visit()).version == visit.version
    assert len(world.chat.log) == before
