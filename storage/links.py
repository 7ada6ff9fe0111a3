"""The links of an audit chain: each hashes the one before, over ciphertext (P8).

Of which table they are rows, and where the end of the chain is kept, this doesn't know. A chain of
the school's own has no visit: there the visit's id is empty.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from storage.codec import write_event
from storage.crypto import DataKey

GENESIS = "0" * 64
Fields = tuple[str, str, int, datetime, str, str]
"""What is readable of an entry: school, visit, number, moment, kind, by whom."""


def linked(
    school: str, visit_id: str, events: Sequence[object], seq: int, last: str, key: DataKey
) -> list[dict[str, Any]]:
    """The rows that follow from the end of a chain, in order."""
    rows = []
    for event in events:
        seq += 1
        at: datetime = event.at  # type: ignore[attr-defined]
        kind, by = type(event).__name__, getattr(event, "by", None) or ""
        sealed = key.seal(owner(school, visit_id, seq), write_event(event).encode())
        fields = (school, visit_id, seq, at, kind, by)
        row = dict(zip(("school", "visit", "seq", "at", "kind", "by"), fields, strict=True))
        hashed = hash_of(last, fields, sealed)
        rows.append({**row, "sealed": sealed, "previous": last, "hash": hashed})
        last = hashed
    return rows


def opened(
    rows: Sequence[Row[*tuple[Any, ...]]], school: str, visit_id: str, key: DataKey | None
) -> Iterator[tuple[Any, ...]]:
    """Number, moment, kind, by whom, and what it says, or None where it can't be decrypted."""
    for row in rows:
        plain = key.open(owner(school, visit_id, row.seq), row.sealed) if key else None
        yield row.seq, row.at, row.kind, row.by, None if plain is None else json.loads(plain)


def suspects(
    rows: Iterator[Row[*tuple[Any, ...]]], visit_id: str, head_seq: int, head_hash: str
) -> Iterator[int]:
    """Walk one chain: what is missing, what does not fit its predecessor, what was altered."""
    seq, last = 0, GENESIS
    for row in rows:
        if row.seq != seq + 1:
            yield seq + 1
        elif row.previous != last:
            yield row.seq
        fields = (row.school, visit_id, row.seq, row.at, row.kind, row.by)
        if row.hash != hash_of(row.previous, fields, row.sealed):
            yield row.seq
        seq, last = row.seq, row.hash
    if (seq, last) != (head_seq, head_hash):
        yield seq + 1 if seq < head_seq else seq


def owner(school: str, visit_id: str, seq: int) -> tuple[str, ...]:
    """Whose an entry is, as it says inside what is sealed."""
    return (school, "audit", visit_id, str(seq))


def hash_of(previous: str, fields: Fields, sealed: bytes) -> str:
    """Over what is readable, and what is sealed as it is stored."""
    school, visit_id, seq, at, kind, by = fields
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    open_fields = json.dumps([previous, school, visit_id, seq, moment, kind, by])
    return hashlib.sha256(open_fields.encode() + b"\n" + sealed).hexdigest()
