"""The metronome keeps senders for what is urgent, and misses nothing that was passed over."""

import asyncio
from datetime import timedelta
from typing import cast

import pytest

from adapters.metronome import SENDERS, Metronome
from bot.engine.engine import Engine
from tests.stories.world import START, HeldClock
from tests.waiting import until


class Hanging:
    """An engine whose routine sends hang until they are let go."""

    def __init__(self) -> None:
        self.routine, self.urgent, self.hanging = 0, 0, 0
        self.let_go = asyncio.Event()
        self.on_change = lambda: None

    async def deliver_due(self, *, urgent: bool = False) -> int:
        if self.urgent:
            self.urgent -= 1
            return 1
        if self.routine and not urgent:
            self.routine -= 1
            self.hanging += 1
            await self.let_go.wait()
            self.hanging -= 1
            return 1
        return 0

    async def hangs(self, many: int) -> None:
        await until(lambda: self.hanging == many)

    async def wake_due(self) -> int:
        return 0

    async def next_moment(self) -> None:
        return None


async def test_S8_what_is_urgent_goes_while_every_routine_send_hangs() -> None:
    engine = Hanging()
    metronome = Metronome(cast("Engine", engine), HeldClock(START))
    await metronome.start()
    try:
        engine.routine = SENDERS + 2
        for begun in (*range(1, SENDERS + 1), SENDERS, SENDERS):
            metronome.ring()
            await engine.hangs(begun)
        assert engine.hanging == SENDERS
        engine.urgent = 1
        metronome.ring()
        await until(lambda: engine.urgent == 0)
        assert engine.hanging == SENDERS
        engine.let_go.set()
        await until(lambda: engine.routine == 0)
    finally:
        engine.let_go.set()
        await metronome.stop()


class Waking:
    """An engine whose waking can break."""

    def __init__(self) -> None:
        self.broken = False
        self.on_change = lambda: None

    async def wake_due(self) -> int:
        if self.broken:
            raise ConnectionError
        return 0

    async def deliver_due(self, *, urgent: bool = False) -> int:
        return 0

    async def next_moment(self) -> None:
        return None


async def test_S8_what_follows_a_sweep_follows_only_one_that_finished(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The heartbeat says that somebody is watching: it must not, while every waking breaks."""
    monkeypatch.setattr("adapters.metronome.SWEEP", timedelta(seconds=1.05))
    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)

    engine = Waking()
    metronome = Metronome(cast("Engine", engine), HeldClock(START), beat)
    await metronome.start()
    try:
        await metronome._sweep()
        assert len(beats) == 1
        engine.broken = True
        await metronome._sweep()
        assert len(beats) == 1
        assert "after the sweep: TimeoutError" in caplog.text
    finally:
        await metronome.stop()
