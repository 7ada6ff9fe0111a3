"""Until when somebody listened to what people send."""

from datetime import datetime
from typing import Protocol


class Listening(Protocol):
    """The moment at which a process last said that it hears people: what a start looks at to know
    how long nobody did.
    """

    def until(self, school: str) -> datetime | None:
        """Give it, or None where nobody has ever said so."""
        ...

    def keep(self, school: str, at: datetime) -> None:
        """Say so now."""
        ...
