"""Who has read which text of the policy (see ``bot.ports.Readings``)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.tables import readings
from storage.upsert import put

_READ = select(readings.c.person).where(
    (readings.c.school == bindparam("b_school"))
    & readings.c.person.in_(bindparam("b_people", expanding=True))
    & (readings.c.text == bindparam("b_text"))
    & (readings.c.at >= bindparam("b_since"))
)


class SqlReadings:
    """See ``bot.ports.Readings``."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, school: str, person: str, text: str, at: datetime) -> None:
        row = {"school": school, "person": person, "text": text, "at": at}
        self._connection.execute(put(self._connection, readings), row)

    def unread(
        self, school: str, people: Collection[str], text: str, since: datetime
    ) -> frozenset[str]:
        these = {
            "b_school": school,
            "b_people": sorted(people),
            "b_text": text,
            "b_since": since,
        }
        return frozenset(people) - set(self._connection.execute(_READ, these).scalars())
