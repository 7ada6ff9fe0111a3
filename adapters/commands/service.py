"""What runs while ``doorstep run`` runs: the engine, its metronome, the channels, the watcher of
the school file, and one server.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web

from adapters.commands.clock import RealClock
from adapters.commands.opening import Opening, judged_on
from adapters.commands.outcome import Mend
from adapters.health import Health
from adapters.heartbeat import Heartbeat
from adapters.metronome import Metronome
from adapters.plug import ChannelOff, Wiring
from adapters.school_file import Watcher
from bot.domain.school import School
from bot.engine.engine import Engine
from bot.engine.faults import where
from bot.engine.renewal import Problem, Renewal
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound
from bot.settings import Files, judge
from storage.engine import sqlite_file
from storage.migrate import expire_backups

log = logging.getLogger(__name__)
KNOWN_WITHIN = 15.0
"""Seconds that a channel may take to look people up, before settings go on without it."""

COPIES_KEPT = timedelta(days=30)
COPIES_EVERY = 3600.0
SAYS_EVERY = 300.0
"""Seconds between two lines of the log about one thing that is to mend."""


class Service:
    """``start`` before the server does, ``stop`` at the end, whatever became of the start."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._store, self._clock = opening.store, RealClock()
        self._plugged = {name: plug(self._wiring(name)) for name, plug in opening.plugs.items()}
        settings = opening.settings
        names = tuple(self._plugged)
        setup = Setup(settings.school, settings.policy, names, can_seal=opening.can_seal)
        channels = {name: plugged.channel for name, plugged in self._plugged.items()}
        self._engine = Engine(self._store, channels, setup, self._clock)
        self._renewal = Renewal(
            self._engine, self._store, self._clock, opening.problems, self._complete
        )
        self._health = Health(
            lambda: self._store,
            self._clock,
            lambda: self._renewal.briefs,
            self._deaf,
            self._engine.unwoken,
        )
        url = opening.env.heartbeat_url
        self._heartbeat = Heartbeat(url) if url else None
        self._metronome = Metronome(self._engine, self._clock, self._after_sweep)
        self._watcher = Watcher(opening.env.config, opening.files, self._take)
        self._tasks: set[asyncio.Task[None]] = set()
        self._listens, self._deaf_on = False, set[str]()
        self.app = web.Application()
        self.app.on_shutdown.append(self._hears_no_more)
        self._health.add_to(self.app)
        for plugged in self._plugged.values():
            plugged.add_to(self.app)

    @property
    def school(self) -> str:
        """The name of the school that is served."""
        return self._opening.settings.school.name

    async def start(self) -> None:
        """Begin; what fell due meanwhile is seen to at once."""
        await self._store.transact(lambda uow: uow.outbox.free_leases())
        for name, plugged in self._plugged.items():
            try:
                await plugged.start()
            except ChannelOff as off:
                if not self._opening.anybody_out:
                    raise Mend(str(off)) from None
                setup = self._engine.setup
                on = tuple(each for each in setup.channels if each != name)
                self._engine.setup = replace(setup, channels=on)
                self._renewal.begin_with(name, Problem(str(off), (str(off),)))
        await self._renewal.take(self._opening.judged)
        self._listens = True
        await self._say_that_it_listens(begins=True)
        await self._metronome.start()
        self._begin(self._watcher.run())
        self._begin(self._say_what_is_to_mend())
        self._begin(self._expire_copies())

    async def stop(self) -> None:
        """Finish what is being sent while the channels can still send, then take nothing more in.
        What is pressed in between is kept, and shown at the next start.
        """
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._metronome.stop()
        for plugged in self._plugged.values():
            await plugged.stop()
        if self._heartbeat:
            await self._heartbeat.close()
        await self._store.close()

    def _wiring(self, name: str) -> Wiring:
        def problem(sentence: str, /, *, unheard: bool = False) -> None:
            trouble = _trouble(sentence, unheard=unheard) if sentence else None
            self._begin(self._renewal.mend(name, trouble))

        def learnt() -> None:
            self._begin(self._renewal.learnt())

        env, clock, store = self._opening.env, self._clock, self._store
        return Wiring(env, clock, store, self._handle, lambda: self._engine.setup, problem, learnt)

    async def _handle(self, inbound: Inbound) -> Answer:
        return await self._engine.handle(inbound)

    async def _take(self, files: Files) -> None:
        on, school = judged_on(self._opening.channels), self._engine.setup.school.id
        await self._renewal.take(judge(files, channels=on, known=school))

    async def _complete(self, school: School) -> School:
        """What a channel can't look up now is looked up when it says ``learnt``."""
        for name in self._engine.setup.channels:
            try:
                async with asyncio.timeout(KNOWN_WITHIN):
                    school = await self._plugged[name].known(school)
            except Exception as problem:  # noqa: BLE001 - the others are known all the same
                log.error("%s looks nobody up: %s", name, where(problem))  # noqa: TRY400
        return school

    def _deaf(self) -> Iterator[str]:
        if not self._engine.setup.channels:
            yield "no channel works"
        for name in self._renewal.unheard:
            yield f"nobody can be heard on {name}"

    async def _say_what_is_to_mend(self) -> None:
        """Whoever reads the log sees it at the start, and again for as long as it is so (S15)."""
        while True:
            for brief in self._renewal.briefs:
                log.warning("to mend: %s", brief)
            for sentence in self._deaf():
                log.error(sentence)
            await asyncio.sleep(SAYS_EVERY)

    @property
    def _lost_after(self) -> dict[str, timedelta]:
        """Of the channels that are on."""
        on = self._engine.setup.channels
        return {name: each.lost_after for name, each in self._plugged.items() if name in on}

    async def _hears_no_more(self, _: web.Application) -> None:
        """The server takes nothing more: up to now people were heard."""
        await self._say_that_it_listens()
        self._listens = False

    async def _say_that_it_listens(self, *, begins: bool = False) -> None:
        """Not while a channel hears nobody; once it does, that is a beginning as well."""
        self._deaf_on.update(self._renewal.unheard)
        if not self._listens or self._renewal.unheard:
            return
        again, self._deaf_on = self._deaf_on, set()
        lost_after = {on: t for on, t in self._lost_after.items() if not again or on in again}
        try:
            await self._engine.listens(lost_after, begins=begins or bool(again))
        except Exception as problem:  # noqa: BLE001 - the next sweep says it
            log.error("that people are heard could not be kept: %s", where(problem))  # noqa: TRY400

    async def _expire_copies(self) -> None:
        """Those made before an upgrade hold what has been erased since (P8)."""
        file = sqlite_file(self._opening.env.database_url)
        while file:
            before = self._clock.now() - COPIES_KEPT
            for copy in await asyncio.to_thread(expire_backups, file.parent, before):
                log.info("a copy of before an upgrade was deleted: %s", copy.name)
            await asyncio.sleep(COPIES_EVERY)

    async def _after_sweep(self) -> None:
        """Only where nothing is behind: a call says that somebody is watching."""
        await self._say_that_it_listens()
        if self._heartbeat and not await self._health.behind():
            await self._heartbeat.beat()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Beside everything else; what breaks is logged."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as problem:  # noqa: BLE001 - nobody waits for it
        log.error("settings could not be looked after: %s", where(problem))  # noqa: TRY400


def _trouble(sentence: str, *, unheard: bool) -> Problem:
    brief = "nobody can be heard there" if unheard else "it can't be used as it is"
    return Problem(brief, (sentence,), unheard=unheard)
