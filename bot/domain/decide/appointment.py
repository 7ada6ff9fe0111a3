"""The appointment is recorded once it is made: when, how, with whom, that they know what it is
about, and that the time suits them.

Inside what was approved that needs no new word; outside it asks again (S12).
"""

from dataclasses import replace

from bot.domain import rules
from bot.domain.agreed import is_agreed
from bot.domain.commands import RecordAppointment
from bot.domain.covered import in_window, is_small
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.recheck import fall_short, recheck
from bot.domain.events import AppointmentMade, Asked
from bot.domain.plan import Details, Plan
from bot.domain.policy import Policy
from bot.domain.refused import Refused
from bot.domain.rules.case import Case
from bot.domain.visit import Approved, Visit

NOT_YOURS = Refused("Only the person who leads this visit records the appointment.")
UNREADABLE = Refused(
    "What is known of this visit can't be read just now, so nothing can be added to it. If you "
    "have to go, please tell the office yourself.",
    "already_left",
)
RECORDED = Refused(
    "The appointment is recorded already. For another time, press Change the plan.", card="mine"
)
CHANGED_MEANWHILE = Refused(
    "The plan has changed since you opened this. Please check it, and send it once more.",
    field="leaving_at",
)


def may_record(visit: Visit, policy: Policy) -> bool:
    """Whether there is an appointment to record: none yet, or one that may be made anew."""
    if not isinstance(visit.phase, Approved) or visit.details is None or visit.details.unannounced:
        return False
    return visit.plan.window is not None or not is_agreed(visit.details, policy)


def still_agreed(
    visit: Visit, plan: Plan, details: Details, policy: Policy
) -> tuple[Plan, Details]:
    """A changed plan keeps the appointment that is recorded for as long as it is for that time; for
    another, another is made.
    """
    before = visit.details
    if before is None or not before.recorded:
        return plan, details
    if not policy.records_appointments:  # it stands in the form, as it was recorded
        return plan, replace(details, recorded=details.appointment == before.appointment)
    now, agreed = plan, visit.plan
    shifts = (now.leaving_at - agreed.leaving_at, now.return_at - agreed.return_at)
    if any(abs(shift) > policy.approval_small_change for shift in shifts):
        return plan, details
    kept = replace(details, appointment=before.appointment, recorded=True)
    return replace(plan, window=None, fixed=True), kept


def record(draft: Draft, command: RecordAppointment) -> Outcome:
    """Its lead, once it is approved."""
    visit = draft.visit
    if command.by != visit.lead:
        return NOT_YOURS
    if visit.details is None:
        return UNREADABLE
    if not may_record(visit, draft.policy):
        return RECORDED
    if command.revision != visit.revision:
        return CHANGED_MEANWHILE
    if command.how not in {"phone", "letter"}:
        return Refused("By phone, or by letter?", field="how")
    if not command.whom.strip():
        return Refused("With whom? Please say who knows that you are coming.", field="whom")
    if not (command.told and command.suits):
        why = "Please tell them what it is about and agree on a time that suits them. Then tick it."
        return Refused(why, field="told")
    said = (
        f"By {command.how}, with {command.whom.strip()}. They know what it is about, and the time "
        "suits them."
    )
    plan = replace(visit.plan, leaving_at=command.leaving_at, return_at=command.return_at)
    return _recorded(draft, plan, said)


def _recorded(draft: Draft, plan: Plan, said: str) -> Outcome:
    """The plan is for the time that was agreed; ``said`` is how."""
    visit, policy = draft.visit, draft.policy
    assert visit.details is not None
    plan, revision = replace(plan, fixed=True), visit.revision + 1
    if visit.agreed.window:
        fits = in_window(visit, plan, policy, draft.facts.school)
    else:
        fits = is_small(visit, plan, policy, draft.facts, draft.now)
    if fits:
        case = Case.of(replace(visit, plan=plan), draft.facts, draft.now)
        if missing := rules.held("approval", case):  # nobody could have said yes to this time
            return Refused(
                " ".join(each.said_to(visit.lead) for each in missing), field="leaving_at"
            )
        draft.emit(AppointmentMade(draft.now, visit.lead, plan, revision, said))
        if not recheck(draft):
            fall_short(draft, tell=False)  # they have it before them
        return draft.outcome
    plan = replace(plan, window=None)
    details = replace(visit.details.written, appointment=said, recorded=True)
    going = (visit.lead, *plan.companions)
    case = Case(visit.lead, going, plan, details, draft.facts, draft.now, visit)
    if missing := rules.held("asking", case):
        return Refused(" ".join(each.said_to(visit.lead) for each in missing), field="leaving_at")
    draft.emit(Asked(draft.now, visit.lead, plan, details, policy.approval_stages, revision))
    return draft.outcome
