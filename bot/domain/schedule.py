"""When a visitor is asked "are you OK?" (S9). Pure arithmetic on aware UTC moments."""

from datetime import datetime, timedelta

from bot.domain.policy import Policy
from bot.domain.watch import Due, Prompt, PromptKind, Visitor, Watch


def next_routine(
    *,
    departed_at: datetime,
    checked_in_at: datetime | None,
    expected_return: datetime,
    policy: Policy,
    after: datetime,
) -> Due | None:
    """The visitor's next scheduled prompt later than ``after``, or None before the return.

    They come every ``check_in.every`` from departure, and again from the visitor's last check-in.
    One within ``check_in.not_within`` of the return or of that check-in is dropped, not moved.
    """
    base = checked_in_at or departed_at
    every, margin = policy.check_in_every, policy.check_in_not_within
    earliest = after + timedelta(microseconds=1)
    if checked_in_at is not None:
        earliest = max(earliest, checked_in_at + margin)
    steps = max(1, -((base - earliest) // every))
    at = base + steps * every
    return Due(at, "routine") if at <= expected_return - margin else None


def from_an_answer(policy: Policy) -> timedelta:
    """How long after a check-in the next scheduled prompt comes: longer than ``check_in.every``
    where ``check_in.not_within`` drops the first of them.
    """
    every = policy.check_in_every
    return every * max(1, -(-policy.check_in_not_within // every))


def open_prompt(
    visitor: Visitor, kind: PromptKind, number: int, now: datetime, limit: timedelta
) -> Prompt:
    """A prompt asked now. One that is open already keeps its earlier limit: asking again never
    gives silence more time.
    """
    reply_by = now + limit
    if visitor.prompt is not None:
        reply_by = min(reply_by, visitor.prompt.reply_by)
    chase_at = now + (reply_by - now) / 2
    return Prompt(number, kind, now, reply_by, chase_at if chase_at > now else None)


def leave_at(watch: Watch, policy: Policy, homes: int) -> datetime | None:
    """By when those who have arrived would leave, to be back as they said: as long before the
    return as the way there took. None where that is said already, is known too badly, as on a round
    of several homes, or would come close to the reminder of the return (S9).
    """
    if not policy.return_nudge or watch.nudged or watch.return_asked or watch.called or homes > 1:
        return None
    there = [(v, v.arrived_at) for v in watch.out if v.arrived_at]
    ways = [arrived - (v.joined_at or watch.departed_at) for v, arrived in there]
    if not ways or min(ways) < policy.return_nudge_from:
        return None
    at = watch.expected_return - min(ways)
    if at <= max(arrived for _, arrived in there) or at > watch.expected_return - (
        2 * policy.return_remind_before
    ):
        return None
    return at
