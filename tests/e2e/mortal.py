"""A process of the real wiring that kills itself at a named failpoint: SQLite file, engine and
metronome, and a channel that posts to the test's sink. Only the clock is held.

Deeds come as lines of JSON on standard input; each is answered by a line. The moment of the clock
is kept in a file, so that the next process goes on from it.
"""

import asyncio
import json
import os
import signal
import sys
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.metronome import Metronome
from bot.cards.model import Card
from bot.engine.engine import Engine
from bot.ports import Inbound, Press, Say, Submit
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.stories.cast import school_text
from tests.stories.failpoints import Fate, MortalStore
from tests.stories.world import read_setup

KEY = "a-key-for-the-kills-of-at-least-32-characters"


@dataclass(slots=True)
class Doom(Fate):
    """``kill -9`` at the ``at``-th point of this name."""

    name: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def point(self, name: str) -> None:
        self.seen[name] += 1
        if name == self.name and self.seen[name] == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class KeptClock:
    """Stands still until it is set, also over a restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._now = datetime.fromisoformat(path.read_text())

    def now(self) -> datetime:
        return self._now

    def set_to(self, moment: datetime) -> None:
        self._now = moment
        self._path.write_text(moment.isoformat())


class OverHttp:
    """See ``bot.ports.Channel``."""

    name = "web"

    def __init__(self, sink: str, fate: Fate, clock: KeptClock) -> None:
        self._sink, self._fate, self._clock = sink, fate, clock

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        self._fate.point("before a send")
        message = {**_shown(card), "address": address, "urgent": urgent, "key": key}
        message["at"] = f"{self._clock.now():%H:%M:%S}"
        answer = await asyncio.to_thread(self._request, message)
        self._fate.point("after a send")
        return str(answer["reference"])

    async def edit(self, address: str, reference: str, card: Card) -> None:
        del address
        self._fate.point("before an edit")
        await asyncio.to_thread(self._request, {**_shown(card), "reference": int(reference)})
        self._fate.point("after an edit")

    def _request(self, what: dict[str, Any]) -> dict[str, Any]:
        with urllib.request.urlopen(self._sink, json.dumps(what).encode(), timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found


def _shown(card: Card) -> dict[str, Any]:
    buttons = [
        {"label": b.label, "action": b.action, "visit": b.visit, "args": dict(b.args)}
        for b in card.buttons
    ]
    return {"title": card.title, "buttons": buttons, "pinned": card.pinned}


async def live(folder: Path, sink: str, doom: Doom) -> None:
    """Start as ``doorstep run`` does, and do what is asked until there is no more."""
    url = f"sqlite:///{folder / 'doorstep.db'}"
    upgrade(url)
    clock = KeptClock(folder / "clock")
    store = MortalStore(open_store(url, Keyring(KEY)), doom, {})
    await store.transact(lambda uow: uow.outbox.free_leases())
    channel = OverHttp(sink, doom, clock)
    engine = Engine(store, {"web": channel}, read_setup(school_text()), clock)
    metronome = Metronome(engine, clock)
    await metronome.start()
    await _quiet(engine, clock, metronome)
    print(json.dumps({"ready": True}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        answer: dict[str, Any] = {}
        if "until" in asked:
            await _until(datetime.fromisoformat(asked["until"]), engine, clock, metronome)
        elif "verify" in asked:
            broken = await store.transact(lambda uow: uow.audit.broken())
            answer = {"broken": broken, "live": len(await _live(store))}
        else:
            shown = await engine.handle(_inbound(asked))
            if shown.form:
                form = shown.form
                answer = {
                    "form": form.name,
                    "values": dict(form.values),
                    "visit": form.visit,
                    "args": dict(form.args),
                }
            await _quiet(engine, clock, metronome)
        print(json.dumps(answer), flush=True)
    await metronome.stop()
    await store.close()


async def _live(store: MortalStore) -> list[Any]:
    return await store.transact(lambda uow: list(uow.visits.waiting("st-example")))


async def _quiet(engine: Engine, clock: KeptClock, metronome: Metronome) -> datetime | None:
    """The metronome has done whatever is due, and has nothing in hand. Give the next moment."""
    while True:
        async with metronome.paused():
            following = await engine.next_moment()
        if following is None or following > clock.now():
            return following
        await asyncio.sleep(0.005)


async def _until(end: datetime, engine: Engine, clock: KeptClock, metronome: Metronome) -> None:
    while (following := await _quiet(engine, clock, metronome)) and following <= end:
        clock.set_to(following)
        metronome.ring()
    clock.set_to(end)


def _inbound(asked: dict[str, Any]) -> Inbound:
    act: Say | Press | Submit
    if "text" in asked:
        act = Say(asked["text"])
    elif "form" in asked:
        act = Submit(asked["form"], asked["values"], asked["visit"], args=asked["args"])
    else:
        act = Press(asked["action"], asked["visit"], args=asked["args"])
    return Inbound("web", asked["delivery"], asked["who"], act)


if __name__ == "__main__":
    where, to, point, nth = sys.argv[1:5]
    asyncio.run(live(Path(where), to, Doom(int(nth), name=point)))
