"""What has come in already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Inbox(Protocol):
    """Deliveries seen, so that the same one twice does nothing twice."""

    def take_turn(self, school: str, person: str) -> None:
        """Wait until no other deed of this person is in work, and keep others waiting until this
        transaction ends: what somebody presses twice at once is done one after the other.
        """
        ...

    def claim(self, school: str, channel: str, delivery: str, at: datetime) -> bool:
        """Insert the delivery; False if it was there already (also if it is still in work)."""
        ...

    def remember(self, school: str, channel: str, delivery: str, answer: Mapping[str, str]) -> None:
        """Keep what was answered (names and ids only), to answer the same again."""
        ...

    def recall(self, school: str, channel: str, delivery: str) -> Mapping[str, str] | None:
        """What was answered then, or None."""
        ...

    def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop deliveries older than this, so many at the most; give how many."""
        ...
