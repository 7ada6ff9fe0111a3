import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain import events
from bot.domain.addresses import written
from bot.domain.known import Flag
from bot.ports import UnitOfWork
from storage import SqlStore
from tests.storage.samples import (
    KEY,
    NOW,
    OTHER_KEY,
    after,
    details,
    in_alarm,
    out,
    parcel,
    policy,
    visit,
)

Opener = Callable[..., SqlStore]
SCHOOL = "st-example"


def _everything(uow: UnitOfWork) -> None:
    uow.visits.add(in_alarm(), after(40))
    plan = visit().plan
    asked = events.Asked(NOW, "sam", plan, details(), (("head",),), 1)
    uow.audit.append(SCHOOL, "visit-1001", [asked, events.Declined(NOW, "priya", "canary-why")])
    uow.audit.append(SCHOOL, "visit-1001", [events.Wrote(NOW, "sam", "canary-wrote")])
    uow.settings.keep(SCHOOL, "readable settings", "canary-emergency", NOW)
    uow.drafts.keep(SCHOOL, "sam", "request", {"place": "canary-draft"})
    uow.audit.append(SCHOOL, "", [events.Wrote(NOW, "sam", "canary-of-the-school")])
    risk = Flag("f1", "priya", NOW, after(9), after(99), "14 Canary-flagged Road", "canary-risk")
    assert uow.flags.add(SCHOOL, risk, written("14 Canary-flagged Road"))
    uow.outbox.put([parcel(1), parcel(2)])
    one, two = uow.outbox.lease(NOW, 9, after(1))
    uow.outbox.retry(one, after(1), "canary-retry: the channel quoted the card")
    uow.outbox.failed(two, NOW, "canary-failed: the channel quoted the card")


def _bytes(database: Path) -> bytes:
    files = sorted(database.parent.glob(f"{database.name}*"))
    return b"".join(file.read_bytes() for file in files)


async def test_P8_no_canary_is_in_the_file_or_its_log(opened: Opener, database: Path) -> None:
    store = opened()
    await store.transact(_everything)
    assert (database.parent / f"{database.name}-wal").stat().st_size > 0
    raw = _bytes(database)
    assert b"canary" not in raw
    await store.close()
    assert b"canary" not in _bytes(database)


async def test_P8_what_an_alarm_needs_is_readable_without_a_key(
    opened: Opener, database: Path
) -> None:
    await opened().transact(_everything)
    raw = _bytes(database)
    readable = ["V-1001", "Sam Reed", "+44 7700 900111", "kim", "InAlarm", "readable settings"]
    readable += ["2026-11-24T13:45:00.123456+00:00", policy().title, "senior_leader"]
    for text in readable:
        assert text.encode() in raw, text


async def test_S15_with_a_wrong_key_everything_else_still_works(
    opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    await opened().transact(_everything)
    store = opened(OTHER_KEY)

    def work(uow: UnitOfWork) -> None:
        found = uow.visits.get(SCHOOL, "visit-1001")
        assert found == in_alarm(details=None)
        assert uow.visits.live_of(SCHOOL, ["sam"]) == uow.visits.waiting(SCHOOL) == [found]
        assert uow.visits.save(found, after(41))
        uow.audit.append(SCHOOL, "visit-1001", [events.Wrote(NOW, "sam", "meanwhile")])
        *old, new = uow.audit.entries(SCHOOL, "visit-1001")
        assert [entry.detail for entry in old] == [None] * 3
        assert new.detail is not None
        assert new.detail["note"] == "meanwhile"
        assert uow.audit.broken() == []
        kept = uow.settings.last_good(SCHOOL)
        assert kept is not None
        assert (kept.text, kept.sealed) == ("readable settings", None)
        assert uow.drafts.get(SCHOOL, "sam", "request") is None

    await store.transact(work)
    assert "the details of V-1001 (st-example) can't be opened" in caplog.text


async def test_S15_once_the_right_key_is_back_everything_opens(opened: Opener) -> None:
    await opened().transact(_everything)

    def meanwhile(uow: UnitOfWork) -> None:
        uow.audit.append(SCHOOL, "visit-1001", [events.Wrote(NOW, "sam", "meanwhile")])

    await opened(OTHER_KEY).transact(meanwhile)

    def work(uow: UnitOfWork) -> None:
        assert uow.visits.get(SCHOOL, "visit-1001") == in_alarm()
        entries = uow.audit.entries(SCHOOL, "visit-1001")
        assert None not in [entry.detail for entry in entries]

    await opened(f"{OTHER_KEY},{KEY}").transact(work)


async def test_P8_details_swapped_between_visits_do_not_open(
    opened: Opener, database: Path
) -> None:
    store = opened()

    def add(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1001), None)
        uow.visits.add(visit(1002, details=details(place="canary-elsewhere")), None)

    await store.transact(add)
    with sqlite3.connect(database) as connection:
        connection.execute(
            """UPDATE visits SET (details, data_keys) =
               (SELECT details, data_keys FROM visits WHERE id = 'visit-1002')
               WHERE id = 'visit-1001'"""
        )
    connection.close()
    found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    assert found == visit(details=None)


async def test_S15_details_that_were_damaged_are_none(opened: Opener, database: Path) -> None:
    store = opened()
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    for damage in (b"", b"noise", b"\xff\xfe"):
        with sqlite3.connect(database) as connection:
            connection.execute("UPDATE visits SET details = ?", (damage,))
        connection.close()
        found = await store.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
        assert found == visit(details=None)


async def test_P8_destroying_a_visits_key_erases_it_and_the_chain_still_verifies(
    opened: Opener, database: Path
) -> None:
    store = opened()
    await store.transact(_everything)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE visits SET data_keys = NULL")
    connection.close()

    def work(uow: UnitOfWork) -> None:
        assert uow.visits.get(SCHOOL, "visit-1001") == in_alarm(details=None)
        entries = uow.audit.entries(SCHOOL, "visit-1001")
        assert [entry.detail for entry in entries] == [None] * 3
        assert uow.audit.broken() == []

    await store.transact(work)


async def test_P8_each_visit_and_each_keeping_of_a_draft_has_a_key_of_its_own(
    opened: Opener, database: Path
) -> None:
    store = opened()

    def add(uow: UnitOfWork) -> None:
        uow.visits.add(visit(1001), None)
        uow.visits.add(out(1002), None)
        for person in ("sam", "ali"):
            uow.drafts.keep(SCHOOL, person, "request", {"place": "here"})

    await store.transact(add)
    connection = sqlite3.connect(database)
    keys = {row[0] for row in connection.execute("SELECT data_keys FROM visits")}
    assert len(keys) == 2
    first = {row[0] for row in connection.execute("SELECT key FROM drafts")}
    await store.transact(lambda uow: uow.drafts.keep(SCHOOL, "sam", "request", {"place": "x"}))
    second = {row[0] for row in connection.execute("SELECT key FROM drafts")}
    assert len(first) == len(second) == 2
    assert len(first & second) == 1
    dropped = (second - first).pop()
    await store.transact(lambda uow: uow.drafts.drop(SCHOOL, "sam", "request"))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert dropped not in _bytes(database), "a dropped key must not stay in a free page"


async def test_P7_errors_of_the_database_show_no_parameters(opened: Opener) -> None:
    store = opened()
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    with pytest.raises(Exception, match="UNIQUE") as raised:
        await store.transact(lambda uow: uow.visits.add(visit(details=details()), None))
    assert "Sam Reed" not in str(raised.value)
    assert "V-1001" not in str(raised.value)
    assert "hidden" in str(raised.value)


def test_P7_library_loggers_stay_above_debug(opened: Opener) -> None:
    opened()
    for name in ("sqlalchemy", "psycopg", "alembic"):
        assert logging.getLogger(name).level >= logging.INFO
