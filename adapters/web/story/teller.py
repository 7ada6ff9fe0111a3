"""Tells a story step by step, at a pace that can be read, until somebody takes over.

The clock stands still while a story is told, so that nothing happens while its reader reads. All
open pages see the same story; once nobody looks, it waits.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Literal

from adapters.web.channel import WebChannel
from adapters.web.clock import DemoClock
from adapters.web.moving import Moving
from adapters.web.story.bookmark import Bookmark
from adapters.web.story.hands import Hands
from adapters.web.story.pace import seconds_to_read
from adapters.web.story.steps import Story
from bot.engine.faults import where

log = logging.getLogger(__name__)

Mode = Literal["off", "playing", "paused", "taken", "stuck", "ended"]

_CONTROLS: Mapping[Mode, tuple[str, ...]] = {
    "off": (),
    "playing": ("pause", "next", "take", "start"),
    "paused": ("play", "next", "take", "start"),
    "taken": ("start", "close"),
    "stuck": ("start", "close"),
    "ended": ("start", "close"),
}
_SAYS: Mapping[Mode, str] = {
    "taken": "You have taken over. The story stops here, the clock goes on, and everything stays "
    "as it is: press whatever you like, as anybody.",
    "stuck": "The story can’t go on from here. Everything stays as it is: play on from here, or "
    "start again.",
}


class Teller:
    """One story on the demo page. ``open`` it once the stage is open, ``close`` it at the end."""

    def __init__(
        self,
        story: Story,
        channel: WebChannel,
        hands: Hands,
        moving: Moving,
        clock: DemoClock,
        times: Callable[[datetime], Mapping[str, str]],
        bookmark: Bookmark,
        is_fresh: Callable[[], Awaitable[bool]],
        pace: Callable[[str], float] = seconds_to_read,
    ) -> None:
        self.story = story
        self._channel, self._hands, self._moving = channel, hands, moving
        self._clock, self._times, self._bookmark, self._pace = clock, times, bookmark, pace
        self._is_fresh = is_fresh
        self._mode: Mode = "off"
        self._told, self._says = 0, ""
        self._look: dict[str, str] = {}
        self._turn = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._by_itself: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Find a story that was under way: it waits where it stood."""
        told = self._bookmark.read()
        if told is None or not 0 < told < len(self.story.steps):
            self._bookmark.take_out()
            self._clock.let_go()
            return
        self._told, self._mode = told, "paused"
        self._clock.hold()
        self._tell(f"Doorstep was started again. {self._sentence()}")

    async def close(self) -> None:
        """Stop by the step in hand."""
        self._stop_timer()
        async with self._turn:
            pass

    def shown(self) -> Mapping[str, object]:
        """What a page shows of it."""
        of = len(self.story.steps)
        return {
            "mode": self._mode,
            "step": f"Step {self._told} of {of}" if self._mode not in {"off", "ended"} else "",
            "says": self._says,
            "look": self._look,
            "controls": list(_CONTROLS[self._mode]),
        }

    async def start(self, *, wipe: bool) -> bool:
        """Begin on a fresh stage. False, and nothing done, where that needs a yes to be wiped."""
        async with self._turn:
            self._stop_timer()
            only_the_story = self._mode in {"playing", "paused", "ended"}
            if not await self._is_fresh():
                if not (wipe or only_the_story):
                    return False
                self._bookmark.take_out()
                await self._moving.afresh()
            self._clock.hold()
            self._mode, self._told = "playing", 0
            await self._step()
        return True

    async def pause(self) -> None:
        """Wait, until ``play``."""
        async with self._turn:
            if self._mode == "playing":
                self._stop_timer()
                self._mode = "paused"
                self._tell(self._says)

    async def play(self) -> None:
        """Go on with the next step, and then by itself."""
        async with self._turn:
            if self._mode == "paused":
                self._mode = "playing"
                await self._step()

    async def next(self) -> None:
        """Tell the next step now."""
        async with self._turn:
            if self._mode in {"playing", "paused"}:
                self._stop_timer()
                await self._step()

    async def take(self) -> None:
        """Somebody plays themselves from here on. The step in hand is finished first."""
        async with self._turn:
            if self._mode in {"playing", "paused"}:
                self._leave_off("taken", _SAYS["taken"])

    async def put_away(self) -> None:
        """There is no story on the page any more."""
        async with self._turn:
            if self._mode != "off":
                self._leave_off("off", "")

    def _sentence(self) -> str:
        return self.story.steps[self._told - 1].says.format(**self._times(self._clock.now()))

    async def _step(self) -> None:
        """Do what the next step says, and say it."""
        try:
            step = self.story.steps[self._told]
            for deed in step.deeds:
                await self._hands.do(deed)
            self._look = {look.pane: await self._hands.see(look) for look in step.look}
        except Exception as problem:  # noqa: BLE001 - the page must never be left half in a story
            log.error("the story broke at step %d: %s", self._told + 1, where(problem))  # noqa: TRY400
            self._leave_off("stuck", _SAYS["stuck"])
            return
        self._told += 1
        says = self._sentence()
        if self._told == len(self.story.steps):
            self._leave_off("ended", f"{says} {self.story.end}")
            return
        self._bookmark.put(self._told)
        self._tell(says)
        if self._mode == "playing":
            self._set_timer(says)

    def _leave_off(self, mode: Mode, says: str) -> None:
        self._stop_timer()
        self._bookmark.take_out()
        self._mode = mode
        if mode != "ended":
            self._look = {}
        self._clock.let_go()
        self._moving.tell()
        self._tell(says)

    def _tell(self, says: str) -> None:
        self._says = says
        self._channel.hub.publish("story", self.shown())

    def _set_timer(self, says: str) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._pace(says), self._time_is_up)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _time_is_up(self) -> None:
        self._by_itself = asyncio.get_running_loop().create_task(self._go_on())

    async def _go_on(self) -> None:
        told = self._told
        async with self._turn:
            if self._mode != "playing" or self._told != told:
                return  # somebody was quicker
            if self._channel.hub.listeners:
                await self._step()
            else:
                self._mode = "paused"
                self._tell(self._says)
