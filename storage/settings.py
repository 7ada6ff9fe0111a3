"""The last good settings (S15): the text is in the open, and serves where the sealed part fails."""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.ports import LastGood
from storage.crypto import Keyring
from storage.tables import settings
from storage.upsert import put

_ALL = select(settings.c.school).order_by(settings.c.school)


class SqlSettings:
    """See ``bot.ports.Settings``."""

    __slots__ = ("_connection", "_keyring")

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def keep(self, school: str, text: str, sealed: str, at: datetime) -> None:
        secret = self._keyring.seal((school, "settings"), sealed.encode())
        row = {"school": school, "text": text, "sealed": secret, "at": at}
        self._connection.execute(put(self._connection, settings), row)

    def last_good(self, school: str) -> LastGood | None:
        kept = select(settings.c.text, settings.c.sealed, settings.c.at)
        found = kept.where(settings.c.school == school)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            return None
        plain = self._keyring.open((school, "settings"), row.sealed)
        return LastGood(row.text, None if plain is None else plain.decode(), row.at)

    def schools(self) -> list[str]:
        return list(self._connection.execute(_ALL).scalars())
