"""What follows from a send that went through, or failed for good."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.facts import telling
from bot.domain.react.alarm import TO_VISITORS
from bot.domain.roles import OFFICE
from bot.domain.shows import Show, again, post
from bot.domain.visit import Visit
from bot.engine import board
from bot.engine.board import is_board, next_beat
from bot.engine.bundles import ALARM, Drawn
from bot.engine.gather import reached_by
from bot.engine.routes import parcels
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork

TOGETHER = timedelta(seconds=5)
NOTICES = frozenset({"departure", "back"})
"""What the office must come to know, in whatever way."""
WAITED_FOR = frozenset({"amber", "concern", "stand_by"})
"""What is told to somebody else where it gets to nobody."""


def sent(
    drawn: Drawn, reference: str, setup: Setup, uow: UnitOfWork, parcel: Parcel, now: datetime
) -> None:
    """Settle as sent. Whatever is no longer the slot's message is edited into a spent one.

    A fresh message becomes the slot's. An edit leaves the slot alone: a fresh one may have come
    meanwhile, in the lane of what is urgent. So does a message posted in place of one that was
    gone, where another has taken the slot.
    """
    before = _fared(uow, parcel, setup, now)
    stood = uow.outbox.reference(parcel)
    takes = parcel.fresh or (reference != drawn.edits and stood == drawn.edits)
    uow.outbox.sent(parcel, reference if takes else "", now)
    if parcel.retire:
        return
    keep = {"", drawn.edits, uow.outbox.reference(parcel)}
    for spent in (stood or "", reference):
        if spent not in keep:
            uow.outbox.put([_follow(parcel, f"retire.{spent}", now, retire=spent)])
    if parcel.fresh and _outdated(drawn, uow, parcel):
        uow.outbox.put([_follow(parcel, "again", now)])
    if is_board(parcel):
        board.settled(uow, parcel, setup, now)
    _show(uow, parcel, before, setup, now)


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
    before = _fared(uow, parcel, setup, now)
    uow.outbox.failed(parcel, now, why)
    if parcel.slot == ALARM or parcel.card in WAITED_FOR:
        uow.visits.rouse(parcel.school, parcel.visit, now)
    if is_board(parcel):
        board.settled(uow, parcel, setup, now)
    _show(uow, parcel, before, setup, now)
    if parcel.slot in NOTICES and parcel.fresh and parcel.recipient == OFFICE:
        _say_undelivered(uow, parcel, setup, now)


def _say_undelivered(uow: UnitOfWork, parcel: Parcel, setup: Setup, now: datetime) -> None:
    """The office doesn't know: whoever was told of the departure tells them, and whoever looks
    after Doorstep sees to the channel.
    """
    visit = uow.visits.get(parcel.school, parcel.visit)
    if visit is None or visit.watch is None:
        return
    admins = (p.id for p in setup.school.holders("admin", now) or setup.school.with_role("admin"))
    told = dict.fromkeys((*visit.watch.told, *admins))
    left_out = {*visit.visitors, *visit.plan.kept_from}
    shows = [post(who, "undelivered") for who in told if who not in left_out]
    _put_after(uow, parcel, visit, shows, setup, now)


Fared = tuple[Visit, Mapping[str, str]]


def _fared(uow: UnitOfWork, parcel: Parcel, setup: Setup, now: datetime) -> Fared | None:
    """How the messages of an open alarm have fared, if this is one of them."""
    if parcel.slot != ALARM or not parcel.urgent:
        return None
    visit = uow.visits.get(parcel.school, parcel.visit)
    if visit is None or visit.alarm is None:
        return None
    return visit, reached_by(uow, visit, setup, now)


def _show(
    uow: UnitOfWork, parcel: Parcel, before: Fared | None, setup: Setup, now: datetime
) -> None:
    """Silently, where it changes what the cards say: whether anybody is reached, and who is not."""
    after = _fared(uow, parcel, setup, now)
    if before is None or after is None or before[1] == after[1]:
        return
    visit, fares = after
    shows: list[Show] = []
    if fares.get(parcel.recipient) == "failed":
        shows.append(again(ALARM))
    else:
        _show_together(uow, visit, setup, now)
    if telling(*before) != telling(*after):
        shows.extend(Show(person, slot, slot) for person in visit.visitors for slot in TO_VISITORS)
    _put_after(uow, parcel, visit, shows, setup, now)


def _show_together(uow: UnitOfWork, visit: Visit, setup: Setup, now: datetime) -> None:
    """Who is known to be reached now, to whoever else was told: one edit each for all that is
    confirmed in a few seconds.
    """
    due = next_beat(now, TOGETHER)
    rows = parcels(uow, visit, [again(ALARM)], setup, now)
    uow.outbox.put(
        [
            replace(
                row,
                id=f"{row.visit}.reached.{due.isoformat()}.{row.recipient}.{row.channel}",
                key=f"{row.visit}.reached.{due.isoformat()}.{row.recipient}",
                due_at=due,
            )
            for row in rows
        ]
    )


def _put_after(
    uow: UnitOfWork, parcel: Parcel, visit: Visit, shows: list[Show], setup: Setup, now: datetime
) -> None:
    """What is shown because of one send, and not because the visit changed."""
    rows = parcels(uow, visit, shows, setup, now)
    uow.outbox.put(
        [
            replace(row, id=f"{row.id}.after.{parcel.id}", key=f"{row.key}.after.{parcel.id}")
            for row in rows
        ]
    )
