"""The hashes by which an address is found (P8): keyed, under a key that DOORSTEP_KEY only wraps."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.domain.addresses import written
from bot.domain.known import looked_for
from bot.domain.plan import Details
from bot.domain.visit import Visit
from storage import SqlStore
from tests.storage.samples import KEY, NOW, OTHER_KEY, visit

Opener = Callable[..., SqlStore]
SCHOOL = "st-example"
OAK = Details(place="14 Canary Road", family="Canary Example")


def _visit(number: int = 1001) -> Visit:
    return visit(number, details=OAK, earlier=None)


async def _add(store: SqlStore, *visits: Visit) -> None:
    for each in visits:
        await store.transact(lambda uow, each=each: uow.visits.add(each, None))  # type: ignore[misc]


async def _found(store: SqlStore) -> list[str] | None:
    sought = looked_for(Details(place=OAK.place))
    found = await store.transact(lambda uow: uow.visits.alike(SCHOOL, sought, "", 9))
    return None if found is None else [each.visit.id for each in found]


def _sql(database: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(statement).fetchall()


def _bytes(database: Path) -> bytes:
    return database.read_bytes()


async def test_P8_a_new_key_seals_the_hashes_key_afresh_and_finds_what_the_old_one_kept(
    opened: Opener, database: Path
) -> None:
    await _add(opened(KEY), _visit())
    ((before,),) = _sql(database, "SELECT sealed FROM mark_keys")
    assert await _found(opened(f"{OTHER_KEY},{KEY}")) == ["visit-1001"]
    ((after,),) = _sql(database, "SELECT sealed FROM mark_keys")
    assert after != before
    only_new = opened(OTHER_KEY)
    assert await _found(only_new) == ["visit-1001"], "the old key may go now"
    await _add(only_new, _visit(1002))
    assert await _found(opened(f"{KEY},{OTHER_KEY}")) == ["visit-1002", "visit-1001"]


async def test_P8_the_same_key_leaves_it_as_it_is(opened: Opener, database: Path) -> None:
    await _add(opened(), _visit())
    before = _sql(database, "SELECT sealed FROM mark_keys")
    assert await _found(opened()) == ["visit-1001"]
    assert _sql(database, "SELECT sealed FROM mark_keys") == before


async def test_S15_without_the_key_nothing_is_found_and_that_is_not_the_same_as_nothing(
    opened: Opener, database: Path
) -> None:
    await _add(opened(), _visit())
    assert await _found(opened(OTHER_KEY)) is None


async def test_S15_a_wrong_key_makes_no_key_that_the_right_one_could_not_open(
    opened: Opener, database: Path
) -> None:
    right, wrong = opened(), opened(OTHER_KEY)
    await right.transact(lambda uow: uow.settings.keep(SCHOOL, "text", "sealed", NOW))
    await _add(wrong, _visit())
    assert _sql(database, "SELECT * FROM mark_keys") == []
    assert await _found(wrong) is None


async def test_visits_from_before_and_from_under_a_wrong_key_are_found_once_they_are_marked(
    opened: Opener, database: Path
) -> None:
    store = opened()
    await _add(store, *(_visit(1001 + n) for n in range(5)))
    _sql(database, "DELETE FROM visit_marks")
    _sql(database, "UPDATE visits SET marked = 0")
    assert await _found(store) == []
    last, rounds = "", 0
    while last := await store.transact(lambda uow: uow.visits.mark_older(SCHOOL, last, 2)):
        rounds += 1
    assert rounds == 3
    assert len(await _found(store) or ()) == 5
    assert _sql(database, "SELECT count(*) FROM visits WHERE marked = 0") == [(0,)]


async def test_a_visit_that_can_not_be_read_waits_for_the_right_key(
    opened: Opener, database: Path
) -> None:
    await _add(opened(), _visit())
    _sql(database, "DELETE FROM visit_marks")
    _sql(database, "UPDATE visits SET marked = 0")
    wrong, right = opened(OTHER_KEY), opened()
    await wrong.transact(lambda uow: uow.visits.mark_older(SCHOOL, "", 9))
    assert _sql(database, "SELECT marked FROM visits") == [(0,)]
    await right.transact(lambda uow: uow.visits.mark_older(SCHOOL, "", 9))
    assert await _found(right) == ["visit-1001"]


async def test_P8_a_deleted_visit_takes_its_hashes_along(opened: Opener, database: Path) -> None:
    await _add(opened(), _visit())
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM visits")
    assert _sql(database, "SELECT * FROM visit_marks") == []


async def test_P8_neither_an_address_nor_a_hash_that_anybody_could_make_is_in_the_file(
    opened: Opener, database: Path
) -> None:
    store = opened()
    await _add(store, _visit())
    await store.close()
    raw = _bytes(database)
    assert _sql(database, "SELECT count(*) FROM visit_marks") == [(2,)]
    assert b"canary" not in raw.lower()
    for form in (*written(OAK.place), OAK.place, OAK.family):
        for kind in ("", "place\n", "family\n"):
            assert hashlib.sha256(f"{kind}{form}".encode()).hexdigest().encode() not in raw
