"""The audit chain of a school itself: changed settings, flags, who has read the policy.

Its head and its key stand in a row of their own, as a visit's do on the visit's.
"""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports import Entry
from storage.crypto import Keyring
from storage.links import GENESIS, linked, opened, suspects
from storage.tables import chains, school_audit
from storage.upsert import insert_new

_THIS = chains.c.school == bindparam("b_school")
_HEAD = select(chains).where(_THIS).with_for_update()
_MOVE_HEAD = (
    update(chains)
    .where(_THIS)
    .values(
        data_keys=bindparam("b_keys"), chain_seq=bindparam("b_seq"), chain_head=bindparam("b_hash")
    )
)
_CHAIN = (
    select(school_audit)
    .where(school_audit.c.school == bindparam("b_school"))
    .order_by(school_audit.c.seq)
)
_EVERYTHING = (
    select(school_audit)
    .order_by(school_audit.c.school, school_audit.c.seq)
    .execution_options(yield_per=500)
)
_HEADS = select(chains.c.school, chains.c.chain_seq, chains.c.chain_head)


class SchoolChain:
    """The part of ``bot.ports.Audit`` that is about no visit."""

    __slots__ = ("_connection", "_keyring")

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def append(self, school: str, events: Sequence[object]) -> None:
        """Add events to the end; the head stays locked until the transaction ends."""
        first = {"school": school, "chain_seq": 0, "chain_head": GENESIS}
        self._connection.execute(insert_new(self._connection, chains), first)
        head = self._connection.execute(_HEAD, {"b_school": school}).one()
        key, wrapped = self._keyring.usable((school, "chain"), head.data_keys)
        rows = linked(school, "", events, head.chain_seq, head.chain_head, key)
        for row in rows:
            del row["visit"]
        self._connection.execute(insert(school_audit), rows)
        last = {"b_seq": rows[-1]["seq"], "b_hash": rows[-1]["hash"], "b_keys": wrapped}
        self._connection.execute(_MOVE_HEAD, {"b_school": school, **last})

    def entries(self, school: str) -> list[Entry]:
        """Give the chain, oldest first."""
        this = {"b_school": school}
        kept = select(chains.c.data_keys).where(_THIS)
        wrapped = self._connection.execute(kept, this).scalar()
        key = self._keyring.unwrap((school, "chain"), wrapped)
        rows = self._connection.execute(_CHAIN, this).all()
        return [Entry(*each) for each in opened(rows, school, "", key)]

    def broken(self) -> list[tuple[str, str, int]]:
        """Each entry that doesn't verify: (school, no visit, seq)."""
        heads = {h.school: (h.chain_seq, h.chain_head) for h in self._connection.execute(_HEADS)}
        found: list[tuple[str, str, int]] = []
        rows = self._connection.execute(_EVERYTHING)
        for school, chain in groupby(rows, key=lambda row: str(row.school)):
            head = heads.pop(school, (0, GENESIS))
            found += [(school, "", seq) for seq in dict.fromkeys(suspects(chain, "", *head))]
        return [*found, *((school, "", 1) for school, (seq, _) in heads.items() if seq)]
