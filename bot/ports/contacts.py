"""How a channel reaches people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Contact:
    """How a channel reaches somebody, or a room, where an address alone isn't enough.

    ``address`` is the one that the channel goes by; ``data`` is the channel's business, ids and
    addresses of its vendor's servers, nothing that names a person.
    """

    channel: str
    address: str
    data: Mapping[str, str] = field(default_factory=dict)


class Contacts(Protocol):
    """What a channel has learnt about reaching people, and would not be told twice."""

    def keep(self, school: str, contact: Contact, at: datetime) -> None:
        """Keep it, in place of what was kept for this address."""
        ...

    def get(self, school: str, channel: str, address: str) -> Contact | None:
        """Give what is kept, or None."""
        ...

    def of(self, school: str, channel: str) -> list[Contact]:
        """Everything of a channel, by address."""
        ...

    def drop(self, school: str, channel: str, address: str) -> None:
        """Forget it."""
        ...
