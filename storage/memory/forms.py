"""Deliveries, drafts and settings in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.ports import LastGood
from storage.memory.kept import Kept, KeptDelivery


class MemoryInbox:
    """See ``bot.ports.Inbox``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def take_turn(self, school: str, person: str) -> None:
        """Nothing else runs meanwhile anyway."""

    def claim(self, school: str, channel: str, delivery: str, at: datetime) -> bool:
        if (school, channel, delivery) in self._kept.inbox:
            return False
        self._kept.inbox[school, channel, delivery] = KeptDelivery(at)
        return True

    def remember(self, school: str, channel: str, delivery: str, answer: Mapping[str, str]) -> None:
        found = self._kept.inbox.get((school, channel, delivery))
        if found:
            kept = replace(found, answer=dict(answer))
            self._kept.inbox[school, channel, delivery] = kept

    def recall(self, school: str, channel: str, delivery: str) -> Mapping[str, str] | None:
        found = self._kept.inbox.get((school, channel, delivery))
        return found.answer if found else None

    def forget_before(self, moment: datetime, limit: int) -> int:
        old = [key for key, delivery in self._kept.inbox.items() if delivery.at < moment][:limit]
        for key in old:
            del self._kept.inbox[key]
        return len(old)


class MemorySettings:
    """See ``bot.ports.Settings``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def keep(self, school: str, text: str, sealed: str, at: datetime) -> None:
        self._kept.settings[school] = LastGood(text, sealed, at)

    def last_good(self, school: str) -> LastGood | None:
        return self._kept.settings.get(school)

    def schools(self) -> list[str]:
        return sorted(self._kept.settings)


class MemoryDrafts:
    """See ``bot.ports.Drafts``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def keep(self, school: str, person: str, form: str, values: Mapping[str, str]) -> None:
        self._kept.drafts[school, person, form] = dict(values)

    def get(self, school: str, person: str, form: str) -> Mapping[str, str] | None:
        return self._kept.drafts.get((school, person, form))

    def drop(self, school: str, person: str, form: str) -> None:
        self._kept.drafts.take((school, person, form))
