import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain import events
from bot.ports import UnitOfWork
from storage import SqlStore, links
from tests.storage.samples import NOW, after, visit

Opener = Callable[..., SqlStore]
SCHOOL = "st-example"
GUARDS = (
    *("audit_no_update", "audit_no_delete", "audit_no_replace"),
    *("school_audit_no_update", "school_audit_no_delete", "school_audit_no_replace"),
)


@pytest.fixture
async def store(opened: Opener) -> SqlStore:
    """A store with two chains of four entries."""

    def work(uow: UnitOfWork) -> None:
        for number in (1001, 1002):
            uow.visits.add(visit(number), None)
            notes = [events.Wrote(after(n), "sam", f"note {n}") for n in range(4)]
            uow.audit.append(SCHOOL, f"visit-{number}", notes)

    opened_store = opened()
    await opened_store.transact(work)
    return opened_store


def _tamper(database: Path, *statements: str, unguarded: bool = True) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        if unguarded:
            for guard in GUARDS:
                connection.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            connection.execute(statement)


THE = "school = 'st-example' AND visit = 'visit-1001'"


@pytest.mark.parametrize(
    ("statements", "seq"),
    [
        ([f"UPDATE audit SET by = 'ali' WHERE {THE} AND seq = 2"], 2),
        ([f"UPDATE audit SET kind = 'CameBack' WHERE {THE} AND seq = 1"], 1),
        ([f"UPDATE audit SET at = '2026-11-24T13:09:00.000000+00:00' WHERE {THE} AND seq = 3"], 3),
        ([f"UPDATE audit SET sealed = x'00' WHERE {THE} AND seq = 4"], 4),
        ([f"UPDATE audit SET hash = '00' WHERE {THE} AND seq = 4"], 4),
        ([f"DELETE FROM audit WHERE {THE} AND seq = 1"], 1),
        ([f"DELETE FROM audit WHERE {THE} AND seq = 2"], 2),
        ([f"DELETE FROM audit WHERE {THE} AND seq = 4"], 4),
        ([f"DELETE FROM audit WHERE {THE} AND seq > 2"], 3),
        ([f"DELETE FROM audit WHERE {THE}"], 1),
        (
            [
                f"UPDATE audit SET seq = 9 WHERE {THE} AND seq = 2",
                f"UPDATE audit SET seq = 2 WHERE {THE} AND seq = 3",
                f"UPDATE audit SET seq = 3 WHERE {THE} AND seq = 9",
            ],
            2,
        ),
        ([f"UPDATE visits SET chain_head = '{'0' * 64}' WHERE id = 'visit-1001'"], 4),
        (
            [
                f"DELETE FROM audit WHERE {THE} AND seq = 4",
                """INSERT INTO audit SELECT school, 'visit-1001', seq, at, kind, by, sealed,
                    previous, hash FROM audit WHERE visit = 'visit-1002' AND seq = 4""",
            ],
            4,
        ),
    ],
)
async def test_P8_whatever_is_changed_in_a_chain_shows(
    store: SqlStore, database: Path, statements: list[str], seq: int
) -> None:
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    _tamper(database, *statements)
    broken = await store.transact(lambda uow: uow.audit.broken())
    assert broken
    assert broken[0] == (SCHOOL, "visit-1001", seq)
    assert {visit_id for _, visit_id, _ in broken} == {"visit-1001"}


OWN = "UPDATE school_audit SET"


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        (f"{OWN} by = 'ali' WHERE seq = 2", 2),
        (f"{OWN} sealed = x'00' WHERE seq = 3", 3),
        ("DELETE FROM school_audit WHERE seq = 1", 1),
        ("DELETE FROM school_audit WHERE seq > 2", 3),
        ("DELETE FROM school_audit", 1),
        ("UPDATE chains SET chain_seq = 2", 3),
    ],
)
async def test_P8_whatever_is_changed_in_the_schools_own_chain_shows(
    store: SqlStore, database: Path, statement: str, seq: int
) -> None:
    notes = [events.Wrote(after(n), "sam", f"note {n}") for n in range(3)]
    await store.transact(lambda uow: uow.audit.append(SCHOOL, "", notes))
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    _tamper(database, statement)
    broken = await store.transact(lambda uow: uow.audit.broken())
    assert broken[0] == (SCHOOL, "", seq)
    assert {visit_id for _, visit_id, _ in broken} == {""}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE school_audit SET by = 'ali'",
        "DELETE FROM school_audit",
        "INSERT OR REPLACE INTO school_audit SELECT * FROM school_audit",
    ],
)
async def test_P8_the_database_itself_refuses_to_change_the_schools_own_chain(
    store: SqlStore, database: Path, statement: str
) -> None:
    await store.transact(lambda uow: uow.audit.append(SCHOOL, "", [events.Nudged(NOW)]))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        _tamper(database, statement, unguarded=False)
    assert await store.transact(lambda uow: uow.audit.broken()) == []


async def test_P8_an_entry_forged_with_a_hash_that_fits_it_shows_in_the_next(
    store: SqlStore, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        found = f"SELECT previous, sealed FROM audit WHERE {THE} AND seq = 2"
        previous, sealed = connection.execute(found).fetchone()
    fields = (SCHOOL, "visit-1001", 2, after(1), "Wrote", "somebody-else")
    forged = links.hash_of(previous, fields, sealed)
    _tamper(
        database,
        f"UPDATE audit SET by = 'somebody-else', hash = '{forged}' WHERE {THE} AND seq = 2",
    )
    broken = await store.transact(lambda uow: uow.audit.broken())
    assert broken == [(SCHOOL, "visit-1001", 3)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET by = 'ali'",
        f"DELETE FROM audit WHERE {THE} AND seq = 4",
        f"INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE {THE} AND seq = 1",
    ],
)
async def test_P8_the_database_itself_refuses_to_change_the_audit(
    store: SqlStore, database: Path, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        _tamper(database, statement, unguarded=False)
    assert await store.transact(lambda uow: uow.audit.broken()) == []


async def test_P8_a_visit_with_an_audit_can_not_be_deleted(store: SqlStore, database: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        _tamper(
            database,
            "PRAGMA foreign_keys = ON",
            "DELETE FROM visits WHERE id = 'visit-1001'",
            unguarded=False,
        )


async def test_an_entry_moved_within_its_chain_does_not_open(
    store: SqlStore, database: Path
) -> None:
    _tamper(
        database,
        f"""UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE {THE} AND seq = 1)
            WHERE {THE} AND seq = 2""",
    )
    entries = await store.transact(lambda uow: uow.audit.entries(SCHOOL, "visit-1001"))
    assert [entry.detail is None for entry in entries] == [False, True, False, False]
    assert entries[0].at == NOW
