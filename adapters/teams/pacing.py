"""How fast to post: as often as Teams takes messages in one conversation, and no oftener.

Alarms don't wait for what is routine; it waits for them. Answers are counted like everything else,
and wait for nothing routine either; the last of each window is an alarm's alone. Against Teams's
own counts nothing goes: a message over them would only be refused, and would make the alarm behind
it rest. After a 429 the conversation rests.
"""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.ports import TryLater

WINDOWS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in so many seconds, all of them at once."""
ROUTINE, ANSWERS, ALARMS = 0.75, 0.875, 1.0
"""The share of each window that each may fill: the rest is kept for what is more urgent."""
MARGIN = 0.2
"""Seconds by which messages may arrive closer together than they were sent."""
PATIENCE = 2.5
"""Seconds that a message waits here; longer, and it goes back to the outbox."""
MOST_PLACES = 5000


@dataclass(slots=True)
class _Place:
    sent: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=WINDOWS[-1][0]))
    """When each message goes, or is to, and the share that it belongs to."""
    rests: float = 0.0


class Pacing:
    """``turn`` before each post or edit, ``rest`` after a 429."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, _Place] = OrderedDict()

    async def turn(self, place: str, *, urgent: bool) -> None:
        """Return when this conversation may be written to, or raise TryLater saying when."""
        await self._turn(place, ALARMS if urgent else ROUTINE)

    async def answer(self, place: str) -> None:
        """The same for an answer, which somebody waits for."""
        await self._turn(place, ANSWERS)

    def spare(self, place: str) -> bool:
        """Whether there is room at once for what may as well be left out; it is then counted."""
        known, now = self._of(place), asyncio.get_running_loop().time()
        free = now >= known.rests and now >= _at(known, ROUTINE, now)
        if free:
            known.sent.append((now, ROUTINE))
        return free

    async def _turn(self, place: str, share: float) -> None:
        known, now = self._of(place), asyncio.get_running_loop().time()
        if known.rests > now:
            raise TryLater("Teams asked for a rest", known.rests - now)
        at = _at(known, share, now)
        if at - now > PATIENCE:
            raise TryLater("this conversation is busy", at - now)
        known.sent.append((max(at, now), share))
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


def _at(known: _Place, share: float, now: float) -> float:
    """When every window has room again. What waits for its turn holds up nothing more urgent."""
    sent = sorted(at for at, whose in known.sent if at <= now or whose >= share)
    return max(_free(sent, max(1, int(most * share)), seconds) for most, seconds in WINDOWS)


def _free(sent: list[float], room: int, seconds: float) -> float:
    """When this window has."""
    return sent[-room] + seconds + MARGIN if len(sent) >= room else 0.0
