"""What follows from a send that went through, or failed for good."""

from dataclasses import replace
from datetime import datetime

from bot.engine.bundles import ALARM, Drawn
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork


def sent(
    drawn: Drawn, reference: str, setup: Setup, uow: UnitOfWork, parcel: Parcel, now: datetime
) -> None:
    """Settle as sent. Whatever is no longer the slot's message is edited into a spent one.

    A fresh message becomes the slot's. An edit leaves the slot alone: a fresh one may have come
    meanwhile, in the lane of what is urgent. So does a message posted in place of one that was
    gone, where another has taken the slot.
    """
    stands = uow.outbox.reference(parcel)
    if parcel.fresh or (reference != drawn.edits and stands == drawn.edits):
        uow.outbox.sent(parcel, reference, now)
        spent = stands
    else:
        uow.outbox.sent(parcel, "", now)
        spent = reference
    current = uow.outbox.reference(parcel)
    if spent and spent not in {current, drawn.edits} and not parcel.retire:
        uow.outbox.put([_follow(parcel, "retire", now, retire=spent)])
    if parcel.fresh and _outdated(drawn, uow, parcel):
        uow.outbox.put([_follow(parcel, "again", now)])


def _outdated(drawn: Drawn, uow: UnitOfWork, parcel: Parcel) -> bool:
    """Whether the visit changed while the message was on its way: the edit that followed may have
    gone to the older message.
    """
    visit = uow.visits.get(parcel.school, parcel.visit)
    return visit is not None and drawn.versions.get(visit.id, visit.version) != visit.version


def _follow(parcel: Parcel, what: str, now: datetime, *, retire: str = "") -> Parcel:
    """A silent edit that follows a message."""
    return replace(
        parcel,
        id=f"{parcel.id}.{what}",
        key=f"{parcel.key}.{what}",
        retire=retire,
        fresh=False,
        urgent=False,
        attempts=0,
        due_at=now,
        created_at=now,
    )


def fail(why: str, setup: Setup, uow: UnitOfWork, parcel: Parcel, now: datetime) -> None:
    """Settle as failed. A permanent failure is for the ladder to know at once (S8)."""
    uow.outbox.failed(parcel, now, why)
    if parcel.slot == ALARM:
        uow.visits.rouse(parcel.school, parcel.visit, now)
