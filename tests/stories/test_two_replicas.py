"""Two replicas on one database, with everything at once. In memory there is but one process."""

import asyncio
import itertools
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.cards.model import Card
from bot.domain.visit import Visit
from bot.engine.deliver import LEASE
from bot.ports import Inbound, Press, Store, UnitOfWork
from tests.stories.conftest import Opener
from tests.stories.world import Chat, World, out

SCHOOL = "st-example"
VISITS = 5


@dataclass(slots=True)
class Slow(Chat):
    """A chat that lets others run in the middle of each send, and counts what it is asked for."""

    asked: "Counter[tuple[str, str]]" = field(default_factory=Counter)
    urgent: set[tuple[str, str]] = field(default_factory=set)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        self.asked[address, key] += 1
        if urgent:
            self.urgent.add((address, key))
        await asyncio.sleep(0)
        return await Chat.post(self, address, card, urgent=urgent, key=key)


@dataclass(slots=True)
class Pair:
    """Two replicas: a store and an engine each, one clock, one chat."""

    one: World
    two: World
    chat: Slow

    async def settle(self) -> None:
        """Both look and send at once, until neither finds anything to do."""
        engines = (self.one.engine, self.two.engine)
        for _ in range(60):
            looks = [(e.wake_due(), e.deliver_due(), e.deliver_due()) for e in engines]
            if not sum(await asyncio.gather(*itertools.chain.from_iterable(looks))):
                return
        raise AssertionError("the replicas never came to rest")


@pytest.fixture
async def pair(opener: Opener) -> Pair:
    one = World(opener())
    chat = Slow(one.clock)
    one = World(one.store, before=one)
    two = World(opener(), before=one)
    for world in (one, two):
        world.chat = chat
        world.engine._deliverer._channels = {"web": chat}
    return Pair(one, two, chat)


async def _many_out(pair: Pair) -> list[Visit]:
    """Ana's visit, many times over."""
    first = await out(pair.one)
    await pair.settle()
    copies = [
        replace(first, id=f"copy-{n}", reference=f"V-{2000 + n}", version=0) for n in range(VISITS)
    ]

    def add(uow: UnitOfWork) -> None:
        for copy in copies:
            uow.visits.add(copy, pair.one.clock.now() + timedelta(minutes=20))

    await pair.one.store.transact(add)
    return [first, *copies]


async def _kinds(store: Store, visit: str) -> Counter[str]:
    chain = await store.transact(lambda uow: uow.audit.entries(SCHOOL, visit))
    return Counter(entry.kind for entry in chain)


async def test_S8_each_urgent_message_is_sent_once_by_one_of_two(pair: Pair) -> None:
    visits = await _many_out(pair)
    for _ in range(7):
        pair.one.clock.moment += timedelta(minutes=9)
        await pair.settle()
    assert pair.chat.urgent, "prompts and alarms went out"
    twice = {what: times for what, times in pair.chat.asked.items() if times > 1}
    assert twice == {}, "nothing failed, so nothing was sent twice"
    for visit in visits:
        kinds = await _kinds(pair.one.store, visit.id)
        assert kinds["AlarmRaised"] == 1, (visit.id, kinds)
        standing = await pair.one.store.transact(
            lambda uow, v=visit: uow.outbox.standing(SCHOOL, v.id, "alarm", v.created_at)  # type: ignore[misc]
        )
        assert standing["office"] == "sent"
        assert set(standing.values()) <= {"sent", "failed"}
    assert await pair.one.store.transact(lambda uow: uow.audit.broken()) == []


async def test_presses_and_wakes_at_once_lose_no_alarm_and_no_press(pair: Pair) -> None:
    visits = await _many_out(pair)
    pair.one.clock.moment += timedelta(minutes=21)

    async def presses(world: World, visit: Visit, name: str) -> None:
        deed = Inbound("web", f"{visit.id}-{name}", "ana", Press("help", visit.id))
        assert (await world.engine.handle(deed)).card

    deeds = [
        presses(world, visit, name)
        for visit in visits
        for world, name in ((pair.one, "a"), (pair.two, "b"))
    ]
    await asyncio.gather(pair.settle(), *deeds)
    await pair.settle()
    for visit in visits:
        kinds = await _kinds(pair.two.store, visit.id)
        assert kinds["AlarmRaised"] == 1, (visit.id, kinds)
        now = await pair.two.visit(visit.id)
        assert now.alarm is not None
        assert now.version >= visit.version + 1
    assert max(pair.chat.asked.values()) == 1
    assert await pair.one.store.transact(lambda uow: uow.audit.broken()) == []


async def test_one_delivery_to_both_replicas_at_once_is_one_deed(pair: Pair) -> None:
    visit = await out(pair.one)
    before = (await pair.one.visit(visit.id)).version
    deed = Inbound("web", "the-same", "ana", Press("ok", visit.id))
    answers = await asyncio.gather(
        *(world.engine.handle(deed) for world in (pair.one, pair.two) for _ in range(5))
    )
    assert len({answer.card.title for answer in answers if answer.card}) == 1
    assert (await pair.one.visit(visit.id)).version == before + 1


async def test_a_replica_that_dies_with_a_lease_loses_nothing(pair: Pair) -> None:
    await out(pair.one)
    await pair.settle()
    pair.one.clock.moment += timedelta(minutes=40)
    await pair.one.engine.wake_due()
    now = pair.one.clock.now()
    held = await pair.one.store.transact(lambda uow: uow.outbox.lease(now, 50, now + LEASE))
    assert held
    known = len(pair.chat.log)
    await pair.settle()
    taken = {each.id for each in held if each.fresh}
    assert taken
    assert not any(pair.chat.asked[each.address, each.key] for each in held), "still leased"
    pair.one.clock.moment += LEASE
    await pair.settle()
    assert len(pair.chat.log) > known


async def test_a_replica_that_starts_frees_the_leases_of_the_dead_alone(
    opener: Opener, request: pytest.FixtureRequest
) -> None:
    if "postgresql" not in request.node.callspec.id:
        return  # there one process works alone: see the contract of the store
    world = World(opener())
    await out(world)
    world.clock.moment += timedelta(minutes=40)
    await world.engine.wake_due()
    now = world.clock.now()
    held = await world.store.transact(lambda uow: uow.outbox.lease(now, 50, now + LEASE))
    assert held
    other = opener()

    def start(uow: UnitOfWork) -> int:
        uow.outbox.free_leases()
        return len(uow.outbox.lease(now, 50, now + LEASE))

    assert await other.transact(start) == 0, "whoever holds them lives"
    await world.store.close()
    assert await other.transact(start) == len(held)
