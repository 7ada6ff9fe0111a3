"""What is half typed."""

from collections.abc import Mapping
from typing import Protocol


class Drafts(Protocol):
    """Half-filled forms, each under a key of its own."""

    def keep(self, school: str, person: str, form: str, values: Mapping[str, str]) -> None:
        """Keep what was typed, in place of what was kept before."""
        ...

    def get(self, school: str, person: str, form: str) -> Mapping[str, str] | None:
        """Give what was typed, or None (also where it can't be decrypted)."""
        ...

    def drop(self, school: str, person: str, form: str) -> None:
        """Forget it, key and all."""
        ...
