"""Whether an office channel may be told names and places (P5), asked of its vendor and remembered
for a while, or until an event says more. What makes a channel fit is the vendor's business.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """``why_not`` is empty for a channel that may be told."""

    why_not: str = ""

    @property
    def fit(self) -> bool:
        """Whether names and places may stand there."""
        return not self.why_not


class Offices(ABC):
    """``silent`` are the errors of a vendor that doesn't answer; a verdict is kept for ``kept``
    seconds, and the last one for ``rests`` after silence.
    """

    silent: tuple[type[Exception], ...] = ()
    kept = 300.0
    rests = 15.0

    def __init__(self) -> None:
        self._verdicts: dict[tuple[str, bool], tuple[Verdict, float]] = {}
        self._turn = asyncio.Lock()
        self.changed: Callable[[], None] = lambda: None
        """Called when the vendor says otherwise than before."""

    async def verdict(self, channel: str, *, public: bool) -> Verdict:
        """Give it. Where nobody answers, the last one holds; without one, one of ``silent``."""
        async with self._turn:
            now = asyncio.get_running_loop().time()
            known = self._verdicts.get((channel, public))
            if known and known[1] > now:
                return known[0]
            try:
                verdict = await self._ask(channel, public=public)
            except self.silent:
                if known:  # whoever comes next, with an alarm maybe, doesn't wait for silence too
                    until = asyncio.get_running_loop().time() + self.rests
                    self._verdicts[channel, public] = known[0], until
                    return known[0]
                raise
            self._verdicts[(channel, public)] = (verdict, now + self.kept)
            if known and known[0] != verdict:
                self.changed()
            return verdict

    def last(self, channel: str, *, public: bool) -> Verdict | None:
        """What was last known."""
        known = self._verdicts.get((channel, public))
        return known[0] if known else None

    def ask_again(self) -> None:
        """Something about a channel has changed: what is known holds until asked."""
        self._verdicts = {place: (verdict, 0.0) for place, (verdict, _) in self._verdicts.items()}

    @abstractmethod
    async def _ask(self, channel: str, *, public: bool) -> Verdict:
        """Ask the vendor."""
