"""Leaving: not before approval, but the gate never switches off the watch (S1)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import rules
from bot.domain.commands import AlreadyLeft, AskForHelp, CheckIn, Depart
from bot.domain.conditions import ticks
from bot.domain.covered import as_planned, covered_from, covered_until, late, planned_return
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import lapse, raise_alarm
from bot.domain.decide.recheck import recheck
from bot.domain.decide.standing_by import look_after
from bot.domain.decide.targets import people_for
from bot.domain.decide.visiting import ask_for_help, check_in, heard_of
from bot.domain.duty import on_duty
from bot.domain.events import (
    ApproversReminded,
    Departed,
    HelpAsked,
    JoinedLate,
    WatchLost,
)
from bot.domain.plan import Plan
from bot.domain.refused import Refused
from bot.domain.roles import left_behind
from bot.domain.rules.case import Case, Shortfall
from bot.domain.visit import Approved, Ended, Finished, Requested, Visit
from bot.domain.watch import Visitor

NOT_ON_IT = Refused("You are not on this visit.")
OUT_ALREADY = Refused("You are out already, and are being watched.")
STALE_PLAN = timedelta(hours=24)


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
    if not command.going and (missing := _shut_whoever_goes(draft)):
        return _missing(missing)
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
        at_the_door = not _shut_whoever_goes(draft)
        return replace(_missing(missing), field="going" if at_the_door else "")
    if until > planned_return(visit, now) + policy.return_extend_at_most:
        return Refused(
            "That is later than the approval covers. Choose an earlier return, or change the plan "
            "and ask again.",
            "already_left",
            "until",
        )
    start_watch(draft, command.by, command.going, until, guest=command.outside)
    return draft.outcome


def _missing(found: tuple[Shortfall, ...]) -> Refused:
    why = " ".join(each.why for each in found)
    return Refused(why, "already_left", rules=tuple(each.rule for each in found))


def _shut_whoever_goes(draft: Draft) -> tuple[Shortfall, ...]:
    """What no tick at the door can mend is said before the form is filled in."""
    visit, facts, now = draft.visit, draft.facts, draft.now
    alone = {each.rule for each in rules.held("leaving", Case.of(visit, facts, now, (visit.lead,)))}
    planned = rules.held("leaving", Case.of(visit, facts, now))
    return tuple(each for each in planned if each.rule in alone)


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
    soon = due_to_leave(visit, draft.policy.help_before_leaving, draft.now)
    if not (command.sure or (visit.was_approved and soon)):
        return Refused("Are you in danger now?", offer="danger")
    until = max(visit.plan.return_at, draft.now)
    breach = not _covered(draft)
    start_watch(draft, command.by, (command.by,), until, breach=breach, called=True)
    draft.emit(HelpAsked(draft.now, command.by))
    raise_alarm(draft, draft.now)
    return draft.outcome


def join(draft: Draft, command: AlreadyLeft | Depart) -> Outcome:
    """The others are out. Somebody on the plan who was not ticked is watched from now on (S1);
    past the expected return they are asked for a new one.
    """
    who, visit = command.by, draft.visit
    visitor = draft.watch.visitor(who)
    if visitor is not None:
        return OUT_ALREADY if visitor.is_out else check_in(draft, CheckIn(who))
    if not left_behind(who, visit):
        return NOT_ON_IT
    going: tuple[str, ...] = (who,)
    if isinstance(command, Depart) and who == visit.lead:
        if draft.watch.breach:
            return Refused("You can't leave yet: this visit isn't approved.", "already_left")
        if who not in command.going:
            return Refused("Tick yourself, and everybody who is really going.", field="going")
        if not all(left_behind(person, visit) for person in command.going):
            return Refused("Only people of the approved visit can go on it.", field="going")
        going = command.going
    for person in _in_order(going, visit):
        joins(draft, person, said_by=who)
    if draft.now >= draft.watch.expected_return:
        heard_of(draft, who, who, "left")
    return draft.outcome


def join_after_all(draft: Draft, command: AlreadyLeft | Depart) -> Outcome:
    """It is over for the others. Somebody on the plan who left after that is watched (S1)."""
    phase = draft.visit.phase
    assert isinstance(phase, Finished)
    fresh = draft.now <= phase.at + STALE_PLAN
    if isinstance(command, AlreadyLeft) and fresh and left_behind(command.by, draft.visit):
        return join(draft, command)
    return Refused("This visit is over. Out now? Press I need help, or plan a visit.")


def joins(draft: Draft, person: str, *, said_by: str) -> None:
    """They are watched from now on; nobody owns the alarm of their own visit (S7)."""
    draft.emit(JoinedLate(draft.now, _frozen(draft, person, said_by)))
    alarm = draft.visit.alarm
    if alarm and alarm.owner and alarm.owner.id == person:
        lapse(draft, because="lapsed")
    watching = draft.watch.watching
    if watching and watching.by == person:
        draft.emit(WatchLost(draft.now, person))


def help_from_left_behind(draft: Draft, command: AskForHelp) -> Outcome:
    """The others left without them, and they ask for help: where they are nobody knows, so they
    are watched from now on, in alarm (S4). Whoever was taken off the plan is asked first.
    """
    who, visit = command.by, draft.visit
    if draft.watch.visitor(who) is not None:
        return ask_for_help(draft, command)
    if not left_behind(who, visit):
        return NOT_ON_IT
    if who not in visit.planned and not command.sure:
        return Refused("Are you in danger now?", offer="danger")
    joins(draft, who, said_by=who)
    return ask_for_help(draft, command)


def _frozen(draft: Draft, person_id: str, said_by: str) -> Visitor:
    """A visitor as they leave: id, phone and addresses hold until the visit closes (S3). Of whom
    somebody else says that they left, nothing was heard (S6).
    """
    school = draft.facts.school
    person = school.person(person_id)
    return Visitor(
        id=person_id,
        name=person.name if person else school.name_of(person_id),
        phone=(person.phone if person else None) or "",
        last_heard=draft.now,
        heard="left" if person_id == said_by else "taken_along",
        addresses=dict(person.addresses) if person else {},
    )


def start_watch(
    draft: Draft,
    by: str,
    going: tuple[str, ...],
    until: datetime,
    *,
    breach: bool = False,
    unmet: bool = False,
    called: bool = False,
    guest: bool = True,
) -> None:
    """Freeze the policy, and who is really going with their phones, and begin to watch."""
    visit, now = draft.visit, draft.now
    draft.emit(
        Departed(
            at=now,
            by=by,
            visitors=tuple(_frozen(draft, person, by) for person in _in_order(going, visit)),
            expected_return=until,
            approved_return=max(visit.plan.return_at, until)
            if breach or called
            else planned_return(visit, now),
            policy=draft.facts.policy,
            told=told_of_departure(draft, going, breach=breach),
            breach=breach,
            unmet=unmet,
            called=called,
            guest=guest,
            staffed_until=draft.facts.school.cover_ends(now),
        )
    )
    look_after(draft)


def _in_order(going: tuple[str, ...], visit: Visit) -> tuple[str, ...]:
    """As planned, the lead first; then whoever was taken off the plan and left all the same."""
    known = dict.fromkeys((*visit.planned, *visit.visitors, *visit.taken_off))
    return tuple(person for person in known if person in going)


def told_of_departure(
    draft: Draft, going: tuple[str, ...], *, breach: bool = False
) -> tuple[str, ...]:
    """The contact, and a senior leader: the lead's own, else the duty leader, else whoever
    approved, else the Head; never a visitor. While nobody is at school also whoever has the
    office's part; after a breach a backup, too, who has not said no (S1).
    """
    visit, facts, now = draft.visit, draft.facts, draft.now
    votes = visit.phase.votes if isinstance(visit.phase, Approved | Requested) else ()
    candidates = (
        tuple(p.id for p in people_for("leader", visit, facts, now)),
        tuple(p.id for p in people_for("duty_leader", visit, facts, now)),
        tuple(vote.by for vote in votes),
        tuple(p.id for p in people_for("head", visit, facts, now)),
    )
    on_it = {*visit.visitors, *going}
    busy = facts.out | on_it
    others = (tuple(p for p in group if p not in busy) for group in candidates)
    leaders = next((group for group in others if group), ())
    contacts = (p.id for p in people_for("contact", visit, facts, now) if p.id not in on_it)
    duty = on_duty(visit, facts, now) if facts.school.outside(now) else ()
    word, backup = visit.word("backup"), visit.plan.backup
    if breach and backup and facts.school.outside(now) and not (word and word.said == "no"):
        duty = (*duty, backup)
    duty = tuple(person for person in duty if person not in on_it)
    return tuple(dict.fromkeys((*leaders, *duty, *contacts)))


def due_to_leave(visit: Visit, soon: timedelta, now: datetime) -> bool:
    """Whether they may well be on their way (S4). Likely times that are past say nothing."""
    past = not visit.plan.fixed and now > visit.plan.return_at
    return visit.plan.leaving_at - now <= soon and not past


def _meant_for(plan: Plan) -> datetime:
    return plan.window.last if plan.window and not plan.fixed else plan.leaving_at


def _covered(draft: Draft) -> bool:
    in_time = draft.now <= covered_until(draft.visit, draft.policy)
    return isinstance(draft.visit.phase, Approved) and in_time
