"""Where ``now`` comes from."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where ``now`` comes from."""

    def now(self) -> datetime:
        """Give the moment, aware, UTC."""
        ...
