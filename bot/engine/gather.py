"""The facts of this moment: what ``decide``, ``react`` and the cards may know of the world."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.facts import Elsewhere, Facts
from bot.domain.standby import PARTS, Part
from bot.domain.tidings import Tidings
from bot.domain.visit import Visit
from bot.engine.busy import busy
from bot.engine.elsewhere import engaged
from bot.engine.remembered import known_before, unread_by
from bot.engine.setup import Setup
from bot.ports import Standing, UnitOfWork


def gather(uow: UnitOfWork, visit: Visit, setup: Setup, now: datetime) -> Facts:
    """What ``decide`` may know of the world."""
    standby = tuple(dict.fromkeys(p for p in (visit.plan.contact, visit.plan.backup) if p))
    live = uow.visits.live_of(visit.school, (*visit.visitors, *standby))
    others = tuple(
        Elsewhere(
            visit=other.id,
            reference=other.reference,
            leaving_at=other.plan.leaving_at,
            return_at=other.due_back,
            people=tuple(person for person in other.going if person in visit.visitors),
            place=other.details.places if other.is_out and other.details else "",
            along=_along(other, visit),
            kept_from=other.plan.kept_from,
        )
        for other in live
        if other.id != visit.id and any(person in visit.visitors for person in other.visitors)
    )
    delivered: Mapping[str, str] = {}
    reached: Mapping[str, str] = {}
    if alarm := visit.alarm:
        reached = reached_by(uow, visit, setup, now)
        since = alarm.rung_at or alarm.opened_at
        delivered = reached
        if since != alarm.opened_at:
            delivered = uow.outbox.standing(visit.school, visit.id, "alarm", since)
    fares: dict[str, Mapping[str, Standing]] = {
        each.slot: uow.outbox.standing(visit.school, visit.id, each.slot, each.told_at)
        for each in _tidings(visit)
        if each.told_at
    }
    if visit.is_out and visit.watch and any(_waits(visit)):
        since = visit.watch.departed_at
        fares["stand_by"] = uow.outbox.standing(visit.school, visit.id, "stand_by", since)
    return Facts(
        school=setup.reached_for(visit.plan),
        policy=setup.policy,
        others=others,
        engaged=tuple(engaged(uow, visit, live)),
        out=uow.visits.people_out(visit.school),
        delivered=delivered,
        reached=reached,
        busy=busy(uow, visit, setup),
        fares=fares,
        known=known_before(uow, visit),
        unread=unread_by(uow, visit, setup, now),
    )


def reached_by(
    uow: UnitOfWork, visit: Visit, setup: Setup, now: datetime
) -> Mapping[str, Standing]:
    """How the messages of an open alarm fared; what isn't confirmed in time is unreached (S8)."""
    assert visit.alarm is not None
    limit = (visit.policy or setup.policy).alarm_unreached_after
    since = visit.alarm.opened_at
    return uow.outbox.standing(visit.school, visit.id, "alarm", since, by=now - limit)


def _waits(visit: Visit) -> Iterator[Part]:
    """Who stands by and hasn't answered."""
    return (part for part in PARTS if visit.plan.named(part) and visit.word(part) is None)


def _tidings(visit: Visit) -> tuple[Tidings, ...]:
    """The alerts and concerns whose messages matter still."""
    watch = visit.watch
    known = (watch.amber, *watch.concerns) if watch else ()
    return tuple(each for each in known if each and each.over_at is None)


def _along(other: Visit, visit: Visit) -> tuple[tuple[str, str], ...]:
    """Who is out on the other alone."""
    out = other.watch.out if other.watch else ()
    return tuple((v.name, v.phone) for v in out if v.id not in visit.visitors)
