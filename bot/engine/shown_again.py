"""Cards of visits that are still to leave, shown once more though the visit itself did not change:
something that the school remembers did.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.addresses import sought
from bot.domain.known import Marks
from bot.domain.shows import Show, again, post
from bot.domain.visit import Visit
from bot.engine.routes import parcels
from bot.engine.setup import Setup
from bot.ports import UnitOfWork

MOST = 20


def to_there(uow: UnitOfWork, place: str, setup: Setup) -> list[Visit]:
    """Visits to this address that nobody has left on yet."""
    found = uow.visits.alike(setup.school.id, Marks(sought(place)), "", MOST) or []
    waiting = [a.visit for a in found if a.here and a.visit.is_live and a.visit.watch is None]
    return [full for each in waiting if (full := uow.visits.get(each.school, each.id))]


def show_again(
    uow: UnitOfWork, visit: Visit, setup: Setup, now: datetime, why: str, *, ring: bool = False
) -> None:
    """Edit what whoever decides and whoever goes have before them; ``ring`` tells whoever goes by a
    new message. ``why`` tells this showing from others of the same version of the visit.
    """
    mine = [post(p, "mine") for p in visit.visitors] if ring else [again("mine")]
    shows: list[Show] = [again("approval"), *mine]
    rows = parcels(uow, visit, shows, setup, now)
    uow.outbox.put([replace(row, id=f"{row.id}.{why}", key=f"{row.key}.{why}") for row in rows])
