"""``doorstep run`` as a process of its own, before a Slack workspace double."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.running import PASSED_ON, WITHIN, free_port
from tests.slack_double.double import Double
from tests.slack_double.user import User
from tests.slack_double.workspace import APP_TOKEN, BOT_USER, SECRET, TOKEN
from tests.stories.cast import CAST, SCHOOL

OFFICE = "C0OFFICE"
QUICK = """
[policy]
check_in.every = "5s"
check_in.reply_within = "3s"
check_in.not_within = "1s"
alarm.unreached_after = "20s"
alarm.prompt_after_stand_down = "60s"
[[policy.ladder]]
after = "0s"
tell = ["visitors", "contact", "office"]
[[policy.ladder]]
after = "3s"
tell = ["senior_leader"]
"""
NAMES = {
    "ana": "Ana Teach",
    "sam": "Sam Assist",
    "priya": "Priya Shah",
    "okoro": "Ada Okoro",
    "lee": "Dan Lee",
    "olu": "Olu Desk",
    "bo": "Bo Buddy",
    "tom": "Tom Outside",
}


def slack_id(person: str) -> str:
    return f"U0{person.upper()}"


def slack_school(policy: str = "slps", extra: str = QUICK) -> str:
    """The stories' school, everybody on Slack; Tom by his e-mail address."""
    people = {person: f'slack = "{slack_id(person)}"' for person in CAST}
    people["tom"] = 'email = "tom@school.example"'
    whole = SCHOOL.format(policy=policy, office=f'slack = "{OFFICE}"', **people)
    return whole.replace('mon-fri = "08:00-18:00"', 'mon-sun = "00:00-23:59"') + extra


def peopled(double: Double) -> None:
    """Everybody has an account; the office and the leaders are in the office channel."""
    for person, name in NAMES.items():
        double.workspace.person(slack_id(person), name, f"{person}@school.example")
    members = {BOT_USER, *map(slack_id, ("olu", "priya", "okoro", "lee"))}
    double.workspace.channel(OFFICE, "office", members)


class Process:
    """Starts, stops and kills exactly one process, by its id."""

    def __init__(self, folder: Path, settings: Mapping[str, str], school: str) -> None:
        self.folder, self.port = folder, free_port()
        self.said = folder / "said.txt"
        self.settings = {
            "DOORSTEP_KEY": "a-key-for-tests-that-is-long-enough-000000",
            "PORT": str(self.port),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "school.toml").write_text(school)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self, more: Mapping[str, str] | None = None) -> None:
        """Return once it has printed that connections are taken."""
        before = self.said.stat().st_size if self.said.exists() else 0
        process = self._launch(more or {})
        async with asyncio.timeout(WITHIN):
            while "Doorstep serves" not in self.said.read_text()[before:]:
                assert process.poll() is None, self.said.read_text()
                await asyncio.sleep(0.05)

    def _launch(self, more: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        assert self._process is None
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with self.said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "adapters.main", "run"],
                cwd=self.folder,
                env={**plain, **self.settings, **more},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        return self._process

    async def command(self, *argv: str, status: int = 0) -> str:
        """Another command of ``doorstep``, with the same settings; give what it prints."""
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "adapters.main",
            *argv,
            cwd=self.folder,
            env={**plain, **self.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = await asyncio.wait_for(process.communicate(), WITHIN)
        assert process.returncode == status, said.decode()
        return said.decode()

    def kill(self) -> None:
        """``kill -9``."""
        assert self._end(signal.SIGKILL) == -signal.SIGKILL

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def end(self) -> None:
        """Whatever became of the test, the process is gone."""
        if self._process is not None:
            self._end(signal.SIGKILL)

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


class Serving(Process):
    """Before a workspace double."""

    def __init__(self, folder: Path, double: Double, *, socket: bool) -> None:
        secrets = {"SLACK_APP_TOKEN": APP_TOKEN} if socket else {"SLACK_SIGNING_SECRET": SECRET}
        settings = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_API_URL": double.api_url, **secrets}
        super().__init__(folder, settings, slack_school())
        self.double = double
        if not socket:
            double.delivery.target = f"{self.address}/slack/events"

    def user(self, person: str) -> User:
        return self.double.user(slack_id(person))
