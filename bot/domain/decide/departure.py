"""Leaving: not before approval, but the gate never switches off the watch (S1)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import rules
from bot.domain.commands import AlreadyLeft, AskForHelp, Depart
from bot.domain.conditions import ticks
from bot.domain.covered import as_planned, covered_from, covered_until, late, planned_return
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import raise_alarm
from bot.domain.decide.recheck import recheck
from bot.domain.decide.watch_begins import start_watch
from bot.domain.events import ApproversReminded, HelpAsked
from bot.domain.plan import Plan
from bot.domain.refused import NOT_ON_IT, Refused
from bot.domain.roles import left_behind
from bot.domain.rules.case import Case, Shortfall
from bot.domain.visit import Approved, Ended, Requested, Visit

STALE_PLAN = timedelta(hours=24)
SOONEST = timedelta(minutes=1)


def depart(draft: Draft, command: Depart) -> Outcome:
    """Leave with an approval that still holds; leaving late asks for a new return (S12)."""
    visit, now = draft.visit, draft.now
    if command.by not in visit.visitors:
        return NOT_ON_IT
    if command.by != visit.lead:
        name = draft.facts.school.name_of(visit.lead)
        return Refused(f"{name} leads this visit and presses this.", offer="already_left")
    policy = draft.policy
    if now > covered_until(visit, policy):
        return Refused("The approval has lapsed: it was for an earlier time.", "already_left")
    if recheck(draft):
        return draft.outcome
    if now < covered_from(visit, policy):
        start = draft.facts.school.local(visit.plan.leaving_at)
        return Refused(
            f"The approval is for later: for {start:%H:%M} on {start:%a} {start.day} {start:%b}.",
            "already_left",
        )
    if not command.going and (missing := _shut_in_any_case(draft)):
        return _missing(missing, command.by)
    if not command.going or visit.lead not in command.going:
        return Refused("Tick yourself, and everybody who is really going.", field="going")
    if not set(command.going) <= set(visit.visitors):
        return Refused("Only people of the approved visit can go on it.", field="going")
    if any(name not in command.ticked for name, _ in ticks(visit)):
        why = "It was approved on a condition. Please make sure that it is met, and tick it."
        return Refused(why, "already_left", "kit")
    if late(visit, policy, now) and command.until is None:
        return Refused("You are leaving later than planned. When will you be back?", field="until")
    if not as_planned(visit, policy, now) and command.until is None:
        return Refused("You are leaving sooner than planned. When will you be back?", field="until")
    until = command.until or visit.plan.return_at
    if until <= now:
        return Refused("That is past already. When will you be back?", field="until")
    case = Case.of(visit, draft.facts, now, command.going, until, guest=command.outside)
    if missing := rules.held("leaving", case):
        field = "" if _shut_in_any_case(draft) else _mended_by(case, missing)
        return replace(_missing(missing, command.by), field=field)
    if until > planned_return(visit, now) + policy.return_extend_at_most:
        return Refused(
            "That is later than the approval covers. Choose an earlier return, or change the plan "
            "and ask again.",
            "already_left",
            "until",
        )
    start_watch(draft, command.by, command.going, until, guest=command.outside)
    return draft.outcome


def _missing(found: tuple[Shortfall, ...], by: str) -> Refused:
    why = " ".join(each.said_to(by) for each in found)
    return Refused(why, "already_left", rules=tuple(each.rule for each in found))


def _shut_in_any_case(draft: Draft) -> tuple[Shortfall, ...]:
    """What no tick at the door and no earlier return can mend is said before the form is filled in.
    What either could is said on the form, with all that was typed.
    """
    visit, facts, now = draft.visit, draft.facts, draft.now
    cases = [
        Case.of(visit, facts, now, going, until)
        for going in (visit.planned, (visit.lead,))
        for until in (visit.plan.return_at, now + SOONEST)
        if until > now
    ]
    first, *others = [rules.held("leaving", case) for case in cases]
    always = set.intersection(*({each.rule for each in found} for found in others or [first]))
    return tuple(each for each in first if each.rule in always)


def _mended_by(case: Case, missing: tuple[Shortfall, ...]) -> str:
    """The field of the form: the return, where an earlier one would do; else who goes."""
    soon = rules.held("leaving", replace(case, until=case.now + SOONEST))
    still = {each.rule for each in soon}
    return "going" if any(each.rule in still for each in missing) else "until"


def refuse_unapproved(draft: Draft, command: Depart) -> Outcome:
    """Not approved: the approvers are asked again, and the watch is offered all the same."""
    if command.by not in draft.visit.visitors:
        return NOT_ON_IT
    if isinstance(draft.visit.phase, Requested):
        draft.emit(ApproversReminded(draft.now, by=command.by))
        return draft.outcome
    return Refused("You can't leave yet: this visit isn't approved.", "already_left")


def already_left(draft: Draft, command: AlreadyLeft) -> Outcome:
    """Whoever has left is watched, approval or not; a breach is recorded and told. Somebody whom
    others took off the plan speaks for themselves alone.
    """
    visit, now = draft.visit, draft.now
    on_it = command.by in visit.visitors
    if not on_it and not left_behind(command.by, visit):
        return NOT_ON_IT
    if isinstance(visit.phase, Ended) and now > _meant_for(visit.plan) + STALE_PLAN:
        return Refused(
            "That visit was for another day. If you are out now, plan a visit or press "
            "I need help: then I can watch."
        )
    fits = visit.plan.return_at > now and as_planned(visit, draft.policy, now)
    until = visit.plan.return_at if fits else now + visit.plan.length
    early = now < covered_from(visit, draft.policy)
    unapproved = early or not on_it or not _covered(draft)
    going = visit.visitors if on_it else (command.by,)
    unmet = bool(rules.held("leaving", Case.of(visit, draft.facts, now, going, until)))
    start_watch(
        draft,
        command.by,
        going,
        until,
        breach=unapproved or unmet,
        unmet=unmet and not unapproved,
    )
    return draft.outcome


def help_before_leaving(draft: Draft, command: AskForHelp) -> Outcome:
    """Approved and due to leave soon, or sure: out at once, and in alarm (S4). Being asked again
    takes that from nobody: they may have left by the plan that was approved.

    It puts out whoever asks, and nobody else: of the others nothing was heard (S6). They are asked
    whether they are with them, and may leave, or say that they have (S1, S10).
    """
    visit = draft.visit
    if command.by not in visit.visitors:
        return NOT_ON_IT
    soon = _due_to_leave(visit, draft.policy.help_before_leaving, draft.now)
    if not (command.sure or (visit.was_approved and soon)):
        return Refused("Are you in danger now?", offer="danger")
    until = max(visit.plan.return_at, draft.now)
    breach = not _covered(draft)
    start_watch(draft, command.by, (command.by,), until, breach=breach, called=True)
    draft.emit(HelpAsked(draft.now, command.by))
    raise_alarm(draft, draft.now)
    return draft.outcome


def _due_to_leave(visit: Visit, soon: timedelta, now: datetime) -> bool:
    """Whether they may well be on their way (S4). Likely times that are past say nothing."""
    past = not visit.plan.fixed and now > visit.plan.return_at
    return visit.plan.leaving_at - now <= soon and not past


def _meant_for(plan: Plan) -> datetime:
    return plan.window.last if plan.window and not plan.fixed else plan.leaving_at


def _covered(draft: Draft) -> bool:
    in_time = draft.now <= covered_until(draft.visit, draft.policy)
    return isinstance(draft.visit.phase, Approved) and in_time
