"""While somebody is out: contact and backup named, asked, replaced, and lost (S7, S16)."""

from collections.abc import Mapping

from bot.cards.model import Choice
from bot.ports import Press, Store
from tests.kit import ticked
from tests.stories.cast import school_text
from tests.stories.test_evenings import DUTY, out_alone
from tests.stories.world import REQUEST, World, left, out, said

ASKS_TOM = "Ana Teach asks you to be reachable, until 14:00."
LATER: Mapping[str, str] = {"contact": "", "leaving_at": "2026-11-23T13:20"}


def heard(world: World, known: int) -> set[str]:
    """Whose phone made a sound since."""
    return {posted.address for posted in world.chat.log[known:]}


async def lost(world: World, **changes: str) -> str:
    """Bo had said yes, and can't after all; the office is watching."""
    visit = await out(world, **changes)
    await world.bo.presses("I'll be reachable")
    await world.bo.presses("I can't after all")
    return visit.id


async def test_a_contact_who_cant_is_told_to_whoever_watches_who_names_another(
    world: World,
) -> None:
    visit = await out(world)
    await world.bo.presses("I'll be reachable")
    known = len(world.chat.log)
    await world.bo.presses("I can't after all")
    assert {"olu", "ana"} <= heard(world, known)
    world.olu.sees("Bo Buddy can't be reachable.")
    known = len(world.chat.log)
    await world.olu.presses("Name another contact")
    await world.olu.fills(person="tom")
    assert world.olu.told == "I'm asking them now. The visit's card says what they answer."
    asks = world.tom.sees(ASKS_TOM)
    assert asks.urgent
    for secret in ("Canary", "Oak Road"):
        assert secret not in said(asks.card)
    assert heard(world, known) == {"tom"}, "whoever named him knows it"
    world.ana.sees("Tom Outside is asked to be reachable, and hasn't answered yet.")
    known = len(world.chat.log)
    await world.tom.presses("I'll be reachable")
    world.tom.sees("Out: Ana Teach, 14 Oak Road. Due back 14:00.")
    world.olu.sees("Tom Outside is reachable now.")
    world.ana.sees("Tom Outside is reachable now.")
    assert heard(world, known) == {"tom", "olu"}, "nothing rings at the door"
    assert (await world.visit(visit.id)).stands_by("contact") == "tom"


async def test_the_lead_names_another_from_the_card_or_in_words_and_others_on_the_visit_too(
    world: World,
) -> None:
    await lost(world, companions="sam")
    await world.ana.presses("Name another contact")
    await world.ana.fills(person="ana")
    assert "stays behind" in world.ana.form.errors["person"]
    await world.ana.fills(person="tom")
    world.tom.sees(ASKS_TOM)
    await world.tom.presses("I can't")
    world.ana.sees("Tom Outside can't be reachable.")
    world.olu.sees("Tom Outside can't be reachable.")
    await world.sam.says("name another contact")
    await world.sam.fills(person="bo")
    world.bo.sees(ASKS_TOM)
    world.tom.sees("You need no longer stand by for Ana Teach (V-1001).")


async def test_whoever_has_said_yes_is_told_until_somebody_else_has_and_then_sees_nothing(
    world: World,
) -> None:
    visit = await out(world)
    await world.bo.presses("I'll be reachable")
    await world.ana.says("another contact")
    await world.ana.fills(person="tom")
    world.bo.sees("Tom Outside is asked to stand by for Ana Teach in your place.")
    world.bo.sees("Until they say yes, you are told as before what happens.")
    await world.ana.presses("I need more time")
    await world.ana.fills(minutes="20")
    world.bo.sees("Out: Ana Teach, 14 Oak Road. Due back 14:20.")
    await world.tom.presses("I'll be reachable")
    world.bo.sees("You need no longer stand by for Ana Teach (V-1001).")
    world.bo.does_not_see("Oak Road")
    watch = (await world.visit(visit.id)).watch
    assert watch
    assert "bo" not in watch.told
    known = len(world.chat.log)
    await world.ana.presses("I'm back")
    assert "tom" in heard(world, known)
    assert "bo" not in heard(world, known)


async def test_whoever_was_told_as_a_leader_too_goes_on_being_told(store: Store) -> None:
    theirs = school_text().replace('id = "ana"', 'id = "ana"\nleader = "tom"')
    world = World(store, text=theirs)
    visit = await out(world, contact="tom")
    await world.tom.presses("I'll be reachable")
    await world.ana.says("another contact")
    await world.ana.fills(person="bo")
    await world.bo.presses("I'll be reachable")
    watch = (await world.visit(visit.id)).watch
    assert watch
    assert {"tom", "bo"} <= set(watch.told)


async def test_whoever_cant_can_name_somebody_in_their_place(world: World) -> None:
    visit = await lost(world)
    await world.bo.presses("Name another contact")
    await world.bo.fills(person="tom")
    world.tom.sees(ASKS_TOM)
    await world.bo.does(Press("name_stand_by", visit, args={"part": "contact"}))
    assert world.bo.answer.form is None, "that is for whoever has it now"


async def test_whoever_gets_no_message_is_told_to_the_watchers_at_once(world: World) -> None:
    await lost(world)
    world.chat.dead.add("tom")
    known = len(world.chat.log)
    await world.olu.presses("Name another contact")
    await world.olu.fills(person="tom")
    world.olu.sees("Tom Outside gets no message of mine, and so can't be reachable.")
    assert {"olu", "ana"} <= heard(world, known)
    await world.olu.presses("Name another contact")
    await world.olu.fills(person="bo")
    await world.bo.presses("I'll be reachable")
    world.ana.sees("Bo Buddy is reachable now.")


async def test_S7_a_contact_who_goes_out_is_told_to_the_office_while_nobody_watches(
    world: World,
) -> None:
    await left(world)
    await world.bo.presses("I'll be reachable")
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, **LATER})
    await world.priya.presses("Approve")
    await world.until("13:20")
    known = len(world.chat.log)
    await world.bo.presses("I'm leaving now")
    await world.bo.fills(kit=ticked(world.bo.form))
    world.office_sees("Bo Buddy can't be reachable.")
    assert "office" in heard(world, known)
    await world.olu.presses("Name another contact", office=True)
    await world.olu.fills(person="tom")
    world.tom.sees(ASKS_TOM)


async def test_a_backup_who_cant_is_replaced_and_the_next_is_asked_to_watch(store: Store) -> None:
    world = World(store, extra=DUTY)
    visit = await out_alone(world)
    await world.bo.presses("I'm watching")
    known = len(world.chat.log)
    await world.bo.presses("I can't after all")
    world.okoro.sees("Nobody has said yet that they are watching.")
    assert {"okoro", "ana"} <= heard(world, known)
    await world.okoro.presses("Name another backup")
    await world.okoro.fills(person="tom")
    await world.tom.presses("I'll do it")
    world.tom.sees("The school is closed, so the office's part is yours until they are back.")
    await world.tom.presses("I'm watching")
    world.ana.sees("Tom Outside is watching, since 18:30.")
    assert (await world.visit(visit)).stands_by("backup") == "tom"


async def test_a_backup_replaced_while_watching_is_relieved_once_the_new_one_says_yes(
    store: Store,
) -> None:
    world = World(store, extra=DUTY)
    visit = await out_alone(world)
    await world.bo.presses("I'm watching")
    await world.ana.says("another backup")
    await world.ana.fills(person="tom")
    world.ana.sees("Bo Buddy is watching, since 18:30.")
    known = len(world.chat.log)
    await world.tom.presses("I'll do it")
    watch = (await world.visit(visit)).watch
    assert watch
    assert watch.watching is None
    assert "tom" in heard(world, known)
    world.tom.sees("Nobody has said yet that they are watching.")


async def test_a_backup_named_as_contact_too_keeps_their_word(store: Store) -> None:
    world = World(store, extra=DUTY)
    visit = await out_alone(world, contact="sam")
    await world.ana.says("another contact")
    known = len(world.chat.log)
    await world.ana.fills(person="bo")
    assert (await world.visit(visit)).stands_by("backup") == "bo"
    assert "bo" not in heard(world, known)


async def test_P6_neither_an_outsider_nor_somebody_kept_from_it_names_anybody(
    world: World,
) -> None:
    visit = await lost(world, kept_from="tom")
    for outsider in (world.tom, world.sam):
        await outsider.does(Press("name_stand_by", visit, args={"part": "contact"}))
        assert outsider.turned_away
        await outsider.says("name another contact")
        assert outsider.told == "There is no visit for which you could name a contact."
    await world.olu.does(Press("name_stand_by", visit, args={"part": "contact"}))
    (field,) = world.olu.form.fields
    assert isinstance(field, Choice)
    offered = [value for value, _ in field.options]
    assert "sam" in offered
    assert "tom" not in offered, "whom it is kept from is nobody's to guess"
    await world.olu.fills(person="tom")
    why = "Tom Outside can't be asked for this visit. Who else?"
    assert world.olu.form.errors["person"] == why
    assert world.tom.messages == []
