"""What waits in the queue is committed together; what raises takes nothing with it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ports import UnitOfWork
from storage import Keyring, SqlStore, open_store
from storage.migrate import upgrade

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    upgrade(url)
    return url


def opened(url: str) -> SqlStore:
    return open_store(url, Keyring("a-key-for-groups-of-at-least-32-characters"))


def claims(uow: UnitOfWork, name: str) -> bool:
    return uow.inbox.claim("st-example", "web", name, NOW)


async def test_one_that_raises_keeps_nothing_and_the_others_everything(url: str) -> None:
    store = opened(url)

    def breaks(uow: UnitOfWork) -> None:
        claims(uow, "broken")
        msg = "on purpose"
        raise ValueError(msg)

    results = await asyncio.gather(
        store.transact(lambda uow: claims(uow, "before")),
        store.transact(breaks),
        store.transact(lambda uow: claims(uow, "after")),
        store.transact(lambda uow: next(iter(()))),
        return_exceptions=True,
    )
    assert results[0] is True
    assert isinstance(results[1], ValueError)
    assert results[2] is True
    assert isinstance(results[3], RuntimeError)
    await store.close()
    again = opened(url)
    kept = [await again.transact(lambda uow, n=n: not claims(uow, n)) for n in NAMES]  # type: ignore[misc]
    assert kept == [True, False, True]
    await again.close()


NAMES = ("before", "broken", "after")


async def test_an_error_of_the_database_sends_each_on_its_own(url: str) -> None:
    store = opened(url)
    tried: list[str] = []

    def twice(uow: UnitOfWork) -> None:
        tried.append("twice")
        number = uow.visits.next_number("st-example")
        uow.visits._connection.exec_driver_sql("SELECT nothing FROM nowhere")  # type: ignore[attr-defined]
        assert number

    results = await asyncio.gather(
        store.transact(lambda uow: uow.visits.next_number("st-example")),
        store.transact(twice),
        store.transact(lambda uow: uow.visits.next_number("st-example")),
        return_exceptions=True,
    )
    assert results[0] == 1001
    assert isinstance(results[1], Exception)
    assert results[2] == 1002
    await store.close()


async def test_presses_are_done_before_what_the_engine_has_queued(url: str) -> None:
    store = opened(url)
    order: list[str] = []
    waiting = [
        store.transact(lambda uow, n=n: order.append(f"own {n}"), background=True)  # type: ignore[misc]
        for n in range(40)
    ]
    press = store.transact(lambda uow: order.append("press"))
    await asyncio.gather(press, *waiting)
    assert order.index("press") < 20
    await store.close()
