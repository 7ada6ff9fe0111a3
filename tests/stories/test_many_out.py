"""However many are out, what anybody asks is answered from a few visits: counted, not timed."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.visit import Out, Visit
from bot.engine.overview import MOST
from bot.ports import Press, Say, UnitOfWork
from storage import Keyring, open_store
from storage.migrate import upgrade
from storage.visits import SqlVisits
from tests.stories.world import World, out

MANY = 2000
KEY = "k" * 32
A_FEW = 12
ASKED = ("where is everyone", "on it", "they are safe", "V-9999", "approve V-9999", "already left")


def crowd(uow: UnitOfWork, like: Visit) -> None:
    """Visits of people who have nothing to do with anybody in the story."""
    for n in range(MANY):
        watch = like.watch
        assert watch is not None
        visitors = tuple(replace(each, id=f"x{n}", addresses={}) for each in watch.visitors)
        phase = Out(replace(watch, visitors=visitors, told=()))
        plan = replace(like.plan, contact=None, companions=())
        many = replace(like, id=f"v{n}", reference=f"W-{n}", lead=f"x{n}", plan=plan, phase=phase)
        uow.visits.add(many, None)


async def test_S4_what_anybody_asks_reads_few_of_the_visits_that_are_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/doorstep.db"
    upgrade(url)
    store = open_store(url, Keyring(KEY))
    world = World(store)
    visit = await out(world)
    await store.transact(lambda uow: crowd(uow, visit))
    read = 0
    whole = SqlVisits._read

    def counting(self: SqlVisits, row: object) -> Visit:
        nonlocal read
        read += 1
        return whole(self, row)  # type: ignore[arg-type]

    monkeypatch.setattr(SqlVisits, "_read", counting)
    for who, most in (("tom", A_FEW), ("bo", A_FEW), ("olu", 3 * MOST)):
        for words in ASKED:
            read = 0
            await world.hears(who, Say(words), delivery=world.delivery())
            assert read <= most, (who, words, read)
        for action in ("tab", "already_left", "whereabouts"):
            read = 0
            await world.hears(who, Press(action), delivery=world.delivery())
            assert read <= most + 3 * MOST, (who, action, read)
    world.olu.answer = await world.hears("olu", Press("whereabouts"), delivery=world.delivery())
    assert f"{MANY + 1} visits are out" in world.olu.told
    await store.close()
