"""The contract of ``bot.ports.Store``, for every implementation of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest

from bot.domain import events
from bot.domain.addresses import sought, written
from bot.domain.known import Flag, looked_for, trouble
from bot.domain.plan import Details, Note, Plan
from bot.domain.tidings import Tidings
from bot.domain.visit import Approved, Finished, Out, Visit, Vote
from bot.ports import Away, Contact, LastGood, Store, UnitOfWork
from storage import Keyring, open_store
from storage.memory import Kept, MemoryStore
from storage.migrate import upgrade
from tests.postgres import Postgres
from tests.storage.samples import (
    KEY,
    NOW,
    after,
    details,
    ended,
    finished,
    in_alarm,
    out,
    parcel,
    policy,
    visit,
    visitor,
    watch,
)

T = TypeVar("T")
SCHOOL = "st-example"


@lru_cache(maxsize=1)
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        upgrade(f"sqlite:///{folder}/empty.db")
        return (Path(folder) / "empty.db").read_bytes()


Opener = Callable[[], Store]
"""Opens a store; once more, and it is another one on the same data."""


def _memory(folder: Path, request: pytest.FixtureRequest) -> Opener:
    kept = Kept()
    return lambda: MemoryStore(kept)


def _sqlite(folder: Path, request: pytest.FixtureRequest) -> Opener:
    (folder / "doorstep.db").write_bytes(_empty_database())
    return lambda: open_store(f"sqlite:///{folder}/doorstep.db", Keyring(KEY))


def _postgresql(folder: Path, request: pytest.FixtureRequest) -> Opener:
    server: Postgres = request.getfixturevalue("postgres")
    url = server.fresh()
    return lambda: open_store(url, Keyring(KEY))


# Each makes an empty store.
STORES: dict[str, Callable[[Path, pytest.FixtureRequest], Opener]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}


@pytest.fixture(params=STORES)
async def opener(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opener]:
    opened: list[Store] = []
    open_one = STORES[request.param](tmp_path, request)

    def opener() -> Store:
        opened.append(open_one())
        return opened[-1]

    yield opener
    for store in opened:
        await store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


# --- transactions -------------------------------------------------------------------------------


async def test_what_the_work_gives_is_what_the_caller_gets(store: Store) -> None:
    assert await store.transact(lambda uow: uow.visits.next_number(SCHOOL)) == 1001


async def test_what_returned_is_committed(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), after(10)))
    assert await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001")) == visit()


async def test_what_raised_is_rolled_back_whole(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), after(10)))

    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1002), after(5))
        assert uow.visits.save(out(), after(1))
        uow.audit.append(SCHOOL, "visit-1001", [events.Nudged(NOW)])
        assert uow.inbox.claim(SCHOOL, "slack", "d1", NOW)
        uow.outbox.put([parcel()])
        uow.settings.keep(SCHOOL, "text", "sealed", NOW)
        uow.drafts.keep(SCHOOL, "sam", "request", {"place": "here"})
        uow.visits.next_number(SCHOOL)
        raise KeyError("on purpose")

    with pytest.raises(KeyError, match="on purpose"):
        await store.transact(work)

    def look(uow: UnitOfWork) -> None:
        assert uow.visits.waiting(SCHOOL) == [visit()]
        assert uow.visits.next_wake() == after(10)
        assert uow.audit.entries(SCHOOL, "visit-1001") == []
        assert uow.inbox.claim(SCHOOL, "slack", "d1", NOW)
        assert uow.outbox.next_due(NOW) is None
        assert uow.settings.schools() == []
        assert uow.drafts.get(SCHOOL, "sam", "request") is None
        assert uow.visits.next_number(SCHOOL) == 1001

    await store.transact(look)


async def test_work_sees_its_own_changes(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(), None)
        assert uow.visits.save(out(), after(30))
        assert uow.visits.get(SCHOOL, "visit-1001") == out(version=1)

    await store.transact(work)


async def test_many_at_once_lose_nothing(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))

    def work(uow: UnitOfWork) -> int:
        while True:
            found = uow.visits.get(SCHOOL, "visit-1001")
            assert found is not None
            if uow.visits.save(found, None):
                break
        uow.audit.append(SCHOOL, "visit-1001", [events.Nudged(NOW)])
        return uow.visits.next_number(SCHOOL)

    numbers = await asyncio.gather(
        *(store.transact(work, background=n % 2 == 0) for n in range(30))
    )
    assert sorted(numbers) == list(range(1001, 1031))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found is not None
    assert found.version == 30
    entries = await store.transact(lambda uow: uow.audit.entries(SCHOOL, "visit-1001"))
    assert [entry.seq for entry in entries] == list(range(1, 31))
    assert await store.transact(lambda uow: uow.audit.broken()) == []


async def test_a_closed_store_says_so_and_closing_twice_is_fine(store: Store) -> None:
    await store.close()
    await store.close()
    with pytest.raises(RuntimeError, match="closed"):
        await store.transact(lambda uow: uow.visits.next_wake())


# --- visits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [visit, out, in_alarm, finished, ended])
async def test_a_visit_comes_back_as_it_was_stored(store: Store, sample: Any) -> None:
    await store.transact(lambda uow: uow.visits.add(sample(), None))
    assert await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001")) == sample()


async def test_an_unknown_visit_is_none_and_so_is_another_schools(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    assert await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-9")) is None
    assert await store.transact(lambda uow: uow.visits.get("elsewhere", "visit-1001")) is None


async def test_a_visit_is_added_at_version_0_and_once(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(version=7), None))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == visit()
    with pytest.raises(Exception, match=r"there already|UNIQUE|unique"):
        await store.transact(lambda uow: uow.visits.add(visit(), None))


async def test_the_same_reference_twice_in_one_school_is_refused(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    await store.transact(lambda uow: uow.visits.add(visit(school="elsewhere"), None))
    with pytest.raises(Exception, match=r"there already|UNIQUE|unique"):
        await store.transact(lambda uow: uow.visits.add(visit(1002, reference="V-1001"), None))


async def test_saving_counts_the_version_up(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    approved = visit(phase=Approved((Vote(0, "priya", NOW),), NOW))
    assert await store.transact(lambda uow: uow.visits.save(approved, after(5)))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == replace(approved, version=1)


async def test_saving_an_older_version_changes_nothing(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    assert await store.transact(lambda uow: uow.visits.save(out(), after(5)))
    assert not await store.transact(lambda uow: uow.visits.save(ended(), None))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == out(version=1)
    assert await store.transact(lambda uow: uow.visits.next_wake()) == after(5)
    assert not await store.transact(lambda uow: uow.visits.save(visit(1009), None))


async def test_S15_saving_without_details_keeps_those_that_are_stored(store: Store) -> None:
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    assert await store.transact(lambda uow: uow.visits.save(out(details=None), None))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == out(version=1)
    changed = out(version=1, details=details(place="elsewhere"))
    assert await store.transact(lambda uow: uow.visits.save(changed, None))
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == replace(changed, version=2)


async def test_what_is_read_again_in_a_transaction_is_as_it_was_changed_there(
    store: Store,
) -> None:
    """Read before and after each change: in whatever order, by whatever question."""

    def looked(uow: UnitOfWork) -> tuple[object, ...]:
        return (
            uow.visits.get(SCHOOL, "visit-1001"),
            uow.visits.live_of(SCHOOL, ["sam"]),
            uow.visits.live_of(SCHOOL, ["kim", "sam"]),
            uow.visits.people_out(SCHOOL),
            [entry.seq for entry in uow.audit.entries(SCHOOL, "visit-1001")],
        )

    def work(uow: UnitOfWork) -> list[tuple[object, ...]]:
        assert looked(uow) == (None, [], [], frozenset(), [])
        uow.visits.add(visit(), None)
        assert looked(uow) == (visit(), [visit()], [visit()], frozenset(), [])
        for version in (0, 1, 2):
            gone = out(version=version, details=details(risks="dog" if version else ""))
            assert uow.visits.save(gone, after(version))
            uow.audit.append(SCHOOL, "visit-1001", [events.Nudged(NOW)])
            now, chain = replace(gone, version=version + 1), [*range(1, version + 2)]
            assert looked(uow) == (now, [now], [now], frozenset({"sam"}), chain)
            assert not uow.visits.save(ended(version=version), None)
            assert looked(uow) == (now, [now], [now], frozenset({"sam"}), chain)
        uow.visits.live_of(SCHOOL, ["sam"]).clear()
        assert uow.visits.live_of(SCHOOL, ["sam"]), "nobody's list is anybody else's"
        over = finished(version=3, details=details(risks="dog"))
        assert uow.visits.save(over, None)
        return [looked(uow)]

    (told,) = await store.transact(work)
    over = finished(version=4, details=details(risks="dog"))
    assert told == (over, [], [], frozenset(), [1, 2, 3])
    assert await store.transact(looked) == told
    assert await store.transact(lambda uow: uow.audit.broken()) == []


async def test_S15_a_frozen_policy_comes_back_whole_also_once_another_visit_under_it_is_erased(
    opener: Opener,
) -> None:
    first = opener()
    changed = replace(policy(), alarm_repeat=timedelta(minutes=3))

    def add(uow: UnitOfWork) -> None:
        for number, each in ((1001, policy()), (1002, policy()), (1003, changed)):
            uow.visits.add(out(number, policy=each), after(number))
        uow.visits.erase(SCHOOL, "visit-1001")

    await first.transact(add)
    second = opener()
    found = await second.transact(lambda uow: uow.visits.waiting(SCHOOL))
    assert [each.policy for each in found] == [policy(), policy(), changed]
    assert found[0].details is None
    assert await second.transact(lambda uow: uow.audit.broken()) == []


async def test_numbers_start_at_1001_in_each_school(store: Store) -> None:
    def take(uow: UnitOfWork, school: str = SCHOOL) -> int:
        return uow.visits.next_number(school)

    assert [await store.transact(take) for _ in range(3)] == [1001, 1002, 1003]
    assert await store.transact(lambda uow: take(uow, "elsewhere")) == 1001


async def test_live_visits_of_people_are_those_on_which_they_are_visitors(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1002, created_at=after(2)), None)  # sam leads, ali goes along
        uow.visits.add(out(1001, lead="ali", created_at=after(1)), None)  # sam alone went
        uow.visits.add(finished(1003), None)
        uow.visits.add(visit(1004, school="elsewhere"), None)
        assert [v.id for v in uow.visits.live_of(SCHOOL, ["sam"])] == ["visit-1001", "visit-1002"]
        assert [v.id for v in uow.visits.live_of(SCHOOL, ["ali"])] == ["visit-1002"]
        both = uow.visits.live_of(SCHOOL, ["ali", "sam"])
        assert both == [
            out(1001, lead="ali", created_at=after(1)),
            visit(1002, created_at=after(2)),
        ]
        assert uow.visits.live_of(SCHOOL, ["kim"]) == []
        assert uow.visits.live_of(SCHOOL, []) == []

    await store.transact(work)


async def test_who_is_a_visitor_follows_the_visit(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(), None)
        assert uow.visits.save(out(), None)  # ali did not go after all
        assert uow.visits.live_of(SCHOOL, ["ali"]) == []
        assert [v.id for v in uow.visits.live_of(SCHOOL, ["sam"])] == ["visit-1001"]
        assert uow.visits.save(finished(version=1), None)
        assert uow.visits.live_of(SCHOOL, ["sam"]) == []

    await store.transact(work)


async def test_people_out_are_the_visitors_of_visits_that_are_watched(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.visits.people_out(SCHOOL) == frozenset()
        uow.visits.add(visit(1001), None)  # not left yet
        uow.visits.add(finished(1002), None)
        uow.visits.add(out(1003, school="elsewhere"), None)
        assert uow.visits.people_out(SCHOOL) == frozenset()
        uow.visits.add(out(1004), None)
        assert uow.visits.people_out(SCHOOL) == {"sam"}
        uow.visits.add(in_alarm(1005), None)
        assert uow.visits.people_out(SCHOOL) == {"sam", "ali"}

    await store.transact(work)


async def test_all_live_visits_of_a_school_come_oldest_first(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1001, created_at=after(3)), None)
        uow.visits.add(in_alarm(1002, created_at=after(1)), None)
        uow.visits.add(ended(1003), None)
        uow.visits.add(visit(1004, school="elsewhere"), None)
        assert [v.id for v in uow.visits.waiting(SCHOOL)] == ["visit-1002", "visit-1001"]

    await store.transact(work)


async def test_recent_visits_of_a_person_come_latest_first(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in range(1001, 1006):
            sample = finished if number % 2 else visit
            uow.visits.add(sample(number, created_at=after(number)), None)
        found = uow.visits.recent_of(SCHOOL, "sam", 3)
        assert [v.id for v in found] == ["visit-1005", "visit-1004", "visit-1003"]
        assert uow.visits.recent_of(SCHOOL, "kim", 3) == []

    await store.transact(work)


async def test_visits_are_due_from_their_moment_on_earliest_first(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.visits.next_wake() is None
        uow.visits.add(visit(1001), after(2))
        uow.visits.add(visit(1002, school="elsewhere"), after(1))
        uow.visits.add(visit(1003), after(3))
        uow.visits.add(visit(1004), None)
        assert uow.visits.next_wake() == after(1)
        assert uow.visits.due(after(0.9), 10) == []
        assert uow.visits.due(after(1), 10) == [("elsewhere", "visit-1002")]
        both = [("elsewhere", "visit-1002"), (SCHOOL, "visit-1001")]
        assert uow.visits.due(after(2.5), 10) == both
        assert uow.visits.due(after(9), 2) == both

    await store.transact(work)


async def test_moments_order_to_the_microsecond(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        moment = NOW.replace(microsecond=0)
        uow.visits.add(visit(1001), moment)
        uow.visits.add(visit(1002), moment.replace(microsecond=1))
        assert uow.visits.due(moment, 10) == [(SCHOOL, "visit-1001")]
        assert len(uow.visits.due(moment.replace(microsecond=1), 10)) == 2
        assert uow.visits.next_wake() == moment

    await store.transact(work)


async def test_postponing_moves_the_waking_and_not_the_version(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(), after(1))
        uow.visits.add(visit(1002), None)
        uow.visits.rouse(SCHOOL, "visit-1001", after(2))
        uow.visits.rouse(SCHOOL, "visit-1002", after(2))
        assert uow.visits.due(after(9), 9) == [(SCHOOL, "visit-1001")]
        assert uow.visits.next_wake() == after(2)
        assert uow.visits.get(SCHOOL, "visit-1001") == visit()
        uow.visits.rouse(SCHOOL, "visit-1001", NOW)
        assert uow.visits.due(NOW, 9) == [(SCHOOL, "visit-1001")], "sooner is fine too"
        assert uow.visits.get(SCHOOL, "visit-1001") == visit()

    await store.transact(work)


# --- audit --------------------------------------------------------------------------------------


async def test_the_audit_keeps_events_in_order(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(), None)
        uow.audit.append(SCHOOL, "visit-1001", [])
        uow.audit.append(SCHOOL, "visit-1001", [events.Declined(NOW, "priya", "too far")])
        more = [events.ApproversReminded(after(1)), events.HelpAsked(after(2), "sam")]
        uow.audit.append(SCHOOL, "visit-1001", more)
        entries = uow.audit.entries(SCHOOL, "visit-1001")
        assert [(e.seq, e.at, e.kind, e.by) for e in entries] == [
            (1, NOW, "Declined", "priya"),
            (2, after(1), "ApproversReminded", ""),
            (3, after(2), "HelpAsked", ""),
        ]
        assert entries[0].detail == {"at": NOW.isoformat(), "by": "priya", "note": "too far"}
        assert uow.audit.entries(SCHOOL, "visit-9") == []
        assert uow.audit.broken() == []

    await store.transact(work)


async def test_each_visit_has_a_chain_of_its_own(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        for number in (1001, 1002):
            uow.visits.add(visit(number), None)
            uow.audit.append(SCHOOL, f"visit-{number}", [events.Nudged(NOW)])
            assert [e.seq for e in uow.audit.entries(SCHOOL, f"visit-{number}")] == [1]

    await store.transact(work)


async def test_nothing_is_appended_to_a_visit_that_is_not_there(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.transact(lambda uow: uow.audit.append(SCHOOL, "visit-9", [events.Nudged(NOW)]))


# --- inbox --------------------------------------------------------------------------------------


async def test_a_delivery_is_claimed_once(store: Store) -> None:
    def claim(uow: UnitOfWork, key: tuple[str, str, str] = (SCHOOL, "slack", "d1")) -> bool:
        return uow.inbox.claim(*key, NOW)

    assert await store.transact(claim)
    assert not await store.transact(claim)
    for other in (("elsewhere", "slack", "d1"), (SCHOOL, "teams", "d1"), (SCHOOL, "slack", "d2")):
        assert await store.transact(partial(claim, key=other))


async def test_what_was_answered_is_answered_again(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.inbox.recall(SCHOOL, "slack", "d1") is None
        uow.inbox.claim(SCHOOL, "slack", "d1", NOW)
        assert uow.inbox.recall(SCHOOL, "slack", "d1") is None
        uow.inbox.remember(SCHOOL, "slack", "d1", {"card": "visit", "visit": "visit-1001"})
        answer = uow.inbox.recall(SCHOOL, "slack", "d1")
        assert answer == {"card": "visit", "visit": "visit-1001"}

    await store.transact(work)


async def test_old_deliveries_are_forgotten(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.inbox.claim(SCHOOL, "slack", "old", NOW)
        uow.inbox.claim(SCHOOL, "slack", "new", after(10))
        assert uow.inbox.forget_before(after(10), 9) == 1
        assert uow.inbox.forget_before(after(10), 9) == 0
        assert uow.inbox.claim(SCHOOL, "slack", "old", after(11))
        assert not uow.inbox.claim(SCHOOL, "slack", "new", after(11))

    await store.transact(work)


# --- outbox -------------------------------------------------------------------------------------


async def test_a_parcel_comes_back_as_it_was_put(store: Store) -> None:
    full = parcel(
        urgent=True, fresh=True, retire="ref-0", args={"a": "1", "b": "x,y"}, due_at=after(-1)
    )

    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([])
        uow.outbox.put([full])
        assert uow.outbox.lease(NOW, 10, after(1)) == [full]

    await store.transact(work)


async def test_the_same_showing_is_put_once_for_each_channel(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1), parcel(2, key="key-1")])
        uow.outbox.put([parcel(3, key="key-1"), parcel(4, key="key-1", channel="teams")])
        uow.outbox.put([parcel(5, key="key-1", school="elsewhere")])
        leased = uow.outbox.lease(NOW, 10, after(1))
        assert [each.id for each in leased] == ["parcel-1", "parcel-4", "parcel-5"]
        uow.outbox.sent(leased[0], "ref", NOW)
        uow.outbox.put([parcel(6, key="key-1")])
        assert uow.outbox.lease(after(0.5), 10, after(1)) == [], "also once it has been sent"

    await store.transact(work)


async def test_an_id_used_twice_is_an_error_and_never_a_lost_message(store: Store) -> None:
    await store.transact(lambda uow: uow.outbox.put([parcel(1)]))
    with pytest.raises(Exception, match=r"there already|UNIQUE|unique"):
        await store.transact(lambda uow: uow.outbox.put([parcel(1, key="another")]))


async def test_urgent_parcels_go_first_then_the_oldest_due(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put(
            [
                parcel(1, due_at=after(-2)),
                parcel(2, due_at=after(-1), urgent=True),
                parcel(3, due_at=after(-3)),
                parcel(4, due_at=after(0), urgent=True),
                parcel(5, due_at=after(1), urgent=True),
            ]
        )
        first = uow.outbox.lease(NOW, 3, after(1))
        assert [each.id for each in first] == ["parcel-2", "parcel-4", "parcel-3"]
        assert [each.id for each in uow.outbox.lease(NOW, 3, after(1))] == ["parcel-1"]
        assert uow.outbox.lease(NOW, 3, after(1)) == []

    await store.transact(work)


async def test_a_lease_that_ran_out_is_taken_over(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel()])
        assert uow.outbox.next_due(NOW) == NOW
        assert uow.outbox.lease(NOW, 1, after(1)) == [parcel()]
        assert uow.outbox.next_due(NOW) == after(1)
        assert uow.outbox.lease(after(0.9), 1, after(2)) == []
        assert uow.outbox.lease(after(1), 1, after(2)) == [parcel(attempts=1)]

    await store.transact(work)


async def test_a_dropped_row_is_gone_and_its_key_is_free_again(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel()])
        (leased,) = uow.outbox.lease(NOW, 1, after(1))
        uow.outbox.sent(leased, "ref", NOW)
        uow.outbox.drop(leased)
        uow.outbox.drop(leased)
        assert uow.outbox.next_due(NOW) is None
        assert uow.outbox.reference(parcel()) == "ref", "the message stands all the same"
        uow.outbox.put([parcel()])
        assert uow.outbox.lease(NOW, 9, after(1)) == [parcel()]

    await store.transact(work)


async def test_what_is_due_next_can_be_asked_without_one_slot(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1, slot="board"), parcel(2, slot="out", due_at=after(2))])
        assert uow.outbox.next_due(NOW) == NOW
        assert uow.outbox.next_due(NOW, but="board") == after(2)
        assert uow.outbox.next_due(NOW, but="out") == NOW
        (_, two) = uow.outbox.lease(after(2), 9, after(3))
        uow.outbox.sent(two, "ref", after(2))
        assert uow.outbox.next_due(NOW, but="board") is None

    await store.transact(work)


async def test_S8_leases_of_who_was_stopped_are_due_at_once_and_what_was_sent_stays_sent(
    opener: Opener,
) -> None:
    def before(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(number) for number in (1, 2, 3, 4)])
        uow.outbox.put([parcel(5, due_at=after(0.5))])
        one, two, three, _ = uow.outbox.lease(NOW, 4, after(1))
        uow.outbox.sent(one, "ref", NOW)
        uow.outbox.failed(two, NOW, "not in channel")
        uow.outbox.retry(three, after(0.7), "busy")

    def then(uow: UnitOfWork) -> None:
        uow.outbox.free_leases()
        assert uow.outbox.next_due(NOW) == NOW
        assert uow.outbox.lease(NOW, 9, after(1)) == [parcel(4, attempts=1)]

    def at_last(uow: UnitOfWork) -> None:
        uow.outbox.free_leases()
        again = uow.outbox.lease(after(0.8), 9, after(1))
        assert [each.id for each in again] == ["parcel-4", "parcel-5", "parcel-3"]

    for work in (before, then, at_last):
        store = opener()
        await store.transact(work)
        await store.close()


async def test_old_settled_parcels_are_forgotten_a_few_at_a_time_but_not_of_a_live_visit(
    store: Store,
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(out(), None)
        uow.visits.add(finished(1002), None)
        uow.outbox.put([parcel(1, urgent=True)])
        uow.outbox.put([parcel(n, visit="visit-1002") for n in (2, 3, 4, 5)])
        live, one, two, young, _ = uow.outbox.lease(NOW, 9, after(1))
        for each in (live, one):
            uow.outbox.sent(each, "ref", NOW)
        uow.outbox.failed(two, after(1), "gone")
        uow.outbox.sent(young, "ref", after(5))
        assert uow.outbox.forget_before(after(5), 1) == 1
        assert uow.outbox.forget_before(after(5), 9) == 1
        assert uow.outbox.forget_before(after(5), 9) == 0
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", NOW) == {"kim": "sent"}
        assert uow.outbox.reference(one) == "ref", "later edits still find the message"
        assert [each.id for each in uow.outbox.lease(after(9), 9, after(10))] == ["parcel-5"]

    await store.transact(work)


async def test_S3_whoever_is_out_is_found_by_the_address_they_left_with(store: Store) -> None:
    def at(uow: UnitOfWork, address: str, channel: str = "slack") -> list[str]:
        return [each.id for each in uow.visits.out_at(SCHOOL, channel, address)]

    def work(uow: UnitOfWork) -> None:
        assert at(uow, "U1") == []
        uow.visits.add(visit(), None)
        sam, ali = visitor("sam", addresses={"slack": "U1"}), visitor("ali", addresses={"web": "a"})
        left = visit(phase=Out(watch(sam)))
        assert uow.visits.save(left, None)
        assert at(uow, "U1") == ["visit-1001"]
        assert at(uow, "U2") == at(uow, "U1", "web") == []
        assert uow.visits.save(replace(left, version=1, phase=Out(watch(sam, ali))), None)
        assert at(uow, "U1") == at(uow, "a", "web") == ["visit-1001"]
        assert uow.visits.out_at("another", "slack", "U1") == []
        over = Finished(watch(sam, ali), after(60))
        assert uow.visits.save(replace(left, version=2, phase=over), None)
        assert at(uow, "U1") == at(uow, "a", "web") == []

    await store.transact(work)


async def test_the_urgent_parcels_can_be_taken_alone(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1), parcel(2, urgent=True), parcel(3, urgent=True)])
        urgent = uow.outbox.lease(NOW, 9, after(1), urgent=True)
        assert [each.id for each in urgent] == ["parcel-2", "parcel-3"]
        assert uow.outbox.lease(NOW, 9, after(1), urgent=True) == []
        assert [each.id for each in uow.outbox.lease(NOW, 9, after(1))] == ["parcel-1"]

    await store.transact(work)


async def test_what_is_settled_is_not_leased_again(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1), parcel(2)])
        one, two = uow.outbox.lease(NOW, 2, after(1))
        uow.outbox.sent(one, "ref", NOW)
        uow.outbox.failed(two, NOW, "not in channel")
        assert uow.outbox.lease(after(9), 9, after(10)) == []
        assert uow.outbox.next_due(NOW) is None

    await store.transact(work)


async def test_a_retry_is_due_again_at_its_moment(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel()])
        (leased,) = uow.outbox.lease(NOW, 1, after(9))
        uow.outbox.retry(leased, after(2), "busy")
        assert uow.outbox.next_due(NOW) == after(2)
        assert uow.outbox.lease(after(1), 1, after(9)) == []
        assert uow.outbox.lease(after(2), 1, after(9)) == [parcel(due_at=after(2), attempts=1)]

    await store.transact(work)


async def test_who_lost_a_lease_does_not_undo_what_the_other_settles(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(urgent=True)])
        (lost,) = uow.outbox.lease(NOW, 1, after(1))
        (held,) = uow.outbox.lease(after(1), 1, after(2))
        uow.outbox.retry(lost, after(1), "too late")
        assert uow.outbox.next_due(after(1)) == after(2), "the other lease still stands"
        uow.outbox.failed(lost, after(1), "too late")
        assert uow.outbox.next_due(after(1)) == after(2), "the other lease still stands"
        uow.outbox.sent(held, "ref-held", after(1))
        uow.outbox.retry(lost, after(1), "too late")
        uow.outbox.failed(lost, after(1), "too late")
        uow.outbox.sent(lost, "ref-lost", after(1))
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", NOW) == {"kim": "sent"}
        assert uow.outbox.reference(parcel()) == "ref-held"
        assert uow.outbox.lease(after(9), 9, after(10)) == []

    await store.transact(work)


async def test_a_message_that_was_sent_stays_sent_whoever_says_it(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(urgent=True)])
        (lost,) = uow.outbox.lease(NOW, 1, after(1))
        (held,) = uow.outbox.lease(after(1), 1, after(2))
        uow.outbox.failed(held, after(1), "no such channel")
        uow.outbox.sent(lost, "ref", after(1))
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", NOW) == {"kim": "sent"}
        assert uow.outbox.reference(parcel()) == "ref"

    await store.transact(work)


async def test_the_slot_remembers_its_message_for_each_recipient_and_channel(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.outbox.reference(parcel()) is None
        uow.outbox.put([parcel(n) for n in range(1, 5)])
        one, two, three, four = uow.outbox.lease(NOW, 9, after(1))
        uow.outbox.sent(one, "ref-1", NOW)
        assert uow.outbox.reference(parcel(9)) == "ref-1"
        for name in ("visit", "slot", "recipient", "channel"):
            assert uow.outbox.reference(parcel(9, **{name: "other"})) is None
        uow.outbox.sent(replace(two, retire="ref-0"), "ref-0", NOW)
        assert uow.outbox.reference(parcel()) == "ref-1", "a retired message is not the slot's"
        uow.outbox.sent(three, "", NOW)
        assert uow.outbox.reference(parcel()) == "ref-1", "an edit may give no reference"
        uow.outbox.sent(four, "ref-4", NOW)
        assert uow.outbox.reference(parcel()) == "ref-4"

    await store.transact(work)


async def test_what_a_message_shows_is_the_latest_showing_in_its_slot(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1, fresh=True)])
        (first,) = uow.outbox.lease(NOW, 9, after(1))
        assert uow.outbox.shown(SCHOOL, "slack", "ref-1") is None, "it is on its way"
        uow.outbox.sent(first, "ref-1", NOW)
        assert uow.outbox.shown(SCHOOL, "slack", "ref-1") == first
        latest = parcel(2, card="over", args={"visitor": "ali"}, created_at=after(2))
        uow.outbox.put(
            [
                latest,
                parcel(3, card="older", created_at=after(1)),
                parcel(4, card="spent", retire="ref-0", created_at=after(3)),
                *(
                    parcel(n, card="another", created_at=after(3), **{name: "other"})
                    for n, name in enumerate(("visit", "slot", "recipient", "channel"), 5)
                ),
            ]
        )
        assert uow.outbox.shown(SCHOOL, "slack", "ref-1") == latest
        assert uow.outbox.shown(SCHOOL, "teams", "ref-1") is None
        assert uow.outbox.shown("elsewhere", "slack", "ref-1") is None
        uow.outbox.put([parcel(9, fresh=True, created_at=after(4), due_at=after(9))])
        (anew,) = [p for p in uow.outbox.lease(after(9), 9, after(10)) if p.id == "parcel-9"]
        uow.outbox.sent(anew, "ref-9", after(9))
        assert uow.outbox.shown(SCHOOL, "slack", "ref-1") is None, "it is spent"
        assert uow.outbox.shown(SCHOOL, "slack", "ref-9") == anew

    await store.transact(work)


async def test_recipients_have_a_message_in_the_slot_or_wait_for_one(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put(
            [
                parcel(1, recipient="sent", fresh=True),
                parcel(2, recipient="failed", fresh=True),
                parcel(3, recipient="edit"),
                parcel(4, recipient="leased", fresh=True),
                parcel(5, recipient="slot", slot="board", fresh=True),
                parcel(6, recipient="visit", visit="visit-1002", fresh=True),
            ]
        )
        one, two, *_ = uow.outbox.lease(NOW, 9, after(1))
        uow.outbox.sent(one, "ref", NOW)
        uow.outbox.failed(two, NOW, "left")
        uow.outbox.put([parcel(7, recipient="coming", fresh=True, due_at=after(9))])
        uow.outbox.put([parcel(8, recipient="sent", fresh=True)])
        found = uow.outbox.recipients(SCHOOL, "visit-1001").get("alarm", [])
        assert found == ["coming", "leased", "sent"]

    await store.transact(work)


async def test_S9_buzzes_tells_when_a_deed_s_fresh_showings_were_that_did_not_fail(
    store: Store,
) -> None:
    def work(uow: UnitOfWork) -> None:
        mine = {"fresh": True, "deed": "ana.Write", "created_at": after(1)}
        uow.outbox.put(
            [
                parcel(1, **mine),
                parcel(2, **mine),
                parcel(3, urgent=True, **mine),
                parcel(4, recipient="lee", **mine),
                parcel(5, recipient="priya", **mine),
                parcel(6, channel="teams", **mine),
                parcel(7, deed="ana.Write", created_at=after(1)),
                parcel(8, fresh=True, deed="ana.Write", created_at=after(0.9)),
                parcel(9, visit="visit-1002", **mine),
                parcel(10, **{**mine, "deed": "sam.Write"}),
                parcel(11, **{**mine, "deed": ""}),
                parcel(12, **{**mine, "created_at": after(1.5)}),
                parcel(13, card="moved", **mine),
            ]
        )
        leased = {each.id: each for each in uow.outbox.lease(after(2), 99, after(3))}
        uow.outbox.sent(leased["parcel-1"], "ref", after(2))
        uow.outbox.failed(leased["parcel-5"], after(2), "left")
        assert uow.outbox.buzzes(SCHOOL, "visit-1001", "ana.Write", after(1)) == {
            ("alarm", "alarm_card", "kim", "slack", False): [after(1), after(1), after(1.5)],
            ("alarm", "alarm_card", "kim", "slack", True): [after(1)],
            ("alarm", "alarm_card", "lee", "slack", False): [after(1)],
            ("alarm", "alarm_card", "kim", "teams", False): [after(1)],
            ("alarm", "moved", "kim", "slack", False): [after(1)],
        }

    await store.transact(work)


async def test_S8_standing_tells_how_the_urgent_showings_of_a_slot_fared(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        mine = {"urgent": True, "created_at": after(1)}
        uow.outbox.put(
            [
                parcel(1, recipient="kim", **mine),
                parcel(2, recipient="lee", **mine),
                parcel(3, recipient="priya", **mine),
                parcel(4, recipient="office", **mine),
                parcel(5, recipient="quiet", created_at=after(1)),
                parcel(6, recipient="early", urgent=True, created_at=after(0.9)),
                parcel(7, recipient="spent", retire="ref-0", **mine),
                parcel(8, recipient="board", slot="board", **mine),
                parcel(9, recipient="other", visit="visit-1002", **mine),
            ]
        )
        leased = {each.recipient: each for each in uow.outbox.lease(after(2), 99, after(3))}
        uow.outbox.sent(leased["kim"], "ref", after(2))
        uow.outbox.failed(leased["lee"], after(2), "left")
        uow.outbox.retry(leased["priya"], after(3), "busy")
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", after(1)) == {
            "kim": "sent",
            "lee": "failed",
            "priya": "pending",
            "office": "pending",
        }
        since = (SCHOOL, "visit-1001", "alarm", after(1))
        early = uow.outbox.standing(*since, by=after(0.9))
        assert (early["priya"], early["office"]) == ("pending", "pending")
        late = uow.outbox.standing(*since, by=after(1))
        assert late == {"kim": "sent", "lee": "failed", "priya": "failed", "office": "failed"}
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", after(1.1)) == {}
        assert uow.outbox.standing("elsewhere", "visit-1001", "alarm", after(1)) == {}

    await store.transact(work)


@pytest.mark.parametrize(
    ("settles", "best"),
    [
        (("sent", "failed"), "sent"),
        (("failed", "sent"), "sent"),
        (("failed", ""), "pending"),
        (("", "failed"), "pending"),
        (("", "sent"), "sent"),
        (("failed", "failed"), "failed"),
    ],
)
async def test_S8_of_several_channels_the_best_counts(
    store: Store, settles: tuple[str, str], best: str
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(1, urgent=True), parcel(2, urgent=True, channel="teams")])
        for leased, settle in zip(uow.outbox.lease(NOW, 9, after(1)), settles, strict=True):
            if settle:
                getattr(uow.outbox, settle)(
                    leased, *(("ref", NOW) if settle == "sent" else (NOW, "no"))
                )
        assert uow.outbox.standing(SCHOOL, "visit-1001", "alarm", NOW) == {"kim": best}

    await store.transact(work)


async def test_the_oldest_urgent_row_shows_how_far_behind_sending_is(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.outbox.oldest_urgent() is None
        uow.outbox.put([parcel(1), parcel(2, urgent=True, due_at=after(2))])
        assert uow.outbox.oldest_urgent() == after(2)
        uow.outbox.put([parcel(3, urgent=True, due_at=after(1))])
        assert uow.outbox.oldest_urgent() == after(1)
        leased = uow.outbox.lease(after(1), 1, after(2))
        assert uow.outbox.oldest_urgent() == after(1), "a lease is no delivery"
        uow.outbox.retry(leased[0], after(60), "busy")
        assert uow.outbox.oldest_urgent() == after(1), "trying again does not make it younger"
        (again,) = uow.outbox.lease(after(60), 9, after(61))[1:2]
        uow.outbox.sent(again, "ref", after(60))
        assert uow.outbox.oldest_urgent() == after(2)

    await store.transact(work)


# --- settings and drafts ------------------------------------------------------------------------


async def test_S15_the_last_good_settings_are_kept(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.settings.last_good(SCHOOL) is None
        assert uow.settings.schools() == []
        uow.settings.keep(SCHOOL, "the file", "Jo, +44", NOW)
        uow.settings.keep("elsewhere", "theirs", "", NOW)
        uow.settings.keep(SCHOOL, "the newer file", "Jo, +44 7700", after(1))
        kept = LastGood("the newer file", "Jo, +44 7700", after(1))
        assert uow.settings.last_good(SCHOOL) == kept
        assert uow.settings.last_good("elsewhere") == LastGood("theirs", "", NOW)
        assert uow.settings.schools() == ["elsewhere", SCHOOL]

    await store.transact(work)


async def test_a_draft_is_kept_until_it_is_dropped(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.drafts.get(SCHOOL, "sam", "request") is None
        uow.drafts.keep(SCHOOL, "sam", "request", {"place": "12 Elm Row"})
        uow.drafts.keep(SCHOOL, "sam", "request", {"place": "14 Elm Row", "why": "ü"})
        uow.drafts.keep(SCHOOL, "ali", "request", {"place": "1 Oak Row"})
        kept = uow.drafts.get(SCHOOL, "sam", "request")
        assert kept == {"place": "14 Elm Row", "why": "ü"}
        uow.drafts.drop(SCHOOL, "sam", "request")
        uow.drafts.drop(SCHOOL, "sam", "never kept")
        assert uow.drafts.get(SCHOOL, "sam", "request") is None
        assert uow.drafts.get(SCHOOL, "ali", "request") == {"place": "1 Oak Row"}

    await store.transact(work)


async def test_what_a_channel_learnt_about_reaching_people_is_kept(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        sam, lee = Contact("teams", "29:sam", {"room": "a:1"}), Contact("teams", "29:lee", {})
        assert uow.contacts.get(SCHOOL, "teams", "29:sam") is None
        assert uow.contacts.of(SCHOOL, "teams") == []
        uow.contacts.keep(SCHOOL, Contact("teams", "29:sam", {"room": "old"}), NOW)
        uow.contacts.keep(SCHOOL, sam, after(1))
        uow.contacts.keep(SCHOOL, lee, NOW)
        uow.contacts.keep(SCHOOL, Contact("another", "29:sam", {"room": "b"}), NOW)
        uow.contacts.keep("elsewhere", Contact("teams", "29:sam", {"room": "c"}), NOW)
        assert uow.contacts.get(SCHOOL, "teams", "29:sam") == sam
        assert uow.contacts.of(SCHOOL, "teams") == [lee, sam]
        uow.contacts.drop(SCHOOL, "teams", "29:sam")
        uow.contacts.drop(SCHOOL, "teams", "never kept")
        assert uow.contacts.of(SCHOOL, "teams") == [lee]
        assert uow.contacts.get(SCHOOL, "another", "29:sam") is not None
        assert uow.contacts.get("elsewhere", "teams", "29:sam") is not None

    await store.transact(work)


def numbers(visits: Sequence[Visit]) -> list[str]:
    return [each.id.removeprefix("visit-") for each in visits]


async def test_alarms_come_first_of_those_out_then_those_due_soonest_page_by_page(
    store: Store,
) -> None:
    def page(uow: UnitOfWork, limit: int, start: int = 0) -> list[str]:
        found = uow.visits.out(SCHOOL, limit, start)
        assert (found.alarms, found.total) == (1, 4)
        return numbers(found.visits)

    def work(uow: UnitOfWork) -> None:
        for number, wake in ((1001, 30), (1002, 10), (1003, 20)):
            uow.visits.add(out(number), after(wake))
        uow.visits.add(visit(1004), after(1))
        uow.visits.add(in_alarm(1005), after(40))
        assert page(uow, 9) == ["1005", "1002", "1003", "1001"]
        assert page(uow, 2) == ["1005", "1002"]
        assert page(uow, 2, 1) == ["1002", "1003"]
        assert page(uow, 2, 3) == ["1001"]
        assert page(uow, 2, 4) == []
        assert uow.visits.out("another", 9) == Away((), 0, 0)

    await store.transact(work)


async def test_what_waits_for_approval_is_found_soonest_first_and_a_visit_by_its_reference(
    store: Store,
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1001), after(9))
        uow.visits.add(visit(1002), after(3))
        uow.visits.add(out(1003), after(1))
        uow.visits.add(ended(1004), None)
        uow.visits.add(ended(1005), None)
        assert numbers(uow.visits.over(SCHOOL, 9)) == ["1005", "1004"]
        assert numbers(uow.visits.over(SCHOOL, 1)) == ["1005"]
        assert uow.visits.over("another", 9) == []
        assert numbers(uow.visits.requested(SCHOOL, 9)) == ["1002", "1001"]
        assert numbers(uow.visits.requested(SCHOOL, 1)) == ["1002"]
        assert uow.visits.requested("another", 9) == []
        for number in (1001, 1004):
            found = uow.visits.by_reference(SCHOOL, f"V-{number}")
            assert found
            assert found.id == f"visit-{number}"
        assert uow.visits.by_reference(SCHOOL, "V-9999") is None
        assert uow.visits.by_reference("another", "V-1001") is None

    await store.transact(work)


async def test_a_live_visit_is_found_by_whoever_it_names(store: Store) -> None:
    def named(uow: UnitOfWork, person: str) -> list[str]:
        assert all(person not in v.visitors for v in uow.visits.recent_of(SCHOOL, person, 9)) is (
            uow.visits.recent_of(SCHOOL, person, 9) == []
        )
        return numbers(uow.visits.naming(SCHOOL, person, 9))

    def work(uow: UnitOfWork) -> None:
        asked = visit()
        asked = replace(asked, plan=replace(asked.plan, contact="kit"), taken_off=("jo",))
        uow.visits.add(asked, None)
        assert named(uow, "kit") == named(uow, "jo") == ["1001"]
        assert named(uow, asked.lead) == []
        left = replace(asked, phase=Out(replace(watch(visitor("sam")), told=("bea",))))
        assert uow.visits.save(left, None)
        assert named(uow, "bea") == named(uow, "kit") == ["1001"]
        assert "bea" not in uow.visits.people_out(SCHOOL)
        assert uow.visits.live_of(SCHOOL, ["bea", "kit"]) == []
        over = replace(left, version=1, phase=Finished(watch(visitor("sam")), after(60)))
        assert uow.visits.save(over, None)
        assert named(uow, "bea") == named(uow, "kit") == named(uow, "jo") == []

    await store.transact(work)


# --- what a visit is found by -------------------------------------------------------------------


def _at(place: str, family: str = "", number: int = 1001, **changes: Any) -> Visit:
    told = Details(place=place, family=family)
    return visit(number, details=told, earlier=None, **changes)


async def _keep(store: Store, *visits: Visit) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in visits:
            uow.visits.add(each, None)

    await store.transact(work)


async def _alike(
    store: Store, place: str, family: str = "", but: str = "", most: int = 5
) -> list[tuple[str, bool, bool]] | None:
    sought = looked_for(Details(place=place, family=family))
    found = await store.transact(lambda uow: uow.visits.alike(SCHOOL, sought, but, most))
    return (
        None
        if found is None
        else [(a.visit.reference, a.here, trouble(a.visit) == "concern") for a in found]
    )


async def test_visits_to_an_address_and_about_a_family_are_found_the_latest_first(
    store: Store,
) -> None:
    later = Plan(after(100), after(160))
    await _keep(
        store,
        _at("14 Oak Road", "Robin Example"),
        _at("14 oak rd, Coventry", number=1002, plan=later),
        _at("3 Elm Close", "Example, Robin", number=1003, plan=Plan(after(50), after(90))),
        _at("5 Ash Way", "Sam Other", number=1004),
        replace(_at("14 Oak Road", number=1005), school="elsewhere"),
    )
    assert await _alike(store, "14 Oak Road.") == [("V-1002", True, False), ("V-1001", True, False)]
    assert await _alike(store, "1 High Street", "robin example") == [
        ("V-1003", False, False),
        ("V-1001", False, False),
    ]
    assert await _alike(store, "14 Oak Road", "robin example", but="visit-1002") == [
        ("V-1003", False, False),
        ("V-1001", True, False),
    ]
    assert await _alike(store, "99 Nowhere Lane") == []
    assert await _alike(store, "") == []


async def test_nothing_sealed_is_given_with_a_visit_that_was_found(store: Store) -> None:
    await _keep(store, _at("14 Oak Road"))
    sought = looked_for(Details(place="14 Oak Road"))
    (found,) = await store.transact(lambda uow: uow.visits.alike(SCHOOL, sought, "", 5)) or []
    assert found.visit.details is None
    assert found.visit.plan == visit().plan


async def test_a_visit_is_found_where_it_went_and_no_longer_where_it_was_planned_before(
    store: Store,
) -> None:
    await _keep(store, _at("14 Oak Road"))
    moved = Details(place="3 Elm Close", notes=(Note(NOW, "sam", "moved", "7 Ash Way"),))

    def change(uow: UnitOfWork) -> None:
        found = uow.visits.get(SCHOOL, "visit-1001")
        assert found is not None
        assert uow.visits.save(replace(found, details=moved), None)

    await store.transact(change)
    assert await _alike(store, "14 Oak Road") == []
    assert await _alike(store, "3 Elm Close") == [("V-1001", True, False)]
    assert await _alike(store, "7 Ash Way") == [("V-1001", True, False)]


async def test_those_in_trouble_are_found_however_many_came_since(store: Store) -> None:
    calm = [
        _at("14 Oak Road", number=1010 + n, plan=Plan(after(200 + n), after(300))) for n in range(6)
    ]
    bad = replace(watch(), alarms=1)
    await _keep(
        store,
        _at("14 Oak Road", number=1002, phase=Finished(bad, after(60)), policy=None),
        *calm,
    )
    assert await _alike(store, "14 Oak Road", most=2) == [
        ("V-1015", True, False),
        ("V-1014", True, False),
        ("V-1002", True, False),
    ]


async def test_trouble_that_comes_later_is_remembered_without_the_details(store: Store) -> None:
    await _keep(store, _at("14 Oak Road"), *(_at("14 Oak Road", number=1002 + n) for n in range(3)))

    def alarm(uow: UnitOfWork) -> None:
        found = uow.visits.get(SCHOOL, "visit-1001")
        assert found is not None
        phase = Finished(replace(watch(), alarms=1, departed_at=after(-9000)), after(60))
        assert uow.visits.save(replace(found, details=None, phase=phase), None)

    await store.transact(alarm)
    found = await _alike(store, "14 Oak Road", most=1)
    assert found is not None
    assert found[-1] == ("V-1001", True, False)


async def test_a_concern_is_known_of_without_being_read(store: Store) -> None:
    raised = replace(watch(), concerns=(Tidings("concern", 1, NOW, "sam"),))
    await _keep(store, _at("14 Oak Road", phase=Finished(raised, after(60))))
    assert await _alike(store, "14 Oak Road") == [("V-1001", True, True)]


async def test_P8_what_a_visit_is_found_by_goes_with_the_visit(store: Store) -> None:
    await _keep(store, _at("14 Oak Road", "Robin Example"))
    await store.transact(lambda uow: uow.audit.append(SCHOOL, "visit-1001", [events.Nudged(NOW)]))
    await store.transact(lambda uow: uow.visits.erase(SCHOOL, "visit-1001"))
    assert await _alike(store, "14 Oak Road", "Robin Example") == []
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found is not None
    assert found.details is None
    assert await store.transact(lambda uow: uow.visits.mark_older(SCHOOL, "", 9)) == ""
    assert await store.transact(lambda uow: uow.audit.broken()) == []


# --- flags --------------------------------------------------------------------------------------


def _flag(name: str = "f1", place: str = "14 Oak Road", **changes: Any) -> Flag:
    fresh = Flag(name, "priya", NOW, after(60), after(600), place, "canary-reason")
    return replace(fresh, **changes)


async def _flagged(store: Store, *flags: Flag, school: str = SCHOOL) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in flags:
            assert uow.flags.add(school, each, written(each.place or ""))

    await store.transact(work)


async def _at_oak_road(store: Store, place: str = "14 Oak Rd, Coventry") -> list[Flag] | None:
    return await store.transact(lambda uow: uow.flags.at(SCHOOL, sought(place)))


async def test_a_flag_is_found_at_its_address_whole(store: Store) -> None:
    newer = _flag("f2", at=after(5))
    await _flagged(store, _flag(), newer, _flag("f3", "3 Elm Close"))
    await _flagged(store, _flag(), school="elsewhere")
    assert await _at_oak_road(store) == [newer, _flag()]
    assert await _at_oak_road(store, "99 Nowhere Lane") == []
    assert await _at_oak_road(store, "") == []
    assert await store.transact(lambda uow: uow.flags.get(SCHOOL, "f1")) == _flag()
    assert await store.transact(lambda uow: uow.flags.get(SCHOOL, "f9")) is None


async def test_a_flag_that_nobody_could_find_again_is_not_kept(store: Store) -> None:
    assert not await store.transact(lambda uow: uow.flags.add(SCHOOL, _flag(), frozenset()))
    assert await store.transact(lambda uow: uow.flags.get(SCHOOL, "f1")) is None


async def test_only_binding_flags_are_listed(store: Store) -> None:
    over, lifted = _flag("f2", at=after(1), until=after(10)), _flag("f3", at=after(2))
    await _flagged(store, _flag(), over, lifted)

    def lift(uow: UnitOfWork) -> None:
        uow.flags.save(SCHOOL, replace(lifted, lifted_by="lee", lifted_at=after(5)))

    await store.transact(lift)
    assert await store.transact(lambda uow: uow.flags.binding(SCHOOL, after(20), 9)) == [_flag()]
    assert await store.transact(lambda uow: uow.flags.binding(SCHOOL, NOW, 1)) == [over]
    found = await _at_oak_road(store)
    assert found is not None
    assert {flag.id for flag in found} == {"f1", "f2", "f3"}, "ended ones are known at the address"


async def test_an_author_is_asked_in_time_and_not_of_what_was_lifted(store: Store) -> None:
    await _flagged(store, _flag(), _flag("f2", review_at=after(30)))
    assert await store.transact(lambda uow: uow.flags.next_due()) == after(30)
    assert await store.transact(lambda uow: uow.flags.due(after(29), 9)) == []
    assert await store.transact(lambda uow: uow.flags.due(after(60), 9)) == [
        (SCHOOL, "f2"),
        (SCHOOL, "f1"),
    ]
    await store.transact(lambda uow: uow.flags.ask(SCHOOL, "f2", after(90)))
    assert await store.transact(lambda uow: uow.flags.next_due()) == after(60)
    confirmed = _flag(review_at=after(120), reviewed_by="priya", reviewed_at=after(61))
    await store.transact(lambda uow: uow.flags.save(SCHOOL, confirmed))
    assert await store.transact(lambda uow: uow.flags.next_due()) == after(90)
    assert await store.transact(lambda uow: uow.flags.get(SCHOOL, "f1")) == confirmed
    await store.transact(lambda uow: uow.flags.ask(SCHOOL, "f2", None))
    lifted = replace(confirmed, lifted_by="lee", lifted_at=after(62))
    await store.transact(lambda uow: uow.flags.save(SCHOOL, lifted))
    assert await store.transact(lambda uow: uow.flags.next_due()) is None


async def test_P8_what_ended_long_ago_is_destroyed(store: Store) -> None:
    await _flagged(
        store, _flag("f1", until=after(10)), _flag("f2", lifted_at=after(10)), _flag("f3")
    )
    await _flagged(store, _flag("f1", until=after(10)), school="elsewhere")
    assert await store.transact(lambda uow: uow.flags.forget_before(SCHOOL, after(10), 9)) == 0
    assert await store.transact(lambda uow: uow.flags.forget_before(SCHOOL, after(11), 1)) == 1
    assert await store.transact(lambda uow: uow.flags.forget_before(SCHOOL, after(11), 9)) == 1
    assert await _at_oak_road(store) == [_flag("f3")]
    assert await store.transact(lambda uow: uow.flags.get("elsewhere", "f1")) is not None


# --- who has read the policy --------------------------------------------------------------------


async def test_whoever_read_this_text_since_then_has_read_it(store: Store) -> None:
    async def unread(text: str = "t1", since: int = 0) -> frozenset[str]:
        people = ("sam", "ali")
        return await store.transact(
            lambda uow: uow.readings.unread(SCHOOL, people, text, after(since))
        )

    assert await unread() == {"sam", "ali"}
    await store.transact(lambda uow: uow.readings.keep(SCHOOL, "sam", "t1", after(10)))
    await store.transact(lambda uow: uow.readings.keep("elsewhere", "ali", "t1", after(10)))
    assert await unread() == {"ali"}
    assert await unread("t2") == {"sam", "ali"}
    assert await unread(since=11) == {"sam", "ali"}
    await store.transact(lambda uow: uow.readings.keep(SCHOOL, "sam", "t1", after(20)))
    assert await unread(since=11) == {"ali"}
    assert await store.transact(lambda uow: uow.readings.unread(SCHOOL, (), "t1", NOW)) == set()


# --- until when somebody listened ---------------------------------------------------------------


async def test_until_when_somebody_listened_is_kept_for_each_school(store: Store) -> None:
    async def until(school: str = SCHOOL) -> datetime | None:
        return await store.transact(lambda uow: uow.listening.until(school))

    assert await until() is None
    await store.transact(lambda uow: uow.listening.keep(SCHOOL, after(10)))
    await store.transact(lambda uow: uow.listening.keep(SCHOOL, after(20)))
    assert await until() == after(20)
    assert await until("elsewhere") is None


# --- the school's own chain ---------------------------------------------------------------------


async def test_what_is_about_no_visit_has_a_chain_of_the_schools_own(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.audit.append(SCHOOL, "", [events.Declined(NOW, "priya", "canary")])
        uow.audit.append(SCHOOL, "", [])
        uow.audit.append(SCHOOL, "", [events.Nudged(after(1)), events.Nudged(after(2))])
        uow.audit.append("elsewhere", "", [events.Nudged(after(3))])

    await store.transact(work)
    first, *more = await store.transact(lambda uow: uow.audit.entries(SCHOOL, ""))
    assert (first.seq, first.kind, first.by) == (1, "Declined", "priya")
    assert first.detail is not None
    assert "canary" in first.detail.values()
    assert [entry.seq for entry in more] == [2, 3]
    assert await store.transact(lambda uow: uow.audit.entries("nowhere", "")) == []
    assert await store.transact(lambda uow: uow.audit.broken()) == []
