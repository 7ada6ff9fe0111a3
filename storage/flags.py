"""Known risks at addresses (see ``bot.ports.Flags``): the address as written and the reason are
sealed, each flag under a key of its own, and an address is found by the hashes that visits have.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.known import Flag
from storage.codec import read_names, write_names
from storage.crypto import Keyring
from storage.marks import MarkKeys
from storage.tables import flag_marks, flags
from storage.visit_marks import place_marks

_THIS = (flags.c.school == bindparam("b_school")) & (flags.c.id == bindparam("b_id"))
_GET = select(flags).where(_THIS)
_NEWEST = (flags.c.at.desc(), flags.c.id)
_AT = (
    select(flags)
    .where(
        (flags.c.school == bindparam("b_school"))
        & flags.c.id.in_(
            select(flag_marks.c.flag).where(
                (flag_marks.c.school == bindparam("b_school"))
                & flag_marks.c.mark.in_(bindparam("b_marks", expanding=True))
            )
        )
    )
    .order_by(*_NEWEST)
)
_BINDING = (
    select(flags)
    .where(
        (flags.c.school == bindparam("b_school"))
        & (flags.c.until > bindparam("b_now"))
        & flags.c.lifted_at.is_(None)
    )
    .order_by(*_NEWEST)
    .limit(bindparam("b_limit"))
)
_SAVE = (
    update(flags)
    .where(_THIS)
    .values(
        {
            name: bindparam(f"b_{name}")
            for name in (
                "review_at",
                "until",
                "reviewed_by",
                "reviewed_at",
                "lifted_by",
                "lifted_at",
                "ask_at",
            )
        }
    )
)
_ASK = update(flags).where(_THIS).values(ask_at=bindparam("b_ask_at"))
_DUE = (
    select(flags.c.school, flags.c.id)
    .where(flags.c.ask_at <= bindparam("b_now"))
    .order_by(flags.c.ask_at, flags.c.school, flags.c.id)
    .limit(bindparam("b_limit"))
)
_NEXT = select(func.min(flags.c.ask_at))
_OLD = (
    select(flags.c.id)
    .where(
        (flags.c.school == bindparam("b_school"))
        & or_(flags.c.until < bindparam("b_before"), flags.c.lifted_at < bindparam("b_before"))
    )
    .limit(bindparam("b_limit"))
)
_DROP_MARKS = delete(flag_marks).where(
    (flag_marks.c.school == bindparam("b_school")) & (flag_marks.c.flag == bindparam("b_id"))
)
_DROP = delete(flags).where(_THIS)


class SqlFlags:
    """See ``bot.ports.Flags``."""

    __slots__ = ("_connection", "_keyring", "_marks")

    def __init__(self, connection: Connection, keyring: Keyring, marks: MarkKeys) -> None:
        self._connection = connection
        self._keyring = keyring
        self._marks = marks

    def add(self, school: str, flag: Flag, places: frozenset[str]) -> bool:
        marks = place_marks(self._marks, school, places)
        if not marks:
            return False
        key, wrapped = self._keyring.usable(_owner(school, flag.id), None)
        told = write_names({"place": flag.place or "", "reason": flag.reason or ""})
        self._connection.execute(
            insert(flags),
            {
                **_columns(flag),
                "school": school,
                "id": flag.id,
                "by": flag.by,
                "at": flag.at,
                "ask_at": flag.review_at,
                "key": wrapped,
                "sealed": key.seal(_owner(school, flag.id), told.encode()),
            },
        )
        rows = [{"school": school, "mark": mark, "flag": flag.id} for mark in sorted(marks)]
        self._connection.execute(insert(flag_marks), rows)
        return True

    def get(self, school: str, flag_id: str) -> Flag | None:
        this = {"b_school": school, "b_id": flag_id}
        row = self._connection.execute(_GET, this).one_or_none()
        return None if row is None else self._read(row)

    def at(self, school: str, places: frozenset[str]) -> list[Flag] | None:
        marks = place_marks(self._marks, school, places)
        if marks is None:
            return None
        if not marks:
            return []
        these = {"b_school": school, "b_marks": sorted(marks)}
        return [self._read(row) for row in self._connection.execute(_AT, these).all()]

    def binding(self, school: str, now: datetime, limit: int) -> list[Flag]:
        these = {"b_school": school, "b_now": now, "b_limit": limit}
        return [self._read(row) for row in self._connection.execute(_BINDING, these).all()]

    def save(self, school: str, flag: Flag) -> None:
        values = {f"b_{name}": value for name, value in _columns(flag).items()}
        ask_at = None if flag.lifted_at else flag.review_at
        this = {"b_school": school, "b_id": flag.id, "b_ask_at": ask_at}
        self._connection.execute(_SAVE, {**this, **values})

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        rows = self._connection.execute(_DUE, {"b_now": now, "b_limit": limit})
        return [(row.school, row.id) for row in rows.all()]

    def ask(self, school: str, flag_id: str, at: datetime | None) -> None:
        this = {"b_school": school, "b_id": flag_id, "b_ask_at": at}
        self._connection.execute(_ASK, this)

    def next_due(self) -> datetime | None:
        return self._connection.execute(_NEXT).scalar()

    def forget_before(self, school: str, moment: datetime, limit: int) -> int:
        these = {"b_school": school, "b_before": moment, "b_limit": limit}
        old = list(self._connection.execute(_OLD, these).scalars())
        for flag_id in old:
            this = {"b_school": school, "b_id": flag_id}
            self._connection.execute(_DROP_MARKS, this)
            self._connection.execute(_DROP, this)
        return len(old)

    def _read(self, row: Row[*tuple[Any, ...]]) -> Flag:
        key = self._keyring.unwrap(_owner(row.school, row.id), row.key)
        plain = key.open(_owner(row.school, row.id), row.sealed) if key else None
        told = read_names(plain.decode()) if plain else {}
        return Flag(
            id=row.id,
            by=row.by,
            at=row.at,
            review_at=row.review_at,
            until=row.until,
            place=told.get("place"),
            reason=told.get("reason"),
            reviewed_by=row.reviewed_by,
            reviewed_at=row.reviewed_at,
            lifted_by=row.lifted_by,
            lifted_at=row.lifted_at,
        )


def _columns(flag: Flag) -> dict[str, object]:
    """What of a flag changes."""
    return {
        "review_at": flag.review_at,
        "until": flag.until,
        "reviewed_by": flag.reviewed_by,
        "reviewed_at": flag.reviewed_at,
        "lifted_by": flag.lifted_by,
        "lifted_at": flag.lifted_at,
    }


def _owner(school: str, flag_id: str) -> tuple[str, ...]:
    return (school, "flag", flag_id)
