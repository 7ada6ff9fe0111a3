"""The data keys of visits, opened once in a transaction."""

from sqlalchemy import Connection, bindparam, select, update

from storage.crypto import DataKey, Keyring
from storage.tables import visits

_THIS = (visits.c.school == bindparam("b_school")) & (visits.c.id == bindparam("b_id"))
_KEYS = select(visits.c.data_keys).where(_THIS).with_for_update()
_KEEP = update(visits).where(_THIS).values(data_keys=bindparam("b_keys"))


class VisitKeys:
    """Opens and makes data keys, and remembers them for the rest of the transaction."""

    __slots__ = ("_connection", "_kept", "_keyring", "_opened")

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring
        self._opened: dict[tuple[str, str], DataKey] = {}
        self._kept: dict[tuple[str, str], bytes | None] = {}

    def read(self, school: str, visit_id: str, wrapped: bytes | None) -> None:
        """How a key is kept, as it was just read: it need not be asked for again."""
        self._kept[school, visit_id] = wrapped

    def make(self, school: str, visit_id: str) -> tuple[DataKey, bytes]:
        """Make the key of a new visit; give it, and how it is to be kept."""
        key, wrapped = self._keyring.usable((school, visit_id), None)
        self._opened[school, visit_id] = key
        return key, wrapped

    def opened(self, school: str, visit_id: str, wrapped: bytes | None) -> DataKey | None:
        """Open the key as it is kept; None if it can't be opened, or was destroyed."""
        if (school, visit_id) not in self._opened:
            key = self._keyring.unwrap((school, visit_id), wrapped)
            if key is None:
                return None
            self._opened[school, visit_id] = key
        return self._opened[school, visit_id]

    def to_seal(self, school: str, visit_id: str) -> DataKey:
        """Give a key to seal with, always: a visit whose key can't be opened gets another (S15)."""
        if key := self._opened.get((school, visit_id)):
            return key
        if key := self.opened(school, visit_id, self._kept.get((school, visit_id))):
            return key
        this = {"b_school": school, "b_id": visit_id}
        kept = self._connection.execute(_KEYS, this).scalar()
        key, wrapped = self._keyring.usable((school, visit_id), kept)
        if wrapped != kept:
            self._connection.execute(_KEEP, {**this, "b_keys": wrapped})
        self._opened[school, visit_id] = key
        return key
