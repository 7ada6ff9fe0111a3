"""The audit (see ``bot.ports.Audit``): a chain of entries a visit, and one of the school's own.

Destroying a visit's key erases what its entries say, and the chain still verifies. The head stands
on the visit's own row, so that a chain cut short shows as well.
"""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports import Entry
from storage.here import Head, Here
from storage.links import GENESIS, linked, opened, suspects
from storage.policies import SqlPolicies
from storage.school_chain import SchoolChain
from storage.tables import audit, visits
from storage.visit_keys import VisitKeys

_VISIT = (visits.c.school == bindparam("b_school")) & (visits.c.id == bindparam("b_id"))
_HEAD = select(visits.c.chain_seq, visits.c.chain_head).where(_VISIT).with_for_update()
_MOVE_HEAD = (
    update(visits)
    .where(_VISIT)
    .values(chain_seq=bindparam("b_seq"), chain_head=bindparam("b_hash"))
)
_KEYS = select(visits.c.data_keys).where(_VISIT)
_APPEND = insert(audit)
_CHAIN = (
    select(audit)
    .where((audit.c.school == bindparam("b_school")) & (audit.c.visit == bindparam("b_id")))
    .order_by(audit.c.seq)
)
_EVERYTHING = (
    select(audit)
    .order_by(audit.c.school, audit.c.visit, audit.c.seq)
    .execution_options(yield_per=500)
)
_HEADS = select(visits.c.school, visits.c.id, visits.c.chain_seq, visits.c.chain_head)


class SqlAudit:
    """See ``bot.ports.Audit``."""

    __slots__ = ("_connection", "_here", "_keys", "_policies", "_school")

    def __init__(
        self,
        connection: Connection,
        policies: SqlPolicies,
        keys: VisitKeys,
        school: SchoolChain,
        here: Here,
    ) -> None:
        self._connection = connection
        self._policies = policies
        self._keys = keys
        self._school = school
        self._here = here

    def append(self, school: str, visit_id: str, events: Sequence[object]) -> None:
        if not events:
            return
        if not visit_id:
            self._school.append(school, events)
            return
        seq, head = self._head(school, visit_id)
        key = self._keys.to_seal(school, visit_id)
        rows = linked(school, visit_id, events, seq, head, key)
        self._connection.execute(_APPEND, rows)
        seq, head = rows[-1]["seq"], rows[-1]["hash"]
        this = {"b_school": school, "b_id": visit_id}
        self._connection.execute(_MOVE_HEAD, {**this, "b_seq": seq, "b_hash": head})
        self._here.heads[school, visit_id] = seq, head

    def _head(self, school: str, visit_id: str) -> Head:
        """The end of the chain. One that was read with the visit holds: who saves it first has
        compared and set, and a link that is there already is refused.
        """
        if known := self._here.heads.get((school, visit_id)):
            return known
        this = {"b_school": school, "b_id": visit_id}
        head = self._connection.execute(_HEAD, this).one_or_none()
        if head is None:
            raise LookupError(f"there is no visit {visit_id} to append to")
        return head.chain_seq, head.chain_head

    def entries(self, school: str, visit_id: str) -> list[Entry]:
        if not visit_id:
            return self._school.entries(school)
        this = {"b_school": school, "b_id": visit_id}
        key = self._keys.opened(school, visit_id, self._connection.execute(_KEYS, this).scalar())
        rows = self._connection.execute(_CHAIN, this).all()
        return [Entry(*each) for each in opened(rows, school, visit_id, key)]

    def broken(self) -> list[tuple[str, str, int]]:
        heads = {
            (h.school, h.id): (h.chain_seq, h.chain_head) for h in self._connection.execute(_HEADS)
        }
        found: list[tuple[str, str, int]] = []
        for chain, rows in groupby(self._connection.execute(_EVERYTHING), key=lambda row: row[:2]):
            school, visit_id = chain[0], chain[1]
            head = heads.pop((school, visit_id), (0, GENESIS))
            found += [(school, visit_id, n) for n in dict.fromkeys(suspects(rows, visit_id, *head))]
        found += [(*visit, 1) for visit, (seq, _) in heads.items() if seq]
        lost = [(*visit, 0) for visit in self._policies.broken()]
        return sorted([*found, *lost, *self._school.broken()])
