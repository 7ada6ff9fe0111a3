"""Until when somebody listened (see ``bot.ports.Listening``)."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.tables import listening
from storage.upsert import put

_UNTIL = select(listening.c.until).where(listening.c.school == bindparam("b_school"))


class SqlListening:
    """See ``bot.ports.Listening``."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def until(self, school: str) -> datetime | None:
        return self._connection.execute(_UNTIL, {"b_school": school}).scalar()

    def keep(self, school: str, at: datetime) -> None:
        self._connection.execute(put(self._connection, listening), {"school": school, "until": at})
