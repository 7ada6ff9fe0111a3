"""What the clock brings about. ``wake`` re-checks everything and does nothing when nothing is due,
so that waking early, late or twice is harmless.

1. Before departure: expiry, a changed policy, a reminder, passing on, a nudge to the lead.
2. Each visitor: chase, reply limit passed, resumed silence, the next prompt.
3. The visit: the reminder before the return, and the return itself.
4. The alarm: a lapsed owner, a rung that nobody heard, the next rung.
5. Those who watch: the end of the school's hours, and whoever is to say that they are watching.
6. Quiet alerts and concerns that nobody has heard or seen; these also when everybody is back.

``next_wake`` is the earliest moment at which any of these will be due; what stands there and what
``wake`` looks at must be the same moments (a test walks both).
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.commands import Wake
from bot.domain.covered import covered_until
from bot.domain.decide import tidings
from bot.domain.decide.confirming import see_to_watching
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import climb, lapse, raise_alarm
from bot.domain.decide.recheck import fall_short, recheck
from bot.domain.decide.standing_by import look_after
from bot.domain.decide.watching import ask_visitor
from bot.domain.duty import office_part
from bot.domain.events import (
    ApproversReminded,
    Chased,
    Expired,
    LeaveNudged,
    LimitPassed,
    Nudged,
    OfficeClosed,
    PassedOn,
    ReturnCame,
    ReturnReminded,
    RungReached,
    WentSilent,
)
from bot.domain.facts import unreached
from bot.domain.policy import Policy
from bot.domain.schedule import leave_at
from bot.domain.visit import Approved, ChangesAsked, Finished, InAlarm, Out, Requested, Visit
from bot.domain.watch import Alarm, Visitor


def next_wake(visit: Visit, policy: Policy) -> datetime | None:
    """The earliest moment at which the visit needs attention; None only when it is over.

    ``policy`` is the one that governs it: ``Facts.policy_of(visit)``.
    """
    return min(_moments(visit, policy), default=None)


def _moments(visit: Visit, policy: Policy) -> Iterator[datetime]:
    match visit.phase:
        case Requested() as phase:
            yield covered_until(visit, policy)
            if not phase.reminded:
                yield phase.asked_at + policy.approval_remind
            elif not phase.passed_on:
                yield phase.asked_at + 2 * policy.approval_remind
        case ChangesAsked():
            yield covered_until(visit, policy)
        case Approved() as phase:
            yield covered_until(visit, policy)
            if not phase.nudged:
                yield visit.plan.leaving_at + policy.departure_nudge_after
        case Out(watch=watch):
            for visitor in watch.out:
                yield from _visitor_moments(visitor)
            yield from _return_moments(visit, policy)
            if leave := leave_at(watch, policy, visit.plan.homes):
                yield leave
            yield from tidings.moments(visit, policy)
        case InAlarm(watch=watch, alarm=alarm):
            for visitor in watch.out:
                yield from _visitor_moments(visitor)
            yield from _return_moments(visit, policy)
            yield from _alarm_moments(alarm, policy)
            yield from tidings.moments(visit, policy)
        case Finished():
            yield from tidings.moments(visit, policy)
        case _:
            return


def _visitor_moments(visitor: Visitor) -> Iterator[datetime]:
    if visitor.prompt:
        yield visitor.prompt.reply_by
        if visitor.prompt.chase_at:
            yield visitor.prompt.chase_at
    if visitor.resume_at:
        yield visitor.resume_at
    if visitor.due:
        yield visitor.due.at


def _return_moments(visit: Visit, policy: Policy) -> Iterator[datetime]:
    watch = visit.watch
    assert watch is not None
    if watch.out and not watch.reminded:
        yield watch.expected_return - policy.return_remind_before
    if watch.out and not watch.return_asked:
        yield watch.expected_return
    if watch.out and watch.staffed_until:
        yield watch.staffed_until
    if watch.out and watch.confirm_by and not watch.watching and visit.alarm is None:
        yield watch.confirm_by


def _alarm_moments(alarm: Alarm, policy: Policy) -> Iterator[datetime]:
    if alarm.owner:
        yield alarm.owner.until
    if alarm.unheard and alarm.rung_at:
        yield alarm.rung_at + policy.alarm_unreached_after
    if alarm.confirm_by:
        yield alarm.confirm_by
    if alarm.climbs_at:
        yield alarm.climbs_at


def wake(draft: Draft, command: Wake) -> Outcome:
    """See to everything that is due."""
    del command
    match draft.visit.phase:
        case Requested() | ChangesAsked() | Approved():
            _before_departure(draft)
            if draft.visit.is_live:
                look_after(draft)
        case Out() | InAlarm():
            look_after(draft)
            for visitor in draft.watch.out:
                _see_to(draft, visitor.id)
            _see_to_return(draft)
            _see_to_alarm(draft)
            _see_to_office(draft)
            see_to_watching(draft)
            _nudge(draft)
            tidings.see_to(draft)
        case Finished():
            tidings.see_to(draft)
        case _:
            pass
    return draft.outcome


def _before_departure(draft: Draft) -> None:
    visit, policy, now = draft.visit, draft.policy, draft.now
    if now >= covered_until(visit, policy):
        draft.emit(Expired(now))
        return
    if recheck(draft):
        return
    match visit.phase:
        case Requested() as phase:
            if not phase.reminded and now >= phase.asked_at + policy.approval_remind:
                draft.emit(ApproversReminded(now))
            elif (
                phase.reminded
                and not phase.passed_on
                and now >= phase.asked_at + 2 * policy.approval_remind
            ):
                draft.emit(PassedOn(now))
        case Approved() as phase:
            fall_short(draft)
            if not phase.nudged and now >= visit.plan.leaving_at + policy.departure_nudge_after:
                draft.emit(Nudged(now))
        case _:
            pass


def _see_to(draft: Draft, person: str) -> None:
    now, visitor = draft.now, draft.visitor(person)
    prompt = visitor.prompt
    if prompt and now >= prompt.reply_by:
        _silent(draft, person, prompt.reply_by, resumed=False)
    elif prompt and prompt.chase_at and now >= prompt.chase_at:
        draft.emit(Chased(now, person))
    elif visitor.resume_at and now >= visitor.resume_at:
        _silent(draft, person, visitor.resume_at, resumed=True)
    elif visitor.due and now >= visitor.due.at:
        ask_visitor(draft, visitor, visitor.due.kind)


def _silent(draft: Draft, person: str, since: datetime, *, resumed: bool) -> None:
    draft.emit(WentSilent(draft.now, person, since))
    raise_alarm(draft, since, resumed=resumed)


def _see_to_return(draft: Draft) -> None:
    now, watch = draft.now, draft.watch
    if not watch.out:
        return
    if not watch.return_asked and now >= watch.expected_return:
        draft.emit(ReturnCame(now))
        for visitor in draft.watch.out:
            if not (visitor.in_trouble or visitor.resume_at):
                ask_visitor(draft, visitor, "return")
    elif not watch.reminded and now >= watch.expected_return - draft.policy.return_remind_before:
        draft.emit(ReturnReminded(now))


def _nudge(draft: Draft) -> None:
    """By when they would leave, once, to whoever is there and not asked anything about now (S9).
    Said late it would only hurry them.
    """
    policy, now, watch = draft.policy, draft.now, draft.watch
    visit = draft.visit
    at = leave_at(watch, policy, visit.plan.homes) if isinstance(visit.phase, Out) else None
    if at is None or now < at:
        return
    near = policy.return_remind_before
    there = (v.id for v in watch.out if v.arrived_at and _is_left_alone(v, now + near))
    draft.emit(LeaveNudged(now, tuple(there) if now <= at + near else ()))


def _is_left_alone(visitor: Visitor, until: datetime) -> bool:
    asked = visitor.prompt or visitor.resume_at or visitor.in_trouble
    return not asked and (visitor.due is None or visitor.due.at > until)


def _see_to_office(draft: Draft) -> None:
    """The school's hours end, or have become shorter: the office's part falls to others, who may
    know of it already.
    """
    ends, now, school = draft.watch.staffed_until, draft.now, draft.facts.school
    if ends is None or not draft.watch.out:
        return
    if not school.outside(now):
        if now >= ends:
            draft.emit(OfficeClosed(now, (), school.cover_ends(now)))
        return
    told = office_part(draft.visit, draft.facts, now)
    watching = draft.watch.watching
    person = school.person(watching.by) if watching else None
    at_school = person is not None and "office" in person.roles and person.id not in told
    draft.emit(OfficeClosed(now, told, relieved=watching is None or at_school))


def _see_to_alarm(draft: Draft) -> None:
    alarm, now = draft.visit.alarm, draft.now
    if alarm is None:
        return
    if alarm.confirm_by and now >= alarm.confirm_by:
        draft.emit(LimitPassed(now, tuple(unreached(draft.visit, draft.facts.reached))))
    last = len(draft.policy.ladder) - 1
    if alarm.owner:
        if now >= alarm.owner.until:
            lapse(draft, because="lapsed")
        return
    if alarm.unheard and _unreached(draft, alarm):
        assert alarm.rung_at is not None
        due_at = min(now, alarm.rung_at + draft.policy.alarm_unreached_after)
        climb(draft, min(alarm.rung + 1, last), due_at=due_at, because="unreached")
        return
    if alarm.unheard and "sent" in _standing(draft, alarm):
        draft.emit(RungReached(now))
    if alarm.climbs_at and now >= alarm.climbs_at:
        repeat = alarm.rung == last
        climb(draft, min(alarm.rung + 1, last), due_at=alarm.climbs_at, repeat=repeat)


def _standing(draft: Draft, alarm: Alarm) -> set[str]:
    return {draft.facts.delivered.get(who, "pending") for who in alarm.counting}


def _unreached(draft: Draft, alarm: Alarm) -> bool:
    """Every way to the rung has failed for good, or none was confirmed in time (S8)."""
    standing = _standing(draft, alarm)
    if "sent" in standing:
        return False
    assert alarm.rung_at is not None
    return standing == {"failed"} or draft.now >= alarm.rung_at + draft.policy.alarm_unreached_after
