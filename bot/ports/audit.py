"""What happened, entry by entry, and whether it still verifies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry as it comes back. ``detail`` is None where it can't be decrypted."""

    seq: int
    at: datetime
    kind: str
    by: str
    detail: Mapping[str, object] | None


class Audit(Protocol):
    """Append-only, one chain a visit, hashing ciphertext (P8); and one of each school's own, for
    what is about no visit: there ``visit_id`` is empty.
    """

    def append(self, school: str, visit_id: str, events: Sequence[object]) -> None:
        """Append events (dataclasses with ``at``, maybe ``by``) to the visit's chain, in order."""
        ...

    def entries(self, school: str, visit_id: str) -> list[Entry]:
        """Give the chain, oldest first."""
        ...

    def broken(self) -> list[tuple[str, str, int]]:
        """Verify every chain; give (school, visit, seq) of each entry that does not verify. Number
        0 is the policy that was frozen into the visit.
        """
        ...
