"""What an approval covers: from when until when somebody may leave on it, and which other times
need no new one (S12).

A plan for an agreed time is covered around that time. Where the appointment is still to be made, a
window of days is: whole days as the school's clocks show them, so that a clock change moves
neither end. Once the appointment is recorded, its time is what was agreed to, and is covered like
any other; it may be made anew anywhere in the window.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.conditions import same_people
from bot.domain.duty import attended
from bot.domain.facts import Facts
from bot.domain.plan import Plan, Window
from bot.domain.policy import Policy
from bot.domain.school import School
from bot.domain.visit import Visit

DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)


def window_of(plan: Plan, length: timedelta, zone: ZoneInfo) -> Window:
    """So long from the time that a request names; from a day on, up to the end of its last day."""
    first, last = plan.leaving_at, plan.leaving_at + length
    if length >= DAY:
        named = plan.leaving_at.astimezone(zone)
        until = (named.replace(tzinfo=None) + length).date()
        first = datetime.combine(named.date(), time(), zone).astimezone(first.tzinfo)
        last = datetime.combine(until, LAST_MINUTE, zone).astimezone(first.tzinfo)
    return Window(first, last, plan.length)


def covered_from(visit: Visit, policy: Policy) -> datetime:
    """Before this it is another plan: an approval holds as long before the leaving time as after
    it.
    """
    agreed = visit.agreed
    if agreed.window and not agreed.fixed:
        return agreed.window.first
    return agreed.leaving_at - max(policy.approval_valid_for, policy.approval_small_change)


def covered_until(visit: Visit, policy: Policy) -> datetime:
    """After this it has lapsed."""
    agreed = visit.agreed
    if agreed.window and not agreed.fixed:
        return agreed.window.last
    return agreed.leaving_at + policy.approval_valid_for


def as_planned(visit: Visit, policy: Policy, now: datetime) -> bool:
    """Whether the planned return is one to go by for somebody who leaves now. Likely times that are
    far ahead are not.
    """
    ahead = visit.plan.leaving_at - now
    return ahead <= max(policy.approval_valid_for, policy.approval_small_change)


def late(visit: Visit, policy: Policy, now: datetime) -> bool:
    """Whether somebody who leaves now leaves later than planned."""
    return now > visit.plan.leaving_at + policy.approval_small_change


def planned_return(visit: Visit, now: datetime) -> datetime:
    """The return that more time counts from, for somebody who leaves now."""
    agreed = visit.agreed
    return agreed.return_at if agreed.fixed else now + agreed.length


def is_small(visit: Visit, plan: Plan, policy: Policy, facts: Facts, now: datetime) -> bool:
    """A shift of the times alone, within the policy's value of what was approved, not of what it
    was shifted to since; and not into hours without cover, which an approver must allow (S11).
    Likely times may move about in their window, and whoever was to be taken along may be.
    """
    agreed = visit.agreed
    if not same_people(visit, plan):
        return False
    if agreed.window and not agreed.fixed:
        return in_window(visit, plan, policy, facts.school)
    most = policy.approval_small_change
    shifts = (plan.leaving_at - agreed.leaving_at, plan.return_at - agreed.return_at)
    if any(abs(shift) > most for shift in shifts):
        return False
    if plan.leaving_at > agreed.leaving_at + policy.approval_valid_for:
        return False
    later = plan.return_at > agreed.return_at
    return not later or attended(visit, facts, plan.return_at, now)


def in_window(visit: Visit, plan: Plan, policy: Policy, school: School) -> bool:
    """Inside the days that were approved, no longer than was, and not without cover unless that
    was approved.
    """
    agreed, window = visit.agreed, visit.agreed.window
    if window is None or not same_people(visit, plan):
        return False
    if not window.first <= plan.leaving_at <= window.last:
        return False
    if plan.length > window.length + policy.approval_small_change:
        return False
    return school.staffed(plan.return_at) or not school.staffed(agreed.return_at)
