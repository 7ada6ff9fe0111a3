"""Changing what was asked for, before departure: the plan, who goes, who leads.

Approval is for a plan, so whatever changes it asks again (S12), and until somebody says yes the
gate is shut and the watch is offered (S1). The exception is a small shift of the times. Fewer
people are a changed plan too: going alone was not what was approved. After departure nothing here
applies: more time, another place and the return have presses of their own.
"""

from dataclasses import replace

from bot.domain.commands import Ask, DropOut, HandOver
from bot.domain.covered import is_small
from bot.domain.decide.appointment import still_agreed
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.recheck import fall_short, recheck
from bot.domain.events import Adjusted, Asked, AskedAgain, DroppedOut, HandedOver
from bot.domain.plan import Plan
from bot.domain.refused import NOT_ON_IT, Refused
from bot.domain.roles import may_hand_over
from bot.domain.stages import could_be_approved, led_by
from bot.domain.visit import Approved, ChangesAsked, Visit

NOT_YOURS = Refused("Only the person who asked for this visit can change it.")
UNCHANGED = Refused("Nothing is changed: the plan is as it was.", card="mine")
MOST_NAMES = 3
CHANGED_MEANWHILE = Refused(
    "The plan has changed since you opened this. Please check it, and send it once more.",
    field="revision",
)


def ask(draft: Draft, command: Ask) -> Outcome:
    """The lead changes the plan: everybody is asked, or told of a small shift."""
    visit, now = draft.visit, draft.now
    if command.by != visit.lead:
        return NOT_YOURS
    if command.revision != visit.revision:
        return CHANGED_MEANWHILE
    plan, details = still_agreed(visit, command.plan, command.details, draft.policy)
    same_details = visit.details is not None and visit.details.written == details.written
    went_back = isinstance(visit.phase, ChangesAsked)
    if same_details and visit.plan.same_as(plan) and not went_back:
        return UNCHANGED
    revision = visit.revision + 1
    if isinstance(visit.phase, Approved) and same_details:
        shifted = replace(plan, window=visit.plan.window, fixed=visit.plan.fixed)
        if is_small(visit, shifted, draft.policy, draft.facts, now):
            draft.emit(Adjusted(now, command.by, shifted, revision))
            if not recheck(draft):
                fall_short(draft, tell=False)  # they have it before them
            return draft.outcome
    stages = draft.facts.policy.approval_stages
    draft.emit(Asked(now, command.by, plan, details, stages, revision))
    return draft.outcome


def drop_out(draft: Draft, command: DropOut) -> Outcome:
    """A companion can't come. Where nobody can be asked, the visit waits all the same: alone is
    not what was approved.
    """
    visit = draft.visit
    if command.by == visit.lead:
        return Refused("You lead this visit: please hand it over, or cancel it.", card="mine")
    if command.by not in visit.plan.companions:
        return NOT_ON_IT
    plan = _without(visit.plan, command.by)
    draft.emit(DroppedOut(draft.now, command.by, plan, visit.revision + 1))
    return _ask_again(draft)


def hand_over(draft: Draft, command: HandOver) -> Outcome:
    """Somebody else leads. A lead who is ill need press nothing: a companion can take over, and an
    approver or the DSL can name somebody. The office can't: whoever leads sees everything.
    """
    visit, school = draft.visit, draft.facts.school
    if not may_hand_over(command.by, visit, draft.facts, draft.now):
        return Refused("You can't hand this visit over.")
    if command.revision != visit.revision:
        card = "mine" if command.by in visit.visitors else "approval"
        return replace(CHANGED_MEANWHILE, field="", card=card)
    to = school.person(command.to)
    if to is None or to.id == visit.lead:
        return Refused("Please choose who leads the visit from now on.", field="to")
    if command.by in visit.plan.companions and command.to != command.by:
        return Refused("You can take it over yourself. Only the lead can name others.", field="to")
    if not to.phone:
        return Refused(
            f"The school has no phone number for {to.name}. Ask the office to add it.", field="to"
        )
    if to.id in visit.plan.kept_from:
        return Refused("This visit can't be handed to them. Please choose somebody else.", "", "to")
    if school.is_away(to.id, visit.plan.leaving_at):
        return Refused(f"{to.name} is away that day.", field="to")
    after = led_by(visit, to.id)
    if _nobody_approves(after, draft) and not _nobody_approves(visit, draft):
        words = f"Nobody could approve it if {to.name} led it: their own word is needed for it."
        return Refused(f"{words} {_who_could_lead(draft)}", field="to")
    draft.emit(HandedOver(draft.now, command.by, to.id, after.plan, visit.revision + 1))
    return _ask_again(draft)


def _nobody_approves(visit: Visit, draft: Draft) -> bool:
    return not could_be_approved(visit, draft.facts, draft.now)


def _who_could_lead(draft: Draft) -> str:
    """Whoever could be named in their place, those who go along already first."""
    visit, school = draft.visit, draft.facts.school
    free = [
        person
        for person in sorted(school.people, key=lambda p: p.id not in visit.plan.companions)
        if person.phone and person.id not in {visit.lead, *visit.plan.kept_from}
        if not school.is_away(person.id, visit.plan.leaving_at)
        if not _nobody_approves(led_by(visit, person.id), draft)
    ]
    if not free:
        return "Nobody else could lead it either."
    *others, last = [person.name for person in free[:MOST_NAMES]]
    return f"{', '.join(others)} or {last} could." if others else f"{last} could."


def _without(plan: Plan, person: str) -> Plan:
    return replace(plan, companions=tuple(p for p in plan.companions if p != person))


def _ask_again(draft: Draft) -> Outcome:
    """Everybody's word is needed anew; what went back for changes waits for its lead as before."""
    if not isinstance(draft.visit.phase, ChangesAsked):
        draft.emit(AskedAgain(draft.now, draft.facts.policy.approval_stages))
    return draft.outcome
