"""Who has read the policy."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class Readings(Protocol):
    """Who has said that they have read which text of the policy."""

    def keep(self, school: str, person: str, text: str, at: datetime) -> None:
        """Keep that this person has read the text of this hash, now last."""
        ...

    def unread(
        self, school: str, people: Collection[str], text: str, since: datetime
    ) -> frozenset[str]:
        """Who of these has not said since then that they have read this text."""
        ...
