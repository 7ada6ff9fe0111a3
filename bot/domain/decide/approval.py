"""Approval by the policy's stages, and what may happen to a visit before it leaves."""

from bot.domain import rules
from bot.domain.commands import Approve, AskForChanges, Cancel, Decline, Withdraw
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.recheck import door_held_by, recheck
from bot.domain.events import (
    Cancelled,
    ChangesWanted,
    Declined,
    FullyApproved,
    StageApproved,
    Withdrawn,
)
from bot.domain.plan import Condition
from bot.domain.refused import Refused
from bot.domain.roles import approvers, stage_holders
from bot.domain.rules.appointment import by_exception
from bot.domain.rules.case import Case
from bot.domain.visit import Requested, Visit

NOT_YOURS_TO_DECIDE = Refused("You can't decide about this visit.")
OWN_VISIT = Refused(
    "You can't decide about this visit: nobody approves a visit that they asked for or go on."
)
STALE = Refused(
    "The plan has changed since this message. Here it is as it now stands.", card="approval"
)
UNREADABLE = Refused(
    "What is known of this visit can't be read just now, so no condition can be kept with it."
)
NO_REASON = Refused("Please say why, in a few words.", field="reason")


def open_stages(visit: Visit) -> tuple[int, ...]:
    """Indexes of the stages that nobody has filled yet."""
    phase = visit.phase
    assert isinstance(phase, Requested)
    filled = {vote.stage for vote in phase.votes}
    return tuple(i for i in range(len(phase.stages)) if i not in filled)


def _not_for(draft: Draft, by: str, revision: int) -> Refused | None:
    """Why this person can't decide about this revision, or None."""
    if by in draft.visit.visitors:
        return OWN_VISIT
    if by not in approvers(draft.visit, draft.facts, draft.now):
        return NOT_YOURS_TO_DECIDE
    return STALE if revision != draft.visit.revision else None


def approve(draft: Draft, command: Approve) -> Outcome:
    """Fill one open stage: the one that fewest others could fill (all of them, if the policy lets
    one person fill several).
    """
    refusal = _not_for(draft, command.by, command.revision)
    if refusal:
        return refusal
    case = Case.of(draft.visit, draft.facts, draft.now)
    if missing := rules.held("approval", case):
        return Refused(" ".join(each.said_to(command.by) for each in missing))  # it is before them
    phase = draft.visit.phase
    assert isinstance(phase, Requested)
    holders = {
        i: stage_holders(phase.stages[i], draft.visit, draft.facts, draft.now)
        for i in open_stages(draft.visit)
    }
    mine = sorted((len(who), i) for i, who in holders.items() if command.by in who)
    same_person = draft.facts.policy.approval_same_person
    if any(vote.by == command.by for vote in phase.votes) and not same_person:
        return Refused("You have approved this already. Somebody else's word is needed too.")
    if not mine:
        return Refused("Your part is done already; somebody else's word is still needed.")
    if command.only_if and (refusal := _no_condition(draft, command)):
        return refusal
    conditions = _conditions(draft, command)
    for _, stage in mine if same_person else mine[:1]:
        without = by_exception(case)
        draft.emit(StageApproved(draft.now, command.by, stage, without, conditions))
        conditions = ()  # once is enough
    if not open_stages(draft.visit):
        filled = draft.visit.phase
        assert isinstance(filled, Requested)
        known = door_held_by(draft.visit, draft.facts, draft.now)
        draft.emit(FullyApproved(draft.now, filled.votes, known))
        recheck(draft)
    return draft.outcome


def _no_condition(draft: Draft, command: Approve) -> Refused | None:
    """Why there is no condition to approve on."""
    if draft.visit.details is None:
        return UNREADABLE
    if not (command.words.strip() or set(command.conditions) & {"along", "ring"}):
        return Refused("On what condition? Without one, press Approve.", field="conditions")
    return None


def _conditions(draft: Draft, command: Approve) -> tuple[Condition, ...]:
    """Conditions of several people add up; one that stands already need not stand twice."""
    by, now, words = command.by, draft.now, command.words.strip()
    if not command.only_if:
        return ()
    ways = tuple(what for what in ("along", "ring") if what in command.conditions)
    made = tuple(Condition(by, now, what) for what in ways)
    return (*made, Condition(by, now, "other", words)) if words else made


def decline(draft: Draft, command: Decline) -> Outcome:
    """Any approver's no is a no; it carries a reason."""
    return _with_a_reason(draft, command, Declined)


def ask_for_changes(draft: Draft, command: AskForChanges) -> Outcome:
    """Back to the lead, with what should change."""
    return _with_a_reason(draft, command, ChangesWanted)


def _with_a_reason(
    draft: Draft, command: Decline | AskForChanges, event: type[Declined | ChangesWanted]
) -> Outcome:
    refusal = _not_for(draft, command.by, command.revision)
    if refusal:
        return refusal
    if not command.reason.strip():
        return NO_REASON
    draft.emit(event(draft.now, command.by, command.reason.strip()))
    return draft.outcome


def withdraw(draft: Draft, command: Withdraw) -> Outcome:
    """Approvers may withdraw before departure (S12)."""
    if command.by in draft.visit.visitors:
        return OWN_VISIT
    if command.by not in approvers(draft.visit, draft.facts, draft.now):
        return NOT_YOURS_TO_DECIDE
    if not command.reason.strip():
        return NO_REASON
    draft.emit(Withdrawn(draft.now, command.by, command.reason.strip()))
    return draft.outcome


def cancel(draft: Draft, command: Cancel) -> Outcome:
    """The lead, until departure."""
    if command.by != draft.visit.lead:
        return Refused("Only the person who asked for this visit can cancel it.")
    draft.emit(Cancelled(draft.now, command.by))
    return draft.outcome
