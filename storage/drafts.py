"""Half-filled forms, each under a key of its own: dropping the row destroys the key (P8)."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, select

from storage.codec import read_names, write_names
from storage.crypto import Keyring
from storage.tables import drafts
from storage.upsert import put

_THIS = (
    (drafts.c.school == bindparam("b_school"))
    & (drafts.c.person == bindparam("b_person"))
    & (drafts.c.form == bindparam("b_form"))
)
_GET = select(drafts.c.key, drafts.c.sealed).where(_THIS)
_DROP = delete(drafts).where(_THIS)


class SqlDrafts:
    """See ``bot.ports.Drafts``."""

    __slots__ = ("_connection", "_keyring")

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def keep(self, school: str, person: str, form: str, values: Mapping[str, str]) -> None:
        owner = (school, "draft", person, form)
        key, wrapped = self._keyring.usable(owner, None)
        row = {
            "school": school,
            "person": person,
            "form": form,
            "key": wrapped,
            "sealed": key.seal(owner, write_names(values).encode()),
        }
        self._connection.execute(put(self._connection, drafts), row)

    def get(self, school: str, person: str, form: str) -> Mapping[str, str] | None:
        this = {"b_school": school, "b_person": person, "b_form": form}
        row = self._connection.execute(_GET, this).one_or_none()
        if row is None:
            return None
        owner = (school, "draft", person, form)
        key = self._keyring.unwrap(owner, row.key)
        plain = key.open(owner, row.sealed) if key else None
        return None if plain is None else read_names(plain.decode())

    def drop(self, school: str, person: str, form: str) -> None:
        this = {"b_school": school, "b_person": person, "b_form": form}
        self._connection.execute(_DROP, this)
