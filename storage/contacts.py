"""How channels reach people: learnt when somebody writes, needed when nobody does."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.ports import Contact
from storage.codec import read_names, write_names
from storage.tables import contacts
from storage.upsert import put

_OF = (contacts.c.school == bindparam("b_school")) & (contacts.c.channel == bindparam("b_channel"))
_THIS = _OF & (contacts.c.address == bindparam("b_address"))
_GET = select(contacts.c.data).where(_THIS)
_ALL = select(contacts.c.address, contacts.c.data).where(_OF).order_by(contacts.c.address)
_DROP = delete(contacts).where(_THIS)


class SqlContacts:
    """See ``bot.ports.Contacts``."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, school: str, contact: Contact, at: datetime) -> None:
        row = {
            "school": school,
            "channel": contact.channel,
            "address": contact.address,
            "data": write_names(contact.data),
            "at": at,
        }
        self._connection.execute(put(self._connection, contacts), row)

    def get(self, school: str, channel: str, address: str) -> Contact | None:
        this = {"b_school": school, "b_channel": channel, "b_address": address}
        data = self._connection.execute(_GET, this).scalar_one_or_none()
        return None if data is None else Contact(channel, address, read_names(data))

    def of(self, school: str, channel: str) -> list[Contact]:
        these = {"b_school": school, "b_channel": channel}
        rows = self._connection.execute(_ALL, these)
        return [Contact(channel, row.address, read_names(row.data)) for row in rows]

    def drop(self, school: str, channel: str, address: str) -> None:
        this = {"b_school": school, "b_channel": channel, "b_address": address}
        self._connection.execute(_DROP, this)
