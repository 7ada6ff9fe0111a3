"""The outbox in memory (see ``bot.ports.Outbox``, and ``storage.outbox`` for the rules)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports import Buzzed, Parcel, Standing
from storage.memory.kept import Kept, KeptParcel
from storage.outbox import best


class MemoryOutbox:
    """See ``bot.ports.Outbox``."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def put(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            key = (parcel.school, parcel.key, parcel.channel)
            if key in self._kept.keys:
                continue
            if (parcel.school, parcel.id) in self._kept.outbox:
                raise ValueError(f"parcel {parcel.id} is there already, under another key")
            self._kept.keys[key] = parcel.id
            row = KeptParcel(parcel, fell_due_at=parcel.due_at, ready_at=parcel.due_at)
            self._write(row)

    def lease(
        self, now: datetime, limit: int, until: datetime, *, urgent: bool = False
    ) -> list[Parcel]:
        rows = (row for row in self._pending() if row.parcel.urgent or not urgent)
        ready = [row for row in rows if row.ready_at and row.ready_at <= now]
        ready.sort(key=lambda row: _order(row.parcel))
        leased = []
        for row in ready[:limit]:
            parcel = replace(row.parcel, attempts=row.parcel.attempts + row.leased)
            self._write(replace(row, parcel=parcel, ready_at=until, leased=True))
            leased.append(parcel)
        return leased

    def free_leases(self) -> None:
        for row in self._pending():
            if row.leased:
                self._write(replace(row, ready_at=row.parcel.due_at))

    def sent(self, parcel: Parcel, reference: str, at: datetime) -> None:
        row = self._kept.outbox.get((parcel.school, parcel.id))
        if row is None or row.standing == "sent":
            return
        self._write(replace(row, standing="sent", ready_at=None, leased=False, settled_at=at))
        if reference and not parcel.retire:
            self._kept.messages[_slot(parcel)] = reference

    def retry(self, parcel: Parcel, at: datetime, why: str) -> None:
        del why
        if row := self._held(parcel):
            again = replace(row.parcel, due_at=at, attempts=row.parcel.attempts + 1)
            self._write(replace(row, parcel=again, ready_at=at, leased=False))

    def failed(self, parcel: Parcel, at: datetime, why: str) -> None:
        del why
        if row := self._held(parcel):
            failed = replace(row, standing="failed", ready_at=None, leased=False, settled_at=at)
            self._write(failed)

    def drop(self, parcel: Parcel) -> None:
        row = self._kept.outbox.take((parcel.school, parcel.id))
        if row:
            self._kept.pending.take((parcel.school, parcel.id))
            del self._kept.keys[parcel.school, row.parcel.key, row.parcel.channel]

    def forget_before(self, moment: datetime, limit: int) -> int:
        old = [row.parcel for row in self._kept.outbox.values() if self._is_old(row, moment)]
        for parcel in old[:limit]:
            self.drop(parcel)
        return len(old[:limit])

    def _is_old(self, row: KeptParcel, moment: datetime) -> bool:
        found = self._kept.visits.get((row.parcel.school, row.parcel.visit))
        live = found is not None and found.visit.is_live
        return row.settled_at is not None and row.settled_at < moment and not live

    def next_due(self, now: datetime, *, but: str = "") -> datetime | None:
        del now
        rows = (row for row in self._pending() if not but or row.parcel.slot != but)
        return min((row.ready_at for row in rows if row.ready_at), default=None)

    def reference(self, parcel: Parcel) -> str | None:
        return self._kept.messages.get(_slot(parcel))

    def shown(self, school: str, channel: str, reference: str) -> Parcel | None:
        messages = self._kept.messages.items()
        slots = {key for key, kept in messages if kept == reference and key[0] == school}
        rows = (row.parcel for row in self._kept.outbox.values())
        found = [p for p in rows if p.channel == channel and _slot(p) in slots and not p.retire]
        return max(found, key=lambda p: (p.created_at, p.id), default=None)

    def sharing(self, parcel: Parcel, reference: str) -> list[str]:
        school, _, *rest = _slot(parcel)
        return sorted(
            key[1]
            for key, kept in self._kept.messages.items()
            if kept == reference and [key[0], *key[2:]] == [school, *rest]
        )

    def recipients(self, school: str, visit_id: str) -> Mapping[str, Sequence[str]]:
        this = (school, visit_id)
        standing = {key[2:4] for key in self._kept.messages if key[:2] == this}
        coming = {
            _slot(row.parcel)[2:4]
            for row in self._kept.outbox.values()
            if _slot(row.parcel)[:2] == this and row.parcel.fresh and row.standing == "pending"
        }
        found: dict[str, list[str]] = {}
        for slot, recipient in sorted(standing | coming):
            found.setdefault(slot, []).append(recipient)
        return found

    def standing(
        self, school: str, visit_id: str, slot: str, since: datetime, *, by: datetime | None = None
    ) -> Mapping[str, Standing]:
        rows = [(row.parcel, row.standing) for row in self._of_slot((school, visit_id, slot))]
        showings = (
            (each.recipient, standing, each.created_at)
            for each, standing in rows
            if each.urgent and not each.retire and each.created_at >= since
        )
        return best(showings, by)

    def buzzes(
        self, school: str, visit_id: str, deed: str, since: datetime
    ) -> Mapping[Buzzed, Sequence[datetime]]:
        found: dict[Buzzed, list[datetime]] = {}
        for row in sorted(self._kept.outbox.values(), key=lambda row: row.parcel.created_at):
            each = row.parcel
            this = (each.school, each.visit, each.deed, each.fresh) == (
                school,
                visit_id,
                deed,
                True,
            )
            if this and row.standing != "failed" and each.created_at >= since:
                key = (each.slot, each.card, each.recipient, each.channel, each.urgent)
                found.setdefault(key, []).append(each.created_at)
        return found

    def oldest_urgent(self) -> datetime | None:
        return min((row.fell_due_at for row in self._pending() if row.parcel.urgent), default=None)

    def _of_slot(self, slot: tuple[str, str, str]) -> list[KeptParcel]:
        school, visit, name = slot
        rows = self._kept.outbox.values()
        found = [r for r in rows if r.parcel.slot == name and r.parcel.visit == visit]
        return [r for r in found if r.parcel.school == school]

    def _pending(self) -> list[KeptParcel]:
        return list(self._kept.pending.values())

    def _held(self, parcel: Parcel) -> KeptParcel | None:
        row = self._kept.outbox.get((parcel.school, parcel.id))
        held = row and row.standing == "pending" and row.parcel.attempts == parcel.attempts
        return row if held else None

    def _write(self, row: KeptParcel) -> None:
        key = (row.parcel.school, row.parcel.id)
        self._kept.outbox[key] = row
        if row.standing == "pending":
            self._kept.pending[key] = row
        else:
            self._kept.pending.take(key)


def _order(parcel: Parcel) -> tuple[bool, datetime, datetime, str]:
    return (not parcel.urgent, parcel.due_at, parcel.created_at, parcel.id)


def _slot(parcel: Parcel) -> tuple[str, ...]:
    return (parcel.school, parcel.visit, parcel.slot, parcel.recipient, parcel.channel)
