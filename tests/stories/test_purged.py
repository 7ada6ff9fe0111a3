"""Buttons that outlive what they were drawn for: a visit whose key is destroyed, or gone."""

from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import update

from bot.engine.presses import ANYWHERE, ON_A_VISIT
from bot.engine.submits import FORMS
from bot.ports import Inbound, Press, Store, Submit, UnitOfWork
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from storage.tables import visits
from tests.stories.test_bad_input import STAGES, at, shown
from tests.stories.test_hostile_words import inert
from tests.stories.world import World

TYPED = {"reason": "x", "how": "x", "over": "no", "place": "x", "minutes": "5", "note": "x"}


async def destroy_key(store: Store, visit_id: str) -> None:
    """As a purge will: what the visit was about can be read by nobody any more."""

    def work(uow: UnitOfWork) -> None:
        inside = cast("Any", uow.visits)
        if isinstance(store, MemoryStore):
            kept = inside._kept.visits
            (place,) = (each for each in kept if each[1] == visit_id)
            kept[place] = replace(kept[place], visit=replace(kept[place].visit, details=None))
        else:
            inside._connection.execute(update(visits).values(data_keys=b""))

    await store.transact(work)


async def everything(world: World, visit_id: str) -> list[str]:
    """Every button and form, by whoever may have had it on their screen."""
    told = []
    for who in ("ana", "priya", "olu", "lee", "okoro", "bo", "tom"):
        acts: list[Press | Submit] = [
            Press(action, visit_id, 3, {"revision": "1", "alarm": "1", "calls": "1", "number": "1"})
            for action in sorted({*ON_A_VISIT, *ANYWHERE} - {"help", "danger"})
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
    await destroy_key(world.store, visit.id)
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
