"""Before departure: asking, approving, and the ways it ends without leaving."""

from dataclasses import replace

from bot.domain.conditions import conditions_of, kept_for
from bot.domain.events import (
    ApproversReminded,
    Cancelled,
    ChangesWanted,
    Declined,
    Expired,
    FellShort,
    FullyApproved,
    Nudged,
    PassedOn,
    Reasked,
    StageApproved,
    Withdrawn,
)
from bot.domain.evolve.amended import keeping
from bot.domain.evolve.notes import noted
from bot.domain.plan import Condition
from bot.domain.visit import Approved, ChangesAsked, Ended, Requested, Visit, Vote


def stage_approved(visit: Visit, event: StageApproved) -> Visit:
    """One person fills one stage."""
    phase = visit.phase
    assert isinstance(phase, Requested)
    vote = Vote(event.stage, event.by, event.at, event.unannounced, bool(event.conditions))
    visit = replace(visit, phase=replace(phase, votes=(*phase.votes, vote)))
    return _wanting(visit, (*conditions_of(visit), *event.conditions))


def _wanting(visit: Visit, conditions: tuple[Condition, ...]) -> Visit:
    """Conditions are sealed; where nothing can be, that there were any is in the vote alone."""
    if visit.details is None or visit.details.conditions == conditions:
        return visit
    return replace(visit, details=replace(visit.details, conditions=conditions))


def fully_approved(visit: Visit, event: FullyApproved) -> Visit:
    """The visit may leave, by the plan as it now is. Only where words given before a small shift
    still count is it measured against what they were given for.
    """
    phase = visit.phase
    assert isinstance(phase, Requested)
    now_is = Approved(event.votes, event.at, phase.stages, missing=event.missing)
    visit = replace(visit, phase=now_is)
    if phase.reasked:
        return visit
    details = visit.details and replace(visit.details, earlier=None)
    return replace(visit, earlier=None, details=details)


def reasked(visit: Visit, event: Reasked) -> Visit:
    """Back to waiting, with the words that still count."""
    waiting = Requested(event.at, event.stages, event.votes, reasked=True)
    return _wanting(replace(visit, phase=waiting), kept_for(visit.details, event.votes))


def fell_short(visit: Visit, event: FellShort) -> Visit:
    """What holds the door shut now, and what of it was not missing when it was approved."""
    phase = visit.phase
    assert isinstance(phase, Approved)
    since = tuple(each for each in event.missing if each in (*phase.since, *event.new))
    return replace(visit, phase=replace(phase, missing=event.missing, since=since))


def changes_wanted(visit: Visit, event: ChangesWanted) -> Visit:
    """It goes back to the lead, with the reason. Words given so far are kept, to be shown."""
    visit = _wanting(keeping(visit), ())
    visit = replace(visit, phase=ChangesAsked(by=event.by, at=event.at))
    return noted(visit, event.at, event.by, "changes", event.note)


def ended(visit: Visit, event: Declined | Withdrawn | Cancelled | Expired) -> Visit:
    """It will not leave. What was a condition is none of a visit that isn't approved; where it has
    merely lapsed, whoever left all the same is still reminded.
    """
    visit = visit if isinstance(event, Expired) else _wanting(visit, ())
    match event:
        case Declined():
            visit = noted(visit, event.at, event.by, "declined", event.note)
            return replace(visit, phase=Ended("declined", event.at, event.by))
        case Withdrawn():
            visit = noted(visit, event.at, event.by, "withdrawn", event.note)
            return replace(visit, phase=Ended("withdrawn", event.at, event.by))
        case Cancelled():
            return replace(visit, phase=Ended("cancelled", event.at, event.by))
        case Expired():
            return replace(visit, phase=Ended("expired", event.at, None))


def reminded(visit: Visit, event: ApproversReminded | PassedOn | Nudged) -> Visit:
    """A reminder went out; the clock sends each one once."""
    match event, visit.phase:
        case ApproversReminded(by=None), Requested() as phase:
            return replace(visit, phase=replace(phase, reminded=True))
        case PassedOn(), Requested() as phase:
            return replace(visit, phase=replace(phase, passed_on=True))
        case Nudged(), Approved() as phase:
            return replace(visit, phase=replace(phase, nudged=True))
        case _:
            return visit
