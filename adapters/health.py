"""``/healthz``, ``/readyz`` and ``/metrics``: the watcher is watched. No personal data on any."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from adapters.plug import REGISTRY
from bot.ports import Clock, Store, UnitOfWork

BEHIND = timedelta(seconds=60)
ANSWERS_WITHIN = 3.0
"""Seconds that the database may take: whoever asks whether all is well doesn't wait for long."""


class Health:
    """Says whether the engine and the database keep up, and what of the settings is to mend.

    What is to mend is no reason to be taken out of service: presses would get lost, and it is the
    right process that has them. ``deaf`` are such reasons, in words: nobody can be heard. Another
    is a visit whose waking fails, and that has been due for so long (``unwoken``).
    """

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Clock,
        to_mend: Callable[[], Sequence[str]] = tuple,
        deaf: Callable[[], Iterable[str]] = tuple,
        unwoken: Callable[[], timedelta] = timedelta,
    ) -> None:
        self._store, self._clock = store, clock
        self._to_mend, self._deaf, self._unwoken = to_mend, deaf, unwoken
        self._registry = CollectorRegistry()
        self._wake_age = Gauge(
            "doorstep_oldest_due_wake_seconds",
            "How long the visit that waits longest has been due.",
            registry=self._registry,
        )
        self._urgent_age = Gauge(
            "doorstep_oldest_urgent_message_seconds",
            "How long the urgent message that waits longest has been due.",
            registry=self._registry,
        )
        self._mend = Gauge(
            "doorstep_settings_to_mend",
            "How many things of the settings are to be mended.",
            registry=self._registry,
        )

    async def behind(self) -> list[str]:
        """Give what is behind, in words; empty when all is well."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                wake, urgent = await self._store().transact(self._look)
        except Exception:  # noqa: BLE001 - whatever it is, it means "not ready"
            return ["the database does not answer"]
        wake = max(wake, self._unwoken())
        self._wake_age.set(wake.total_seconds())
        self._urgent_age.set(urgent.total_seconds())
        late = []
        if wake > BEHIND:
            late.append(f"a visit has been due for {wake.total_seconds():.0f} s")
        if urgent > BEHIND:
            late.append(f"an urgent message has waited for {urgent.total_seconds():.0f} s")
        return [*late, *self._deaf()]

    def _look(self, uow: UnitOfWork) -> tuple[timedelta, timedelta]:
        now = self._clock.now()
        wake, urgent = uow.visits.next_wake(), uow.outbox.oldest_urgent()
        zero = timedelta()
        return (
            max(now - wake, zero) if wake else zero,
            max(now - urgent, zero) if urgent else zero,
        )

    def add_to(self, app: web.Application) -> None:
        """Mount the three addresses; channels find the registry of figures in the application."""
        app[REGISTRY] = self._registry
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _: web.Request) -> web.Response:
        late = await self.behind()
        said = {"ready": not late, "behind": late, "to_mend": [*self._to_mend()]}
        return web.json_response(said, status=503 if late else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        await self.behind()
        self._mend.set(len(self._to_mend()))
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
