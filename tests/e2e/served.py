"""``doorstep run`` as a process of its own, and everything that it sends, as a list."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from tests.e2e.plugged import GOOD_TOKEN
from tests.e2e.running import PASSED_ON, WITHIN, free_port
from tests.kit import KIT
from tests.stories.cast import SCHOOL
from tests.stories.world import REQUEST

KEY = "the-key-of-this-school-of-at-least-32-characters"
ENV = {
    "SLACK_BOT_TOKEN": GOOD_TOKEN,
    "SLACK_SIGNING_SECRET": "signing-secret",
    "DOORSTEP_KEY": KEY,
}
CAST = ("ana", "sam", "priya", "okoro", "lee", "olu", "bo", "tom")
Message = dict[str, Any]


def school_text(extra: str = "") -> str:
    """The stories' school, on Slack, in a zone where the clocks never change. It is always open:
    the test plays at whatever hour it is.
    """
    people = {person: f'slack = "{person}"' for person in CAST}
    text = SCHOOL.format(policy="slps", office='slack = "office"', **people)
    text = text.replace('mon-fri = "08:00-18:00"', 'mon-sun = "00:00-23:59"')
    return text.replace("Europe/London", "Etc/UTC") + extra


class Ear:
    """Listens on a local address and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.beats = 0
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ear.heard.append(json.loads(body))
                self._answer()

            def do_GET(self) -> None:
                ear.beats += 1
                self._answer()

            def _answer(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Served:
    """One school: a folder, an environment, and a process that can be ended and begun again."""

    def __init__(self, folder: Path, ear: Ear) -> None:
        self.folder, self.ear, self.port = folder, ear, free_port()
        self.said = folder / "said.txt"
        self.school = folder / "school.toml"
        self.school.write_text(school_text())
        self._deliveries = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self, env: Mapping[str, str] = ENV, command: str = "run") -> None:
        assert self._process is None
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        plain["PYTHONPATH"] = str(Path(__file__).parents[2])
        with self.said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.plugged", command],
                cwd=self.folder,
                env={**plain, "SLACK_API_URL": self.ear.address, "PORT": str(self.port), **env},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def start(self, env: Mapping[str, str] = ENV) -> None:
        """Start, and return once it serves."""
        self.launch(env)
        process = self._process
        assert process is not None

        def ready() -> bool:
            assert process.poll() is None, self.log
            return "Doorstep serves" in self.log

        until(ready)

    def ended(self, env: Mapping[str, str] = ENV, command: str = "run") -> tuple[int, str]:
        """Start, and give the exit status and everything said."""
        self.launch(env, command)
        process, self._process = self._process, None
        assert process is not None
        try:
            return process.wait(WITHIN), self.log
        finally:
            process.kill()
            process.wait()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        process, self._process = self._process, None
        assert process is not None
        process.send_signal(sign)
        try:
            return process.wait(WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def end(self) -> None:
        if self._process is not None:
            self.stop(signal.SIGKILL)

    @property
    def log(self) -> str:
        return self.said.read_text()

    def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code, problem.read().decode()

    def to_mend(self) -> list[str]:
        found: list[str] = json.loads(self.get("/readyz")[1])["to_mend"]
        return found

    def does(self, who: str, kind: str, act: Mapping[str, Any]) -> Message:
        asked = {"delivery": f"d{next(self._deliveries)}.{time.time()}", "sender": who}
        return self._posted({**asked, "office": False, "kind": kind, "act": act})

    def says(self, who: str, text: str) -> Message:
        return self.does(who, "say", {"text": text})

    def presses(self, who: str, label: str) -> Message:
        for message in reversed(self.messages(who)):
            for button in map(dict, message["buttons"]):
                if button["label"] == label:
                    return self.does(
                        who, "press", {k: v for k, v in button.items() if k != "label"}
                    )
        raise AssertionError(f"{who} has no button {label}")

    def has_a_problem(self, sentence: str) -> None:
        self._posted({"problem": sentence})

    def _posted(self, asked: Mapping[str, Any]) -> Message:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/does",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            answer: Message = json.load(response)
        return answer

    def messages(self, who: str) -> list[Message]:
        return [message for message in self.ear.heard if message["address"] == who]

    def forgets(self, words: str) -> None:
        """What was said with these words is no more to be seen."""
        self.ear.heard[:] = [m for m in self.ear.heard if words not in m["words"]]

    def sees(self, who: str, *words: str) -> Message:
        """Wait until this person is told this, and give the latest such message."""

        def found() -> list[Message]:
            return [m for m in self.messages(who) if all(word in m["words"] for word in words)]

        until(found, lambda: f"{who} doesn't see {words} in {self.messages(who)}\n{self.log}")
        return found()[-1]

    def goes_out(self, who: str = "ana") -> None:
        """Ask, approve, leave."""
        now = datetime.now(UTC)
        plan = {
            **REQUEST,
            "leaving_at": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
            "return_at": f"{now + timedelta(minutes=90):%Y-%m-%dT%H:%M}",
        }
        self.does(who, "submit", {"form": "plan", "values": plan})
        self.sees("priya", "would like to visit 14 Oak Road")
        self.presses("priya", "Approve")
        self.sees(who, "approved")
        form = self.presses(who, "I'm leaving now")["form"]
        values = {**form["values"], "kit": KIT}
        sent = {"form": "leave", "visit": form["visit"], "values": values}
        answer = self.does(who, "submit", sent)
        assert answer["form"] is None, answer
        self.sees("office", "Out: Ana Teach")


def until(so: Callable[[], object], why: Callable[[], str] = lambda: "not in time") -> None:
    """Wait for it, on a machine that may be busy."""
    end = time.monotonic() + WITHIN
    while not so():
        assert time.monotonic() < end, why()
        time.sleep(0.02)
