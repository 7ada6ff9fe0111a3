"""The one clock of ``doorstep run``: the computer's own. Nothing can hold it or move it."""

from datetime import UTC, datetime


class RealClock:
    """See ``bot.ports.Clock``."""

    def now(self) -> datetime:
        """Give the moment, aware, UTC."""
        return datetime.now(UTC)
