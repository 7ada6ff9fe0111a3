"""Visits (see ``bot.ports.Visits``): the open state, the sealed details, and when to wake.

``wake_at`` and the state are written by the same UPDATE, so that no visit is ever out of step with
its alarm clock.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, false, func, insert, select, true, update

from bot.domain.known import Marks
from bot.domain.visit import InAlarm, Out, Requested, Visit
from bot.ports import Alike, Away
from storage.codec import (
    SCHEMA,
    StoredByNewer,
    read_details,
    read_state,
    write_details,
    write_state,
)
from storage.counters import next_value
from storage.here import Here
from storage.links import GENESIS
from storage.policies import SqlPolicies
from storage.seen import Key, Rest, Seen
from storage.tables import visit_addresses, visit_people, visits
from storage.visit_keys import VisitKeys
from storage.visit_marks import VisitMarks

log = logging.getLogger(__name__)

FIRST_NUMBER = 1001
NAMED = "named"
"""How a live visit stands beside whoever it names and who is no visitor of it."""
_THIS = (visits.c.school == bindparam("b_school")) & (visits.c.id == bindparam("b_id"))
_VISIT = select(
    visits.c.school,
    visits.c.id,
    visits.c.schema,
    visits.c.state,
    visits.c.policy,
    visits.c.details,
    visits.c.data_keys,
    visits.c.chain_seq,
    visits.c.chain_head,
)
_GET = _VISIT.where(_THIS)
_LIVE = _VISIT.where((visits.c.school == bindparam("b_school")) & (visits.c.live == true()))
_OLDEST_FIRST = (visits.c.created_at, visits.c.id)
_WAITING = _LIVE.order_by(*_OLDEST_FIRST)
_OVER = (
    _VISIT.where((visits.c.school == bindparam("b_school")) & (visits.c.live == false()))
    .order_by(visits.c.created_at.desc(), visits.c.id.desc())
    .limit(bindparam("b_limit"))
)
_THEIRS = select(visit_people.c.visit).where(
    (visit_people.c.school == bindparam("b_school"))
    & visit_people.c.person.in_(bindparam("b_people", expanding=True))
)
_LIVE_OF = _VISIT.where(
    (visits.c.school == bindparam("b_school"))
    & visits.c.id.in_(_THEIRS.where(visit_people.c.standing.in_(["waiting", "out"])))
).order_by(*_OLDEST_FIRST)
_PEOPLE_OUT = select(func.aggregate_strings(visit_people.c.person, "\n")).where(
    (visit_people.c.school == bindparam("b_school")) & (visit_people.c.standing == "out")
)
"""In one row: each of many costs more than the whole."""
_IN_PHASE = (visits.c.school == bindparam("b_school")) & (visits.c.phase == bindparam("b_phase"))
_SOONEST = (
    _VISIT.where(_IN_PHASE)
    .order_by(visits.c.wake_at, visits.c.id)
    .limit(bindparam("b_limit"))
    .offset(bindparam("b_start"))
)
_COUNT = select(func.count()).where(_IN_PHASE)
_BY_REFERENCE = _VISIT.where(
    (visits.c.school == bindparam("b_school")) & (visits.c.reference == bindparam("b_reference"))
)
_NAMING = (
    _VISIT.where(
        (visits.c.school == bindparam("b_school"))
        & visits.c.id.in_(_THEIRS.where(visit_people.c.standing == NAMED))
    )
    .order_by(*_OLDEST_FIRST)
    .limit(bindparam("b_limit"))
)
_RECENT_OF = (
    _VISIT.where(
        (visits.c.school == bindparam("b_school"))
        & visits.c.id.in_(_THEIRS.where(visit_people.c.standing != NAMED))
    )
    .order_by(visits.c.created_at.desc(), visits.c.id.desc())
    .limit(bindparam("b_limit"))
)
_OUT_AT = (
    _VISIT.join(
        visit_addresses,
        (visit_addresses.c.school == visits.c.school) & (visit_addresses.c.visit == visits.c.id),
    )
    .where(
        (visit_addresses.c.school == bindparam("b_school"))
        & (visit_addresses.c.channel == bindparam("b_channel"))
        & (visit_addresses.c.address == bindparam("b_address"))
    )
    .order_by(*_OLDEST_FIRST)
)
_SAVED: dict[str, Any] = {
    name: bindparam(f"b_new_{name}")
    for name in ("version", "phase", "live", "wake_at", "schema", "state", "policy")
}
_AS_READ = _THIS & (visits.c.version == bindparam("b_version"))
_SAVE = update(visits).where(_AS_READ).values(**_SAVED)
_SAVE_ALL = update(visits).where(_AS_READ).values(**_SAVED, details=bindparam("b_new_details"))
_POSTPONE = (
    update(visits).where(_THIS & visits.c.wake_at.is_not(None)).values(wake_at=bindparam("b_until"))
)
_DUE = (
    select(visits.c.school, visits.c.id)
    .where(visits.c.wake_at <= bindparam("b_now"))
    .order_by(visits.c.wake_at, visits.c.school, visits.c.id)
    .limit(bindparam("b_limit"))
)
_NEXT_WAKE = select(func.min(visits.c.wake_at))
_ADD = insert(visits)
_ADD_PEOPLE = insert(visit_people)
_DROP_PEOPLE = delete(visit_people).where(
    (visit_people.c.school == bindparam("b_school")) & (visit_people.c.visit == bindparam("b_id"))
)


_OF_THESE = select(
    visits.c.school, visits.c.id, visits.c.schema, visits.c.state, visits.c.policy
).where(
    (visits.c.school == bindparam("b_school")) & visits.c.id.in_(bindparam("b_ids", expanding=True))
)
_UNMARKED = (
    _VISIT.where(
        (visits.c.school == bindparam("b_school"))
        & (visits.c.marked == false())
        & (visits.c.id > bindparam("b_after"))
    )
    .order_by(visits.c.id)
    .limit(bindparam("b_limit"))
)
_ERASE = update(visits).where(_THIS).values(details=None, data_keys=None, marked=True)
_ADD_ADDRESSES = insert(visit_addresses)
_DROP_ADDRESSES = delete(visit_addresses).where(
    (visit_addresses.c.school == bindparam("b_school"))
    & (visit_addresses.c.visit == bindparam("b_id"))
)


class SqlVisits:
    """See ``bot.ports.Visits``."""

    __slots__ = ("_connection", "_here", "_keys", "_known", "_marks", "_policies", "_rest", "_seen")

    def __init__(
        self,
        connection: Connection,
        policies: SqlPolicies,
        keys: VisitKeys,
        marks: VisitMarks,
        seen: Seen,
        here: Here,
    ) -> None:
        self._connection = connection
        self._policies = policies
        self._keys = keys
        self._marks = marks
        self._seen = seen
        self._here = here
        # What was read here, so that a save leaves alone what it does not change: compare and set
        # sees to it that nobody else has changed it meanwhile.
        self._known: dict[Key, Visit] = {}
        self._rest: dict[Key, Rest] = {}

    def get(self, school: str, visit_id: str) -> Visit | None:
        if known := self._here.visits.get((school, visit_id)):
            return known
        this = {"b_school": school, "b_id": visit_id}
        row = self._connection.execute(_GET, this).one_or_none()
        return None if row is None else self._read(row)

    def add(self, visit: Visit, wake_at: datetime | None) -> None:
        key, wrapped = self._keys.make(visit.school, visit.id)
        stored = self._stored(visit, 0, wake_at)
        details = visit.details
        self._connection.execute(
            _ADD,
            {
                **stored,
                "school": visit.school,
                "id": visit.id,
                "reference": visit.reference,
                "created_at": visit.created_at,
                "details": key.seal(_owner(visit), write_details(details)) if details else None,
                "data_keys": wrapped,
                "chain_seq": 0,
                "chain_head": GENESIS,
                "marked": True,
            },
        )
        self._write_people(visit)
        self._write_addresses(visit)
        self._marks.change(None, visit)
        self._known[visit.school, visit.id] = visit
        self._here.forget()

    def save(self, visit: Visit, wake_at: datetime | None) -> bool:
        stored = self._stored(visit, visit.version + 1, wake_at)
        values = {f"b_new_{name}": value for name, value in stored.items()}
        values |= {"b_school": visit.school, "b_id": visit.id, "b_version": visit.version}
        statement = _SAVE
        own = (visit.school, visit.id)
        known = self._known.get(own)
        if visit.details is not None and (known is None or known.details != visit.details):
            key = self._keys.to_seal(visit.school, visit.id)
            values["b_new_details"] = key.seal(_owner(visit), write_details(visit.details))
            statement = _SAVE_ALL
        if self._connection.execute(statement, values).rowcount != 1:
            self._here.forget()
            return False
        this = {"b_school": visit.school, "b_id": visit.id}
        same_people = known is not None and people_of(known) == people_of(visit)
        if not same_people:
            self._connection.execute(_DROP_PEOPLE, this)
            self._write_people(visit)
        if known is None or addresses_of(known) != addresses_of(visit):
            self._connection.execute(_DROP_ADDRESSES, this)
            self._write_addresses(visit)
        self._marks.change(known, visit)
        self._remember(own, visit, stored, same_people=same_people)
        self._known[own] = visit
        return True

    def _remember(
        self, own: Key, visit: Visit, stored: Mapping[str, Any], *, same_people: bool
    ) -> None:
        """Where the details stand as they were read, the whole row is known."""
        known, rest = self._known.get(own), self._rest.get(own)
        whole = known is not None and known.details == visit.details
        saved = replace(visit, version=visit.version + 1)
        if rest and whole:
            _, *sealed = rest
            rest = self._rest[own] = (stored["policy"], *sealed)
            self._seen.keep(own, (stored["state"], *rest), saved)
        if rest and whole and same_people:
            self._here.saved(own, saved)
        else:
            self._here.forget()

    def _stored(self, visit: Visit, version: int, wake_at: datetime | None) -> dict[str, object]:
        """The columns that every save writes; a policy that is new there is written first."""
        stands, *_ = self._rest.get((visit.school, visit.id), (None,))
        policy = visit.policy and self._policies.keep(visit.school, visit.policy, stands)
        return {
            "version": version,
            "phase": type(visit.phase).__name__,
            "live": visit.is_live,
            "wake_at": wake_at,
            "schema": SCHEMA,
            "state": write_state(visit, version),
            "policy": policy,
        }

    def next_number(self, school: str) -> int:
        return next_value(self._connection, school, "visits", FIRST_NUMBER)

    def live_of(self, school: str, people: Sequence[str]) -> list[Visit]:
        theirs, these = (school, tuple(people)), {"b_school": school, "b_people": list(people)}
        if theirs not in self._here.live:
            rows = self._connection.execute(_LIVE_OF, these).all()
            self._here.live[theirs] = [self._read(row) for row in rows]
        return list(self._here.live[theirs])

    def people_out(self, school: str) -> frozenset[str]:
        if school not in self._here.out:
            found = self._connection.execute(_PEOPLE_OUT, {"b_school": school}).scalar()
            self._here.out[school] = frozenset(found.split("\n") if found else ())
        return self._here.out[school]

    def out_at(self, school: str, channel: str, address: str) -> list[Visit]:
        this = {"b_school": school, "b_channel": channel, "b_address": address}
        return [self._read(row) for row in self._connection.execute(_OUT_AT, this).all()]

    def waiting(self, school: str) -> list[Visit]:
        rows = self._connection.execute(_WAITING, {"b_school": school}).all()
        return [self._read(row) for row in rows]

    def over(self, school: str, limit: int) -> list[Visit]:
        rows = self._connection.execute(_OVER, {"b_school": school, "b_limit": limit}).all()
        return [self._read(row) for row in rows]

    def naming(self, school: str, person: str, limit: int) -> list[Visit]:
        these = {"b_school": school, "b_people": [person], "b_limit": limit}
        return [self._read(row) for row in self._connection.execute(_NAMING, these).all()]

    def by_reference(self, school: str, reference: str) -> Visit | None:
        this = {"b_school": school, "b_reference": reference}
        row = self._connection.execute(_BY_REFERENCE, this).one_or_none()
        return None if row is None else self._read(row)

    def requested(self, school: str, limit: int) -> list[Visit]:
        return self._soonest(school, Requested, limit, 0)

    def out(self, school: str, limit: int, start: int = 0) -> Away:
        alarms, calm = self._count(school, InAlarm), self._count(school, Out)
        found = self._soonest(school, InAlarm, limit, start) if start < alarms else []
        if len(found) < limit:
            found += self._soonest(school, Out, limit - len(found), max(0, start - alarms))
        return Away(tuple(found), alarms, alarms + calm)

    def _soonest(self, school: str, phase: type, limit: int, start: int) -> list[Visit]:
        this = {"b_school": school, "b_phase": phase.__name__, "b_limit": limit, "b_start": start}
        return [self._read(row) for row in self._connection.execute(_SOONEST, this).all()]

    def _count(self, school: str, phase: type) -> int:
        this = {"b_school": school, "b_phase": phase.__name__}
        return int(self._connection.execute(_COUNT, this).scalar_one())

    def recent_of(self, school: str, person: str, limit: int) -> list[Visit]:
        these = {"b_school": school, "b_people": [person], "b_limit": limit}
        return [self._read(row) for row in self._connection.execute(_RECENT_OF, these).all()]

    def alike(self, school: str, sought: Marks, but: str, most: int) -> list[Alike] | None:
        found = self._marks.find(school, sought, but, most)
        if found is None:
            return None
        here = {row.visit for row in found if row.here}
        times = {row.visit: (row.at, row.troubled) for row in found}
        chosen = latest(times, most)
        these = {"b_school": school, "b_ids": chosen}
        rows = self._connection.execute(_OF_THESE, these).all() if chosen else []
        read = {row.id: self._bare(row) for row in rows}
        return [Alike(read[each], each in here) for each in chosen]

    def mark_older(self, school: str, after: str, limit: int) -> str:
        these = {"b_school": school, "b_after": after, "b_limit": limit}
        rows = self._connection.execute(_UNMARKED, these).all()
        for row in rows:
            self._marks.write_older(self._read(row))
        return rows[-1].id if rows else ""

    def erase(self, school: str, visit_id: str) -> None:
        self._connection.execute(_ERASE, {"b_school": school, "b_id": visit_id})
        self._here.forget()
        self._marks.drop(school, visit_id)

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        rows = self._connection.execute(_DUE, {"b_now": now, "b_limit": limit})
        return [(row.school, row.id) for row in rows.all()]

    def rouse(self, school: str, visit_id: str, until: datetime) -> None:
        # What waits for nothing is left alone. Sooner is fine too: waking early is harmless.
        self._connection.execute(
            _POSTPONE, {"b_school": school, "b_id": visit_id, "b_until": until}
        )

    def next_wake(self) -> datetime | None:
        return self._connection.execute(_NEXT_WAKE).scalar()

    def _read(self, row: Row[*tuple[Any, ...]]) -> Visit:
        key, rest = (row.school, row.id), (row.policy, row.details, row.data_keys)
        content = (row.state, *rest)
        self._keys.read(*key, row.data_keys)
        visit = self._seen.get(key, content)
        if visit is None:
            visit = self._bare(row)
            if row.details is not None:
                visit = self._with_details(visit, row.details, row.data_keys)
            if visit.details is not None or row.details is None:
                self._seen.keep(key, content, visit)
        self._known[key], self._rest[key] = visit, rest
        self._here.visits[key], self._here.heads[key] = visit, (row.chain_seq, row.chain_head)
        return visit

    def _bare(self, row: Row[*tuple[Any, ...]]) -> Visit:
        """The visit under its policy, without its details."""
        policy = None if row.policy is None else self._policies.read(row.school, row.policy)
        return read_state(row.state, row.schema, policy)

    def _with_details(self, visit: Visit, sealed: bytes, wrapped: bytes | None) -> Visit:
        key = self._keys.opened(visit.school, visit.id, wrapped)
        plain = key.open(_owner(visit), sealed) if key else None
        try:
            return replace(visit, details=read_details(plain or b""))
        except (LookupError, TypeError, ValueError, StoredByNewer):
            # Nothing of the error is logged: it might quote what it could not read.
            log.warning("the details of %s (%s) can't be opened", visit.reference, visit.school)
            return visit

    def _write_people(self, visit: Visit) -> None:
        this = {"school": visit.school, "visit": visit.id}
        found = people_of(visit).items()
        rows = [{**this, "person": person, "standing": standing} for person, standing in found]
        if rows:
            self._connection.execute(_ADD_PEOPLE, rows)

    def _write_addresses(self, visit: Visit) -> None:
        this = {"school": visit.school, "visit": visit.id}
        found = sorted(addresses_of(visit))
        rows = [{**this, "channel": channel, "address": address} for channel, address in found]
        if rows:
            self._connection.execute(_ADD_ADDRESSES, rows)


def latest(times: Mapping[str, tuple[datetime, bool]], most: int) -> list[str]:
    """Of visits by when they were and whether in trouble, so many of either, latest first."""
    order = sorted(times, key=lambda each: (times[each][0], each), reverse=True)
    chosen = {
        *[each for each in order if times[each][1]][:most],
        *[each for each in order if not times[each][1]][:most],
    }
    return [each for each in order if each in chosen]


def addresses_of(visit: Visit) -> frozenset[tuple[str, str]]:
    """Where those on a visit that is out may be heard from, as it was frozen at departure."""
    visitors = visit.watch.visitors if visit.watch and visit.is_out else ()
    return frozenset(pair for visitor in visitors for pair in visitor.addresses.items())


def people_of(visit: Visit) -> dict[str, str]:
    """How it stands with each visitor; and while it is live, whoever else it names."""
    standing = "out" if visit.is_out else "waiting" if visit.is_live else "over"
    people = dict.fromkeys(visit.visitors, standing)
    if not visit.is_live:
        return people
    told = (*(visit.watch.told if visit.watch else ()), *(visit.alarm.told if visit.alarm else ()))
    if visit.watch and visit.watch.amber:
        told = (*told, *visit.watch.amber.told)
    closed = visit.watch.closed.alarm.told if visit.watch and visit.watch.closed else ()
    standby = (p for p in (visit.plan.contact, visit.plan.backup) if p)
    for person in (*visit.planned, *visit.taken_off, *standby, *told, *closed):
        people.setdefault(person, NAMED)
    return people


def _owner(visit: Visit) -> tuple[str, ...]:
    return (visit.school, "details", visit.id)
