"""Raising an alarm, climbing its ladder, and ending it when nobody is in trouble any more.

The ladder is never silent (S8): an empty rung is recorded and climbed at once, rungs whose time has
passed are climbed now, and the last one repeats.
"""

from datetime import datetime

from bot.domain.decide.draft import Draft
from bot.domain.decide.targets import targets
from bot.domain.events import (
    AlarmEnded,
    AlarmRaised,
    Closed,
    Escalated,
    OwnershipLapsed,
)
from bot.domain.visit import InAlarm, Out


def raise_alarm(draft: Draft, since: datetime, *, resumed: bool = False) -> None:
    """Open an alarm counted from ``since``, unless one is open: one open alarm a visit (S9).

    A ``resumed`` alarm goes on from the rung that the last one had reached (S2).
    """
    if isinstance(draft.visit.phase, InAlarm):
        return
    memory = draft.watch.closed
    start = memory.alarm.rung if resumed and memory else 0
    start = min(max(start, 0), len(draft.policy.ladder) - 1)
    base = since - draft.policy.ladder[start].after if resumed else since
    draft.emit(AlarmRaised(draft.now, draft.watch.alarms + 1, since, base, resumed))
    climb(draft, start, due_at=since, from_rung=0)


def climb(
    draft: Draft,
    rung: int,
    *,
    due_at: datetime,
    because: str = "",
    repeat: bool = False,
    from_rung: int | None = None,
    without: str = "",
) -> None:
    """Tell a rung, and every higher one that must not wait.

    ``due_at`` is when this rung should have been told; ``from_rung`` the first rung to tell, where
    several are told in one go; ``without`` who has just let it lapse, and so counts for nobody.
    """
    ladder = draft.policy.ladder
    first = rung if from_rung is None else from_rung
    while True:
        alarm = draft.visit.alarm
        assert alarm is not None
        words = tuple(word for step in ladder[first : rung + 1] for word in step.tell)
        reached = targets(words, draft.visit, draft.facts, draft.now)
        last = rung == len(ladder) - 1
        others = tuple(who for who in reached.counting if who != without)
        counting = reached.counting if last else others
        climbs_at = (
            draft.now + draft.policy.alarm_repeat if last else alarm.base + ladder[rung + 1].after
        )
        draft.emit(
            Escalated(
                at=draft.now,
                rung=rung,
                tell=reached.tell,
                counting=counting,
                holders=reached.holders,
                climbs_at=max(climbs_at, draft.now),
                due_at=due_at,
                last=last,
                repeat=repeat,
                because=because,
                confirm_by=draft.now + draft.policy.alarm_unreached_after,
            )
        )
        if last:
            return
        if not counting:
            because = "empty"
        elif climbs_at <= draft.now:
            because = ""
        else:
            return
        due_at = min(climbs_at, draft.now)
        rung, first, repeat = rung + 1, rung + 1, False


def lapse(draft: Draft, *, because: str) -> None:
    """The hold ends, by time or by a new call: the next rung goes at once, naming who had it (S7).

    Later rungs keep their distance from this one. A rung of nobody but whoever let it lapse is as
    good as empty.
    """
    alarm = draft.visit.alarm
    assert alarm is not None
    assert alarm.owner is not None
    rung = min(alarm.rung + 1, len(draft.policy.ladder) - 1)
    due_at = min(alarm.owner.until, draft.now)
    base = due_at - draft.policy.ladder[rung].after
    owner = alarm.owner.id
    draft.emit(OwnershipLapsed(draft.now, owner, base))
    without = owner if because == "lapsed" else ""
    climb(draft, rung, due_at=due_at, because=because, repeat=True, without=without)


def call_again(draft: Draft) -> None:
    """New help in an open alarm: it breaks any hold, and everybody told is told again (S7)."""
    alarm = draft.visit.alarm
    assert alarm is not None
    if alarm.owner is not None:
        lapse(draft, because="help")
    else:
        climb(draft, alarm.rung, due_at=draft.now, because="help", repeat=True)


def settle(draft: Draft, by: str) -> None:
    """After somebody was heard of: end an alarm that nobody needs, and a watch over nobody."""
    close(draft, by, answered=True)


def close(draft: Draft, by: str, *, answered: bool) -> None:
    """An alarm stands while anybody is in trouble, and a watch while anybody is out."""
    if isinstance(draft.visit.phase, InAlarm) and not draft.watch.troubled:
        draft.emit(
            AlarmEnded(
                at=draft.now,
                by=by,
                undo_until=draft.now + draft.policy.alarm_undo_for,
                answered=answered,
            )
        )
    if isinstance(draft.visit.phase, Out) and not draft.watch.out:
        draft.emit(Closed(draft.now))
