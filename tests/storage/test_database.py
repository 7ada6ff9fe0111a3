import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.ports import UnitOfWork
from storage import BadUrl, Keyring, SqlStore, open_store, outbox
from storage.engine import parse_url, sqlite_file
from storage.migrate import upgrade
from storage.tables import Moment
from storage.worker import MOST_TRIES
from tests.storage.samples import KEY, NOW, after, visit

Opener = Callable[..., SqlStore]
SCHOOL = "st-example"
SQLITE = make_url("sqlite://").get_dialect()()


@pytest.mark.parametrize("prefix", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_urls_mean_psycopg(prefix: str) -> None:
    url = parse_url(f"{prefix}://user:secret@host/name")
    assert url.drivername == "postgresql+psycopg"
    assert sqlite_file(f"{prefix}://user:secret@host/name") is None


@pytest.mark.parametrize("text", ["", "doorstep.db", "mysql://user:secret@host/name", "://secret"])
def test_another_url_is_refused_in_one_sentence_without_quoting_it(text: str) -> None:
    with pytest.raises(BadUrl, match="DATABASE_URL must look like") as raised:
        parse_url(text)
    assert "secret" not in str(raised.value)


def test_a_relative_sqlite_path_makes_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade("sqlite:///var/doorstep.db")
    assert (tmp_path / "var" / "doorstep.db").exists()


async def test_sqlite_is_set_up_for_safety(opened: Opener, database: Path) -> None:
    def work(uow: UnitOfWork) -> list[object]:
        connection = uow.visits._connection  # type: ignore[attr-defined]
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert await opened().transact(work) == ["wal", 2, 1, 1]


def test_what_a_message_shows_is_found_by_its_slot(database: Path) -> None:
    """Never by going through all that a school has in the outbox."""
    asked = str(outbox._SHOWN.compile(dialect=SQLITE))
    with closing(sqlite3.connect(database)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked}", ["x"] * asked.count("?"))
        steps = [step[3] for step in plan if "outbox" in step[3]]
    assert steps == [
        "SEARCH outbox USING INDEX ix_outbox_school_visit_slot (school=? AND visit=? AND slot=?)"
    ]


async def test_several_stores_share_one_file(opened: Opener) -> None:
    stores = [opened(), opened(), opened()]

    def work(uow: UnitOfWork) -> int:
        return uow.visits.next_number(SCHOOL)

    numbers = await asyncio.gather(*(stores[n % 3].transact(work) for n in range(60)))
    assert sorted(numbers) == list(range(1001, 1061))


async def test_presses_go_before_the_engines_own_work_in_the_order_they_came(
    opened: Opener,
) -> None:
    store, ran = opened(), list[str]()
    started, release = threading.Event(), threading.Event()

    def hold(uow: UnitOfWork) -> None:
        started.set()
        release.wait(10)

    held = store.transact(hold)
    await asyncio.to_thread(started.wait, 10)

    def note(name: str) -> Awaitable[None]:
        return store.transact(lambda uow: ran.append(name), background=name.startswith("own"))

    waiting = [note(name) for name in ("own-1", "press-1", "own-2", "press-2")]
    release.set()
    await asyncio.gather(held, *waiting)
    assert ran == ["press-1", "press-2", "own-1", "own-2"]


async def test_closing_finishes_what_is_queued(opened: Opener) -> None:
    store = opened()
    waiting = [store.transact(lambda uow: uow.visits.next_number(SCHOOL)) for _ in range(5)]
    own = store.transact(lambda uow: uow.visits.next_number(SCHOOL), background=True)
    await store.close()
    assert await asyncio.gather(*waiting, own) == [1001, 1002, 1003, 1004, 1005, 1006]


async def test_work_that_nobody_waits_for_any_more_is_not_begun(opened: Opener) -> None:
    store, release = opened(), threading.Event()
    held = store.transact(lambda uow: release.wait(10))
    dropped = asyncio.ensure_future(store.transact(lambda uow: uow.visits.add(visit(), None)))
    await asyncio.sleep(0)
    dropped.cancel()
    await asyncio.sleep(0)
    release.set()
    await held
    assert await store.transact(lambda uow: uow.visits.waiting(SCHOOL)) == []


async def test_a_conflict_runs_the_work_again_from_the_start(opened: Opener) -> None:
    store, tries = opened(), list[int]()

    def busy() -> OperationalError:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorname = "SQLITE_BUSY"
        return OperationalError("UPDATE", {}, error)

    def work(uow: UnitOfWork) -> int:
        number = uow.visits.next_number(SCHOOL)
        tries.append(number)
        if len(tries) < 3:
            raise busy()
        return number

    assert await store.transact(work) == 1001
    assert tries == [1001] * 3, "what the earlier tries did was rolled back"

    def never(uow: UnitOfWork) -> None:
        tries.append(0)
        raise busy()

    tries.clear()
    with pytest.raises(OperationalError):
        await store.transact(never)
    assert len(tries) == MOST_TRIES


async def test_another_error_is_given_at_once_and_the_thread_lives_on(opened: Opener) -> None:
    store, tries = opened(), list[int]()

    def work(uow: UnitOfWork) -> None:
        tries.append(1)
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.transact(work)
    assert len(tries) == 1
    assert await store.transact(lambda uow: uow.visits.next_number(SCHOOL)) == 1001


async def test_a_database_without_tables_is_an_error_and_not_a_hang(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/empty.db", Keyring(KEY))
    with pytest.raises(OperationalError, match="no such table"):
        await store.transact(lambda uow: uow.visits.next_wake())
    await store.close()


async def test_what_was_committed_is_there_after_the_process_died(
    opened: Opener, database: Path, tmp_path: Path
) -> None:
    await opened().transact(lambda uow: uow.visits.add(visit(), after(1)))
    for end in ("", "-wal"):  # as they lie on the disk, the store still open
        shutil.copyfile(f"{database}{end}", tmp_path / f"crashed{end}")
    with closing(sqlite3.connect(tmp_path / "crashed")) as connection:
        assert connection.execute("SELECT reference FROM visits").fetchall() == [("V-1001",)]


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_moment_without_a_time_zone_is_refused(name: str) -> None:
    dialect = make_url(f"{name}://").get_dialect()()
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(NOW.replace(tzinfo=None), dialect)
    assert Moment().process_bind_param(None, dialect) is None


def test_moments_sort_as_text_as_they_do_in_time() -> None:
    base = datetime(999, 1, 1, tzinfo=UTC)
    zones = [UTC, timezone(timedelta(hours=5)), timezone(timedelta(hours=-5))]
    steps = [timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1), timedelta(9**6)]
    moments = [(base + step).astimezone(zone) for step in steps for zone in zones]
    kept = [str(Moment().process_bind_param(each, SQLITE)) for each in moments]
    assert len({len(text) for text in kept}) == 1
    assert kept == sorted(kept)
    back = [Moment().process_result_value(text, SQLITE) for text in kept]
    assert back == moments
    assert {each.tzinfo for each in back if each} == {UTC}
