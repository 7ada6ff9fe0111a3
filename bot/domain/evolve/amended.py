"""A plan that changes before departure, and what is kept of the one before it."""

from dataclasses import replace

from bot.domain.events import Adjusted, AppointmentMade, Asked, AskedAgain, DroppedOut, HandedOver
from bot.domain.evolve.standing_by import replanned
from bot.domain.plan import Details
from bot.domain.visit import Approved, Earlier, Requested, Visit


def keeping(visit: Visit) -> Visit:
    """Remember what was approved or, where nothing was, first asked for; and every word given.

    Doing it twice is doing it once.
    """
    phase = visit.phase
    votes = phase.votes if isinstance(phase, Requested | Approved) else ()
    known = visit.earlier
    if known is None:
        earlier = Earlier(
            lead=visit.lead,
            plan=visit.plan,
            asked_at=phase.asked_at if isinstance(phase, Requested) else visit.created_at,
            votes=votes,
            approved=isinstance(phase, Approved),
            legible=visit.details is not None,
        )
    else:
        new = tuple(vote for vote in votes if vote not in known.votes)
        earlier = replace(
            known,
            votes=(*known.votes, *new),
            legible=known.legible and visit.details is not None,
        )
    return replace(visit, earlier=earlier)


def asked(visit: Visit, event: Asked) -> Visit:
    """Approvals were for the earlier plan; a changed one asks everybody again (S12)."""
    if event.revision > 1:
        visit = keeping(visit)
    after = replace(
        visit,
        plan=event.plan,
        details=_beside(visit.details, event.details, kept=visit.earlier is not None),
        revision=event.revision,
        phase=Requested(asked_at=event.at, stages=event.stages),
    )
    return replanned(visit.plan, _with_taken_off(visit, after, event.by), event.at)


def _beside(before: Details | None, now: Details, *, kept: bool) -> Details:
    """The new details, with the notes and, where they differ, the earlier ones beside them."""
    if before is None:
        return now.written
    earlier = before.earlier or before.written
    differs = kept and earlier != now.written
    return replace(now.written, notes=before.notes, earlier=earlier if differs else None)


def adjusted(visit: Visit, event: Adjusted) -> Visit:
    """Still approved; the lead is asked at the new time whether they have left."""
    phase = visit.phase
    assert isinstance(phase, Approved)
    later = event.plan.leaving_at > visit.plan.leaving_at
    visit = keeping(visit)
    after = replace(
        visit,
        plan=event.plan,
        revision=event.revision,
        phase=replace(phase, nudged=phase.nudged and not later),
    )
    return replanned(visit.plan, after, event.at)


def appointed(visit: Visit, event: AppointmentMade) -> Visit:
    """Still approved, at the time of the appointment. Inside a window that is what was approved;
    else it is a small shift of it, and goes on being measured against that.
    """
    phase, details, before = visit.phase, visit.details, visit.plan
    assert isinstance(phase, Approved)
    if event.plan.window:
        visit = replace(visit, earlier=None)
        details = details and replace(details, earlier=None)
    elif not event.plan.same_as(visit.plan):
        visit = keeping(visit)
    after = replace(
        visit,
        plan=event.plan,
        details=details and replace(details, appointment=event.note, recorded=True),
        revision=event.revision,
        phase=replace(phase, nudged=False),
    )
    return replanned(before, after, event.at)


def other_people(visit: Visit, event: DroppedOut | HandedOver) -> Visit:
    """Other people go; what that means for the approval comes as an event of its own."""
    visit = keeping(visit)
    lead = event.lead if isinstance(event, HandedOver) else visit.lead
    after = replace(visit, lead=lead, plan=event.plan, revision=event.revision)
    return replanned(visit.plan, _with_taken_off(visit, after, event.by), event.at)


def _with_taken_off(before: Visit, after: Visit, by: str) -> Visit:
    """Whoever was taken off by somebody else may have left already, and may say so (S1)."""
    gone = dict.fromkeys((*before.taken_off, *before.planned))
    taken_off = tuple(p for p in gone if p != by and p not in after.planned)
    return replace(after, taken_off=taken_off)


def asked_again(visit: Visit, event: AskedAgain) -> Visit:
    """Nobody's word counts for the people who go now, nor what was a condition of it."""
    details = visit.details and replace(visit.details, conditions=())
    waiting = Requested(asked_at=event.at, stages=event.stages)
    return replace(visit, details=details, phase=waiting)
