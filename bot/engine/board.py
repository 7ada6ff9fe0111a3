"""Keeping the board true: when it is drawn again, and by which rows of the outbox (S16).

Each change of a visit that has left puts a row beside its other ones, and each board that is
settled leaves one row due within ``board.refresh``: no timer is in memory, and a restart or another
replica finds it. Changes of one moment share a row, and rows of one address that are due together
are one edit, whatever the load. A settled row is dropped, and while a channel fails one row waits
for all, so that nothing piles up. Whatever becomes of a send, a row waits: the board goes on.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.cards.draw import may_read
from bot.cards.overview import Overview
from bot.domain.roles import OFFICE
from bot.domain.shows import Show
from bot.domain.visit import Visit
from bot.engine.overview import about_school
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork

BOARD = "board"
PAUSE = timedelta(seconds=2)
"""Changes are shown together, once in so long at the most, and no sooner than so long after each:
by then its transaction is over. One that took longer still is shown by the next refresh.
"""
RETRY = timedelta(seconds=30)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def is_board(parcel: Parcel) -> bool:
    """Whether it shows the board, and is not about an older message of it."""
    return parcel.slot == BOARD and not parcel.retire


def changed(visit: Visit, setup: Setup, now: datetime) -> list[Parcel]:
    """The rows of one saved change of a visit: none before somebody has left."""
    return _due(OFFICE, next_beat(now + PAUSE, PAUSE), setup, now) if visit.watch else []


def at_once(setup: Setup, now: datetime) -> list[Parcel]:
    """The rows that draw the board now: at the start, and when the settings have changed."""
    return about_school(Show(OFFICE, BOARD, BOARD), now.isoformat(), setup, now)


def later(uow: UnitOfWork, parcel: Parcel, setup: Setup, now: datetime, asked: float) -> None:
    """The channel is busy or away, and asks for so many seconds: one row waits for all."""
    uow.outbox.drop(parcel)
    pause = min(RETRY, setup.policy.board_refresh)
    due = next_beat(now + timedelta(seconds=asked), pause)
    uow.outbox.put(_due(parcel.recipient, due, setup, now))


def settled(uow: UnitOfWork, parcel: Parcel, setup: Setup, now: datetime) -> None:
    """Forget the row, and see to it that the next refresh waits: for whoever the office now is,
    and for whoever has a board and may still read it, so that none grows old unseen.
    """
    uow.outbox.drop(parcel)
    recipients = [OFFICE]
    if may_read(BOARD, Overview(setup.reached, setup.policy, parcel.recipient, now)):
        recipients.append(parcel.recipient)
    due = next_beat(now, setup.policy.board_refresh)
    uow.outbox.put([row for each in recipients for row in _due(each, due, setup, now)])


def _due(recipient: str, due: datetime, setup: Setup, now: datetime) -> list[Parcel]:
    """Rows of which there is one for each moment, however often they are put."""
    rows = about_school(Show(recipient, BOARD, BOARD), due.isoformat(), setup, now)
    return [replace(row, due_at=due) for row in rows]


def next_beat(now: datetime, every: timedelta) -> datetime:
    """The next of the moments that all agree on."""
    return now + every - (now - EPOCH) % every
