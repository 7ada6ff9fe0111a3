"""A flag on the address where somebody is: told at once to whom it concerns, on no doorstep."""

from bot.ports import Press, Store
from tests.stories.test_evenings import out_alone
from tests.stories.world import World, out, said

KNIFE = "Canary: he has a knife"
READ = "Show what was noted"


async def flagged(world: World, by: str = "okoro", place: str = "14 Oak Rd") -> set[str]:
    """Somebody flags an address; give whose phone made a sound."""
    known = len(world.chat.log)
    await world.people[by].says("flag an address")
    await world.people[by].fills({"place": place, "reason": KNIFE})
    return {posted.address for posted in world.chat.log[known:]}


async def test_P1_visitors_contact_and_approvers_hear_at_once_and_read_it_by_a_press(
    world: World,
) -> None:
    await out(world, companions="sam")
    assert await flagged(world) == {"ana", "sam", "bo", "lee", "priya"}
    assert "Ana Teach and Sam Assist are out there now, and warned." in world.okoro.told
    card = world.ana.sees("Ada Okoro has noted something about where you are (V-1001).")
    assert card.urgent
    assert card.card.notification == "Ana, please read this now (V-1001)"
    contacts = world.bo.sees("where Ana Teach and Sam Assist are (V-1001).")
    assert "Ada Okoro knows more." in said(contacts.card)
    assert not world.bo.has_button(READ)
    for posted in world.chat.posted:
        assert "Canary" not in said(posted.card) or posted.card.title.startswith("Ana Teach would")
    for reader in (world.ana, world.lee):
        await reader.presses(READ)
        assert KNIFE in reader.told
        assert "Ada Okoro, 23 Nov" in reader.told
    world.office_does_not_see("noted")
    for outsider in (world.olu, world.tom):
        outsider.does_not_see("noted")


async def test_words_open_it_too(world: World) -> None:
    await out(world)
    await flagged(world)
    await world.ana.says("show what was noted")
    assert KNIFE in world.ana.told


async def test_P6_nobody_else_opens_it_nor_anybody_in_the_office_channel(world: World) -> None:
    visit = await out(world)
    await flagged(world)
    for outsider in (world.bo, world.olu, world.tom):
        await outsider.does_on(visit, "noted")
        assert outsider.turned_away
    await world.lee.does(Press("noted", visit.id), office=True)
    assert KNIFE not in world.lee.told


async def test_nobody_whom_the_visit_is_kept_from_hears_of_it(world: World) -> None:
    visit = await out(world, kept_from="lee")
    assert await flagged(world) == {"ana", "bo", "priya"}
    await world.lee.does_on(visit, "noted")
    assert world.lee.turned_away


async def test_whoever_sets_it_without_a_right_to_the_visit_learns_nothing_of_it(
    world: World,
) -> None:
    await out(world, kept_from="lee")
    assert await flagged(world, by="lee") == {"ana", "bo", "priya"}
    assert "Ana Teach" not in world.lee.told


async def test_S4_whoever_asked_for_help_is_not_rung_and_those_who_come_to_help_are(
    world: World,
) -> None:
    await out(world, contact="")
    await world.ana.presses("I need help")
    await world.advance("11m")
    rung = await flagged(world)
    assert "ana" not in rung
    assert "lee" in rung
    await world.lee.presses("Show risks")
    assert KNIFE in world.lee.told
    world.priya.sees(KNIFE)


async def test_a_backup_hears_of_it_in_the_evening(store: Store) -> None:
    world = World(store)
    await out_alone(world)
    assert "bo" in await flagged(world)


async def test_a_contact_who_cant_is_left_in_peace(world: World) -> None:
    await out(world)
    await world.bo.presses("I can't")
    assert "bo" not in await flagged(world)


async def test_whoever_set_it_knows_it(world: World) -> None:
    await out(world)
    assert await flagged(world, by="lee") == {"ana", "bo", "priya"}


async def test_another_address_and_a_visit_that_is_over_are_told_nothing(world: World) -> None:
    await out(world)
    assert await flagged(world, place="7 Ash Way") == set()
    await world.ana.presses("I'm back")
    assert await flagged(world) == set()


async def test_S14_whoever_has_gone_somewhere_flagged_hears_of_it_as_they_say_so(
    world: World,
) -> None:
    await out(world)
    await flagged(world, place="7 Ash Way")
    known = len(world.chat.log)
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place="7 Ash Way")
    warned = [p.address for p in world.chat.log[known:] if "noted something" in p.card.title]
    assert sorted(warned) == ["ana", "bo", "lee", "priya"]
    await world.ana.presses(READ)
    assert KNIFE in world.ana.told
    known = len(world.chat.log)
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place="1 Elm Close")
    assert not any("noted something" in p.card.title for p in world.chat.log[known:])


async def test_the_warning_is_over_when_they_are_back(world: World) -> None:
    await out(world)
    await flagged(world)
    await world.ana.presses("I'm back")
    world.bo.sees("They are back (V-1001).")
    assert not world.lee.has_button(READ)
