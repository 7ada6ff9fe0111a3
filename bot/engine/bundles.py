"""What goes out as one message, and the card it shows.

The board is one edit, however much has changed. Alarms told to one address at one time are one
list, most urgent first (S9). Such a message is then the slot of several visits at once, and every
later edit of it shows all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.cards.draw import draw, draw_overview
from bot.cards.general import retired
from bot.cards.listing import one_list
from bot.cards.model import Card
from bot.cards.view import View
from bot.engine.board import BOARD, is_board
from bot.engine.gather import gather
from bot.engine.overview import overview
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork

ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Parcels that are one message. ``edits`` is the message to edit, or None to post.

    ``versions`` are those of the visits that it shows. Without a card there is nothing to do.
    """

    parcels: tuple[Parcel, ...]
    card: Card | None
    edits: str | None
    versions: Mapping[str, int] = field(default_factory=dict)

    @property
    def first(self) -> Parcel:
        """The parcel that the message is sent as."""
        return self.parcels[0]

    @property
    def key(self) -> str:
        """What a post is known by to the channel. A board has many rows and one message: whatever
        row posts it, in place of the same one, is the same post.
        """
        if is_board(self.first):
            return f"{self.first.school}.{BOARD}.{self.first.recipient}.{self.edits or 'first'}"
        return self.first.key


def bundles(parcels: Sequence[Parcel]) -> list[tuple[Parcel, ...]]:
    """Put one address's parcels together: its new alarms as one, its board as one, everything else
    one by one.
    """
    made: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        if parcel.slot == ALARM and parcel.fresh and parcel.urgent:
            made.setdefault(ALARM, []).append(parcel)
        elif is_board(parcel):
            made.setdefault(f"{BOARD} {parcel.recipient}", []).append(parcel)
        else:
            made[parcel.id] = [parcel]
    return [tuple(together) for together in made.values()]


def draw_bundle(parcels: tuple[Parcel, ...], setup: Setup, now: datetime, uow: UnitOfWork) -> Drawn:
    """Draw from the visits as they now are, for the reader as they now are."""
    first = parcels[0]
    if first.retire:
        shared = _shared(first, first.retire, setup, now, uow)
        return Drawn(parcels, shared or retired(), first.retire)
    edits = None if first.fresh else uow.outbox.reference(first)
    if not first.visit:  # about no visit: what isn't there yet is posted
        seen = overview(uow, first.recipient, setup, now, first.args)
        return Drawn(parcels, draw_overview(first.card, seen), edits)
    if edits is None and not first.fresh:
        return Drawn(parcels, None, None)
    if edits is not None and first.slot == ALARM:
        return Drawn(parcels, _shared(first, edits, setup, now, uow), edits)
    views = _views(first, list(dict.fromkeys(p.visit for p in parcels)), setup, now, uow)
    versions = {view.visit.id: view.visit.version for view in views}
    return Drawn(parcels, as_card(first, views), edits, versions)


def views_in(
    parcel: Parcel, reference: str, setup: Setup, now: datetime, uow: UnitOfWork
) -> list[View]:
    """What this message of a visit's shows now, as its reader may see it."""
    shared = parcel.slot == ALARM
    visits = uow.outbox.sharing(parcel, reference) if shared else [parcel.visit]
    return _views(parcel, visits, setup, now, uow)


def as_card(parcel: Parcel, views: Sequence[View]) -> Card | None:
    """One visit's card, or the list of several. None where there is nothing to show."""
    name = ALARM if parcel.slot == ALARM else parcel.card
    drawn = [(view, draw(name, view)) for view in views]
    if not drawn:
        return None
    return drawn[0][1] if len(drawn) == 1 else one_list(drawn)


def _shared(
    parcel: Parcel, reference: str, setup: Setup, now: datetime, uow: UnitOfWork
) -> Card | None:
    if parcel.slot != ALARM:
        return None
    return as_card(parcel, views_in(parcel, reference, setup, now, uow))


def _views(
    parcel: Parcel, visits: Sequence[str], setup: Setup, now: datetime, uow: UnitOfWork
) -> list[View]:
    found = [uow.visits.get(parcel.school, visit_id) for visit_id in visits]
    return [
        View(visit, parcel.recipient, gather(uow, visit, setup, now), now, parcel.args)
        for visit in found
        if visit is not None
    ]
