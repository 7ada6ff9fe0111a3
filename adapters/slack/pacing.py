"""How fast to post: about one message a second to a conversation, with short bursts.

Alarms don't wait; they use up the room of what is routine, which waits for them. After a 429 the
conversation rests, for as long as Slack said.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from bot.ports import TryLater

INTERVAL, BURST = 1.0, 4
PATIENCE = 2.0
"""Seconds that a routine message waits here; longer, and it goes back to the outbox."""
MOST_PLACES = 5000


@dataclass(slots=True)
class _Place:
    next: float = 0.0
    """When the messages so far would have gone at one a second."""
    rests: float = 0.0


class Pacing:
    """``turn`` before each post, ``rest`` after a 429."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self._interval = interval
        self._places: OrderedDict[str, _Place] = OrderedDict()

    async def turn(self, place: str, *, urgent: bool) -> None:
        """Return when this conversation may be posted to, or raise TryLater saying when."""
        known, now = self._of(place), asyncio.get_running_loop().time()
        if known.rests > now:
            raise TryLater("Slack asked for a rest", known.rests - now)
        wait = 0.0 if urgent else known.next - BURST * self._interval - now
        if wait > PATIENCE:
            raise TryLater("this conversation is busy", wait)
        known.next = max(known.next, now) + self._interval
        if wait > 0:
            await asyncio.sleep(wait)

    def count(self, place: str) -> None:
        """An answer went there: nothing holds it up, and what is routine makes room for it."""
        known = self._of(place)
        known.next = max(known.next, asyncio.get_running_loop().time()) + self._interval

    def rest(self, place: str, seconds: float) -> None:
        """Slack said when."""
        until = asyncio.get_running_loop().time() + seconds
        known = self._of(place)
        known.rests = max(known.rests, until)

    def _of(self, place: str) -> _Place:
        known = self._places.setdefault(place, _Place())
        self._places.move_to_end(place)
        while len(self._places) > MOST_PLACES:
            self._places.popitem(last=False)
        return known
