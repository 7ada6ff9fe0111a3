"""A companion drops out; the lead falls ill and hands over; one goes back and the other stays."""

import asyncio

from bot.domain.visit import Approved, ChangesAsked, Finished, InAlarm, Out, Requested
from bot.ports import Press, Submit
from tests.kit import KIT
from tests.stories.cast import school_text
from tests.stories.world import REQUEST, World, approved, asked, said


async def test_a_companion_drops_out_and_alone_is_asked_for_anew(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:05")
    await world.sam.presses("I can't come")
    await world.sam.presses("Yes, I can't come")
    assert world.sam.told == ("Ana Teach is told that you can't come. Approval is asked for again.")
    assert (await world.visit(visit.id)).visitors == ("ana",)
    world.ana.sees("Who goes was Ana Teach with Sam Assist; now Ana Teach alone")
    for judge in (world.priya, world.lee):
        judge.sees("Who goes was Ana Teach with Sam Assist; now Ana Teach alone")
        judge.sees("Ana Teach would go alone.")
    world.sam.sees("You are no longer on visit V-1001.")
    world.sam.does_not_see("14 Oak Road")
    await world.until("13:15")
    await world.ana.says("leaving")
    assert "You can't leave yet" in world.ana.told
    await world.lee.presses("Approve")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert isinstance((await world.visit(visit.id)).phase, Out)
    assert world.tom.messages == []


async def test_somebody_who_dropped_out_is_not_put_back_by_a_form_from_before(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.ana.presses("Change the plan")
    form = world.ana.form
    await world.sam.presses("I can't come")
    await world.sam.presses("Yes, I can't come")
    await world.ana.does(Submit("plan", form.values, visit.id, form.version, form.args))
    assert "It is now: 14 Oak Road, today 13:15 to 14:00, with nobody." in world.ana.form.errors[""]
    assert (await world.visit(visit.id)).visitors == ("ana",)
    assert world.tom.messages == []


async def test_a_word_for_the_pair_is_no_word_for_one_alone(world: World) -> None:
    """The approver and the companion press at once."""
    visit = await asked(world, companions="sam")
    button = world.lee.button("Approve")
    await world.sam.presses("I can't come")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await asyncio.gather(
        world.sam.presses("Yes, I can't come"),
        world.lee.does(Press(button.action, button.visit, button.version, button.args)),
    )
    now = await world.visit(visit.id)
    assert now.visitors == ("ana",)
    assert isinstance(now.phase, Requested)
    assert now.phase.votes == ()
    assert world.tom.messages == []


async def test_the_lead_hands_over_to_somebody_of_the_school(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.ana.presses("Hand over")
    assert world.ana.form.intro[0].startswith("Ana Teach is off the visit then")
    await world.ana.fills(to="")
    assert world.ana.form.errors == {"to": "Please choose who leads the visit from now on."}
    await world.ana.fills(to="tom")
    assert world.ana.told == (
        "Tom Outside leads V-1001 now, and is told. Approval is asked for again."
    )
    world.tom.sees("You lead visit V-1001 now, today 13:15 to 14:00.")
    assert world.tom.has_button("Change the plan")
    assert world.tom.has_button("Cancel the visit")
    world.ana.sees("You are no longer on visit V-1001.")
    await world.ana.does(Press("cancel", visit.id))
    assert world.ana.turned_away
    world.sam.sees("Who goes was Ana Teach with Sam Assist; now Tom Outside with Sam Assist")
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.tom.presses("I'm leaving now")
    await world.tom.fills(kit=KIT)
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert now.visitors == ("tom", "sam")
    world.office_sees("Out: Tom Outside and Sam Assist")
    assert world.olu.messages == []


async def test_a_companion_takes_over_from_a_lead_who_is_ill(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.sam.says("leaving")
    assert "If Ana Teach can't come, take over." in world.sam.told
    await world.sam.presses("Take over")
    assert [label for _, label in getattr(world.sam.form.fields[0], "options", ())] == [
        "Sam Assist"
    ]
    await world.sam.fills()
    assert world.sam.told == "You lead V-1001 now. Please don't leave before it is approved."
    world.ana.sees("You are no longer on visit V-1001.")
    world.priya.sees("Who goes was Ana Teach with Sam Assist; now Sam Assist alone")
    assert not world.ana.has_button("I'm leaving now")
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.sam.presses("I'm leaving now")
    await world.sam.fills(kit=KIT)
    assert isinstance((await world.visit(visit.id)).phase, Out)
    assert world.tom.messages == []


async def test_an_approver_names_a_new_lead_and_the_office_may_not(world: World) -> None:
    visit = await approved(world)
    for person in (world.olu, world.bo):
        await person.does(Press("hand_over", visit.id, args={"revision": "1"}))
        assert person.told == "You can't hand this visit over."
        await person.does(Submit("hand_over", {"to": person.id}, visit.id, args={"revision": "1"}))
        assert person.told == "You can't hand this visit over."
        person.does_not_see("Canary")
    await world.priya.presses("Hand over")
    await world.priya.fills(to="sam")
    world.sam.sees("You lead visit V-1001 now")
    assert world.lee.has_button("Approve")
    world.ana.sees("You are no longer on visit V-1001.")
    assert (await world.visit(visit.id)).lead == "sam"
    assert world.tom.messages == []


async def test_a_lead_who_is_no_longer_at_the_school_strands_nobody(world: World) -> None:
    visit = await approved(world, companions="sam")
    head, *people = school_text().split("[[people]]")
    await world.reads("[[people]]".join((head, *(p for p in people if 'id = "ana"' not in p))))
    await world.sam.presses("Take over")
    await world.sam.fills()
    await world.lee.presses("Approve")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Approved)
    assert now.visitors == ("sam",)
    assert world.tom.messages == []


async def test_two_take_over_at_once_and_one_of_them_leads(world: World) -> None:
    visit = await approved(world, companions="sam,tom")
    button = world.sam.button("Take over")
    await asyncio.gather(
        *(
            person.does(Submit("hand_over", {"to": person.id}, visit.id, args=button.args))
            for person in (world.sam, world.tom)
        )
    )
    now = await world.visit(visit.id)
    assert now.revision == 2
    assert now.lead in {"sam", "tom"}
    assert set(now.visitors) == {"sam", "tom"}
    (late,) = (p for p in (world.sam, world.tom) if p.id != now.lead)
    assert "The plan has changed since you opened this." in late.told


async def test_it_is_not_handed_to_the_only_one_who_could_still_approve_it(world: World) -> None:
    visit = await approved(world, companions="sam", contact="priya")
    away = '\n[[away]]\nperson = "lee"\nfrom = "2026-11-23"\nto = "2026-11-23"\n'
    await world.reads(school_text(extra=away))
    await world.ana.presses("Hand over")
    await world.ana.fills(to="priya")
    assert world.ana.form.errors == {
        "to": "Nobody could approve it if Priya Shah led it: their own word is needed for it. "
        "Sam Assist, Ada Okoro or Olu Desk could."
    }
    assert world.ana.form.values["to"] == "priya"
    assert (await world.visit(visit.id)).lead == "ana"
    await world.ana.fills(to="sam")
    assert (await world.visit(visit.id)).lead == "sam"
    world.priya.sees("Sam Assist would like to visit")
    assert world.tom.messages == []


async def test_with_somebody_left_who_approves_it_a_leader_may_take_it(world: World) -> None:
    visit = await approved(world)
    await world.ana.presses("Hand over")
    await world.ana.fills(to="priya")
    assert (await world.visit(visit.id)).lead == "priya"
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_what_went_back_for_changes_is_handed_over_as_it_stands(world: World) -> None:
    visit = await asked(world, companions="sam")
    await world.lee.presses("Ask for changes")
    await world.lee.fills(reason="Go later")
    await world.lee.presses("Hand over")
    await world.lee.fills(to="sam")
    assert world.lee.told == "Sam Assist leads V-1001 now, and is told."
    assert isinstance((await world.visit(visit.id)).phase, ChangesAsked)
    world.sam.sees("Go later")
    assert world.sam.has_button("Change the plan and ask again")
    assert world.tom.messages == []


async def test_S6_the_lead_goes_back_ill_and_the_companion_can_do_all_that_is_needed(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.until("13:20")
    await world.ana.presses("I'm back")
    world.office_sees("Still out: Sam Assist.")
    await world.sam.presses("I've arrived")
    await world.sam.presses("I need more time")
    await world.sam.fills(minutes="20")
    assert world.sam.told.startswith("Thank you. Due back 14:20.")
    await world.sam.presses("Gone somewhere else")
    await world.sam.fills(place="20 Elm Street")
    world.office_sees("20 Elm Street")
    await world.until("13:55:30")
    world.office_alarmed("Sam Assist")
    await world.sam.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.bo.presses("They are safe")
    await world.bo.fills(how="I am with him", over="no")
    await world.sam.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    assert world.tom.messages == []


async def test_a_companion_who_turns_back_after_leaving_says_so_as_ever(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    drop = world.sam.button("I can't come")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.sam.does(Press(drop.action, drop.visit, drop.version, drop.args))
    assert "press I'm back when you are" in world.sam.told
    await world.sam.presses("I'm back")
    now = await world.visit(visit.id)
    assert now.watch is not None
    assert [v.id for v in now.watch.out] == ["ana"]
    assert all("V-1001" not in said(m.card) for m in world.tom.messages)


async def test_S1_a_lead_who_has_left_and_was_taken_off_is_watched_all_the_same(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:10")
    await world.sam.presses("Take over")
    await world.sam.fills()
    world.ana.sees("If you have left already, say so")
    await world.ana.presses("I've already left")
    assert world.ana.told.startswith("I'm watching now.")
    now = await world.visit(visit.id)
    assert now.visitors == ("ana",)
    world.office_sees("Ana Teach left without approval at 13:10.")
    world.sam.sees("Ana Teach left on visit V-1001 without you.")
    await world.until("13:45:30")
    world.office_alarmed("Ana Teach")
    assert world.tom.messages == []


async def test_S1_and_may_say_so_in_words(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.sam.presses("Take over")
    await world.sam.fills()
    await world.tom.says("already left")
    assert world.tom.told.startswith("You have no visit planned")
    await world.ana.says("already left")
    assert world.ana.told.startswith("I'm watching now.")
    assert (await world.visit(visit.id)).visitors == ("ana",)
    assert world.tom.messages == []


async def test_S4_in_danger_on_a_visit_that_somebody_took_over_and_the_address_is_known(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.sam.presses("Take over")
    await world.sam.fills()
    await world.ana.says("help")
    assert "Are you in danger now?" in world.ana.told
    await world.ana.presses("I'm in danger")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert [v.id for v in now.phase.watch.troubled] == ["ana"]
    world.office_alarmed("Ana Teach")
    world.office_sees("14 Oak Road")
    assert await world.visits() == [now]
    assert world.tom.messages == []


async def test_which_visit_is_never_guessed_where_a_plan_is_changed(world: World) -> None:
    await asked(world, companions="sam")
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, "companions": "sam", "contact": "tom"})
    await world.sam.does(Press("drop_out"))
    assert world.sam.told == "Which visit? Please press it on the visit's own message."
    assert all("sam" in visit.visitors for visit in await world.visits())
    await world.ana.does(Press("hand_over"))
    await world.ana.fills(to="tom")
    assert world.tom.has_button("Hand over")


async def test_all_of_it_can_be_written(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.ana.says("change the plan")
    assert world.ana.form.name == "plan"
    await world.ana.says("hand over")
    assert world.ana.form.name == "hand_over"
    await world.tom.says("take over V-1001")
    assert world.tom.told == "I have no visit V-1001 for you."
    await world.tom.says("I can't come")
    assert world.tom.told == "You have no visit that is still to leave."
    await world.sam.says("I can't come")
    assert "The approval is lost then, and is asked for again." in world.sam.told
    assert isinstance((await world.visit(visit.id)).phase, Approved), "one touch does nothing"
    await world.sam.presses("Yes, I can't come")
    assert world.sam.told.startswith("Ana Teach is told that you can't come.")
    assert (await world.visit(visit.id)).visitors == ("ana",)


async def test_S4_i_cant_come_from_somebody_out_is_shown_to_whoever_watches(world: World) -> None:
    await approved(world, companions="sam")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.sam.says("I can't come")
    world.office_sees("I can't come")
    assert "pass it on to whoever watches" in world.sam.told
    assert world.tom.messages == []
