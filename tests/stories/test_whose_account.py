"""Somebody at an address of the school of whom their channel has not said who they are: they are
shown nothing and decide nothing, and what keeps them safe counts all the same (S3, S4, P6).
"""

import pytest

from bot.domain.visit import InAlarm, Requested
from bot.engine.unsure import WAIT
from bot.ports import Answer, Inbound, Press, Say, Submit
from tests.stories.world import World, approved, asked, out, said

CANARIES = ("Canary-", "14 Oak Road")


async def does(world: World, who: str, act: Press | Submit | Say, *, office: bool = False) -> str:
    """As they would be answered, all of it."""
    person = world.engine.setup.school.person(who)
    assert person is not None
    channel = next(name for name in world.channels if name in person.addresses)
    inbound = Inbound(
        channel, world.delivery(), person.addresses[channel], act, in_office=office, unsure=True
    )
    answer: Answer = await world.engine.handle(inbound)
    await world.catch_up()
    assert answer.fresh is None
    shown = said(answer.card) if answer.card else ""
    shown += " ".join(str(f) for f in answer.form.fields) if answer.form else ""
    assert not [each for each in CANARIES if each in shown], shown
    return shown


async def test_P6_an_account_that_is_nobodys_yet_approves_nothing(world: World) -> None:
    visit = await asked(world)
    for act in (
        Press("approve", visit.id, args={"revision": "1"}),
        Say(f"approve {visit.reference}"),
        Press("decline", visit.id, args={"revision": "1"}),
        Press("show", visit.id),
        Say("where is everyone"),
        Press("home"),
        Say("visit 3 Elm Close at 2pm for 45 min"),
    ):
        assert WAIT in await does(world, "lee", act)
    assert isinstance((await world.only_visit()).phase, Requested)


async def test_S5_an_account_that_is_nobodys_yet_ends_no_alarm(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("help", visit.id))
    form = {"how": "I rang her", "over": "yes"}
    for act in (
        Press("on_it", visit.id, args={"alarm": "1"}),
        Press("safe", visit.id, args={"alarm": "1", "calls": "1"}),
        Submit("safe", form, visit.id, args={"alarm": "1", "calls": "1"}),
        Say("they are safe"),
        Press("show_risks", visit.id),
        Press("phoned_ok", visit.id),
        Press("ok", visit.id),
        Press("back", visit.id),
    ):
        for office in (False, True):
            assert WAIT in await does(world, "lee", act, office=office)
    phase = (await world.only_visit()).phase
    assert isinstance(phase, InAlarm)
    assert phase.alarm.owner is None


@pytest.mark.parametrize("words", ["help", "Help!", "I need help"])
async def test_S4_help_counts_whoever_it_may_be(world: World, words: str) -> None:
    await out(world)
    await does(world, "ana", Say(words))
    assert isinstance((await world.only_visit()).phase, InAlarm)
    world.office_alarmed("Ana Teach")


async def test_S4_danger_counts_before_anybody_has_left(world: World) -> None:
    assert "Are you in danger now?" in await does(world, "ana", Say("he has a knife"))
    await does(world, "ana", Press("danger"))
    world.office_alarmed("Ana Teach")


async def test_S3_their_own_answers_count_whoever_it_may_be(world: World) -> None:
    visit = await out(world)
    await world.until("13:46")
    await does(world, "ana", Press("ok", visit.id))
    (me,) = (await world.only_visit()).watch.visitors  # type: ignore[union-attr]
    assert me.heard == "ok"
    await does(world, "ana", Say("there is a man at the gate and I don't like it"))
    world.office_sees("there is a man at the gate")
    await does(world, "ana", Say("20 more minutes"))
    assert (await world.only_visit()).watch.expected_return > visit.watch.expected_return  # type: ignore[union-attr]


async def test_S1_whoever_has_left_is_watched_whoever_it_may_be(world: World) -> None:
    visit = await approved(world)
    assert WAIT in await does(world, "ana", Press("leave", visit.id))
    await does(world, "ana", Say("already left"))
    assert (await world.only_visit()).is_out
