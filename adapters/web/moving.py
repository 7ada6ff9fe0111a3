"""Moving the ground under everything: skipping the clock and starting afresh, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from adapters.web.clock import DemoClock
from adapters.web.hub import Hub


class Moving:
    """Whoever moves waits until the one before has finished, and every open page is told."""

    def __init__(
        self,
        advance: Callable[[timedelta | None], Awaitable[str]],
        reset: Callable[[], Awaitable[None]],
        clock: DemoClock,
        hub: Hub,
    ) -> None:
        self._advance, self._reset, self._clock, self._hub = advance, reset, clock, hub
        self._lock = asyncio.Lock()

    async def advance(self, length: timedelta | None) -> str:
        """Let time pass, with None until something happens; give the sentence that says so."""
        async with self._lock:
            said = await self._advance(length)
        self.tell()
        return said

    async def afresh(self) -> None:
        """Wipe the demo's own data."""
        async with self._lock:
            await self._reset()
        self.tell()

    def tell(self) -> None:
        """Tell every page what time it is."""
        self._hub.publish("clock", self.time())

    def time(self) -> dict[str, object]:
        """What a page must know to show the clock."""
        return {"now": self._clock.now().isoformat(), "held": self._clock.is_held}
