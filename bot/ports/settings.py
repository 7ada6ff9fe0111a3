"""The settings that were last good."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LastGood:
    """A school file as ``bot.settings.seal_out`` split it, and when it was last found good.

    ``sealed`` is None where it can't be decrypted.
    """

    text: str
    sealed: str | None
    at: datetime


class Settings(Protocol):
    """The last good settings (S15): readable without a key, but for the sealed parts."""

    def keep(self, school: str, text: str, sealed: str, at: datetime) -> None:
        """Keep the school file last found good; ``sealed`` is encrypted, ``text`` is not."""
        ...

    def last_good(self, school: str) -> LastGood | None:
        """Give what is kept, or None."""
        ...

    def schools(self) -> list[str]:
        """The schools that have kept settings."""
        ...
