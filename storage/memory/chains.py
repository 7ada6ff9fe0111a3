"""The audit in memory (see ``bot.ports.Audit``). There is no hash: nobody can get at it."""

import json
from collections.abc import Sequence

from bot.ports import Entry
from storage.codec import write_event
from storage.memory.kept import Kept


class MemoryAudit:
    """See ``bot.ports.Audit``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def append(self, school: str, visit_id: str, events: Sequence[object]) -> None:
        if not events:
            return
        if visit_id and (school, visit_id) not in self._kept.visits:
            raise LookupError(f"there is no visit {visit_id} to append to")
        chain = self._kept.audit.get((school, visit_id), ())
        for seq, event in enumerate(events, len(chain) + 1):
            at = event.at  # type: ignore[attr-defined]
            by = getattr(event, "by", None) or ""
            detail = json.loads(write_event(event))
            chain += (Entry(seq, at, type(event).__name__, by, detail),)
        self._kept.audit[school, visit_id] = chain

    def entries(self, school: str, visit_id: str) -> list[Entry]:
        return list(self._kept.audit.get((school, visit_id), ()))

    def broken(self) -> list[tuple[str, str, int]]:
        return []
