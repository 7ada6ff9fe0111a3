"""What runs while ``doorstep run`` runs: the engine, its metronome, the channels and one server."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from aiohttp import web

from adapters.environment import Environment
from adapters.health import Health
from adapters.heartbeat import Heartbeat
from adapters.metronome import Metronome
from adapters.plug import Plug, Wiring
from bot.engine.engine import Engine
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound, Store
from bot.settings import Settings

log = logging.getLogger(__name__)


class RealClock:
    """The computer's own."""

    def now(self) -> datetime:
        """Give the moment, aware, UTC."""
        return datetime.now(UTC)


class Service:
    """``start`` before the server does, ``stop`` at the end, whatever became of the start."""

    def __init__(
        self, env: Environment, store: Store, settings: Settings, plugs: Mapping[str, Plug]
    ) -> None:
        self._store, self._clock = store, RealClock()
        self._plugged = {name: plug(self._wiring(env, name)) for name, plug in plugs.items()}
        setup = Setup(settings.school, settings.policy, tuple(self._plugged))
        channels = {name: plugged.channel for name, plugged in self._plugged.items()}
        self._engine = Engine(store, channels, setup, self._clock)
        self._sqlite = env.database_url.startswith("sqlite")
        self._health = Health(lambda: store, self._clock)
        self._heartbeat = Heartbeat(env.heartbeat_url) if env.heartbeat_url else None
        self._metronome = Metronome(self._engine, self._clock, self._after_sweep)
        self.app = web.Application()
        self._health.add_to(self.app)
        for plugged in self._plugged.values():
            plugged.add_to(self.app)

    async def start(self) -> None:
        """Begin; what fell due meanwhile is seen to at once.

        On SQLite this is the only process, so that whatever is leased was left behind.
        """
        if self._sqlite:
            await self._store.transact(lambda uow: uow.outbox.free_leases())
        for plugged in self._plugged.values():
            await plugged.start()
        setup = self._engine.setup
        for plugged in self._plugged.values():
            setup = Setup(await plugged.known(setup.school), setup.policy, setup.channels)
        await self._engine.adopt(setup)
        await self._metronome.start()

    async def stop(self) -> None:
        """Take nothing more in, and finish what is in hand."""
        for plugged in self._plugged.values():
            await plugged.stop()
        await self._metronome.stop()
        if self._heartbeat:
            await self._heartbeat.close()
        await self._store.close()

    def _wiring(self, env: Environment, name: str) -> Wiring:
        def problem(sentence: str) -> None:
            log.warning("%s: %s", name, sentence or "all is well again")

        return Wiring(env, self._clock, self._handle, lambda: self._engine.setup, problem, _nothing)

    async def _handle(self, inbound: Inbound) -> Answer:
        return await self._engine.handle(inbound)

    async def _after_sweep(self) -> None:
        """Only where nothing is behind: a call says that somebody is watching."""
        if self._heartbeat and not await self._health.behind():
            await self._heartbeat.beat()


def _nothing() -> None:
    """To come with settings that are read again."""
