"""Visits in memory (see ``bot.ports.Visits``)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.known import Marks, marks, trouble, when
from bot.domain.visit import Requested, Visit
from bot.ports import Alike, Away
from storage.memory.kept import Kept, KeptVisit
from storage.visits import FIRST_NUMBER, NAMED, addresses_of, latest, people_of


class MemoryVisits:
    """See ``bot.ports.Visits``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def get(self, school: str, visit_id: str) -> Visit | None:
        found = self._kept.visits.get((school, visit_id))
        return found.visit if found else None

    def add(self, visit: Visit, wake_at: datetime | None) -> None:
        taken = {
            v.visit.reference for v in self._kept.visits.values() if v.visit.school == visit.school
        }
        if (visit.school, visit.id) in self._kept.visits or visit.reference in taken:
            raise ValueError(f"visit {visit.id} ({visit.reference}) is there already")
        self._kept.visits[visit.school, visit.id] = KeptVisit(replace(visit, version=0), wake_at)

    def save(self, visit: Visit, wake_at: datetime | None) -> bool:
        stored = self.get(visit.school, visit.id)
        if stored is None or stored.version != visit.version:
            return False
        details = stored.details if visit.details is None else visit.details
        saved = replace(visit, version=visit.version + 1, details=details)
        self._kept.visits[visit.school, visit.id] = KeptVisit(saved, wake_at)
        return True

    def next_number(self, school: str) -> int:
        number = self._kept.numbers.get(school, FIRST_NUMBER - 1) + 1
        self._kept.numbers[school] = number
        return number

    def live_of(self, school: str, people: Sequence[str]) -> list[Visit]:
        return [v for v in self.waiting(school) if set(v.visitors) & set(people)]

    def people_out(self, school: str) -> frozenset[str]:
        return frozenset(p for v in self.waiting(school) if v.is_out for p in v.visitors)

    def out_at(self, school: str, channel: str, address: str) -> list[Visit]:
        return [v for v in self.waiting(school) if (channel, address) in addresses_of(v)]

    def waiting(self, school: str) -> list[Visit]:
        return [v for v in self._oldest_first(school) if v.is_live]

    def over(self, school: str, limit: int) -> list[Visit]:
        ended = [visit for visit in self._oldest_first(school) if not visit.is_live]
        return ended[::-1][:limit]

    def naming(self, school: str, person: str, limit: int) -> list[Visit]:
        return [v for v in self.waiting(school) if people_of(v).get(person) == NAMED][:limit]

    def by_reference(self, school: str, reference: str) -> Visit | None:
        return next((v for v in self._oldest_first(school) if v.reference == reference), None)

    def requested(self, school: str, limit: int) -> list[Visit]:
        waiting = (v for v in self.waiting(school) if isinstance(v.phase, Requested))
        return sorted(waiting, key=self._attention)[:limit]

    def out(self, school: str, limit: int, start: int = 0) -> Away:
        out = sorted((v for v in self.waiting(school) if v.is_out), key=self._attention)
        alarms = [v for v in out if v.alarm]
        ordered = [*alarms, *(v for v in out if not v.alarm)]
        return Away(tuple(ordered[start : start + limit]), len(alarms), len(out))

    def _attention(self, visit: Visit) -> tuple[datetime, str]:
        wake_at = self._kept.visits[visit.school, visit.id].wake_at
        return (wake_at or datetime.max.replace(tzinfo=UTC), visit.id)

    def recent_of(self, school: str, person: str, limit: int) -> list[Visit]:
        theirs = [v for v in self._oldest_first(school) if person in v.visitors]
        return theirs[::-1][:limit]

    def alike(self, school: str, sought: Marks, but: str, most: int) -> list[Alike] | None:
        found: dict[str, Alike] = {}
        for visit in self._oldest_first(school):
            if visit.id == but or visit.details is None:
                continue
            known = marks(visit.details)
            here = bool(known.places & sought.places)
            if here or known.families & sought.families:
                found[visit.id] = Alike(replace(visit, details=None), here)
        times = {each.visit.id: _time(each) for each in found.values()}
        return [found[each] for each in latest(times, most)]

    def mark_older(self, school: str, after: str, limit: int) -> str:
        del school, after, limit
        return ""  # nothing is hashed here: nobody can get at it

    def erase(self, school: str, visit_id: str) -> None:
        kept = self._kept.visits[school, visit_id]
        erased = replace(kept, visit=replace(kept.visit, details=None))
        self._kept.visits[school, visit_id] = erased

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        waking = [
            (kept.wake_at, key)
            for key, kept in self._kept.visits.items()
            if kept.wake_at is not None and kept.wake_at <= now
        ]
        return [key for _, key in sorted(waking)[:limit]]

    def rouse(self, school: str, visit_id: str, until: datetime) -> None:
        found = self._kept.visits.get((school, visit_id))
        if found and found.wake_at:
            self._kept.visits[school, visit_id] = replace(found, wake_at=until)

    def next_wake(self) -> datetime | None:
        return min((v.wake_at for v in self._kept.visits.values() if v.wake_at), default=None)

    def _oldest_first(self, school: str) -> list[Visit]:
        theirs = [v.visit for v in self._kept.visits.values() if v.visit.school == school]
        return sorted(theirs, key=lambda v: (v.created_at, v.id))


def _time(alike: Alike) -> tuple[datetime, bool]:
    return when(alike.visit), bool(trouble(alike.visit))
