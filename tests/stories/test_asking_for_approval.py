"""Asking for a visit, and what approvers make of it: yes, no, not like this, and no answer."""

import asyncio

from bot.domain.visit import Approved, ChangesAsked, Ended, Requested
from bot.ports import Press, Store
from tests.stories.cast import school_text
from tests.stories.world import REQUEST, World, approved, asked, said

CANARIES = ("Canary-Family", "Canary-Purpose", "Canary-Risk")


def pastoral(store: Store) -> World:
    return World(store, policy="pastoral")


def tom_knows_nothing(world: World) -> None:
    assert world.tom.messages == []


async def test_any_one_holder_of_the_one_stage_may_say_yes(world: World) -> None:
    visit = await asked(world)
    assert visit.reference == "V-1001"
    world.priya.sees("Canary-Purpose")
    world.lee.sees("Canary-Purpose")
    world.lee.sees("Ana Teach would go alone.")
    world.lee.sees("AUTHORISED BY THE HEADTEACHER")
    await world.priya.presses("Approve")
    assert world.priya.told == "Approved. Ana Teach is told."
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    world.ana.sees("Approved by Priya Shah at 13:00.")
    for judge in (world.priya, world.lee):
        judge.sees("Approved by Priya Shah at 13:00.")
        assert not judge.has_button("Approve")
        assert judge.has_button("Withdraw approval")
    tom_knows_nothing(world)
    assert world.okoro.messages == []


async def test_P4_once_decided_the_why_is_gone_from_every_chat(world: World) -> None:
    await asked(world)
    await world.lee.presses("Approve")
    for judge in (world.priya, world.lee):
        for canary in CANARIES:
            judge.does_not_see(canary)
    world.lee.sees("14 Oak Road")


async def test_two_stages_are_asked_at_once_and_need_two_people(store: Store) -> None:
    world = pastoral(store)
    visit = await asked(world)
    world.ana.sees("Asked: Dan Lee.")
    world.ana.sees("Asked: Ada Okoro.")
    await world.lee.presses("Approve")
    assert world.lee.told == "Thank you. Somebody else's word is still needed."
    assert not world.lee.has_button("Approve")
    world.okoro.sees("Approved by Dan Lee at 13:00.")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.says("leaving")
    assert world.ana.told.startswith("You can't leave yet: V-1001 isn't approved.")
    await world.okoro.presses("Approve")
    world.ana.sees("Approved by Dan Lee and Ada Okoro at 13:00.")
    world.lee.sees("Approved by Dan Lee and Ada Okoro at 13:00.")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert world.priya.messages == []
    tom_knows_nothing(world)


async def test_one_person_with_both_roles_fills_one_stage_and_another_word_is_needed(
    store: Store,
) -> None:
    both = school_text("pastoral").replace('["senior_leader"]', '["senior_leader", "dsl"]')
    world = World(store, text=both)
    visit = await asked(world)
    button = world.lee.button("Approve")
    await world.lee.presses("Approve")
    await world.lee.does(Press(button.action, button.visit, button.version, button.args))
    assert "Somebody else's word is needed too." in world.lee.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    world.ana.sees("Asked: Ada Okoro.")
    world.ana.does_not_see("Asked: Ada Okoro and Dan Lee.")
    world.okoro.sees("Approved by Dan Lee at 13:00.")


async def test_the_same_person_may_fill_both_where_the_policy_says_so(store: Store) -> None:
    both = school_text("pastoral", "\n[policy]\napproval.same_person = true\n")
    world = World(store, text=both.replace('["senior_leader"]', '["senior_leader", "dsl"]'))
    visit = await asked(world)
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_nobody_approves_a_visit_of_their_own(world: World) -> None:
    await world.priya.says("visit")
    await world.priya.fills(REQUEST)
    (visit,) = await world.visits()
    assert not world.priya.has_button("Approve")
    world.lee.sees("Priya Shah would like to visit")
    await world.priya.does(Press("approve", visit.id, 0, {"revision": "1"}))
    assert "nobody approves a visit that they asked for or go on" in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_nobody_approves_a_visit_that_they_go_along_on(world: World) -> None:
    visit = await asked(world, companions="lee")
    world.lee.sees("Going with Ana Teach")
    assert not world.lee.has_button("Approve")
    await world.lee.does(Press("approve", visit.id, 0, {"revision": "1"}))
    assert "nobody approves a visit" in world.lee.told
    world.priya.sees("With Dan Lee.")


async def test_decline_carries_a_reason_to_whoever_asked(world: World) -> None:
    visit = await asked(world, companions="sam")
    await world.lee.presses("Decline")
    await world.lee.fills(reason="  ")
    assert world.lee.form.errors == {"reason": "Please say why, in a few words."}
    await world.lee.fills(reason="Not this week")
    assert world.lee.told == "Ana Teach is told, with your reason."
    for visitor in (world.ana, world.sam):
        visitor.sees("Dan Lee declined this visit at 13:00.")
        visitor.sees("Not this week")
    world.priya.sees("Dan Lee declined this visit at 13:00.")
    world.priya.does_not_see("Not this week")
    for canary in CANARIES:
        world.priya.does_not_see(canary)
        world.lee.does_not_see(canary)
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, Ended)
    assert phase.how == "declined"
    await world.nothing_more("6h")
    tom_knows_nothing(world)


async def test_S3_changes_are_asked_for_and_the_old_card_decides_nothing_about_the_new_plan(
    world: World,
) -> None:
    visit = await asked(world)
    old = world.priya.button("Approve")
    await world.lee.presses("Ask for changes")
    await world.lee.fills(reason="Take somebody with you")
    assert isinstance((await world.visit(visit.id)).phase, ChangesAsked)
    world.ana.sees("Dan Lee asks for changes.")
    world.ana.sees("Take somebody with you")
    for judge in (world.priya, world.lee):
        assert not judge.has_button("Approve")
        for canary in CANARIES:
            judge.does_not_see(canary)
    await world.priya.does(Press(old.action, old.visit, old.version, old.args))
    assert "This visit went back for changes." in world.priya.told
    await world.ana.presses("Change the plan and ask again")
    assert world.ana.form.values["purpose"] == REQUEST["purpose"]
    await world.ana.fills(companions="sam")
    again = await world.visit(visit.id)
    assert again.revision == 2
    world.sam.sees("Going with Ana Teach")
    world.priya.sees("With Sam Assist.")
    await world.priya.does(Press(old.action, old.visit, old.version, old.args))
    assert "The plan has changed since this message." in world.priya.told
    assert "With Sam Assist." in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.priya.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert [b.label for m in world.lee.messages for b in m.card.buttons] == [
        "Withdraw approval",
        "Hand over",
        "Flag this address",
    ]
    tom_knows_nothing(world)


async def test_a_stale_press_is_told_what_happened_instead(world: World) -> None:
    await asked(world)
    approve, decline = world.priya.button("Approve"), world.priya.button("Decline")
    await world.advance("2m")
    await world.lee.presses("Approve")
    await world.advance("1m")
    await world.priya.does(Press(approve.action, approve.visit, approve.version, approve.args))
    assert "This visit is approved already." in world.priya.told
    assert "Approved by Dan Lee at 13:02." in world.priya.told
    await world.priya.does(Press(decline.action, decline.visit, decline.version, decline.args))
    assert "Approved by Dan Lee at 13:02." in world.priya.told
    assert world.priya.answer.form is None
    assert isinstance((await world.only_visit()).phase, Approved)


async def test_S12_approvers_may_withdraw_before_departure(world: World) -> None:
    visit = await approved(world)
    await world.lee.presses("Withdraw approval")
    await world.lee.fills(reason="")
    assert "reason" in world.lee.form.errors
    await world.lee.fills(reason="The family has moved")
    world.ana.sees("Dan Lee withdrew")
    world.ana.sees("The family has moved")
    assert not world.ana.has_button("I'm leaving now")
    assert world.ana.has_button("I've already left")
    world.priya.sees("Dan Lee withdrew")
    assert not world.priya.has_button("Withdraw approval")
    assert isinstance((await world.visit(visit.id)).phase, Ended)
    await world.nothing_more("6h")


async def test_only_approvers_may_withdraw(world: World) -> None:
    visit = await approved(world)
    for person in (world.okoro, world.olu, world.bo, world.tom, world.ana):
        await person.does(Press("withdraw", visit.id))
        assert person.answer.form is None
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_the_lead_can_cancel_until_departure(world: World) -> None:
    visit = await asked(world, companions="sam")
    assert not world.sam.has_button("Cancel the visit")
    await world.sam.does(Press("cancel", visit.id))
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.presses("Cancel the visit")
    assert world.ana.told == "V-1001 is cancelled."
    for person in (world.ana, world.sam, world.priya, world.lee):
        person.sees("Ana Teach cancelled this visit at 13:00.")
        assert not person.has_button("Approve")
    for canary in CANARIES:
        world.priya.does_not_see(canary)
    await world.nothing_more("6h")
    tom_knows_nothing(world)


async def test_without_an_answer_approvers_are_reminded_then_it_is_passed_on_then_it_lapses(
    store: Store,
) -> None:
    own = "[policy]\napproval.before_appointment = false\n"
    world = World(store, text=school_text("pastoral", own))
    await asked(world, leaving_at="2026-11-23T13:30", return_at="2026-11-23T14:30")
    known = len(world.chat.log)
    await world.advance("25m")
    assert world.moments(known) == ["13:10:00 lee", "13:10:00 okoro", "13:20:00 priya"]
    world.priya.sees("Ana Teach has waited for approval since 13:00.")
    world.priya.sees("Dan Lee and Ada Okoro")
    assert not world.priya.has_button("Approve")
    for canary in CANARIES:
        world.priya.does_not_see(canary)
    world.ana.sees("No answer yet")
    known = len(world.chat.log)
    await world.until("14:30")
    assert world.moments(known) == ["14:30:00 ana", "14:30:00 bo", "14:30:00 office"]
    world.ana.sees("lapsed at 14:30")
    for judge in (world.lee, world.okoro, world.priya):
        judge.sees("lapsed at 14:30")
        assert not judge.has_button("Approve")
        for canary in CANARIES:
            judge.does_not_see(canary)
    world.office_sees("Please make sure that Ana Teach")
    assert len(world.office_messages) == 1
    await world.nothing_more("12h")
    tom_knows_nothing(world)


async def test_whoever_it_is_passed_on_to_sees_the_outcome_and_loses_the_buttons(
    world: World,
) -> None:
    await asked(world, leaving_at="2026-11-23T14:15", return_at="2026-11-23T15:00")
    await world.advance("20m")
    world.priya.sees("Ana Teach has waited for approval since 13:00.")
    await world.lee.presses("Approve")
    assert not world.priya.has_button("Approve")
    assert not world.priya.has_button("Decline")
    world.priya.does_not_see("has waited for approval")


async def test_an_approved_visit_that_never_left_is_made_sure_of(world: World) -> None:
    await approved(world)
    known = len(world.chat.log)
    await world.until("14:15")
    assert world.moments(known) == [
        "13:25:00 ana",
        "14:15:00 ana",
        "14:15:00 bo",
        "14:15:00 office",
    ]
    world.ana.sees("lapsed")
    for message in (world.bo.messages[-1], world.office_messages[-1]):
        assert "Ana Teach was to leave at 13:15" in said(message.card)
        assert "+44 7700 900001" in said(message.card)
    assert world.ana.has_button("I've already left")
    await world.nothing_more("12h")
    await world.ana.presses("I've already left")
    world.office_sees("Ana Teach left without approval")
    world.office_sees("Ana Teach has left after all.")
    world.office_does_not_see("Nobody watches this visit now.")
    tom_knows_nothing(world)


async def test_when_nobody_holds_the_role_the_lead_is_told_so(store: Store) -> None:
    nobody = school_text("pastoral").replace('roles = ["dsl"]', 'roles = ["staff"]')
    world = World(store, text=nobody)
    await asked(world)
    world.ana.sees("Nobody here can give one of the approvals that are needed.")
    await world.lee.presses("Approve")
    assert isinstance((await world.only_visit()).phase, Requested)
    await world.advance("20m")
    world.priya.does_not_see("Ada Okoro")
    assert world.okoro.messages == []


async def test_while_whoever_would_approve_is_away_the_lead_is_told_until_when(
    store: Store,
) -> None:
    absent = "".join(
        f'[[away]]\nperson = "{who}"\nfrom = "2026-11-02"\nto = "2027-01-0{day}"\n'
        for day, who in ((4, "priya"), (5, "lee"))
    )
    world = World(store, extra=absent)
    await asked(world)
    said = " ".join(world.ana.sees("Nobody here can give one of the approvals").card.words)
    assert "Priya Shah is away until Mon 4 Jan 2027" in said
    assert "Dan Lee is away until Tue 5 Jan 2027" in said
    assert "Somebody named to stand in" in said


async def test_somebody_on_two_visits_at_once_is_told_so_and_so_is_whoever_decides(
    world: World,
) -> None:
    await asked(world)
    await world.bo.says("visit")
    await world.bo.fills({**REQUEST, "companions": "ana", "contact": "sam"})
    world.ana.sees("Ana Teach would be on two visits at once")
    world.lee.sees("Ana Teach would be on two visits at once: another is planned 13:15 to 14:00.")


async def test_S13_what_is_wrong_comes_back_with_everything_typed(world: World) -> None:
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, "return_at": "2026-11-23T13:05", "place": ""})
    form = world.ana.form
    assert form.errors["return_at"] == "That is before you leave. When will you be back?"
    assert "place" in form.errors
    assert form.values["purpose"] == REQUEST["purpose"]
    await world.ana.fills(return_at="2026-11-23T18:00")
    assert "at most 3 hours" in world.ana.form.errors["return_at"]
    assert await world.visits() == []
    await world.ana.fills(return_at="2026-11-23T14:00", place="14 Oak Road")
    assert world.ana.told.startswith("V-1001 is sent for approval.")


async def test_two_approvers_at_once_and_one_of_them_is_told_that_it_is_done(world: World) -> None:
    visit = await asked(world)
    one, two = world.priya.button("Approve"), world.lee.button("Approve")
    await asyncio.gather(
        world.priya.does(Press(one.action, one.visit, one.version, one.args)),
        world.lee.does(Press(two.action, two.visit, two.version, two.args)),
    )
    told = sorted((world.priya.told, world.lee.told))
    assert told[0] == "Approved. Ana Teach is told."
    assert told[1].startswith("This visit is approved already.")
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, Approved)
    assert len(phase.votes) == 1
