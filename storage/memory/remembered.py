"""Flags, and who has read the policy, in memory."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.known import Flag
from storage.memory.kept import Kept, KeptFlag


class MemoryFlags:
    """See ``bot.ports.Flags``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, school: str, flag: Flag, places: frozenset[str]) -> bool:
        if not places:
            return False
        self._kept.flags[school, flag.id] = KeptFlag(flag, places, flag.review_at)
        return True

    def get(self, school: str, flag_id: str) -> Flag | None:
        found = self._kept.flags.get((school, flag_id))
        return found.flag if found else None

    def at(self, school: str, places: frozenset[str]) -> list[Flag] | None:
        return [each.flag for each in self._of(school) if each.places & places]

    def binding(self, school: str, now: datetime, limit: int) -> list[Flag]:
        return [each.flag for each in self._of(school) if each.flag.binds(now)][:limit]

    def save(self, school: str, flag: Flag) -> None:
        known = self._kept.flags[school, flag.id]
        ask_at = None if flag.lifted_at else flag.review_at
        self._kept.flags[school, flag.id] = replace(known, flag=flag, ask_at=ask_at)

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        asked = [(f.ask_at, key) for key, f in self._kept.flags.items() if f.ask_at]
        return [key for moment, key in sorted(asked) if moment <= now][:limit]

    def ask(self, school: str, flag_id: str, at: datetime | None) -> None:
        known = self._kept.flags[school, flag_id]
        self._kept.flags[school, flag_id] = replace(known, ask_at=at)

    def next_due(self) -> datetime | None:
        return min((f.ask_at for f in self._kept.flags.values() if f.ask_at), default=None)

    def forget_before(self, school: str, moment: datetime, limit: int) -> int:
        old = [
            each.flag.id
            for each in self._of(school)
            if each.flag.until < moment or (each.flag.lifted_at and each.flag.lifted_at < moment)
        ][:limit]
        for flag_id in old:
            del self._kept.flags[school, flag_id]
        return len(old)

    def _of(self, school: str) -> list[KeptFlag]:
        theirs = [kept for key, kept in self._kept.flags.items() if key[0] == school]
        return sorted(theirs, key=lambda each: (-each.flag.at.timestamp(), each.flag.id))


class MemoryReadings:
    """See ``bot.ports.Readings``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def keep(self, school: str, person: str, text: str, at: datetime) -> None:
        self._kept.readings[school, person, text] = at

    def unread(
        self, school: str, people: Collection[str], text: str, since: datetime
    ) -> frozenset[str]:
        read = self._kept.readings
        return frozenset(
            person
            for person in people
            if (at := read.get((school, person, text))) is None or at < since
        )


class MemoryListening:
    """See ``bot.ports.Listening``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def until(self, school: str) -> datetime | None:
        return self._kept.listening.get(school)

    def keep(self, school: str, at: datetime) -> None:
        self._kept.listening[school] = at
