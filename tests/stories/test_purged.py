"""Buttons that outlive what they were drawn for: a visit whose key is destroyed, or gone."""

from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import update

from bot.domain.visit import Finished
from bot.engine.presses import ANYWHERE, ON_A_VISIT
from bot.engine.submits import FORMS
from bot.ports import Inbound, Press, Say, Store, Submit, UnitOfWork
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from storage.tables import visits
from tests.stories.test_bad_input import STAGES, at, shown
from tests.stories.test_hostile_words import inert
from tests.stories.world import World, said

TYPED = {"reason": "x", "how": "x", "over": "no", "place": "x", "minutes": "5", "note": "x"}


HOW: dict[str, dict[str, bytes]] = {
    "its key destroyed": {"data_keys": b""},
    "its details rubbish": {"details": b"rubbish"},
}


async def cannot_be_read(store: Store, visit_id: str, how: str = "its key destroyed") -> None:
    """As a purge will, or a disk: what the visit was about can be read by nobody any more."""

    def work(uow: UnitOfWork) -> None:
        inside = cast("Any", uow.visits)
        if isinstance(store, MemoryStore):
            kept = inside._kept.visits
            (place,) = (each for each in kept if each[1] == visit_id)
            kept[place] = replace(kept[place], visit=replace(kept[place].visit, details=None))
        else:
            inside._connection.execute(update(visits).values(**HOW[how]))

    await store.transact(work)


async def everything(world: World, visit_id: str) -> list[str]:
    """Every button and form, by whoever may have had it on their screen."""
    told = []
    for who in ("ana", "priya", "olu", "lee", "okoro", "bo", "tom"):
        acts: list[Press | Submit] = [
            Press(action, visit_id, 3, {"revision": "1", "alarm": "1", "calls": "1", "number": "1"})
            for action in sorted({*ON_A_VISIT, *ANYWHERE} - {"help", "danger", "watch_me"})
        ]
        acts += [Submit(form, TYPED, visit_id, 3, {"revision": "1"}) for form in FORMS]
        for act in acts:
            answer = await world.engine.handle(Inbound("web", world.delivery(), who, act))
            assert answer.card or answer.form, act
            assert "Something went wrong" not in shown(answer), (who, act)
            told.append(shown(answer))
    await world.catch_up()
    return told


@pytest.mark.parametrize("stage", STAGES)
async def test_S15_a_visit_whose_key_is_destroyed_still_answers_every_button(
    world: World, stage: str
) -> None:
    visit = await at(world, stage)
    await cannot_be_read(world.store, visit.id)
    for text in await everything(world, visit.id):
        assert "Canary" not in text
        assert "Oak Road" not in text
    await world.advance("1h")
    inert(world)


@pytest.mark.parametrize("stage", STAGES)
async def test_a_visit_that_is_gone_is_no_different_from_one_that_never_was(
    stage: str,
) -> None:
    """In memory alone: in a database the audit, which is append-only, keeps the row."""
    kept = Kept()
    world = World(MemoryStore(kept))
    visit = await at(world, stage)
    kept.visits.clear()
    known = len(world.chat.log)
    for text in await everything(world, visit.id):
        assert "Canary" not in text
        assert "Oak Road" not in text
    await world.advance("1h")
    assert world.posts(known) == []
    assert await world.visits() == []


CALLS: dict[str, Press | Say] = {
    "help": Press("help"),
    "danger": Press("danger"),
    "in words": Say("help"),
    "worried": Say("there is a man with a knife"),
}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("stage", ["approved", "out"])
async def test_S4_S15_help_is_help_where_nobody_can_read_what_the_visit_is_about(
    world: World, how: str, call: str, stage: str
) -> None:
    visit = await at(world, stage)
    await cannot_be_read(world.store, visit.id, how)
    await world.ana.does(CALLS[call])
    if call == "worried":  # asked whether they are in danger; the words themselves can't be kept
        if stage == "out":
            world.office_sees("The message can't be read just now")
        await world.ana.presses("I'm in danger" if stage == "approved" else "I need help")
    alarmed = (await world.visit(visit.id)).alarm
    assert alarmed is not None
    assert "can't be read" in said(world.office_alarmed("Ana Teach").card)
    await world.advance("5m")
    world.lee.sees("Ana Teach asked for help")
    await world.lee.presses("I'm on it")
    assert "went wrong" not in world.lee.told
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="yes")
    assert (await world.visit(visit.id)).alarm is None


@pytest.mark.parametrize("how", HOW)
async def test_S15_every_press_for_safety_does_what_it_says_where_nothing_can_be_read(
    world: World, how: str
) -> None:
    visit = await at(world, "out")
    await cannot_be_read(world.store, visit.id, how)
    await world.ana.does_on(visit, "arrived")
    await world.until("13:45")
    await world.ana.does_on(visit, "ok")
    assert (await world.visit(visit.id)).alarm is None
    await world.ana.does(Submit("more_time", {"minutes": "20"}, visit.id))
    assert "14:20" in world.ana.told
    await world.ana.does(Submit("moved", {"place": "3 Ash Lane"}, visit.id))
    assert "Please ring the office" in world.ana.told
    world.office_sees("Ana Teach has gone somewhere else")
    await world.olu.does_on(visit, "ask_if_ok")
    world.ana.sees("a colleague asks: are you OK?")
    await world.until("14:40")
    await world.advance("10m")
    world.office_alarmed("Ana Teach")
    await world.ana.does_on(visit, "back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
