"""1,000 visits of 200 schools overdue at one instant; and APScheduler alone beside it."""

import asyncio
import time
from pathlib import Path

import aiohttp
import pytest
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from adapters.metronome import Metronome
from bot.engine.engine import Engine
from bot.ports import Store, UnitOfWork
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.bench.measured import report
from tests.bench.seeding import SCHOOLS, RealClock, keep, overdue_visit, schools
from tests.bench.sink import HttpChannel, Sink

KEY = "a key that is only for this bench"
VISITS = 1000
WITHIN = 120


@pytest.mark.timeout(300)
async def test_a_burst(tmp_path: Path, share: float) -> None:
    visits = int(VISITS * share)
    ours, first = await burst(tmp_path, visits)
    theirs = await scheduler_alone(tmp_path, visits)
    report("a burst, messages a second", f"{ours:.0f}", ">= 500", met=ours >= 500)
    report("a burst, the first after", f"{first:.0f} ms", "<= 250 ms", met=first <= 250)
    report(
        "a burst beside APScheduler with its job store",
        f"{ours:.0f} against {theirs:.0f} a second, {ours / theirs:.2f} times",
        "told, no aim",
        met=True,
    )


async def burst(folder: Path, visits: int) -> tuple[float, float]:
    """Give messages a second, and milliseconds to the first."""
    url = f"sqlite:///{folder / 'burst.db'}"
    upgrade(url)
    store, clock, sink = open_store(url, Keyring(KEY)), RealClock(), Sink()
    served = schools(max(1, min(SCHOOLS, visits // 5)))
    now = clock.now()
    await keep(store, (overdue_visit(served[n % len(served)], n, now) for n in range(visits)))
    await sink.start()
    async with aiohttp.ClientSession() as session:
        channel = HttpChannel(sink.url, session)
        engine = Engine(store, {"web": channel}, served[0], clock, *served[1:])
        metronome = Metronome(engine, clock)
        began = time.perf_counter()
        await metronome.start()
        await _rung(store)
        arrived = await sink.arrived(session)
        await metronome.stop()
    await sink.stop()
    await store.close()
    return len(arrived) / (arrived[-1] - began), (arrived[0] - began) * 1000


async def _rung(store: Store) -> None:
    """Until the first rung of every visit has been told."""

    def left(uow: UnitOfWork) -> bool:
        due = uow.visits.due(RealClock().now(), 1)
        return bool(due) or uow.outbox.oldest_urgent() is not None

    async with asyncio.timeout(WITHIN):
        while await store.transact(left, background=True):  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def scheduler_alone(folder: Path, jobs: int) -> float:
    """APScheduler and its SQLAlchemy job store fire as many jobs, each sending one message."""
    sink = Sink()
    await sink.start()
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / 'jobs.db'}")
    scheduler = AsyncIOScheduler(jobstores={"default": store})
    scheduler.start(paused=True)
    now = RealClock().now()
    for _ in range(jobs):
        scheduler.add_job(send_one, "date", run_date=now, args=[sink.url], misfire_grace_time=None)
    async with aiohttp.ClientSession() as session:
        _SESSION.append(session)
        began = time.perf_counter()
        scheduler.resume()
        async with asyncio.timeout(WITHIN):
            while len(arrived := await sink.arrived(session)) < jobs:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)
        took = arrived[-1] - began
        _SESSION.clear()
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    await sink.stop()
    return jobs / took


_SESSION: list[aiohttp.ClientSession] = []


async def send_one(url: str) -> None:
    async with _SESSION[0].post(url, json={"text": "one message"}):
        pass
