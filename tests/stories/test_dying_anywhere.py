"""A process that dies at any point and starts again: nothing is lost, nothing is done twice.

What was told in a life without a death is the measure. Here are some points of each kind;
``tests/e2e/test_e2e_walk.py`` dies at every single one, and ``test_e2e_kills.py`` kills a process.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.domain.visit import InAlarm
from tests.stories.conftest import IN_MEMORY, STORES, Opener
from tests.stories.crashing import Player, comparable, is_as_before
from tests.stories.told_stories import STORIES
from tests.stories.world import alarmed, said

MANY = {"memory": 2}
"""Deaths of each kind in a story. Where a commit takes time it is one, after what was done: to die
before the next thing is no different.
"""


def on_every_store(*told: str) -> pytest.MarkDecorator:
    """Every story in memory, and these on each database as well."""
    pairs = [(s, n) for s in STORES for n in STORIES if s in MANY or n in told]
    return pytest.mark.parametrize(("fresh", "name"), pairs, indirect=["fresh"])


@dataclass(frozen=True, slots=True)
class Fresh:
    """Gives the opener of another empty database, each time."""

    store: str
    request: pytest.FixtureRequest
    folders: ExitStack

    def __call__(self) -> Opener:
        folder = self.folders.enter_context(TemporaryDirectory(dir=IN_MEMORY))
        return STORES[self.store](Path(folder), self.request)

    def deaths(self, alive: Player, *kinds: str) -> list[int]:
        """Where to die: of each kind of point some, spread over the story."""
        many = MANY.get(self.store, 1)
        where: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(alive.fate.passed, 1):
            if name.endswith(kinds or "") and (many > 1 or name.startswith("after")):
                where[name].append(number)
        shares = [(2 * k + 1) / (2 * many) for k in range(many)]
        return sorted({each[int(len(each) * share)] for each in where.values() for share in shares})


@pytest.fixture(params=STORES)
def fresh(request: pytest.FixtureRequest) -> Iterator[Fresh]:
    with ExitStack() as folders:
        yield Fresh(request.param, request, folders)


@pytest.fixture(autouse=True)
def _comparable() -> Iterator[None]:
    with comparable():
        yield


@on_every_store("answered", "unseen")
async def test_whoever_dies_anywhere_tells_everybody_the_same(fresh: Fresh, name: str) -> None:
    alive = await Player(fresh()).play(STORIES[name])
    expected = await alive.told()
    assert not expected.doubles
    doubled = 0
    for at in fresh.deaths(alive):
        player = await Player(fresh(), at).play(STORIES[name])
        assert player.died
        told = await player.told()
        is_as_before(player, told, expected)
        doubled += len(told.doubles)
    assert doubled or fresh.store not in MANY, "nobody died between a send and its settling"


@on_every_store("silent")
async def test_whoever_presses_again_anew_loses_nobody_a_message(fresh: Fresh, name: str) -> None:
    """A second press is a second deed, and may tell more; it never tells less."""
    alive = await Player(fresh()).play(STORIES[name])
    expected = Counter(line.split(" [")[0] for line in (await alive.told()).sent)
    for at in fresh.deaths(alive, "of a press"):
        player = await Player(fresh(), at, anew=True).play(STORIES[name])
        told = Counter(line.split(" [")[0] for line in (await player.told()).sent)
        assert not expected - told, player.died


async def test_leases_that_nobody_frees_run_out(fresh: Fresh) -> None:
    """Where several processes work on the same rows: after a minute, under the same keys."""
    story = STORIES["answered"]
    alive = await Player(fresh()).play(story)
    owed = 0
    for at in fresh.deaths(alive, "lease", "draw", "send", "edit", "settle"):
        player = await Player(fresh(), at, frees=False).play(story)
        missing = player.owed - {key for key, _ in player.chat.sent}
        assert not missing, player.died
        assert set((await player.told()).doubles) <= player.may_double, player.died
        owed += len(player.owed)
    assert owed, "nobody died with a message in hand"


@on_every_store("silent")
async def test_what_fell_due_while_dead_goes_at_once_and_nobody_is_forgotten(
    fresh: Fresh, name: str
) -> None:
    outage = timedelta(minutes={"answered": 7, "silent": 12, "unseen": 40}[name])
    alive = await Player(fresh()).play(STORIES[name])
    raised = 0
    for at in fresh.deaths(alive, "after the commit of a press", "of a wake", "after a send"):
        player = await Player(fresh(), at, outage=outage).play(STORIES[name])
        world, back = player.world, player.world.clock.now()
        following = await world.engine.next_moment()
        assert following is None or following > back, player.died
        for visit in await world.visits():
            if not isinstance(visit.phase, InAlarm) or visit.phase.alarm.opened_at != back:
                continue
            raised += 1
            if back - visit.phase.alarm.since >= timedelta(minutes=1):
                names = [v.name for v in visit.phase.watch.troubled]
                assert "late: I was not running" in said(world.office_alarmed(*names).card)
        await world.advance("1h")
        await everybody_is_looking(player)
    assert raised or fresh.store not in MANY, "no alarm fell due while it was dead"


async def everybody_is_looking(player: Player) -> None:
    """Nobody answered for an hour: whoever is out is sought by the whole ladder."""
    world = player.world
    for visit in filter(lambda visit: visit.is_out, await world.visits()):
        assert isinstance(visit.phase, InAlarm), f"{player.died}: {visit.reference} is forgotten"
        names = [visitor.name for visitor in visit.phase.watch.troubled]
        world.office_alarmed(*names)
        for who in ("bo", "lee", "priya", "okoro"):
            alarmed(world.people[who].messages, names, who)
    assert await world.store.transact(lambda uow: uow.outbox.oldest_urgent()) is None
