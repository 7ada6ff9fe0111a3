"""What the other visits of a school mean for those who stand by for this one."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.facts import Engaged
from bot.domain.visit import Visit
from bot.ports import UnitOfWork

MOST = 50


def engaged(uow: UnitOfWork, visit: Visit, live: Iterable[Visit]) -> Iterator[Engaged]:
    """The other live visits that whoever stands by goes on; and those that a backup is the backup
    of, too: two at once is much to ask.
    """
    plan = visit.plan
    standby = {plan.contact, plan.backup} - {None}
    for other in live:
        for person in standby.intersection(other.going):
            if other.id != visit.id and person:
                yield _engaged(person, other)
    if plan.backup:
        for other in uow.visits.naming(visit.school, plan.backup, MOST):
            if other.id != visit.id and other.plan.backup == plan.backup:
                yield _engaged(plan.backup, other, goes=False)


def _engaged(person: str, other: Visit, *, goes: bool = True) -> Engaged:
    start, end = other.plan.leaving_at, other.due_back
    return Engaged(person, other.reference, start, end, goes, other.plan.kept_from)


def wake_those_who_name(uow: UnitOfWork, before: Visit, after: Visit, now: datetime) -> None:
    """Somebody has gone out: the visits that count on them look at once whether they still can."""
    was_out = set(before.visitors) if before.is_out else set[str]()
    out = {v.id for v in after.watch.out} if after.watch and after.is_out else set[str]()
    for person in sorted(out - was_out):
        for other in uow.visits.naming(after.school, person, MOST):
            if other.id != after.id and other.is_live:
                uow.visits.rouse(other.school, other.id, now)
