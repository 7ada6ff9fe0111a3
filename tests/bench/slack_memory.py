"""Ten thousand visits out on Slack, and some presses: what a process that does nothing else holds.

    python -m tests.bench.slack_memory FOLDER VISITS

Prints megabytes resident and the median press in milliseconds, as JSON. The workspace double, and
its people, stand in this process too; whoever measured before, and pytest's own work, don't.
"""

import asyncio
import json
import statistics
import sys
from pathlib import Path

import aiohttp

from tests.bench.measured import resident_mb
from tests.bench.test_slack_press import body, others, ours, press

PRESSES = 200


async def measure(folder: Path, visits: int) -> dict[str, float]:
    async with ours(folder) as (world, visit):
        more = await others(world, visit, visits)
        await world.engine.wake_due()
        async with aiohttp.ClientSession() as session:
            target = world.double.delivery.target
            taken = [await press(session, target, body(next(more))) for _ in range(PRESSES)]
        return {"mb": resident_mb(), "p50": statistics.median(taken)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1]), int(sys.argv[2])))))
