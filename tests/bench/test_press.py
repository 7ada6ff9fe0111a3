"""How long one press takes, from the engine's door to its durable answer, on SQLite."""

import statistics
import time
from pathlib import Path

from bot.ports import Inbound, Press
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.stories.world import World, out

PRESSES = 300


async def test_a_press_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bench.db'}"
    upgrade(url)
    world = World(open_store(url, Keyring("a key that is only for this bench")))
    visit = await out(world)
    taken = []
    for number in range(PRESSES):
        deed = Inbound("web", f"bench-{number}", "ana", Press("ok", visit.id))
        start = time.perf_counter()
        answer = await world.engine.handle(deed)
        taken.append((time.perf_counter() - start) * 1000)
        assert answer.card is not None
        assert "Due back" in answer.card.title
    await world.store.close()
    p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    print(f"\na press: p50 {p50:.2f} ms, p99 {p99:.2f} ms, {PRESSES} presses")
