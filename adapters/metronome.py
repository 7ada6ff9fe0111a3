"""When to look: APScheduler is the metronome, never the memory.

What is due stands in the database alone. An in-memory job rings for the earliest moment, a steady
sweep rings anyway, and every change rings at once. Waking and sending run side by side, so that a
channel that hangs delays no alarm.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.engine.engine import Engine
from bot.engine.faults import where
from bot.ports import Clock

log = logging.getLogger(__name__)
SWEEP = timedelta(seconds=10)
FAR = timedelta(days=1)
TIDY = timedelta(hours=1)
SENDERS = 8
SPARE = 4
"""Senders that are kept for what is urgent, while routine sends hang in all the others."""
AFTER_A_FAULT = 1.0
FINISH_WITHIN = 5.0
"""Seconds that messages in the middle of being sent get when Doorstep is stopped."""


class Metronome:
    """Calls the engine until it is stopped; ``after_sweep`` after each sweep that finished."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        after_sweep: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._engine, self._clock, self._after_sweep = engine, clock, after_sweep
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._wakes, self._sends = asyncio.Event(), asyncio.Event()
        self._running = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._swept = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._owed = False

    async def start(self) -> None:
        """Begin; what fell due meanwhile is seen to at once."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._engine.on_change = self.ring
        self._running.set()
        self._at_rest.set()
        self._scheduler.add_job(self._sweep, "interval", seconds=SWEEP.total_seconds())
        self._scheduler.add_job(
            self._tidy, "interval", seconds=TIDY.total_seconds(), next_run_time=datetime.now(UTC)
        )
        self._scheduler.start()
        self._tasks = [asyncio.create_task(self._wake()), asyncio.create_task(self._send())]
        self.ring()

    async def stop(self) -> None:
        """Finish what is in hand and stop; also where it never started."""
        self._engine.on_change = lambda: None
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        if self._sending:
            await asyncio.wait(self._sending, timeout=FINISH_WITHIN)
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._sending, return_exceptions=True)

    def ring(self) -> None:
        """There may be something to do."""
        self._wakes.set()
        self._sends.set()

    async def _ring_now(self) -> None:
        """A coroutine, so that it runs in the loop: an event set from a thread may wake nobody."""
        self.ring()

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Hold still, for somebody who moves the clock and calls the engine themselves."""
        self._running.clear()
        await self._at_rest.wait()
        await asyncio.gather(*self._sending, return_exceptions=True)
        try:
            yield
        finally:
            self._running.set()
            self.ring()

    async def _sweep(self) -> None:
        """Ring; what follows a sweep follows only once nothing is due that wasn't woken."""
        self._swept.clear()
        self.ring()
        if self._after_sweep and self._running.is_set():
            try:
                async with asyncio.timeout(SWEEP.total_seconds() - 1):
                    await self._swept.wait()
                    await self._after_sweep()
            except Exception as problem:  # noqa: BLE001 - the next sweep tries again
                log.error("after the sweep: %s", where(problem))  # noqa: TRY400

    async def _tidy(self) -> None:
        try:
            await self._engine.tidy()
        except Exception as problem:  # noqa: BLE001 - the next hour tries again
            log.error("tidying up broke: %s", where(problem))  # noqa: TRY400

    async def _wake(self) -> None:
        while True:
            await self._wakes.wait()
            await self._running.wait()
            self._wakes.clear()
            self._at_rest.clear()
            try:
                while await self._engine.wake_due() and self._running.is_set():
                    pass
                self._ring_at(await self._engine.next_moment())
                self._swept.set()
            except Exception as problem:  # noqa: BLE001 - a broken sweep must not end the watch
                log.error("a sweep broke, the next follows: %s", where(problem))  # noqa: TRY400
                await asyncio.sleep(AFTER_A_FAULT)
                self._wakes.set()
            finally:
                self._at_rest.set()

    def _ring_at(self, moment: datetime | None) -> None:
        """One job for the earliest moment; the clock may not be the real one."""
        length = min(moment - self._clock.now(), FAR) if moment else FAR
        self._scheduler.add_job(
            self._ring_now,
            "date",
            id="next",
            run_date=datetime.now(UTC) + max(length, timedelta()),
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def _send(self) -> None:
        while True:
            await self._sends.wait()
            await self._running.wait()
            self._sends.clear()
            busy = len(self._sending)
            if busy < SENDERS + SPARE:
                self._owed = busy >= SENDERS
                task = asyncio.create_task(self._send_batch(urgent=self._owed))
                self._sending.add(task)
                task.add_done_callback(self._sender_is_free)
            else:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
                self._sends.set()

    def _sender_is_free(self, task: asyncio.Task[None]) -> None:
        """Whatever was passed over while all were busy is looked at now."""
        self._sending.discard(task)
        if self._owed and len(self._sending) < SENDERS:
            self._sends.set()

    async def _send_batch(self, *, urgent: bool) -> None:
        try:
            if await self._engine.deliver_due(urgent=urgent):
                self.ring()
        except Exception as problem:  # noqa: BLE001 - the sweep rings again
            log.error("a batch broke, its leases will run out: %s", where(problem))  # noqa: TRY400
            await asyncio.sleep(AFTER_A_FAULT)
            self._sends.set()
