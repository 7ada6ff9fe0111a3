"""Keyed hashes of what must match but may not be read (P8): addresses and families.

The key is one for a school, for good, sealed under ``DOORSTEP_KEY``; under a new one it is sealed
afresh, and the hashes stay as they are. Without the key nothing is hashed and nothing is found.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update

from storage.crypto import Keyring
from storage.tables import mark_keys, settings
from storage.upsert import insert_new

_KEY = select(mark_keys.c.sealed).where(mark_keys.c.school == bindparam("b_school"))
_SEAL_AFRESH = (
    update(mark_keys)
    .where(mark_keys.c.school == bindparam("b_school"))
    .values(sealed=bindparam("b_sealed"))
)
_SETTINGS = select(settings.c.sealed).where(settings.c.school == bindparam("b_school"))
BYTES = 32


class MarkKeys:
    """Opens a school's key once. ``known`` lives as long as the store: only keys that were read
    from the database get into it, never one that a rollback may take back.
    """

    __slots__ = ("_connection", "_keyring", "_known", "_made")

    def __init__(self, connection: Connection, keyring: Keyring, known: dict[str, bytes]) -> None:
        self._connection = connection
        self._keyring = keyring
        self._known = known
        self._made: dict[str, bytes] = {}

    def marks(self, school: str, kind: str, forms: Iterable[str]) -> set[str] | None:
        """The hash of each form; None where the school's key can't be had."""
        key = self._key(school)
        if key is None:
            return None
        return {
            hmac.new(key, f"{kind}\n{form}".encode(), hashlib.sha256).hexdigest() for form in forms
        }

    def _key(self, school: str) -> bytes | None:
        if found := self._known.get(school) or self._made.get(school):
            return found
        sealed = self._connection.execute(_KEY, {"b_school": school}).scalar()
        if sealed is None:
            return self._make(school)
        key = self._keyring.open((school, "marks"), sealed)
        if key is None:
            return None
        self._known[school] = key
        if afresh := self._keyring.afresh((school, "marks"), sealed):
            self._connection.execute(_SEAL_AFRESH, {"b_school": school, "b_sealed": afresh})
        return key

    def _make(self, school: str) -> bytes | None:
        """The first key, but not under a ``DOORSTEP_KEY`` that isn't the school's (S15): the right
        one could never open it.
        """
        kept = self._connection.execute(_SETTINGS, {"b_school": school}).scalar()
        if kept is not None and self._keyring.open((school, "settings"), kept) is None:
            return None
        key = secrets.token_bytes(BYTES)
        row = {"school": school, "sealed": self._keyring.seal((school, "marks"), key)}
        if self._connection.execute(insert_new(self._connection, mark_keys), row).rowcount == 0:
            sealed = self._connection.execute(_KEY, {"b_school": school}).scalar()
            return self._keyring.open((school, "marks"), sealed)  # another replica was first
        self._made[school] = key
        return key
