"""Numbers that go up by one, and are never given twice."""

from sqlalchemy import Connection, bindparam, select, update

from storage.tables import counters
from storage.upsert import insert_new

_THIS = (counters.c.school == bindparam("b_school")) & (counters.c.name == bindparam("b_name"))
_UP = update(counters).where(_THIS).values(value=counters.c.value + 1)
_VALUE = select(counters.c.value).where(_THIS)


def next_value(connection: Connection, school: str, name: str, first: int) -> int:
    """Give the next number; the row stays locked until the transaction ends."""
    this = {"b_school": school, "b_name": name}
    if connection.execute(_UP, this).rowcount == 0:
        row = {"school": school, "name": name, "value": first}
        if connection.execute(insert_new(connection, counters), row).rowcount == 0:
            connection.execute(_UP, this)  # another replica was first to be first
    value: int = connection.execute(_VALUE, this).scalar_one()
    return value
