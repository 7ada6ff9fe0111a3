"""One press over HTTP, against the real process; its start, its memory, and 100,000 past visits."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import aiohttp
import pytest

from bot.engine.setup import Setup
from bot.settings import read_school, shipped
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.bench.measured import p50, p99, report, resident_mb
from tests.bench.seeding import RealClock, Seed, keep, out_visit, past_visit

KEY = "a key that is only for this bench of the demo"
PRESSES = 400
WARM = 20
PAST = 100_000
OUT = 10_000
HEADERS = {"X-Doorstep": "1"}


@dataclass(slots=True)
class Demo:
    """The demo in a process of its own, on a folder that was filled before."""

    folder: Path
    pid: int = 0
    url: str = ""
    start: float = 0.0

    @property
    def data(self) -> Path:
        return self.folder / "var" / "demo"

    def setup(self) -> Setup:
        text = files("adapters.web").joinpath("school.toml").read_text("utf-8")
        settings = read_school(text, policies=shipped)
        return Setup(settings.school, settings.policy, ("web",))

    async def fill(self, past: int, out: int) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "key").write_text(KEY)
        url = f"sqlite:///{self.data / 'doorstep.db'}"
        upgrade(url)
        store, setup, now = open_store(url, Keyring(KEY)), self.setup(), RealClock().now()
        far = now + timedelta(hours=12)
        mine: Seed = out_visit(setup, 1, now, far)
        others = (out_visit(setup, 10 + n, now, far, lead=f"other-{n}") for n in range(out))
        gone = (past_visit(setup, 10**6 + n, now, lead="bea") for n in range(past))
        await keep(store, (seed for part in ((mine,), others, gone) for seed in part))
        await store.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[aiohttp.ClientSession]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        began = time.perf_counter()
        program = "from adapters.main import main; raise SystemExit(main(['demo']))"
        root = Path(__file__).parents[2]
        process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs yet
            [sys.executable, "-c", program],
            cwd=self.folder,
            env={"PORT": str(port), "PYTHONPATH": str(root), "PATH": ""},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self.pid = process.pid
        try:
            async with aiohttp.ClientSession(headers=HEADERS) as session:
                await self._ready(session, process)
                self.start = time.perf_counter() - began
                yield session
        finally:
            process.terminate()
            process.wait(20)

    async def _ready(
        self, session: aiohttp.ClientSession, process: "subprocess.Popen[bytes]"
    ) -> None:
        async with asyncio.timeout(60):
            while process.poll() is None:
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.01)
        raise AssertionError("the demo did not start")

    async def presses(self, session: aiohttp.ClientSession, count: int) -> list[float]:
        """Milliseconds from request to answer of each "I'm OK"."""
        taken = []
        for number in range(count + WARM):
            act = {
                "who": "ana",
                "delivery": f"bench-press-{time.monotonic_ns()}",
                "kind": "press",
                "action": "ok",
                "visit": "visit-1",
            }
            began = time.perf_counter()
            async with session.post(f"{self.url}/api/act", json=act) as answer:
                said = await answer.text()
                assert answer.status == 200, said
            if number >= WARM:
                taken.append((time.perf_counter() - began) * 1000)
            assert "Due back" in said, said
        return taken


@pytest.mark.timeout(900)
async def test_a_press(tmp_path: Path, share: float) -> None:
    count = max(20, int(PRESSES * share))
    found: dict[str, list[float]] = {}
    for name, past in (("empty", 0), ("past", int(PAST * share))):
        demo = Demo(tmp_path / name)
        await demo.fill(past, 0)
        async with demo.running() as session:
            found[name] = await demo.presses(session, count)
    fresh, old = found["empty"], found["past"]
    report(
        "a press over HTTP",
        f"p50 {p50(fresh):.2f} ms, p99 {p99(fresh):.2f} ms of {count}",
        "p50 <= 4 ms, p99 <= 15 ms",
        met=p50(fresh) <= 4 and p99(fresh) <= 15,
    )
    ratio = p50(old) / p50(fresh)
    report(
        f"the same with {int(PAST * share)} past visits",
        f"p50 {p50(old):.2f} ms, {ratio:.2f} times",
        "< 1.2 times",
        met=ratio < 1.2,
    )


@pytest.mark.timeout(900)
async def test_start_and_memory_with_many_out_at_one_school(tmp_path: Path, share: float) -> None:
    demo = Demo(tmp_path)
    out = int(OUT * share)
    await demo.fill(0, out)
    async with demo.running() as session:
        taken = await demo.presses(session, 10)
        held = resident_mb(demo.pid)
    start = demo.start
    report("from start to ready", f"{start:.2f} s", "<= 1.5 s", met=start <= 1.5)
    report(f"memory with {out} out", f"{held:.0f} MB", "<= 120 MB", met=held <= 120)
    print(f"     a press with all {out} at one school: p50 {p50(taken):.1f} ms")
