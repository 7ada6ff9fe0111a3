"""A plan changes, before and after approval: who is asked, who is told, and the gate meanwhile."""

import asyncio

from bot.domain.visit import Approved, InAlarm, Out, Requested
from bot.ports import Press, Store, Submit
from tests.kit import KIT
from tests.stories.world import World, approved, asked, out, said

CANARIES = ("Canary-Family", "Canary-Purpose", "Canary-Risk")


def tom_knows_nothing(world: World) -> None:
    assert world.tom.messages == []


async def changes(world: World, **what: str) -> None:
    await world.ana.presses("Change the plan")
    await world.ana.fills(what)


async def test_S12_a_plan_that_waits_is_changed_and_asked_with_what_changed(world: World) -> None:
    visit = await asked(world, companions="sam")
    old = world.priya.button("Approve")
    await changes(world, place="20 Elm Street")
    assert world.ana.told.startswith("V-1001 is asked for again.")
    for judge in (world.priya, world.lee):
        judge.sees("Changed since it was asked for at 13:00: Where was 14 Oak Road; now 20 Elm")
    world.sam.sees("Where was 14 Oak Road; now 20 Elm Street")
    await world.priya.does(Press(old.action, old.visit, old.version, old.args))
    assert "The plan has changed since this message." in world.priya.told
    assert "now 20 Elm Street" in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.priya.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    tom_knows_nothing(world)


async def test_S12_whose_word_was_given_for_the_earlier_plan_is_said(store: Store) -> None:
    world = World(store, policy="pastoral")
    visit = await asked(world, companions="sam")
    await world.lee.presses("Approve")
    await changes(world, risks="two dogs")
    world.okoro.sees("Approved by Dan Lee at 13:00, before these changes: Risks was Canary-Risk")
    world.lee.sees("Approved by you at 13:00, before these changes:")
    world.ana.sees("Approved by Dan Lee at 13:00, before these changes: Also changed Risks")
    world.sam.does_not_see("Canary-Risk")
    await world.okoro.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    for judge in (world.lee, world.okoro):
        for canary in (*CANARIES, "two dogs"):
            judge.does_not_see(canary)
    tom_knows_nothing(world)


async def test_S12_a_small_shift_after_approval_asks_nobody_and_is_shown(world: World) -> None:
    visit = await approved(world, companions="sam")
    known = len(world.chat.log)
    await world.ana.presses("Change the plan")
    assert "by up to 15 minutes, needs no new approval" in world.ana.form.intro[0]
    await world.ana.fills(leaving_at="2026-11-23T13:25", return_at="2026-11-23T14:10")
    assert world.ana.told == (
        "V-1001: now today 13:25 to 14:10. That needs no new approval. I'm telling Priya Shah."
    )
    assert world.moments(known) == ["13:00:00 priya", "13:00:00 sam"]
    for person in (world.priya, world.lee, world.sam, world.ana):
        person.sees("was today 13:15 to 14:00; now today 13:25 to 14:10")
    assert not world.priya.has_button("Approve")
    for canary in CANARIES:
        world.priya.does_not_see(canary)
    await world.until("13:25")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert not now.phase.watch.breach
    world.office_sees("Due back 14:10.")
    tom_knows_nothing(world)


async def test_S12_many_small_shifts_are_measured_against_what_was_approved(world: World) -> None:
    visit = await approved(world)
    await changes(world, leaving_at="2026-11-23T13:25", return_at="2026-11-23T14:10")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await changes(world, leaving_at="2026-11-23T13:35", return_at="2026-11-23T14:20")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    world.priya.sees("was today 13:15 to 14:00; now today 13:35 to 14:20")
    assert world.lee.has_button("Approve")
    tom_knows_nothing(world)


async def test_S12_any_other_change_after_approval_is_asked_field_by_field(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:05")
    await changes(world, place="20 Elm Street", companions="tom", contact="sam")
    assert "Please don't leave before it is approved." in world.ana.told
    sees = world.lee.sees("Approved by Priya Shah at 13:00, before these changes:")
    for row in (
        "Where was 14 Oak Road; now 20 Elm Street",
        "Who goes was Ana Teach with Sam Assist; now Ana Teach with Tom Outside",
        "Knows of it was Bo Buddy; now Sam Assist",
    ):
        assert row in said(sees.card)
    assert "Canary" not in sees.card.notification
    world.priya.sees("Approved by you at 13:00, before these changes:")
    world.sam.sees("You are no longer on visit V-1001.")
    world.tom.sees("Your visit V-1001 with Ana Teach")
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert world.olu.messages == []


async def test_S1_while_it_is_asked_again_leaving_is_refused_and_the_watch_is_offered(
    world: World,
) -> None:
    visit = await approved(world)
    await changes(world, place="20 Elm Street")
    assert not world.ana.has_button("I'm leaving now")
    await world.until("13:15")
    await world.ana.says("leaving")
    assert "You can't leave yet: V-1001 isn't approved." in world.ana.told
    assert "What was approved has changed since." in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.presses("I've already left")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert now.phase.watch.breach
    for judge in (world.priya, world.lee):
        judge.sees("Ana Teach left without approval at 13:15.")
    world.office_sees("20 Elm Street")
    await world.advance("35m")
    world.office_alarmed("Ana Teach")
    tom_knows_nothing(world)


async def test_S4_help_while_it_is_asked_again_is_an_alarm_at_once(world: World) -> None:
    visit = await approved(world)
    await changes(world, place="20 Elm Street")
    await world.ana.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.office_sees("Ana Teach asked for help at 13:00.")
    tom_knows_nothing(world)


async def test_S12_only_the_lead_changes_the_plan_and_an_outsider_learns_nothing(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    form = {"place": "20 Elm Street", "purpose": "x", "leaving_at": "2026-11-23T13:15"}
    for person in (world.sam, world.priya, world.olu):
        await person.does(Press("change_plan", visit.id))
        assert person.told == "Only the person who asked for this visit can change it."
        whole = {**form, "return_at": "2026-11-23T14:00"}
        await person.does(Submit("plan", whole, visit.id, args={"revision": "1"}))
        assert person.answer.card is not None
        assert "Only the person who asked" in person.told
    for action in ("change_plan", "drop_out", "hand_over"):
        await world.tom.does(Press(action, visit.id, args={"revision": "1"}))
        assert world.tom.turned_away
    await world.tom.does(Submit("hand_over", {"to": "tom"}, visit.id, args={"revision": "1"}))
    assert world.tom.turned_away
    assert (await world.visit(visit.id)).revision == 1
    tom_knows_nothing(world)


async def test_two_changes_at_once_and_the_second_sees_the_first(world: World) -> None:
    """On the phone and on the laptop: nothing is overwritten unseen."""
    visit = await approved(world)
    await world.ana.presses("Change the plan")
    form = world.ana.form
    one = {**form.values, "place": "20 Elm Street"}
    two = {**form.values, "risks": "two dogs"}
    sent = (Submit("plan", values, visit.id, form.version, form.args) for values in (one, two))
    answers = await asyncio.gather(
        *(world.hears("ana", each, office=False, delivery=world.delivery()) for each in sent)
    )
    (refused,) = (answer.form for answer in answers if answer.form)
    now = await world.visit(visit.id)
    assert now.revision == 2
    assert "The plan has changed since you opened this." in refused.errors[""]
    assert now.details is not None
    assert f"It is now: {now.details.place}" in refused.errors[""]
    await world.ana.does(Submit("plan", refused.values, visit.id, refused.version, refused.args))
    assert (await world.visit(visit.id)).revision == 3
    tom_knows_nothing(world)


async def test_a_change_sent_as_they_leave_changes_nothing(world: World) -> None:
    visit = await approved(world)
    await world.until("13:15")
    await world.ana.presses("Change the plan")
    form = world.ana.form
    await world.ana.presses("I'm leaving now")
    leave = world.ana.form
    await asyncio.gather(
        world.ana.does(Submit("leave", {**leave.values, "kit": KIT}, visit.id, args=leave.args)),
        world.ana.does(
            Submit("plan", {**form.values, "place": "20 Elm Street"}, visit.id, args=form.args)
        ),
    )
    now = await world.visit(visit.id)
    asked_again = isinstance(now.phase, Requested) and now.revision == 2
    left = isinstance(now.phase, Out) and now.revision == 1
    assert asked_again or left, "one of the two, and never out on a plan that nobody approved"
    await world.ana.does(Submit("plan", dict(form.values), visit.id, args=form.args))
    assert (await world.visit(visit.id)).revision == now.revision
    tom_knows_nothing(world)


async def test_S12_once_out_the_plan_stays_and_the_way_on_is_said(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("change_plan", visit.id))
    assert world.ana.told == (
        "You have left already. Press I need more time, or Gone somewhere else."
    )
    assert world.ana.answer.form is None
    tom_knows_nothing(world)


async def test_what_is_wrong_with_a_change_comes_back_with_everything_typed(world: World) -> None:
    visit = await approved(world)
    await changes(world, return_at="2026-11-23T13:05", purpose="Another purpose")
    assert "before you leave" in world.ana.form.errors["return_at"]
    assert world.ana.form.values["purpose"] == "Another purpose"
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.ana.fills(return_at="2026-11-23T14:00")
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_the_same_change_delivered_twice_is_done_once(world: World) -> None:
    visit = await approved(world)
    await world.ana.presses("Change the plan")
    form = world.ana.form
    change = Submit("plan", {**form.values, "place": "20 Elm Street"}, visit.id, 0, form.args)
    await world.ana.does(change, delivery="twice")
    known = len(world.chat.log)
    await world.ana.does(change, delivery="twice")
    assert "is asked for again" in world.ana.told
    assert world.posts(known) == []
    assert (await world.visit(visit.id)).revision == 2
