"""Whoever stands by for a visit without going on it: the contact, who knows of it and can be
reached, and the backup, who has the office's part outside the school's hours. What each of them
said, as data; what follows from it is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Part = Literal["contact", "backup"]
PARTS: tuple[Part, ...] = ("contact", "backup")
Said = Literal["yes", "no", "out", "away", "unreached", "released"]
"""``out`` and ``away``: they were named, and can't now; ``unreached``: no message gets to them;
``released``: somebody else was named.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said, or what became of them, for the times from ``since`` to ``until``."""

    part: Part
    by: str
    at: datetime
    said: Said
    since: datetime
    until: datetime

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether a yes was said to all of these times."""
        return self.said == "yes" and self.since <= start and end <= self.until
