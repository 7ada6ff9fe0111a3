"""At the door: who may leave, what they take with them, and the gate that never ends the watch."""

import pytest

from bot.domain.visit import Approved, Ended, Finished, InAlarm, Out, Requested
from bot.ports import Press, Store, Submit
from tests.kit import KIT, ticked
from tests.stories.world import World, agrees, approved, asked, out, said


async def test_S1_whoever_is_refused_is_offered_the_watch_and_the_breach_is_told(
    world: World,
) -> None:
    visit = await asked(world)
    await world.advance("15m")
    known = len(world.chat.log)
    await world.ana.says("I'm leaving now")
    assert "You can't leave yet: V-1001 isn't approved." in world.ana.told
    assert "Priya Shah and Dan Lee were asked at 13:00; I have just asked again." in world.ana.told
    assert sorted(p.address for p in world.chat.log[known:]) == ["lee", "priya"]
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.presses("I've already left")
    assert world.ana.told == "I'm watching now. Due back 14:00. I'm telling the office."
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert now.phase.watch.breach
    assert now.policy is not None
    for judge in (world.lee, world.priya):
        judge.sees("Ana Teach left without approval at 13:15.")
        assert not judge.has_button("Approve")
        judge.does_not_see("Canary-Purpose")
    world.office_sees("Ana Teach left without approval at 13:15.")
    world.office_sees("They left without approval. The approvers and the Head are told.")
    assert world.tom.messages == []
    await world.advance("30m")
    world.ana.sees("Ana, are you OK?")
    await world.advance("5m")
    world.office_alarmed("Ana Teach")
    world.tom.does_not_see("Ana")


async def test_S1_the_head_is_told_of_a_breach_although_she_approves_nothing(store: Store) -> None:
    world = World(store, policy="pastoral")
    await asked(world)
    await world.ana.says("already left")
    world.priya.sees("Ana Teach left without approval at 13:00.")
    world.okoro.sees("left without approval")
    world.lee.sees("left without approval")


async def test_S1_after_a_withdrawal_the_watch_can_start_all_the_same(world: World) -> None:
    visit = await approved(world)
    leaving = world.ana.button("I'm leaving now")
    await world.lee.presses("Withdraw approval")
    await world.lee.fills(reason="Not today")
    await world.ana.does(Press(leaving.action, leaving.visit, leaving.version, leaving.args))
    assert "You can't leave" in world.ana.told
    await world.ana.presses("I've already left")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    world.office_sees("left without approval")


async def test_S1_a_form_filled_in_for_a_visit_that_is_not_approved_does_not_say_all_is_well(
    world: World,
) -> None:
    visit = await asked(world)
    form = {"kit": KIT, "going": "ana", "until": "2026-11-23T14:00"}
    await world.ana.does(Submit("leave", form, visit.id))
    assert "watching" not in world.ana.told
    assert "You can't leave yet" in world.ana.told
    assert world.ana.answer.card is not None
    assert "I've already left" in [b.label for b in world.ana.answer.card.buttons]
    assert world.office_messages == []


async def test_the_kit_is_asked_for_and_everything_typed_is_kept(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit="charged_phone", going="ana")
    form = world.ana.form
    assert form.errors["kit"] == (
        "Please make sure that you have with you: identification, emergency numbers, documents for "
        "this visit, a plan for poor signal. Then tick it. Please read the home visits policy "
        "(write: policy), and tick that you have."
    )
    assert form.values["going"] == "ana"
    assert [b.label for b in form.extra] == ["I've already left"]
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert world.office_messages == []
    await world.ana.presses("I've already left")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert not now.phase.watch.breach
    assert [v.id for v in now.phase.watch.visitors] == ["ana", "sam"]


async def test_S12_leaving_late_asks_for_a_new_return(world: World) -> None:
    visit = await approved(world)
    await world.until("13:40")
    await world.ana.presses("I'm leaving now")
    assert "later than planned" in world.ana.form.intro[0]
    assert world.ana.form.values["until"] == "2026-11-23T14:25"
    await world.ana.fills(kit=KIT, until="")
    expected = "You are leaving later than planned. When will you be back?"
    assert world.ana.form.errors["until"] == expected
    await world.ana.fills(until="2026-11-23T13:20")
    assert world.ana.form.errors["until"] == "That is past already. When will you be back?"
    await world.ana.fills(until="2026-11-23T17:00")
    assert "later than the approval covers" in world.ana.form.errors["until"]
    await world.ana.fills(until="2026-11-23T14:25")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert f"{watch.expected_return:%H:%M} {watch.approved_return:%H:%M}" == "14:25 14:00"
    world.office_sees("Due back 14:25.")


async def test_S12_an_approval_for_later_does_not_cover_leaving_now(world: World) -> None:
    visit = await approved(world, leaving_at="2026-11-24T13:15", return_at="2026-11-24T14:00")
    await world.ana.presses("I'm leaving now")
    assert world.ana.answer.form is None
    assert "The approval is for later" in world.ana.told
    assert "isn't approved" not in world.ana.told
    await world.ana.presses("I've already left")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.breach
    assert f"{watch.expected_return:%d %H:%M}" == "23 13:45"
    world.office_sees("left without approval")


async def test_S10_whoever_is_not_really_going_is_not_watched(world: World) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert world.ana.form.values["going"] == "ana,sam"
    await world.ana.fills(kit=KIT, going="sam")
    assert "Tick yourself" in world.ana.form.errors["going"]
    await world.ana.fills(going="ana,tom")
    assert "Only people of the approved visit" in world.ana.form.errors["going"]
    await world.ana.fills(going="ana")
    now = await world.visit(visit.id)
    assert now.visitors == ("ana",)
    for message in (
        world.office_sees("Ana Teach left without"),
        world.priya.sees("Ana Teach left without"),
        world.lee.sees("Ana Teach left without"),
    ):
        assert "Sam Assist" in said(message.card)
        assert "approval" not in said(message.card)
    world.sam.sees("Ana Teach left on visit V-1001 without you.")
    world.sam.does_not_see("14 Oak Road")
    known = len(world.sam.messages)
    await world.advance("60m")
    assert len(world.sam.messages) == known
    world.tom.does_not_see("Ana")


async def test_S3_S4_whoever_was_unticked_hears_of_it_and_words_work_as_buttons(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    known = len(world.chat.log)
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    assert "13:15:00 sam" in world.moments(known), "nobody is taken out of the watch silently"
    await world.sam.says("ok")
    assert "Nobody watches over you now." in world.sam.told
    assert world.sam.button("I've already left").visit == visit.id
    await world.tom.says("ok")
    assert world.tom.told == "You are not out on a visit at the moment."
    await world.sam.says("help")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert now.visitors == ("ana", "sam")
    world.office_sees("Sam Assist asked for help at 13:15.")
    assert world.tom.messages == []


async def test_S10_with_somebody_from_outside_the_visitor_counts_as_alone(world: World) -> None:
    await out(
        world,
        external_name="Wes Welfare",
        external_organisation="Canary-Organisation",
        external_phone="+44 7700 900555",
    )
    world.office_sees("Wes Welfare, from outside: +44 7700 900555")
    await world.advance("35m")
    world.office_alarmed("Ana Teach")
    world.office_sees("With them Wes Welfare, from outside: +44 7700 900555")
    world.office_does_not_see("Canary-Organisation")
    assert world.tom.messages == []


async def test_approved_and_not_left_is_asked_about_once(world: World) -> None:
    await approved(world)
    known = len(world.chat.log)
    await world.until("13:24:59")
    assert world.posts(known) == []
    await world.until("13:25")
    assert world.posts(known) == ["13:25:00 ana: Have you left? You planned to at 13:15 (V-1001)."]
    await world.nothing_more("20m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    world.office_sees("Out: Ana Teach")


async def test_S12_a_visit_that_is_out_cannot_be_cancelled_or_withdrawn(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("cancel", visit.id))
    assert "A visit that is out can't be cancelled." in world.ana.told
    await world.priya.does(Press("withdraw", visit.id))
    assert "They have left already. You can call them back." in world.priya.told
    await world.priya.does(Press("approve", visit.id, 0, {"revision": "1"}))
    assert "They have left already" in world.priya.told
    await world.ana.says("leaving")
    assert "You are out already, and are being watched." in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_only_the_lead_presses_that_they_leave_and_a_companion_is_offered_the_watch(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.until("13:15")
    await world.sam.says("leaving")
    assert "Ana Teach leads this visit and presses this." in world.sam.told
    assert "isn't approved" not in world.sam.told
    await world.sam.presses("I've already left")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.tom.does(Press("already_left", visit.id))
    assert world.tom.turned_away


async def test_S16_the_departure_notice_says_what_to_do_should_nothing_more_be_heard(
    world: World,
) -> None:
    visit = await out(world)
    for title in ("Out: Ana Teach, 14 Oak Road. Due back 14:00.", "+44 7700 900001"):
        world.office_sees(title)
        world.lee.sees(title)
        world.bo.sees(title)
    world.office_sees("If Doorstep says nothing by 14:10, ring Ana Teach on +44 7700 900001.")
    for canary in ("Canary-Family", "Canary-Purpose", "Canary-Risk", "Attendance"):
        world.office_does_not_see(canary)
        world.bo.does_not_see(canary)
    await world.ana.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.nothing_more("12h")
    assert world.tom.messages == []


async def test_the_day_after_an_old_visit_cannot_be_left_on(world: World) -> None:
    visit = await approved(world)
    await world.advance("30h")
    assert isinstance((await world.visit(visit.id)).phase, Ended)
    await world.ana.presses("I've already left")
    assert "That visit was for another day." in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Ended)


KITS = {
    "slps": "“ALWAYS carry identification.”",
    "pastoral": "“Carry a fully charged mobile phone and have emergency contact numbers readily",
}


@pytest.mark.parametrize("policy", KITS)
async def test_each_policy_says_what_to_have_with_you_and_why(store: Store, policy: str) -> None:
    world = World(store, policy=policy)
    await asked(world)
    await world.lee.presses("Approve")
    if policy == "pastoral":
        await world.okoro.presses("Approve")
        await agrees(world)
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    kit = world.ana.form.fields[0]
    assert KITS[policy] in kit.hint
    all_of_it = ticked(world.ana.form)
    assert ("notebook_and_pen_or_a_device" in all_of_it) is (policy == "pastoral")
    await world.ana.fills(kit=all_of_it.replace(",a_plan_for_poor_signal", ""))
    assert world.ana.form.errors["kit"] == (
        "Please make sure that you have with you: a plan for poor signal. Then tick it."
    )
    await world.ana.fills(kit=all_of_it)
    assert isinstance((await world.only_visit()).phase, Out)


async def test_a_school_that_asks_for_nothing_to_carry_is_asked_nothing(store: Store) -> None:
    world = World(store, extra="[policy]\ndeparture.kit = []\nreading.every = '0m'\n")
    await approved(world)
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert [field.name for field in world.ana.form.fields] == ["going", "until"]
    await world.ana.fills()
    assert isinstance((await world.only_visit()).phase, Out)
