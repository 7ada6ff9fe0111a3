"""Microsoft 365 Agents Playground: Teams as one person sees it, in a browser.

One instance is one person's; it knows five others, a group chat and a team of two channels. It
can't check tokens, and so Doorstep runs with ``DOORSTEP_TEAMS_AUTH=off``.
"""

import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.e2e.running import PASSED_ON, WITHIN, free_port
from tests.e2e.teams_serving import OFFICE
from tests.npm import installed

HERE = Path(__file__).parent
NAMES = {
    "ana": "Ana Teach",
    "lee": "Dan Lee",
    "olu": "Olu Desk",
    "priya": "Priya Shah",
    "okoro": "Ada Okoro",
    "bo": "Bo Buddy",
    "sam": "Sam Assist",
}
TENANT = "00000000-0000-4000-8000-000000000001"


def _user(person: str) -> list[str]:
    given, _, last = NAMES[person].partition(" ")
    return [
        f"id: 29:{person}",
        f"name: {NAMES[person]}",
        f"userPrincipleName: {person}@school.example",
        f"aadObjectId: 0000-{person}",
        f"givenName: {given}",
        f"surname: {last}",
        f"email: {person}@school.example",
    ]


def settings(person: str) -> str:
    """What it reads: who sits there, and who else there is."""
    others = [each for each in NAMES if each != person][:5]
    lines = ['version: "0.1.1"', f"tenantId: {TENANT}"]
    lines += ["bot:", "  id: 28:doorstep", "  name: Doorstep", "currentUser:"]
    lines += [f"  {line}" for line in _user(person)]
    lines.append("users:")
    for each in others:
        first, *rest = _user(each)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    lines += [f"personalChat:\n  id: a:{person}", "groupChat:\n  id: 19:group@thread.v2"]
    lines += ["  name: Group", "team:\n  id: 19:team@thread.tacv2\n  name: The school"]
    lines += ["  aadGroupId: 00000000-0000-4000-8000-000000000031"]
    lines += [f"  channels:\n    - id: {OFFICE}\n      name: Office"]
    return "\n".join(lines) + "\n"


class Playground:
    """Starts and ends exactly one process."""

    def __init__(self, folder: Path, person: str, bot: str) -> None:
        self.modules = installed(HERE)
        self.person, self.port = person, free_port()
        folder.mkdir()
        (folder / ".m365agentsplayground.yml").write_text(settings(person))
        self.said = folder / "said.txt"
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        given = {
            "TEAMSAPPTESTER_BROWSER": "none",
            "NODE_OPTIONS": f"--require {HERE / 'loopback.js'}",
        }
        options = ["-e", f"{bot}/api/messages", "-c", "msteams", "-p", str(self.port)]
        options += ["--su", f"{self.address}/_connector", "--disable-telemetry"]
        cli = self.modules / "@microsoft" / "m365agentsplayground" / "cli.js"
        with self.said.open("wb") as said:
            self._process = subprocess.Popen(
                ["node", cli, "start", *options],
                cwd=folder,
                env={**plain, **given},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> None:
        """Return once it answers."""
        until = time.monotonic() + WITHIN
        while True:
            assert self._process.poll() is None, self.said.read_text()
            try:
                urllib.request.urlopen(f"{self.address}/_debug/ping", timeout=1).close()
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < until, self.said.read_text()
                time.sleep(0.1)
            else:
                return

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
