"""How channels reach people, in memory."""

from datetime import datetime

from bot.ports import Contact
from storage.memory.kept import Kept


class MemoryContacts:
    """See ``bot.ports.Contacts``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def keep(self, school: str, contact: Contact, at: datetime) -> None:
        del at
        self._kept.contacts[school, contact.channel, contact.address] = contact

    def get(self, school: str, channel: str, address: str) -> Contact | None:
        return self._kept.contacts.get((school, channel, address))

    def of(self, school: str, channel: str) -> list[Contact]:
        kept = sorted(self._kept.contacts.items(), key=lambda item: item[0])
        return [contact for key, contact in kept if key[:2] == (school, channel)]

    def drop(self, school: str, channel: str, address: str) -> None:
        self._kept.contacts.take((school, channel, address))
