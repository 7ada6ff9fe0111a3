"""Somebody on the plan, who was not ticked at departure, has left as well (S1, S10)."""

from dataclasses import replace

from bot.domain.events import JoinedLate
from bot.domain.evolve.out import watch_of, with_watch
from bot.domain.schedule import next_routine
from bot.domain.visit import Finished, InAlarm, Out, Visit


def joined(visit: Visit, event: JoinedLate) -> Visit:
    """They are watched from now on; whatever they held of the open alarm counts no more (S7)."""
    watch, policy = watch_of(visit)
    due = next_routine(
        departed_at=event.at,
        checked_in_at=None,
        expected_return=watch.expected_return,
        policy=policy,
        after=event.at,
    )
    visitors = (*watch.visitors, replace(event.visitor, joined_at=event.at, due=due))
    visit = with_watch(visit, replace(watch, visitors=visitors))
    if isinstance(visit.phase, Finished):
        return replace(visit, phase=Out(visit.phase.watch))
    if not isinstance(visit.phase, InAlarm):
        return visit
    alarm, who = visit.phase.alarm, event.visitor.id
    alarm = replace(
        alarm,
        holders=tuple(p for p in alarm.holders if p != who),
        counting=tuple(p for p in alarm.counting if p != who),
        ringing_until=None if alarm.ringing == who else alarm.ringing_until,
    )
    return replace(visit, phase=replace(visit.phase, alarm=alarm))
