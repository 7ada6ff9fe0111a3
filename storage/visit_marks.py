"""By what a visit is found again: hashes of its address and family, when it was, and whether it was
in trouble. They stand in the database as long as the visit can be read, and no longer.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    select,
    union_all,
    update,
)

from bot.domain.known import Marks, marks, trouble, when
from bot.domain.visit import Visit
from storage.marks import MarkKeys
from storage.tables import visit_marks, visits

PLACE, FAMILY = "place", "family"
_OF = (visit_marks.c.school == bindparam("b_school")) & (visit_marks.c.visit == bindparam("b_id"))
_ADD = insert(visit_marks)
_DROP = delete(visit_marks).where(_OF)
_AS_IT_IS = (
    update(visit_marks).where(_OF).values(at=bindparam("b_at"), troubled=bindparam("b_troubled"))
)
_MARKED = (
    update(visits)
    .where((visits.c.school == bindparam("b_school")) & (visits.c.id == bindparam("b_id")))
    .values(marked=bindparam("b_marked"))
)


class VisitMarks:
    """Writes and finds them."""

    __slots__ = ("_connection", "_keys")

    def __init__(self, connection: Connection, keys: MarkKeys) -> None:
        self._connection = connection
        self._keys = keys

    def write(self, visit: Visit) -> bool:
        """Of a visit that has none; whether it could be done."""
        if visit.details is None:
            return False
        found = self._hashed(visit.school, marks(visit.details))
        if found is None:
            return False
        row = {"school": visit.school, "visit": visit.id, **_now(visit)}
        if rows := [{**row, "mark": mark, "here": here} for mark, here in sorted(found.items())]:
            self._connection.execute(_ADD, rows)
        return True

    def change(self, known: Visit | None, visit: Visit) -> None:
        """After a save: what differs from the visit as it was read, or all of it."""
        this = {"b_school": visit.school, "b_id": visit.id}
        same = known is not None and (visit.details is None or _same_text(known, visit))
        if not same and visit.details is not None:
            self._connection.execute(_DROP, this)
            if not self.write(visit):
                self._connection.execute(_MARKED, {**this, "b_marked": False})
        elif known is None or _now(known) != _now(visit):
            now = {f"b_{name}": value for name, value in _now(visit).items()}
            self._connection.execute(_AS_IT_IS, {**this, **now})

    def write_older(self, visit: Visit) -> None:
        """Of a visit that was stored before there were any, or while the key was missing."""
        this = {"b_school": visit.school, "b_id": visit.id}
        self._connection.execute(_DROP, this)
        if self.write(visit):
            self._connection.execute(_MARKED, {**this, "b_marked": True})

    def drop(self, school: str, visit_id: str) -> None:
        """For a visit that is erased."""
        self._connection.execute(_DROP, {"b_school": school, "b_id": visit_id})

    def find(
        self, school: str, sought: Marks, but: str, most: int
    ) -> Sequence[Row[*tuple[Any, ...]]] | None:
        """Rows of other visits (visit, at, here, troubled): for each mark so many at the most of
        those in trouble, and of the others. None where there is no key to look with.
        """
        found = self._hashed(school, sought)
        if found is None:
            return None
        if not found:
            return []
        these: dict[str, object] = {f"b_{n}": mark for n, mark in enumerate(sorted(found))}
        these |= {"b_school": school, "b_but": but, "b_limit": most}
        return self._connection.execute(_finding(len(found)), these).all()

    def _hashed(self, school: str, given: Marks) -> dict[str, bool] | None:
        """Each hash, and whether it is the address's."""
        places = self._keys.marks(school, PLACE, given.places)
        families = self._keys.marks(school, FAMILY, given.families)
        if places is None or families is None:
            return None
        return dict.fromkeys(families, False) | dict.fromkeys(places, True)


def place_marks(keys: MarkKeys, school: str, forms: Iterable[str]) -> set[str] | None:
    """Hashes of an address alone, as they are for visits: a flag is found by the same."""
    return keys.marks(school, PLACE, forms)


@lru_cache(maxsize=64)
def _finding(many: int) -> Select[*tuple[Any, ...]]:
    """One statement: each mark, in trouble and not, is a walk of its index from its end."""
    table, parts = visit_marks.c, []
    for number in range(many):
        for troubled in (True, False):
            walk = (
                select(table.visit, table.at, table.here, table.troubled)
                .where(
                    and_(
                        table.school == bindparam("b_school"),
                        table.mark == bindparam(f"b_{number}"),
                        table.troubled == literal(troubled),
                        table.visit != bindparam("b_but"),
                    )
                )
                .order_by(table.at.desc())
                .limit(bindparam("b_limit"))
                .subquery()
            )
            parts.append(select(walk))
    return select(union_all(*parts).subquery())


def _now(visit: Visit) -> dict[str, object]:
    return {"at": when(visit), "troubled": bool(trouble(visit))}


def _same_text(known: Visit, visit: Visit) -> bool:
    """Whether nothing changed that it is found by."""
    if known.details is visit.details:
        return True
    if known.details is None or visit.details is None:
        return False
    return marks(known.details) == marks(visit.details)
