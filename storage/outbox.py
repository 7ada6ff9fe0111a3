"""What is still to be shown (see ``bot.ports.Outbox``).

A row's life: pending -> leased until -> sent | pending again | failed. ``attempts`` tells leases
apart: it grows with every retry and with every lease that had to be taken over, so that whoever
lost a lease settles nothing, but for the one fact that stays true: that the message was sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    RowMapping,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union,
    update,
)

from bot.ports import Buzzed, Parcel, Standing
from storage.codec import read_names, write_names
from storage.crypto import Keyring
from storage.tables import messages, outbox, visits
from storage.upsert import insert_new, put

# A comparison, where "is not null" would do: SQLite uses an index on it only for this.
_PENDING = outbox.c.ready_at > datetime(1, 1, 2, tzinfo=UTC)
_THIS = (outbox.c.school == bindparam("b_school")) & (outbox.c.id == bindparam("b_id"))
_HELD = _THIS & _PENDING & (outbox.c.attempts == bindparam("b_attempts"))

_READY = (
    select(outbox)
    .where(outbox.c.ready_at <= bindparam("b_now"))
    .where(outbox.c.urgent | ~bindparam("b_urgent", type_=Boolean))
    .order_by(outbox.c.urgent.desc(), outbox.c.due_at, outbox.c.created_at, outbox.c.id)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(outbox)
    .where(_THIS)
    .values(
        leased=True,
        ready_at=bindparam("b_until"),
        attempts=bindparam("b_attempts"),
        holder=bindparam("b_holder"),
    )
)
_FREE = update(outbox).where(_PENDING & outbox.c.leased).values(ready_at=outbox.c.due_at)
_FREE_OF = _FREE.where(outbox.c.holder == bindparam("b_holder"))
_HOLDERS = select(outbox.c.holder).distinct().where(_PENDING & outbox.c.leased)
# Succeeds where no connection of that replica lives; the lock is let go with the transaction.
_IS_GONE = select(func.pg_try_advisory_xact_lock(bindparam("b_holder", type_=BigInteger)))
_SENT = (
    update(outbox)
    .where(_THIS & (outbox.c.standing != "sent"))
    .values(standing="sent", leased=False, ready_at=None, settled_at=bindparam("b_at"))
)
_RETRY = (
    update(outbox)
    .where(_HELD)
    .values(
        leased=False,
        due_at=bindparam("b_at"),
        ready_at=bindparam("b_at"),
        attempts=outbox.c.attempts + 1,
        why=bindparam("b_why"),
    )
)
_FAILED = (
    update(outbox)
    .where(_HELD)
    .values(
        standing="failed",
        leased=False,
        ready_at=None,
        settled_at=bindparam("b_at"),
        why=bindparam("b_why"),
    )
)
_SETTLED = outbox.alias("settled")
_OF_LIVE = exists().where(
    (visits.c.school == _SETTLED.c.school)
    & (visits.c.id == _SETTLED.c.visit)
    & (visits.c.live == true())
)
_OLD = (
    select(_SETTLED.c.school, _SETTLED.c.id)
    .where((_SETTLED.c.settled_at < bindparam("b_moment")) & ~_OF_LIVE)
    .order_by(_SETTLED.c.settled_at)
    .limit(bindparam("b_limit"))
)
_FORGET = delete(outbox).where(tuple_(outbox.c.school, outbox.c.id).in_(_OLD))
_NEXT_DUE = select(func.min(outbox.c.ready_at))
_NEXT_DUE_BUT = (
    select(outbox.c.ready_at)
    .where(_PENDING & (outbox.c.slot != bindparam("b_slot")))
    .order_by(outbox.c.ready_at)
    .limit(1)
)
_DROP = delete(outbox).where(_THIS)
_OLDEST_URGENT = select(func.min(outbox.c.fell_due_at)).where(
    _PENDING & (outbox.c.urgent == true())
)
_SLOT = ("school", "visit", "slot", "recipient", "channel")
_REFERENCE = select(messages.c.reference).where(
    *(messages.c[name] == bindparam(f"b_{name}") for name in _SLOT)
)
_OWN = _SLOT[1:]
_SLOTS_OF = select(*(messages.c[name] for name in _OWN)).where(
    (messages.c.school == bindparam("b_school"))
    & (messages.c.reference == bindparam("b_reference"))
    & (messages.c.channel == bindparam("b_channel"))
)
# Not a join: SQLite would begin with all that a school has in the outbox.
_SHOWN = (
    select(outbox)
    .where(
        (outbox.c.school == bindparam("b_school"))
        & tuple_(*(outbox.c[name] for name in _OWN)).in_(_SLOTS_OF)
        & (outbox.c.retire == "")
    )
    .order_by(outbox.c.created_at.desc(), outbox.c.id.desc())
    .limit(1)
)
_SHARING = (
    select(messages.c.visit)
    .where(
        (messages.c.school == bindparam("b_school"))
        & (messages.c.slot == bindparam("b_slot"))
        & (messages.c.recipient == bindparam("b_recipient"))
        & (messages.c.channel == bindparam("b_channel"))
        & (messages.c.reference == bindparam("b_reference"))
    )
    .order_by(messages.c.visit)
)
_THIS_SLOT = (
    (outbox.c.school == bindparam("b_school"))
    & (outbox.c.visit == bindparam("b_visit"))
    & (outbox.c.slot == bindparam("b_slot"))
)
_RECIPIENTS = union(
    select(messages.c.slot, messages.c.recipient).where(
        (messages.c.school == bindparam("b_school")) & (messages.c.visit == bindparam("b_visit"))
    ),
    select(outbox.c.slot, outbox.c.recipient).where(
        (outbox.c.school == bindparam("b_school"))
        & (outbox.c.visit == bindparam("b_visit"))
        & (outbox.c.fresh == true())
        & (outbox.c.standing == literal_column("'pending'"))  # spelt as in the index
    ),
).order_by("slot", "recipient")
_STANDING = select(outbox.c.recipient, outbox.c.standing, outbox.c.created_at).where(
    _THIS_SLOT
    & (outbox.c.urgent == true())
    & (outbox.c.retire == "")
    & (outbox.c.created_at >= bindparam("b_since"))
)
_BUZZED = (outbox.c.slot, outbox.c.card, outbox.c.recipient, outbox.c.channel, outbox.c.urgent)
_BUZZES = (
    select(*_BUZZED, outbox.c.created_at)
    .where((outbox.c.school == bindparam("b_school")) & (outbox.c.visit == bindparam("b_visit")))
    .where((outbox.c.fresh == true()) & (outbox.c.standing != "failed"))
    .where(outbox.c.deed == bindparam("b_deed"))
    .where(outbox.c.created_at >= bindparam("b_since"))
    .order_by(outbox.c.created_at)
)
_FIELDS = tuple(field.name for field in fields(Parcel))
_BEST: tuple[Standing, ...] = ("failed", "pending", "sent")


def best(
    showings: Iterable[tuple[str, Standing, datetime]], by: datetime | None
) -> dict[str, Standing]:
    """The best of each recipient's showings: who, how it stands, and when it was put."""
    found: dict[str, Standing] = {}
    overdue: set[str] = set()
    for who, standing, at in showings:
        found[who] = max(found.get(who, _BEST[0]), standing, key=_BEST.index)
        if by is not None and at <= by:
            overdue.add(who)
    late = {who: _BEST[0] for who in overdue if found[who] != "sent"}
    return found | late


class SqlOutbox:
    """See ``bot.ports.Outbox``. Why a send failed is sealed: a channel may quote the card."""

    __slots__ = ("_connection", "_holder", "_keyring")

    def __init__(self, connection: Connection, keyring: Keyring, holder: int) -> None:
        self._connection = connection
        self._keyring = keyring
        self._holder = holder

    def put(self, parcels: Sequence[Parcel]) -> None:
        if parcels:
            insert = insert_new(self._connection, outbox, "school", "key", "channel")
            self._connection.execute(insert, [_row(parcel) for parcel in parcels])

    def lease(
        self, now: datetime, limit: int, until: datetime, *, urgent: bool = False
    ) -> list[Parcel]:
        these = {"b_now": now, "b_limit": limit, "b_urgent": urgent}
        ready = self._connection.execute(_READY, these).mappings().all()
        parcels = [_parcel(row) for row in ready]
        if parcels:
            lease = {"b_until": until, "b_holder": self._holder}
            rows = [{**_this(p), **lease, "b_attempts": p.attempts} for p in parcels]
            self._connection.execute(_LEASE, rows)
        return parcels

    def free_leases(self) -> None:
        if self._connection.dialect.name == "sqlite":
            self._connection.execute(_FREE)
            return
        for holder in self._connection.execute(_HOLDERS).scalars().all():
            this = {"b_holder": holder}
            # Our own lock does not keep us out: one connection may have it twice.
            if holder != self._holder and self._connection.execute(_IS_GONE, this).scalar():
                self._connection.execute(_FREE_OF, this)

    def sent(self, parcel: Parcel, reference: str, at: datetime) -> None:
        settled = self._connection.execute(_SENT, {**_this(parcel), "b_at": at}).rowcount
        if settled and reference and not parcel.retire:
            row = {**_slot(parcel), "reference": reference, "at": at}
            self._connection.execute(put(self._connection, messages), row)

    def retry(self, parcel: Parcel, at: datetime, why: str) -> None:
        self._connection.execute(_RETRY, self._held(parcel, at, why))

    def failed(self, parcel: Parcel, at: datetime, why: str) -> None:
        self._connection.execute(_FAILED, self._held(parcel, at, why))

    def drop(self, parcel: Parcel) -> None:
        self._connection.execute(_DROP, _this(parcel))

    def forget_before(self, moment: datetime, limit: int) -> int:
        return self._connection.execute(_FORGET, {"b_moment": moment, "b_limit": limit}).rowcount

    def next_due(self, now: datetime, *, but: str = "") -> datetime | None:
        del now  # whatever is overdue is due, and is the earliest
        if but:
            return self._connection.execute(_NEXT_DUE_BUT, {"b_slot": but}).scalar()
        return self._connection.execute(_NEXT_DUE).scalar()

    def reference(self, parcel: Parcel) -> str | None:
        slot = {f"b_{name}": value for name, value in _slot(parcel).items()}
        return self._connection.execute(_REFERENCE, slot).scalar()

    def shown(self, school: str, channel: str, reference: str) -> Parcel | None:
        this = {"b_school": school, "b_channel": channel, "b_reference": reference}
        row = self._connection.execute(_SHOWN, this).mappings().one_or_none()
        return None if row is None else _parcel(row)

    def sharing(self, parcel: Parcel, reference: str) -> list[str]:
        slot = {f"b_{name}": value for name, value in _slot(parcel).items() if name != "visit"}
        shared = self._connection.execute(_SHARING, {**slot, "b_reference": reference})
        return list(shared.scalars())

    def recipients(self, school: str, visit_id: str) -> Mapping[str, Sequence[str]]:
        this = {"b_school": school, "b_visit": visit_id}
        found: dict[str, list[str]] = {}
        for slot, recipient in self._connection.execute(_RECIPIENTS, this).all():
            found.setdefault(slot, []).append(recipient)
        return found

    def standing(
        self, school: str, visit_id: str, slot: str, since: datetime, *, by: datetime | None = None
    ) -> Mapping[str, Standing]:
        this = {"b_school": school, "b_visit": visit_id, "b_slot": slot, "b_since": since}
        return best(map(tuple, self._connection.execute(_STANDING, this).all()), by)

    def buzzes(
        self, school: str, visit_id: str, deed: str, since: datetime
    ) -> Mapping[Buzzed, Sequence[datetime]]:
        this = {"b_school": school, "b_visit": visit_id, "b_deed": deed, "b_since": since}
        found: dict[Buzzed, list[datetime]] = {}
        for slot, card, who, channel, urgent, at in self._connection.execute(_BUZZES, this).all():
            found.setdefault((slot, card, who, channel, urgent), []).append(at)
        return found

    def oldest_urgent(self) -> datetime | None:
        return self._connection.execute(_OLDEST_URGENT).scalar()

    def _held(self, parcel: Parcel, at: datetime, why: str) -> dict[str, object]:
        sealed = self._keyring.seal((parcel.school, "why", parcel.id), why.encode())
        return {**_this(parcel), "b_attempts": parcel.attempts, "b_at": at, "b_why": sealed}


def _this(parcel: Parcel) -> dict[str, object]:
    return {"b_school": parcel.school, "b_id": parcel.id}


def _slot(parcel: Parcel) -> dict[str, str]:
    return {name: getattr(parcel, name) for name in _SLOT}


def _row(parcel: Parcel) -> dict[str, object]:
    return {
        **{name: getattr(parcel, name) for name in _FIELDS},
        "args": write_names(parcel.args),
        "standing": "pending",
        "leased": False,
        "ready_at": parcel.due_at,
        "fell_due_at": parcel.due_at,
    }


def _parcel(row: RowMapping) -> Parcel:
    """The parcel of a row about to be leased; a lease taken over counts as an attempt."""
    values = {name: row[name] for name in _FIELDS}
    values["args"] = read_names(row["args"])
    values["attempts"] += row["leased"]
    return Parcel(**values)
