"""Known risks at addresses, as they are kept."""

from datetime import datetime
from typing import Protocol

from bot.domain.known import Flag


class Flags(Protocol):
    """Known risks at addresses. Where it was written and why is sealed, under a key of its own."""

    def add(self, school: str, flag: Flag, places: frozenset[str]) -> bool:
        """Keep a new flag under the forms of its address, its author to be asked at its review;
        False where nobody could find it by them again (none, or no key).
        """
        ...

    def get(self, school: str, flag_id: str) -> Flag | None:
        """Give a flag, binding or not, or None."""
        ...

    def at(self, school: str, places: frozenset[str]) -> list[Flag] | None:
        """Flags kept under one of these forms, binding or not, the newest first; None where nobody
        could look.
        """
        ...

    def binding(self, school: str, now: datetime, limit: int) -> list[Flag]:
        """Flags that bind now, the newest first."""
        ...

    def save(self, school: str, flag: Flag) -> None:
        """Keep that it was confirmed or lifted; its author is next asked at its review, or never.
        What is sealed stays as it was.
        """
        ...

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """(school, flag id) of those whose author is to be asked by now, earliest first."""
        ...

    def ask(self, school: str, flag_id: str, at: datetime | None) -> None:
        """Ask its author at this moment; None for never."""
        ...

    def next_due(self) -> datetime | None:
        """When the next author is to be asked, or None."""
        ...

    def forget_before(self, school: str, moment: datetime, limit: int) -> int:
        """Destroy flags that ended, or were lifted, before this, key and hashes and all; so many at
        the most; give how many.
        """
        ...
