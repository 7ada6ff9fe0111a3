"""Contact and backup: asked, answered, replaced; and whoever goes out counts no longer."""

from bot.domain.visit import Approved, Out, Requested
from bot.ports import Press, Store
from tests.kit import ticked
from tests.stories.world import REQUEST, World, approved, asked, out, said

ASKS = "Ana Teach asks you to be reachable, today 13:15 to 14:00."


async def test_a_contact_is_asked_with_nothing_about_the_family_and_says_yes(world: World) -> None:
    await asked(world)
    card = world.bo.sees(ASKS).card
    assert card.notification == f"{ASKS[:-1]} (V-1001)"
    for secret in ("Canary", "Oak Road", "Attendance"):
        assert secret not in said(card)
    world.ana.sees("Bo Buddy, who hasn't answered yet")
    world.priya.sees("Bo Buddy, who hasn't answered yet")
    await world.bo.presses("I'll be reachable")
    assert world.bo.told == "Thank you. Ana Teach sees that you have said yes."
    world.ana.sees("Bo Buddy, who has said yes")
    world.priya.sees("Bo Buddy, who has said yes")
    world.bo.sees("You are to be reachable for Ana Teach, today 13:15 to 14:00.")
    assert world.tom.messages == []


async def test_pastoral_nobody_named_is_in_bold_asked_and_named_in_one_go(store: Store) -> None:
    world = World(store, policy="pastoral")
    await asked(world, contact="", companions="sam")
    for judge in (world.lee, world.okoro):
        card = judge.sees("Nobody is named who knows of it and can be reached.").card
        assert '"Ensure another staff member is aware of the visit and can be contacted' in said(
            card
        )
    world.ana.sees("Who else knows of it, and can be reached while you are out?")
    await world.ana.presses("Name a contact")
    await world.ana.fills(person="bo")
    assert (await world.only_visit()).plan.contact == "bo"
    assert isinstance((await world.only_visit()).phase, Requested)
    for reader in (world.lee, world.okoro, world.ana):
        reader.does_not_see("Nobody is named who knows of it")
        reader.does_not_see("Who else knows of it")
    assert world.tom.messages == []


async def test_words_say_it_too_from_somebody_asked_and_from_nobody_else(world: World) -> None:
    await asked(world)
    await world.tom.says("I'll be reachable")
    assert "I didn't understand that" in world.tom.told
    await world.bo.says("I'll be reachable")
    world.ana.sees("Bo Buddy, who has said yes")
    await world.bo.says("sorry, I can't")
    world.ana.sees("Bo Buddy can't be reachable.")


async def test_somebody_out_who_writes_that_they_cant_is_shown_to_the_watchers(
    world: World,
) -> None:
    await world.sam.says("visit")
    later = {"leaving_at": "2026-11-23T15:00", "return_at": "2026-11-23T15:45"}
    await world.sam.fills({**REQUEST, **later, "contact": "ana"})
    await out(world)
    await world.ana.says("I can't")
    world.office_sees("“I can't”")
    (sams,) = [visit for visit in await world.visits() if visit.lead == "sam"]
    assert sams.words == ()


async def test_a_contact_who_cant_is_replaced_in_one_go_without_a_new_approval(
    world: World,
) -> None:
    visit = await approved(world)
    known = len(world.chat.log)
    await world.bo.presses("I can't")
    assert sorted(p.address for p in world.chat.log[known:]) == ["ana", "priya"]
    world.ana.sees("Bo Buddy can't be reachable.")
    world.priya.sees("Bo Buddy can't be reachable.")
    await world.ana.presses("Name another contact")
    await world.ana.fills(person="ana")
    assert "stays behind" in world.ana.form.errors["person"]
    await world.ana.fills(person="tom")
    assert world.ana.told == "I'm asking them now. I'll tell you what they say."
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Approved)
    assert (now.plan.contact, now.revision) == ("tom", 1)
    world.bo.sees("You need no longer stand by for Ana Teach (V-1001).")
    await world.tom.presses("I'll be reachable")
    world.ana.sees("Tom Outside, who has said yes")
    await world.bo.does(Press("stand_by", visit.id))
    assert world.bo.turned_away
    assert world.sam.messages == []


async def test_nobody_but_the_lead_names_another_and_nobody_but_the_named_answers(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    for outsider in (world.tom, world.olu):
        await outsider.does(Press("stand_by", visit.id))
        await outsider.does(Press("name_stand_by", visit.id, args={"part": "contact"}))
        assert outsider.answer.form is None
    await world.sam.does(Press("name_stand_by", visit.id, args={"part": "contact"}))
    assert world.sam.told == "Only the person who asked for this visit can name somebody else."
    assert (await world.visit(visit.id)).words == ()


async def test_an_unanswered_contact_keeps_nobody_at_school(world: World) -> None:
    await approved(world)
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert "Knows of it: Bo Buddy, who hasn't answered yet." in world.ana.form.intro
    await world.ana.fills(kit=ticked(world.ana.form))
    assert isinstance((await world.only_visit()).phase, Out)


async def test_S7_a_contact_who_goes_out_counts_no_longer_and_the_lead_is_told(
    world: World,
) -> None:
    visit = await out(world)
    await world.bo.presses("I'll be reachable")
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, "contact": "", "leaving_at": "2026-11-23T13:20"})
    await world.priya.presses("Approve")
    await world.until("13:20")
    known = len(world.chat.log)
    await world.bo.presses("I'm leaving now")
    await world.bo.fills(kit=ticked(world.bo.form))
    assert (await world.visit(visit.id)).stands_by("contact") is None
    assert "ana" in {p.address for p in world.chat.log[known:]}
    world.ana.sees("Bo Buddy can't be reachable.")
    world.bo.sees("You are out, so you can't stand by for Ana Teach")
    assert world.tom.messages == []


async def test_a_contact_who_is_away_is_asked_about_on_the_form_and_lost_when_it_turns_out(
    world: World,
) -> None:
    visit = await approved(world)
    await world.bo.presses("I'll be reachable")
    away = '\n[[away]]\nperson = "bo"\nfrom = "2026-11-23"\nto = "2026-11-23"\n'
    await world.reads(world.text + away)
    assert (await world.visit(visit.id)).stands_by("contact") is None
    world.ana.sees("Bo Buddy is away, and so can't be reachable.")
    await world.sam.says("visit")
    await world.sam.fills(REQUEST)
    why = "Bo Buddy is away that day. Who else can stand by?"
    world.sam.sees(why)
    world.priya.sees(why)
    await world.tom.says("visit")
    await world.tom.fills({**REQUEST, "contact": "", "backup": "bo"})
    assert world.tom.form.errors["backup"] == why


async def test_a_yes_holds_for_a_small_shift_and_is_asked_again_for_other_times(
    world: World,
) -> None:
    await approved(world)
    await world.bo.presses("I'll be reachable")
    known = len(world.chat.log)
    await world.ana.presses("Change the plan")
    await world.ana.fills(return_at="2026-11-23T14:10")
    assert "bo" not in {p.address for p in world.chat.log[known:]}
    world.ana.sees("Bo Buddy, who has said yes")
    await world.ana.presses("Change the plan")
    await world.ana.fills(leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:45")
    world.bo.sees("Ana Teach asks you to be reachable, today 15:00 to 15:45.")
    world.ana.sees("Bo Buddy, who hasn't answered yet")
