"""Policies that are frozen into visits: each kept once, bound by its hash, and never mistaken."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.ports import UnitOfWork
from storage import Keyring, SqlStore, open_store
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.policies import PolicyLost, hash_of
from tests.storage.samples import KEY, after, out, policy, visit

Opener = Callable[..., SqlStore]
SCHOOL = "st-example"
OTHER = replace(policy(), title="Another", alarm_repeat=timedelta(minutes=3))
SQLITE_GUARDS = ("policies_no_update", "policies_no_delete", "policies_no_replace")


def _three_visits(uow: UnitOfWork) -> None:
    """Two under one policy, made apart; and one under another."""
    uow.visits.add(out(1001), after(30))
    uow.visits.add(out(1002), after(30))
    uow.visits.add(out(1003, policy=OTHER), after(30))


def _rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def _tamper(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        for guard in SQLITE_GUARDS:
            connection.execute(f"DROP TRIGGER {guard}")
        assert connection.execute(statement).rowcount == 1


async def test_a_policy_stands_once_however_many_visits_it_governs(
    opened: Opener, database: Path
) -> None:
    await opened().transact(_three_visits)
    kept: dict[str, str] = dict(_rows(database, "SELECT hash, text FROM policies"))
    assert len(kept) == 2
    assert all(hash_of(text) == hashed for hashed, text in kept.items())
    visits = _rows(database, "SELECT policy, state FROM visits ORDER BY id")
    assert [json.loads(kept[each])["title"] for each, _ in visits] == ["SLPS", "SLPS", "Another"]
    assert not any("approval_stages" in state for _, state in visits)


async def test_S15_the_policy_of_a_departure_is_written_with_it_or_neither_is(
    opened: Opener, database: Path
) -> None:
    store = opened()
    await store.transact(lambda uow: uow.visits.add(visit(), None))
    assert _rows(database, "SELECT policy FROM visits") == [(None,)]

    def leave(uow: UnitOfWork, *, fails: bool) -> None:
        found = uow.visits.get(SCHOOL, "visit-1001")
        assert found is not None
        assert uow.visits.save(replace(found, policy=policy(), phase=out().phase), after(30))
        if fails:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.transact(lambda uow: leave(uow, fails=True))
    assert _rows(database, "SELECT hash FROM policies") == []
    await store.transact(lambda uow: leave(uow, fails=False))
    assert _rows(database, "SELECT policy FROM visits") == _rows(
        database, "SELECT hash FROM policies"
    )


async def test_S15_a_visit_keeps_the_words_that_its_policy_was_written_in(
    opened: Opener, database: Path
) -> None:
    """Also where an older Doorstep wrote fewer of them: saving a visit doesn't freeze it anew."""
    await opened().transact(lambda uow: uow.visits.add(out(), None))
    ((text,),) = _rows(database, "SELECT text FROM policies")
    older = {name: value for name, value in json.loads(text).items() if name != "board_refresh"}
    words = json.dumps(older)
    with closing(sqlite3.connect(database)) as connection, connection:
        row = (SCHOOL, hash_of(words), words)
        connection.execute("INSERT INTO policies VALUES (?, ?, ?)", row)
        connection.execute("UPDATE visits SET policy = ?", (row[1],))
    store = opened()

    def save(uow: UnitOfWork) -> None:
        found = uow.visits.get(SCHOOL, "visit-1001")
        assert found == out()
        assert uow.visits.save(found, after(30))

    await store.transact(save)
    assert _rows(database, "SELECT policy FROM visits") == [(hash_of(words),)]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ('DELETE FROM policies WHERE text LIKE \'%"title":"SLPS"%\'', "is missing"),
        (
            """UPDATE policies SET text = replace(text, '"alarm_repeat":300', '"alarm_repeat":900')
               WHERE text LIKE '%"title":"SLPS"%'""",
            "was altered",
        ),
    ],
)
async def test_S15_a_policy_that_is_missing_or_was_altered_is_never_taken_for_another(
    opened: Opener, database: Path, statement: str, what: str
) -> None:
    store = opened()
    await store.transact(_three_visits)
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    await store.close()
    _tamper(database, statement)
    later = opened()
    with pytest.raises(PolicyLost, match=what):
        await later.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1001"))
    with pytest.raises(PolicyLost, match=what):
        await later.transact(lambda uow: uow.visits.waiting(SCHOOL))
    assert await later.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1003")) == out(
        1003, policy=OTHER
    )
    assert await later.transact(lambda uow: uow.audit.broken()) == [
        (SCHOOL, "visit-1001", 0),
        (SCHOOL, "visit-1002", 0),
    ]


async def test_a_policy_that_was_lost_is_there_again_once_somebody_leaves_under_it(
    opened: Opener, database: Path
) -> None:
    await opened().transact(_three_visits)
    _tamper(database, "DELETE FROM policies WHERE text LIKE '%Another%'")
    later = opened()
    await later.transact(lambda uow: uow.visits.add(out(1004, policy=OTHER), None))
    found = await later.transact(lambda uow: uow.visits.get(SCHOOL, "visit-1003"))
    assert found == out(1003, policy=OTHER)


@pytest.mark.parametrize("statement", ["UPDATE policies SET text = '{}'", "DELETE FROM policies"])
async def test_the_database_itself_refuses_to_change_a_policy(url: str, statement: str) -> None:
    upgrade(url)
    store = open_store(url, Keyring(KEY))
    await store.transact(_three_visits)
    engine = make_engine(url)
    with (
        pytest.raises(sa.exc.DBAPIError, match=r"never changed|append-only"),
        engine.begin() as one,
    ):
        one.execute(sa.text(statement))
    engine.dispose()
    assert await store.transact(lambda uow: uow.audit.broken()) == []
    await store.close()


async def test_nor_does_it_replace_one(opened: Opener, database: Path) -> None:
    await opened().transact(_three_visits)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        _rows(database, "INSERT OR REPLACE INTO policies SELECT school, hash, '{}' FROM policies")
