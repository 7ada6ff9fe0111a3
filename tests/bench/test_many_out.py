"""10,000 visits out, prompts falling due at 6 a second: how late each is handed over."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.metronome import Metronome
from bot.engine.engine import Engine
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.bench.measured import p50, p99, report, resident_mb
from tests.bench.seeding import SCHOOLS, RealClock, keep, out_visit, schools
from tests.bench.sink import Listening

KEY = "a key that is only for this bench"
OUT = 10_000
A_SECOND = 6
SECONDS = 60
SEEDING = timedelta(hours=12)


@pytest.mark.timeout(900)
async def test_prompts_with_many_out(tmp_path: Path, share: float) -> None:
    late, held = await lateness(tmp_path, int(OUT * share), max(2, int(SECONDS * share)))
    report(
        "lateness of a prompt, due to handed over",
        f"p50 {p50(late):.0f} ms, p99 {p99(late):.0f} ms of {len(late)}",
        "p99 <= 250 ms",
        met=p99(late) <= 250,
    )
    report(
        "memory with many out (this process, pytest and seeding included)",
        f"{held:.0f} MB",
        "<= 120 MB for Doorstep alone",
        met=held <= 120,
    )


async def lateness(folder: Path, visits: int, seconds: int) -> tuple[list[float], float]:
    """Give how late each prompt was, and the megabytes held at the end."""
    url = f"sqlite:///{folder / 'many.db'}"
    upgrade(url)
    store, clock = open_store(url, Keyring(KEY)), RealClock()
    served = schools(max(1, min(SCHOOLS, visits // 50)))
    far = clock.now() + SEEDING
    asked = seconds * A_SECOND
    quiet = (out_visit(served[n % len(served)], n, clock.now(), far) for n in range(asked, visits))
    await keep(store, quiet)
    begin = clock.now() + timedelta(seconds=1.5)
    soon = [
        out_visit(served[n % len(served)], n, clock.now(), begin + timedelta(seconds=n / A_SECOND))
        for n in range(asked)
    ]
    await keep(store, soon)
    due = {visit.id: wake_at for visit, wake_at in soon if wake_at}
    channel = Listening(clock, due)
    engine = Engine(store, {"web": channel}, served[0], clock, *served[1:])
    metronome = Metronome(engine, clock)
    await metronome.start()
    async with asyncio.timeout(seconds + 30):
        await channel.all_there.wait()
    held = resident_mb()
    await metronome.stop()
    await store.close()
    return list(channel.late.values()), held
