"""Tells every open page what happened. Each event has a number one higher than the last.

Nothing is kept for pages that are away: on connecting a page fetches the state of all panes with
the number it is true for, and then applies only what is newer. So a page that falls behind is
simply let go; it connects again and has everything, nothing twice.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for the page."""

    seq: int
    kind: str
    data: Mapping[str, object]

    def lines(self) -> bytes:
        """The event as server-sent text."""
        body = json.dumps({"seq": self.seq, **self.data})
        return f"id: {self.seq}\nevent: {self.kind}\ndata: {body}\n\n".encode()


class Listener:
    """One open page."""

    def __init__(self, room: int) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue(room)
        self.gone = False
        """No more will come: the page fell behind, or the hub is closing."""

    async def next(self, patience: float) -> Event | None:
        """The next event, or None when none came for so many seconds, or none ever will."""
        if self.gone:
            return None
        try:
            async with asyncio.timeout(patience):
                return await self._queue.get()
        except TimeoutError:
            return None

    def offer(self, event: Event) -> None:
        """Hand over an event; a page with no room for it has fallen behind."""
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            self.let_go()

    def let_go(self) -> None:
        """Wake the page, to hear that nothing more comes."""
        self.gone = True
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)


class Hub:
    """All open pages. Used from the event loop only."""

    def __init__(self, room: int = 256) -> None:
        self._room = room
        self._listeners: set[Listener] = set()
        self.seq = 0
        """The number of the last event."""

    def publish(self, kind: str, data: Mapping[str, object]) -> Event:
        """Tell all pages; never waits for any of them."""
        self.seq += 1
        event = Event(self.seq, kind, data)
        for listener in tuple(self._listeners):
            listener.offer(event)
            if listener.gone:
                self._listeners.discard(listener)
        return event

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """A listener that hears everything from now on."""
        listener = Listener(self._room)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    @property
    def listeners(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    def close(self) -> None:
        """Let every page go, so that the server can stop at once."""
        for listener in self._listeners:
            listener.let_go()
        self._listeners.clear()
