"""Who of those whom a visit's ladder could name will be on another visit at some time of it.

Looked up before departure alone: once out, who is out is known. A visit that is only asked for may
never happen, and keeps nobody busy; one whose alarm stands does, for nobody knows how long.
"""

from bot.domain.ahead import whom
from bot.domain.visit import Approved, InAlarm, Out, Visit
from bot.engine.setup import Setup
from bot.ports import UnitOfWork


def busy(uow: UnitOfWork, visit: Visit, setup: Setup) -> frozenset[str]:
    """Ids of people, never of this visit's own visitors."""
    if visit.watch is not None or not visit.is_live:
        return frozenset()
    named = whom(setup.policy, visit, setup.school)
    return frozenset(
        person
        for other in uow.visits.live_of(visit.school, named)
        if other.id != visit.id and _meet(other, visit)
        for person in other.going
        if person in named and person not in visit.visitors
    )


def _meet(other: Visit, visit: Visit) -> bool:
    plan = visit.plan
    match other.phase:
        case InAlarm():
            return True
        case Approved() | Out():
            return other.plan.leaving_at < plan.return_at and plan.leaving_at < other.due_back
        case _:
            return False
