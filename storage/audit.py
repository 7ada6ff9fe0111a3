"""The audit (see ``bot.ports.Audit``): a chain of entries a visit, each hashing the one before.

The hash is over the ciphertext: destroying a visit's key erases what the entries say, and the chain
still verifies. The head stands on the visit's own row, so that a chain cut short shows as well.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.ports import Entry
from storage.codec import write_event
from storage.tables import audit, visits
from storage.visit_keys import VisitKeys
from storage.visits import GENESIS

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

    __slots__ = ("_connection", "_keys")

    def __init__(self, connection: Connection, keys: VisitKeys) -> None:
        self._connection = connection
        self._keys = keys

    def append(self, school: str, visit_id: str, events: Sequence[object]) -> None:
        if not events:
            return
        this = {"b_school": school, "b_id": visit_id}
        head = self._connection.execute(_HEAD, this).one_or_none()
        if head is None:
            raise LookupError(f"there is no visit {visit_id} to append to")
        key = self._keys.to_seal(school, visit_id)
        seq, last = head.chain_seq, head.chain_head
        rows = []
        for event in events:
            seq += 1
            at: datetime = event.at  # type: ignore[attr-defined]
            kind, by = type(event).__name__, getattr(event, "by", None) or ""
            sealed = key.seal(_owner(school, visit_id, seq), write_event(event).encode())
            row = {
                "school": school,
                "visit": visit_id,
                "seq": seq,
                "at": at,
                "kind": kind,
                "by": by,
                "sealed": sealed,
                "previous": last,
                "hash": _hash(last, (school, visit_id, seq, at, kind, by), sealed),
            }
            rows.append(row)
            last = str(row["hash"])
        self._connection.execute(_APPEND, rows)
        self._connection.execute(_MOVE_HEAD, {**this, "b_seq": seq, "b_hash": last})

    def entries(self, school: str, visit_id: str) -> list[Entry]:
        this = {"b_school": school, "b_id": visit_id}
        key = self._keys.opened(school, visit_id, self._connection.execute(_KEYS, this).scalar())
        found = []
        for row in self._connection.execute(_CHAIN, this).all():
            plain = key.open(_owner(school, visit_id, row.seq), row.sealed) if key else None
            detail = None if plain is None else json.loads(plain)
            found.append(Entry(row.seq, row.at, row.kind, row.by, detail))
        return found

    def broken(self) -> list[tuple[str, str, int]]:
        heads = {
            (h.school, h.id): (h.chain_seq, h.chain_head) for h in self._connection.execute(_HEADS)
        }
        found: list[tuple[str, str, int]] = []
        for chain, rows in groupby(self._connection.execute(_EVERYTHING), key=lambda row: row[:2]):
            head = heads.pop((chain[0], chain[1]), (0, GENESIS))
            found += [(*chain, seq) for seq in dict.fromkeys(_suspects(rows, *head))]
        found += [(*visit, 1) for visit, (seq, _) in heads.items() if seq]
        return sorted(found)


def _suspects(
    rows: Iterator[Row[*tuple[Any, ...]]], head_seq: int, head_hash: str
) -> Iterator[int]:
    """Walk one chain: what is missing, what does not fit its predecessor, what was altered."""
    seq, last = 0, GENESIS
    for row in rows:
        if row.seq != seq + 1:
            yield seq + 1
        elif row.previous != last:
            yield row.seq
        fields = (row.school, row.visit, row.seq, row.at, row.kind, row.by)
        if row.hash != _hash(row.previous, fields, row.sealed):
            yield row.seq
        seq, last = row.seq, row.hash
    if (seq, last) != (head_seq, head_hash):
        yield seq + 1 if seq < head_seq else seq


def _owner(school: str, visit_id: str, seq: int) -> tuple[str, ...]:
    return (school, "audit", visit_id, str(seq))


def _hash(previous: str, fields: tuple[str, str, int, datetime, str, str], sealed: bytes) -> str:
    school, visit_id, seq, at, kind, by = fields
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    open_fields = json.dumps([previous, school, visit_id, seq, moment, kind, by])
    return hashlib.sha256(open_fields.encode() + b"\n" + sealed).hexdigest()
