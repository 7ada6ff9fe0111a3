"""A school on Teams with many people out, each with the card of their visit before them; Doorstep
and a bare bot, each a process of its own, before the same tenant and the same signing keys.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from adapters.teams.places import Place, to_contact
from bot.domain.shows import post
from bot.domain.visit import Out
from bot.engine.routes import parcels
from bot.engine.setup import Setup
from bot.ports import UnitOfWork
from bot.settings import read_school, shipped
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.bench.bare_teams import READY
from tests.bench.seeding import RealClock, Seed, keep, out_visit
from tests.e2e.running import PASSED_ON, WITHIN, free_port
from tests.e2e.serving import Process
from tests.e2e.teams_serving import OFFICE, peopled, teams_school
from tests.teams_double import reading
from tests.teams_double.double import Double, teams
from tests.teams_double.issuer import TENANT
from tests.teams_double.tenant import BOT, Json

ROOT = Path(__file__).parents[2]
BUTTON = "I'm OK"
QUIET = 0.7
"""Seconds."""
Press = tuple[str, dict[str, str]]
"""Body and headers."""
PERSON = """
[[people]]
id = "{id}"
name = "Visitor {id}"
roles = ["staff"]
phone = "+44 7700 900001"
teams = "29:{id}"
"""


class Bare:
    """The bare bot's process."""

    def __init__(self, double: Double) -> None:
        self._env = double.issuer.environment
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def target(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/messages"

    async def start(self, said: Path) -> None:
        plain = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with said.open("wb") as out:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs yet
                [sys.executable, "-m", "tests.bench.bare_teams", str(self.port)],
                cwd=ROOT,
                env={**plain, **self._env},
                stdout=out,
                stderr=out,
            )
        async with asyncio.timeout(WITHIN):
            while READY not in (told := said.read_text()):  # noqa: ASYNC240 - a few bytes
                assert self._process.poll() is None, told
                await asyncio.sleep(0.05)

    def end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(WITHIN)


@dataclass(slots=True)
class AtWork:
    """Everything in place, and quiet."""

    double: Double
    ours: Process
    bare: Bare
    people: Sequence[str]
    database: str

    @property
    def both(self) -> tuple[str, str]:
        """Where the bare bot listens, and where Doorstep does."""
        return self.bare.target, f"{self.ours.address}/api/messages"

    def press(self, person: str) -> Press:
        """A press on the card before this person, as Teams hands it over."""
        user = self.double.user(person)
        (message,) = [m for m in user.messages() if BUTTON in reading.words(m.card)][-1:]
        (button,) = [b for b in reading.buttons(message.card) if b["title"] == BUTTON]
        action = {name: button[name] for name in ("type", "title", "verb", "data")}
        said: Json = {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "replyToId": message.id,
            "value": {"action": action, "trigger": "manual"},
        }
        body = user.activity(user.chat, said)
        token = self.double.issuer.token(body["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return json.dumps(body), headers

    async def quiet(self) -> None:
        """Return once nothing has been sent for a while: what follows is measured alone."""
        calls, before = self.double.connector.calls, -1
        while before != len(calls):
            before = len(calls)
            await asyncio.sleep(QUIET)

    async def check_ins(self) -> int:
        """How many stand in the audit, after Doorstep was killed."""
        self.ours.kill()
        store = open_store(self.database, Keyring(self.ours.settings["DOORSTEP_KEY"]))

        def count(uow: UnitOfWork) -> int:
            entries = (
                uow.audit.entries("st-example", f"visit-{n}") for n in range(len(self.people))
            )
            return sum(entry.kind == "CheckedIn" for chain in entries for entry in chain)

        try:
            return await store.transact(count)
        finally:
            await store.close()


@asynccontextmanager
async def at_work(folder: Path, many: int) -> AsyncIterator[AtWork]:
    people = [f"v{number}" for number in range(many)]
    async with teams() as double:
        double.connector.counts_rates = False
        peopled(double)
        for person in people:
            double.tenant.person(person)
            double.tenant.installed_for.add(f"29:{person}")
            double.tenant.chat(f"29:{person}").bot = True
        text = teams_school(extra="".join(PERSON.format(id=person) for person in people))
        ours, bare = Process(folder, double.issuer.environment, text), Bare(double)
        database = f"sqlite:///{folder / 'var' / 'doorstep.db'}"
        await _fill(database, ours.settings["DOORSTEP_KEY"], text, people, double)
        there = AtWork(double, ours, bare, people, database)
        try:
            await bare.start(folder / "bare.txt")
            await ours.start()
            for person in people:
                await double.user(person).sees_button(BUTTON)
            await there.quiet()
            yield there
        finally:
            bare.end()
            ours.end()


async def _fill(database: str, key: str, text: str, people: Sequence[str], double: Double) -> None:
    """Everybody out for hours, nothing due; where to write to each is known."""
    upgrade(database)
    settings = read_school(text, policies=shipped)
    setup = Setup(settings.school, settings.policy, ("teams",))
    store, now = open_store(database, Keyring(key)), RealClock().now()
    seeds = [_out(setup, number, person) for number, person in enumerate(people)]
    await keep(store, seeds)
    url = double.service_url
    places = [Place(OFFICE, OFFICE, url, TENANT, BOT, team="19:team@thread.tacv2")]
    for person in people:
        room = double.tenant.chat(f"29:{person}")
        places.append(Place(f"29:{person}", room.id, url, TENANT, BOT, f"0000-{person}"))

    def teach(uow: UnitOfWork) -> None:
        for place in places:
            uow.contacts.keep(setup.school.id, to_contact(place), now)
        for visit, _ in seeds:
            uow.outbox.put(parcels(uow, visit, [post(visit.lead, "out")], setup, now))

    await store.transact(teach)
    await store.close()


def _out(setup: Setup, number: int, person: str) -> Seed:
    now = RealClock().now()
    visit, due = out_visit(setup, number, now, now + timedelta(hours=12), lead=person)
    assert isinstance(visit.phase, Out)
    watch = visit.phase.watch
    (alone,) = watch.visitors
    there = replace(alone, addresses={"teams": f"29:{person}"})
    return replace(visit, phase=Out(replace(watch, visitors=(there,)))), due
