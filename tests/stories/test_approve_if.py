"""Approved on a condition: somebody goes along, the office is rung on arrival, or other words."""

import pytest

from bot.domain.visit import Approved, ChangesAsked, Ended, Out, Requested, Visit
from bot.ports import Press, Store
from tests.kit import ticked
from tests.stories.world import World, agrees, asked

WORDS = "Canary-Condition: sit near the door"
CANARIES = ("Canary-Family", "Canary-Condition")


async def approves_if(world: World, who: str = "priya", **values: str) -> None:
    judge = world.people[who]
    await judge.presses("Approve if ...")
    await judge.fills(values)
    assert judge.answer.form is None, judge.answer.form


async def on_condition(world: World, companions: str = "", **values: str) -> Visit:
    visit = await asked(world, companions=companions)
    await approves_if(world, **values)
    return await world.visit(visit.id)


async def leaves(world: World, **changes: str) -> None:
    await world.ana.presses("I'm leaving now")
    values = {"kit": ticked(world.ana.form), **changes}
    await world.ana.fills(values)


def the_outsider_knows_nothing(world: World) -> None:
    assert world.tom.messages == []
    for canary in CANARIES:
        world.office_does_not_see(canary)
        for message in world.bo.messages:
            assert canary not in " ".join(message.card.words)


async def test_the_condition_stands_before_the_lead_and_shrinks_before_whoever_decided(
    world: World,
) -> None:
    visit = await on_condition(world, conditions="along,ring", words=WORDS)
    assert isinstance(visit.phase, Approved)
    assert "on a condition" in world.priya.told
    world.ana.sees("Approved by Priya Shah at 13:00, on a condition.")
    world.ana.sees(
        "Priya Shah approves if you take somebody along, you ring the office on arrival and this "
        f"is so: “{WORDS}”."
    )
    for judge in (world.priya, world.lee):
        judge.sees("on a condition")
        judge.does_not_see("Canary-Condition")
    the_outsider_knows_nothing(world)


async def test_without_a_condition_it_is_asked_and_nothing_is_approved(world: World) -> None:
    visit = await asked(world)
    await world.priya.presses("Approve if ...")
    await world.priya.fills(words="  ")
    assert set(world.priya.form.errors) == {"conditions"}
    await world.priya.fills(conditions="nonsense")
    assert set(world.priya.form.errors) == {"conditions"}
    await world.priya.fills(words="x" * 201)
    assert set(world.priya.form.errors) == {"words"}
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_S1_alone_they_are_refused_and_watched_all_the_same(world: World) -> None:
    visit = await on_condition(world, conditions="along")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    assert "approves if somebody from school goes along, and nobody does." in world.ana.told
    await world.ana.presses("I've already left")
    now_is = await world.visit(visit.id)
    assert now_is.watch is not None
    assert now_is.watch.unmet
    world.office_sees("left without something that the policy asks for")
    the_outsider_knows_nothing(world)


async def test_whoever_is_found_to_go_along_needs_no_new_yes(world: World) -> None:
    visit = await on_condition(world, conditions="along")
    world.ana.sees("press Change the plan: nobody is asked again")
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions="sam")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    world.priya.sees("was Ana Teach alone; now Ana Teach with Sam Assist")
    world.sam.sees("with Ana Teach")
    await world.advance("15m")
    await leaves(world)
    now_is = await world.visit(visit.id)
    assert {v.id for v in now_is.watch.visitors} == {"ana", "sam"} if now_is.watch else False


async def test_S10_who_is_really_going_counts_not_who_was_planned(world: World) -> None:
    visit = await on_condition(world, companions="sam", conditions="along")
    await world.advance("15m")
    await leaves(world, going="ana")
    assert "nobody does" in world.ana.form.errors["going"]
    assert [b.label for b in world.ana.form.extra] == ["I've already left"]
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.ana.fills(going="ana,sam")
    assert isinstance((await world.visit(visit.id)).phase, Out)


@pytest.mark.parametrize("who", ["priya"])
async def test_whoever_said_yes_goes_on_no_visit_on_their_own_word(world: World, who: str) -> None:
    visit = await on_condition(world, conditions="along")
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions=who)
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_S12_anything_else_changed_beside_asks_again_and_conditions_fall(
    world: World,
) -> None:
    visit = await on_condition(world, conditions="along,ring", words=WORDS)
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions="sam", place="20 Elm Street")
    now_is = await world.visit(visit.id)
    assert isinstance(now_is.phase, Requested)
    assert now_is.details is not None
    assert now_is.details.conditions == ()
    world.ana.does_not_see("Canary-Condition")


async def test_a_small_shift_keeps_them(world: World) -> None:
    visit = await on_condition(world, companions="sam", conditions="ring", words=WORDS)
    await world.ana.presses("Change the plan")
    await world.ana.fills(leaving_at="2026-11-23T13:20", return_at="2026-11-23T14:05")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    world.ana.sees("Canary-Condition")
    await world.advance("20m")
    await leaves(world, kit="identification,charged_phone,emergency_numbers")
    assert "kit" in world.ana.form.errors


async def test_it_is_ticked_at_the_door_and_the_office_is_rung_on_arrival(world: World) -> None:
    visit = await on_condition(world, conditions="ring", words=WORDS)
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    kit = ticked(world.ana.form)
    half = ",".join(name for name in kit.split(",") if not name.startswith("condition_1"))
    await world.ana.fills(kit=half)
    assert "approved on a condition" in world.ana.form.errors["kit"]
    assert [b.label for b in world.ana.form.extra] == ["I've already left"]
    await world.ana.fills(kit=kit)
    assert isinstance((await world.visit(visit.id)).phase, Out)
    world.office_sees("They agreed to ring the office when they arrive.")
    world.ana.sees("When you arrive, ring the office")
    world.ana.does_not_see("Canary-Condition")
    await world.ana.presses("I've arrived")
    assert "Please ring the office now" in world.ana.told
    world.ana.sees("If you haven't yet, ring the office now")
    world.office_does_not_see("They agreed to ring the office when they arrive.")
    the_outsider_knows_nothing(world)


async def test_conditions_of_two_stages_add_up(store: Store) -> None:
    world = World(store, policy="pastoral")
    visit = await asked(world, companions="sam")
    await approves_if(world, "lee", conditions="ring", words="Sit near the door")
    world.okoro.sees("Dan Lee approves if Ana Teach rings the office on arrival and this is so:")
    world.ana.sees("Dan Lee approves if you ring the office")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await approves_if(world, "okoro", conditions="along,ring")
    world.ana.sees("Ada Okoro approves if you take somebody along and you ring the office")
    await agrees(world)
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    assert ticked(world.ana.form).count("condition_") == 2, "one thing is asked for once"
    await world.ana.fills(kit=ticked(world.ana.form))
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_a_plain_yes_after_it_takes_no_condition_back(store: Store) -> None:
    world = World(store, policy="pastoral")
    await asked(world)
    await approves_if(world, "lee", conditions="along")
    await world.okoro.presses("Approve")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    assert "Dan Lee approves if somebody from school goes along" in world.ana.told


async def test_what_is_sent_back_or_handed_over_is_approved_anew(store: Store) -> None:
    world = World(store, policy="pastoral")
    visit = await asked(world, companions="sam")
    await approves_if(world, "lee", conditions="ring")
    await world.sam.presses("Take over")
    await world.sam.fills()
    now_is = await world.visit(visit.id)
    assert now_is.lead == "sam"
    assert now_is.details is not None
    assert now_is.details.conditions == ()
    await approves_if(world, "lee", conditions="ring")
    await world.okoro.presses("Ask for changes")
    await world.okoro.fills(reason="Not today")
    now_is = await world.visit(visit.id)
    assert isinstance(now_is.phase, ChangesAsked)
    assert now_is.details is not None
    assert now_is.details.conditions == ()


async def test_withdrawn_it_is_no_condition_any_more(world: World) -> None:
    visit = await on_condition(world, conditions="ring")
    await world.priya.presses("Withdraw approval")
    await world.priya.fills(reason="The family rang")
    assert isinstance((await world.visit(visit.id)).phase, Ended)
    await world.ana.presses("I've already left")
    world.ana.does_not_see("ring the office")


async def test_a_recorded_appointment_keeps_them(store: Store) -> None:
    world = World(store, policy="pastoral")
    visit = await asked(world, appointment="")
    await approves_if(world, "lee", conditions="along")
    await world.okoro.presses("Approve")
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions="sam")
    await world.ana.presses("Record the appointment")
    await world.ana.fills(
        leaving_at="2026-11-26T10:00",
        return_at="2026-11-26T10:45",
        how="phone",
        whom="Mrs Brown",
        told="purpose,suits",
    )
    now_is = await world.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    assert now_is.plan.companions == ("sam",)
    world.ana.sees("Dan Lee approves if you take somebody along")


async def test_S3_a_condition_is_for_the_plan_that_was_seen(world: World) -> None:
    visit = await asked(world)
    await world.priya.presses("Approve if ...")
    await world.ana.presses("Change the plan")
    await world.ana.fills(place="20 Elm Street")
    await world.priya.fills(conditions="ring")
    assert "The plan has changed since" in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_only_whoever_could_approve_is_asked_for_a_condition(world: World) -> None:
    visit = await asked(world, companions="sam")
    for person in (world.ana, world.sam, world.okoro, world.bo, world.olu):
        assert not person.has_button("Approve if ...")
        await person.does(Press("approve_if", visit.id, 0, {"revision": "1"}))
        assert person.answer.form is None
    await world.tom.does(Press("approve_if", visit.id, 0, {"revision": "1"}))
    assert world.tom.turned_away


async def test_in_words_and_step_by_step(store: Store) -> None:
    world = World(store)
    visit = await asked(world)
    world.priya.forms = False
    await world.priya.says("approve V-1001 if")
    assert "Only if" in world.priya.told
    await world.priya.says("they ring the office on arrival")
    await world.priya.says("done") if "Only if" in world.priya.told else None
    await world.priya.says("Sit near the door")
    await world.priya.says("send it")
    now_is = await world.visit(visit.id)
    assert isinstance(now_is.phase, Approved)
    assert now_is.details is not None
    assert [each.what for each in now_is.details.conditions] == ["ring", "other"]


@pytest.mark.parametrize("how", ["ring", "along"])
async def test_S15_a_condition_that_cannot_be_read_holds_the_gate_shut_and_not_the_watch(
    how: str,
) -> None:
    """Played in the domain: a key that is lost."""
    from dataclasses import replace

    from bot.domain import commands as c
    from tests.domain.examples import asked as asks

    play = asks("sam")
    play.does(c.Approve("lee", 1, only_if=True, conditions=(how,)))
    play.visit = replace(play.visit, details=None)
    play.wait(until="14:00")
    refused = play.is_refused(c.Depart("ana", ("ana", "sam")))
    assert refused.offer == "already_left"
    assert "can't be read" in refused.why
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)
    assert play.watch.unmet
