"""``doorstep demo`` as a process of its own, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""A Monday in term, one o'clock: the stories' time of day, so that no test depends on tonight's."""
PASSED_ON = ("PATH", "HOME", "LANG", "PYTHONPATH")
WITHIN = 20.0
"""Seconds that a start, or an end, may take on a busy machine."""


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


class Demo:
    """Starts, stops and kills exactly one process, by its id."""

    def __init__(self, folder: Path, extra: Mapping[str, str] | None = None) -> None:
        self.folder, self.port = folder, free_port()
        self.said = folder / "said.txt"
        """Standard output and standard error of every start."""
        self._extra = dict(extra or {})
        self._said_before = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def launch(self) -> None:
        """Start it, without waiting."""
        assert self._process is None
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._said_before = self.said.stat().st_size if self.said.exists() else 0
        with self.said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "adapters.main", "demo"],
                cwd=self.folder,
                env={**plain, "PORT": str(self.port), **self._extra},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def is_ready(self) -> None:
        """Return once it has printed that connections are taken."""
        assert self._process is not None
        until = time.monotonic() + WITHIN
        while f"open {self.address}" not in self.said.read_text()[self._said_before :]:
            assert self._process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, f"not ready within {WITHIN} s"
            time.sleep(0.02)

    def start(self) -> None:
        self.launch()
        self.is_ready()

    def complaints(self) -> list[str]:
        """What it wrote besides where its page is."""
        lines = self.said.read_text().splitlines()
        return [line for line in lines if not line.startswith("Doorstep demo: open ")]

    def stop(self) -> int:
        """Ask it to end, as Ctrl+C does, and give its exit status."""
        return self._end(signal.SIGINT)

    def kill(self) -> None:
        """``kill -9``."""
        assert self._end(signal.SIGKILL) == -signal.SIGKILL

    def end(self) -> None:
        """Whatever became of the test, the process is gone."""
        if self._process is not None:
            self._end(signal.SIGKILL)

    def seed_clock(self, moment: datetime) -> None:
        """Let the next start find its clock where the story begins."""
        offset = (moment - datetime.now(UTC)).total_seconds()
        path = self.var / "demo" / "clock.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"offset": offset, "promised": moment.isoformat()}))

    def let_time_pass(self, length: timedelta) -> None:
        """While it does not run: it starts again as if it had been off for this long."""
        assert self._process is None
        path = self.var / "demo" / "clock.json"
        kept = json.loads(path.read_text())
        kept["offset"] += length.total_seconds()
        path.write_text(json.dumps(kept))

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of an address that isn't the page's own."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code, problem.read().decode()

    def settled(self) -> str:
        """Every pane's messages, once nothing more arrives."""
        until = time.monotonic() + WITHIN
        before, now = "", self._panes()
        while before != now:
            assert time.monotonic() < until, "messages go on arriving"
            time.sleep(0.3)
            before, now = now, self._panes()
        return now

    def _panes(self) -> str:
        return json.dumps(json.loads(self.get("/api/state")[1])["panes"])

    def _end(self, sign: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(sign)
        try:
            status = self._process.wait(WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait(WITHIN)
        self._process = None
        return status
