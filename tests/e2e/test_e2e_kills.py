"""``kill -9`` of a real process at the worst moments, and what people's phones show in the end."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.running import PASSED_ON
from tests.e2e.sink import Sink
from tests.stories.told_stories import TICKED
from tests.stories.world import REQUEST

ROOT = Path(__file__).parents[2]
START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
KILLS = [
    ("before the commit of a press", 1),  # the request
    ("after the commit of a press", 1),
    ("before the commit of a press", 2),  # the approval
    ("after the commit of a press", 2),
    ("after the commit of a press", 3),  # the departure
    ("before the commit of a press", 4),  # help
    ("after the commit of a press", 4),
    ("before the commit of a wake", 1),
    ("after the commit of a wake", 3),  # the alarm is raised, and nobody is told yet
    ("after the commit of a lease", 4),
    ("after the commit of a draw", 12),
    ("after a send", 1),
    ("after a send", 14),  # in the middle of a batch: some are told, some are not
    ("before the commit of a settle", 14),
    ("after the commit of a settle", 14),
    ("after an edit", 6),
]


class Mortal:
    """One process after another on one database; who saw a deed fail does it again."""

    def __init__(self, folder: Path, sink: Sink) -> None:
        self._folder, self._sink = folder, sink
        self._process: subprocess.Popen[str] | None = None
        self._deeds = 0
        self.killed, self.died_at = 0, ""
        (folder / "clock").write_text(START.isoformat())

    def start(self, point: str = "", nth: int = 0) -> None:
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.e2e.mortal"),
                *(str(self._folder), self._sink.address, point, str(nth)),
            ],
            cwd=ROOT,
            env=plain,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == {"ready": True}

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _line(self) -> dict[str, Any] | None:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found: dict[str, Any] | None = json.loads(line) if line else None
        return found

    def ask(self, what: dict[str, Any]) -> dict[str, Any]:
        """Asked once more of the next process, where this one dies of it."""
        for _ in range(2):
            assert self._process is not None
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
            answer = self._line()
            if answer is not None:
                return answer
            assert self._process.wait(20) == -signal.SIGKILL
            self._process.communicate()
            self.killed += 1
            died = datetime.fromisoformat((self._folder / "clock").read_text())
            self.died_at = f"{died:%H:%M:%S}"
            self.start()
        raise AssertionError("it died twice")

    def does(self, who: str, **act: Any) -> dict[str, Any]:
        self._deeds += 1
        return self.ask({"who": who, "delivery": f"d{self._deeds}", **act})

    def presses(self, who: str, label: str) -> dict[str, Any]:
        button = self._sink.button(who, label)
        return self.does(who, **{name: button[name] for name in ("action", "visit", "args")})

    def until(self, clock: str) -> None:
        hour, minute = map(int, clock.split(":"))
        self.ask({"until": START.replace(hour=hour, minute=minute).isoformat()})


def play(mortal: Mortal) -> None:
    """Asked, approved, out; silence until the office is told, then help, and the whole ladder."""
    form = mortal.does("ana", text="visit")
    mortal.does("ana", **{**form, "values": {**form["values"], **REQUEST}})
    mortal.presses("priya", "Approve")
    mortal.until("13:15")
    form = mortal.presses("ana", "I'm leaving now")
    mortal.does("ana", **{**form, "values": {**form["values"], **TICKED}})
    mortal.until("13:52")
    mortal.presses("ana", "I need help")
    mortal.until("14:08")
    form = mortal.presses("lee", "They are safe")
    mortal.does("lee", **{**form, "values": {"how": "I spoke to her", "over": "yes"}})
    assert mortal.ask({"verify": True}) == {"broken": [], "live": 0}


def told(sink: Sink) -> list[str]:
    """Each message once: when, to whom, about which state of the visit."""
    once = {
        f"{m['at']} {m['address']} {m['key'].partition('.')[2]} {'urgent' * m['urgent']}"
        for m in sink.told
    }
    return sorted(once)


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    sink.open()
    yield sink
    sink.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is told in a life without a death."""
    sink = Sink()
    sink.open()
    mortal = Mortal(tmp_path_factory.mktemp("alive"), sink)
    mortal.start()
    play(mortal)
    mortal.end()
    sink.close()
    assert mortal.killed == 0
    assert len(told(sink)) == len(sink.told), "a message came twice"
    return told(sink)


@pytest.mark.parametrize(("point", "nth"), KILLS)
def test_kill_9_loses_nothing(
    tmp_path: Path, sink: Sink, expected: list[str], point: str, nth: int
) -> None:
    mortal = Mortal(tmp_path, sink)
    mortal.start(point, nth)
    play(mortal)
    mortal.end()
    assert mortal.killed == 1
    assert told(sink) == expected
    twice = Counter(m["key"] + m["address"] for m in sink.told)
    for message in sink.told:  # only what was being sent when it died may come twice
        once = twice[message["key"] + message["address"]] == 1
        assert once or message["at"] == mortal.died_at, message["title"]
