"""The benches still run, at the smallest size. What they find is for ``make bench``."""

from pathlib import Path

from tests.bench.test_burst import burst, scheduler_alone
from tests.bench.test_many_out import lateness


async def test_a_burst_is_told_and_timed(tmp_path: Path) -> None:
    a_second, first = await burst(tmp_path, 5)
    assert a_second > 0
    assert first > 0
    assert await scheduler_alone(tmp_path, 5) > 0


async def test_every_prompt_is_handed_over_and_timed(tmp_path: Path) -> None:
    late, held = await lateness(tmp_path, 8, 1)
    assert len(late) == 6
    assert min(late) >= 0
    assert held > 0
