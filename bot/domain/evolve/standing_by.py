"""What those who stand by have said, as the plan changes under it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.events import StandByAgreed, StandByLost, StandByNamed, StandByRefused
from bot.domain.evolve.out import with_watch
from bot.domain.plan import Plan
from bot.domain.standby import PARTS, Word
from bot.domain.visit import Approved, Visit


def said(visit: Visit, event: StandByAgreed | StandByRefused | StandByLost) -> Visit:
    """Somebody's newest word stands in place of their last. Whoever says yes while the visit is out
    is told of it, like those who were told of the departure.
    """
    start, end = visit.plan.leaving_at, visit.plan.return_at
    match event:
        case StandByAgreed():
            word = Word(event.part, event.by, event.at, "yes", event.since, event.until)
        case StandByRefused():
            word = Word(event.part, event.by, event.at, "no", start, end)
        case StandByLost():
            word = Word(event.part, event.person, event.at, event.why, start, end)
    others = (each for each in visit.words if each.by != word.by)
    visit = replace(visit, words=(*others, word))
    watch = visit.watch
    if watch is None or not isinstance(event, StandByAgreed):
        return visit
    told = (who for who in (*watch.told, event.by) if who not in event.let_go)
    return with_watch(visit, replace(watch, told=tuple(dict.fromkeys(told))))


def named(visit: Visit, event: StandByNamed) -> Visit:
    """Somebody else is named and nothing else has changed, so that an approval holds as before."""
    before = visit.plan
    kept = before.backup if visit.stands_by("backup") else None  # their yes is a contact's too
    others = tuple(w for w in visit.words if w.by != event.person or w.by == kept)
    visit = replace(visit, plan=before.naming(event.part, event.person), words=others)
    if isinstance(visit.phase, Approved) and visit.earlier:
        agreed = visit.earlier.plan.naming(event.part, event.person)
        visit = replace(visit, earlier=replace(visit.earlier, plan=agreed))
    return _released(visit, before, event.at)


def replanned(before: Plan, visit: Visit, at: datetime) -> Visit:
    """What was said to other times counts no more, and they are asked anew."""
    plan = visit.plan
    moved = (before.leaving_at, before.return_at) != (plan.leaving_at, plan.return_at)
    kept = tuple(
        word
        for word in visit.words
        if word.by not in visit.planned
        and (
            (word.said == "released" and plan.part_of(word.by) is None)
            or word.covers(plan.leaving_at, plan.return_at)
            or (not moved and word.said not in {"yes", "released"})
        )
    )
    return _released(replace(visit, words=kept), before, at)


def _released(visit: Visit, before: Plan, at: datetime) -> Visit:
    """Whoever was named and is no longer keeps a card that says so, and nothing else."""
    gone = {before.contact, before.backup} - {visit.plan.contact, visit.plan.backup}
    gone -= {None, *visit.planned}
    still = tuple(word for word in visit.words if word.by not in gone)
    since, until = before.leaving_at, before.return_at
    new = tuple(
        Word(part, person, at, "released", since, until)
        for part in PARTS
        if (person := before.named(part)) in gone and person and part == before.part_of(person)
    )
    return replace(visit, words=(*still, *new))
