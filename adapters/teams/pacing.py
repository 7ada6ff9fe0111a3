"""How fast to post: as often as Teams takes messages in one conversation, and no oftener.

Alarms don't wait for what is routine; it waits for them. Against Teams's own counts nothing goes:
a message over them would only be refused. After a 429 the conversation rests.
"""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.ports import TryLater

WINDOWS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in so many seconds, all of them at once."""
ROUTINE = 0.75
"""The share of each window that is for what is routine; the rest is kept for alarms."""
MARGIN = 0.2
"""Seconds by which messages may arrive closer together than they were sent."""
PATIENCE = 2.5
"""Seconds that a message waits here; longer, and it goes back to the outbox."""
MOST_PLACES = 5000


@dataclass(slots=True)
class _Place:
    sent: deque[float] = field(default_factory=lambda: deque(maxlen=WINDOWS[-1][0]))
    rests: float = 0.0


class Pacing:
    """``turn`` before each post or edit, ``rest`` after a 429."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, _Place] = OrderedDict()

    async def turn(self, place: str, *, urgent: bool) -> None:
        """Return when this conversation may be written to, or raise TryLater saying when."""
        known, now = self._of(place), asyncio.get_running_loop().time()
        if known.rests > now:
            raise TryLater("Teams asked for a rest", known.rests - now)
        at = max(_free(known.sent, most, seconds, urgent=urgent) for most, seconds in WINDOWS)
        if at - now > PATIENCE:
            raise TryLater("this conversation is busy", at - now)
        known.sent.append(max(at, now))
        if at > now:
            await asyncio.sleep(at - now)

    def rest(self, place: str, seconds: float) -> None:
        """Teams said when."""
        known = self._of(place)
        known.rests = max(known.rests, asyncio.get_running_loop().time() + seconds)

    def _of(self, place: str) -> _Place:
        known = self._places.setdefault(place, _Place())
        self._places.move_to_end(place)
        while len(self._places) > MOST_PLACES:
            self._places.popitem(last=False)
        return known


def _free(sent: deque[float], most: int, seconds: float, *, urgent: bool) -> float:
    """When this window has room again."""
    room = most if urgent else max(1, int(most * ROUTINE))
    return sent[-room] + seconds + MARGIN if len(sent) >= room else 0.0
