"""What a bench found, printed the same way each time, with the aim beside it."""

import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def p50(values: Sequence[float]) -> float:
    return statistics.median(values)


def p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def resident_mb(pid: int | str = "self") -> float:
    """What a process holds in memory now, by the kernel's count."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)


def report(what: str, found: str, aim: str, *, met: bool) -> None:
    print(f"\n{'ok  ' if met else 'MISS'} {what}: {found} (aim: {aim}) [{machine()}]")
