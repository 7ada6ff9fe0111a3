"""What looking an address up costs a press before departure: with 100,000 past visits, every one of
them to that very home.
"""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.commands import Wake
from bot.domain.plan import Details, Plan
from bot.domain.visit import Requested, Visit
from bot.engine.carry_out import carry_out
from bot.engine.setup import Setup
from bot.ports import Store, UnitOfWork
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.bench.measured import p50, p99, report
from tests.bench.seeding import RealClock, keep, past_visit, schools

KEY = "a key that is only for this bench of looking up"
PAST = 100_000
TIMES = 200


async def looking(store: Store, setup: Setup, times: int) -> list[float]:
    """Milliseconds of a press on a request, its gathering of facts and all."""
    now = RealClock().now()
    plan = Plan(now + timedelta(hours=1), now + timedelta(hours=2), ("bea",))
    asked = Requested(now, setup.policy.approval_stages)
    details = Details("14 Oak Rd", family="A family")
    made = Visit(setup.school.id, "asked", "V-1", "ana", now, plan, details, asked)
    await store.transact(lambda uow: uow.visits.add(replace(made), now))
    taken = []

    def look(uow: UnitOfWork) -> None:
        began = time.perf_counter()
        carry_out(uow, "asked", Wake(), setup, now)
        taken.append((time.perf_counter() - began) * 1000)

    for _ in range(times):
        await store.transact(look)
    return taken[times // 10 :]


@pytest.mark.timeout(900)
async def test_looking_up_an_address(tmp_path: Path, share: float) -> None:
    (setup,), now = schools(1), RealClock().now()
    found: dict[str, list[float]] = {}
    for name, past in (("empty", 0), ("past", int(PAST * share))):
        url = f"sqlite:///{tmp_path / name}.db"
        upgrade(url)
        store = open_store(url, Keyring(KEY))
        await keep(store, (past_visit(setup, 10 + n, now) for n in range(past)))
        found[name] = await looking(store, setup, max(40, int(TIMES * share)))
        await store.close()
    old, ratio = found["past"], p50(found["past"]) / p50(found["empty"])
    report(
        f"a press on a request to a home with {int(PAST * share)} past visits",
        f"p50 {p50(old):.2f} ms, p99 {p99(old):.2f} ms; {ratio:.2f} times that with none",
        "p50 <= 4 ms",
        met=p50(old) <= 4,
    )
