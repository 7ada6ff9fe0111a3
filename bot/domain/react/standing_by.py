"""Who is told of what those who stand by say. The lead learns it at once, and whoever approved;
once the visitors are out also whoever watches, since somebody who can't leaves a gap.
"""

from collections.abc import Callable

from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.react.out import office, refreshed, watchers
from bot.domain.shows import Show, again, alert, post
from bot.domain.standby import PARTS
from bot.domain.visit import Approved, Visit


def asked(before: Visit, after: Visit, *, new: bool = False) -> tuple[Show, ...]:
    """Whoever is named now, or had said something to other times, is asked; the others' cards
    follow.
    """
    shows = [again("stand_by")]
    for part in PARTS:
        person = after.plan.named(part)
        if person is None or after.plan.part_of(person) != part or after.word(part):
            continue
        if not after.plan.fixed:
            continue  # nobody is asked to be there at a time that is only likely
        if new or not before.plan.fixed or before.plan.part_of(person) != part or before.word(part):
            shows.append(post(person, "stand_by"))
    return tuple(shows)


def agreed(event: e.StandByAgreed, before: Visit, after: Visit) -> tuple[Show, ...]:
    """A yes changes what everybody sees; the lead waits for a backup's, and for that of a contact
    without whom nobody would be reached. Whoever says it while they are out reads who is out and
    where; whoever watches hears that somebody new is there.
    """
    own = _silently(event.by, "stand_by")
    if before.watch is None:
        waits = isinstance(after.phase, Approved) and "reach.contact" in after.phase.missing
        way = post if waits or event.part == "backup" else _silently
        return (own, *_lead(after, way), *_judges(after))
    new = () if event.by in before.watch.told else (post(event.by, "departure"),)
    heard = _whoever_watches(after, event.by) if new else ()
    return (again("stand_by"), own, *_lead(after, _silently), *_judges(after), *new, *heard)


def lost(
    event: e.StandByRefused | e.StandByLost, before: Visit, after: Visit, facts: Facts
) -> tuple[Show, ...]:
    """Somebody else is needed. While they are out that is for whoever watches to see to, and for
    the office, or whoever has its part, where nobody has said that they do.
    """
    who = event.by if isinstance(event, e.StandByRefused) else event.person
    own = _silently if isinstance(event, e.StandByRefused) else post
    counted = before.stands_by(event.part) is not None
    told: tuple[Show, ...] = ()
    if after.watch and event.part == "backup" and counted:
        told = tuple(post(each, "departure") for each in watchers(after) if each != who)
    elif after.watch and after.is_out:
        told = _whoever_watches(after, who) or tuple(
            post(each, "departure") for each in office(after, facts, event.at) if each != who
        )
    return (own(who, "stand_by"), *_lead(after, post), *_judges(after, post), *told)


def named(event: e.StandByNamed, after: Visit) -> tuple[Show, ...]:
    """Whoever is named is asked, unless they have said yes to it already: at once while somebody is
    out, and whoever watches hears of it.
    """
    known = after.word(event.part)
    if after.watch is None:
        fresh = () if known or not after.plan.fixed else (post(event.person, "stand_by"),)
        return (again("stand_by"), *fresh, _silently(after.lead, "mine"), *_judges(after))
    ask = () if known else (alert(event.person, "stand_by"),)
    heard = _whoever_watches(after, event.by)
    return (again("stand_by"), *ask, *_lead(after, _silently), *_judges(after), *heard)


def _whoever_watches(visit: Visit, but: str) -> tuple[Show, ...]:
    """The person who has said that they do, by a new message."""
    watching = visit.watch.watching if visit.watch else None
    return (post(watching.by, "departure"),) if watching and watching.by != but else ()


_Way = Callable[[str, str], Show]


def _silently(recipient: str, slot: str) -> Show:
    return Show(recipient, slot, slot)


def _lead(visit: Visit, way: _Way) -> tuple[Show, ...]:
    """On the card that they have: of a plan, or of a visit that is out."""
    if visit.watch is None:
        return (way(visit.lead, "mine"),)
    others = (v.id for v in visit.watch.out if v.id != visit.lead)
    mine = (visit.lead,) if visit.watch.visitor(visit.lead) else ()
    return (*(way(v, "out") for v in mine), *(_silently(v, "out") for v in others))


def _judges(visit: Visit, way: _Way | None = None) -> tuple[Show, ...]:
    """Whoever gave their word reads it; whoever is still asked sees it on the card."""
    voted = visit.phase.votes if isinstance(visit.phase, Approved) else ()
    told = tuple(way(vote.by, "approval") for vote in voted) if way else ()
    after_departure = refreshed(visit) if visit.watch else (again("approval"),)
    return (*after_departure, *told)
