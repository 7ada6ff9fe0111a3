"""The alarm: raised, climbing, owned, ended, and standing again."""

from dataclasses import replace
from datetime import datetime

from bot.domain.events import (
    AlarmEnded,
    AlarmRaised,
    AlarmReopened,
    Doubted,
    Escalated,
    FoundSafe,
    HelpAsked,
    LimitPassed,
    MistakeClaimed,
    Owned,
    OwnershipLapsed,
    Ringing,
    RungReached,
    WentSilent,
)
from bot.domain.evolve.notes import noted
from bot.domain.evolve.out import watch_of, with_visitor, with_watch
from bot.domain.visit import InAlarm, Out, Visit
from bot.domain.watch import Alarm, ClosedAlarm, Due, Owner, Settled, Visitor, Watch


def _merged(earlier: tuple[str, ...], later: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*earlier, *later)))


def _phase(visit: Visit) -> InAlarm:
    assert isinstance(visit.phase, InAlarm)
    return visit.phase


def in_trouble(visit: Visit, event: WentSilent | HelpAsked) -> Visit:
    """This visitor is reason for an alarm. Somebody back who asks for help is out again."""
    watch, _ = watch_of(visit)

    def silent(visitor: Visitor) -> Visitor:
        assert isinstance(event, WentSilent)
        return replace(visitor, silent_since=event.since, prompt=None, due=None, resume_at=None)

    def help_asked(visitor: Visitor) -> Visitor:
        return replace(
            visitor,
            help_at=event.at,
            last_heard=event.at,
            heard="help",
            vouched_by="",
            mistake_at=None,
            uneasy_at=None,
            silent_since=None,
            prompt=None,
            due=None,
            resume_at=None,
            back_at=None,
            back_by="",
        )

    change = silent if isinstance(event, WentSilent) else help_asked
    visit = with_watch(visit, with_visitor(watch, event.visitor, change))
    if isinstance(visit.phase, InAlarm):
        alarm = replace(visit.phase.alarm, calls=visit.phase.alarm.calls + 1)
        if isinstance(event, HelpAsked):  # 999 was rung for somebody else, if it was
            alarm = replace(alarm, ringing_until=None)
        visit = replace(visit, phase=replace(visit.phase, alarm=alarm))
    return visit


def raised(visit: Visit, event: AlarmRaised) -> Visit:
    """One alarm a visit is open at a time (S9); each has its number."""
    watch, _ = watch_of(visit)
    calls = sum(1 for v in watch.visitors if v.help_at is not None)
    alarm = Alarm(
        number=event.number,
        opened_at=event.at,
        since=event.since,
        base=event.base,
        climbs_at=event.at,
        calls=calls,
    )
    return replace(visit, phase=InAlarm(replace(watch, alarms=event.number), alarm))


def claimed(visit: Visit, event: MistakeClaimed) -> Visit:
    """What they say of their own call stands beside it until somebody has made sure (S4)."""
    phase = _phase(visit)

    def change(visitor: Visitor) -> Visitor:
        return replace(visitor, mistake_at=event.at if visitor.help_at else None)

    return replace(
        visit, phase=replace(phase, watch=with_visitor(phase.watch, event.visitor, change))
    )


def escalated(visit: Visit, event: Escalated | LimitPassed | RungReached) -> Visit:
    """A rung was told; ``unheard`` until a channel confirms one who counts (S8)."""
    phase = _phase(visit)
    if isinstance(event, RungReached):
        return replace(visit, phase=replace(phase, alarm=replace(phase.alarm, unheard=False)))
    if isinstance(event, LimitPassed):
        alarm = replace(phase.alarm, confirm_by=None, limit_passed=True)
        return replace(visit, phase=replace(phase, alarm=alarm))
    rang = phase.alarm.rings(event.at) is not None
    alarm = replace(
        phase.alarm,
        rung=event.rung,
        rung_at=event.at,
        rung_due=event.due_at,
        climbs_at=event.climbs_at,
        told=_merged(phase.alarm.told, event.tell),
        holders=_merged(phase.alarm.holders, event.holders),
        counting=event.counting,
        unheard=bool(event.counting) and not event.last,
        confirm_by=event.confirm_by,
        buzzes=phase.alarm.buzzes + 1,
        ringing_until=phase.alarm.ringing_until if rang else None,
    )
    return replace(visit, phase=replace(phase, alarm=alarm))


def owned(visit: Visit, event: Owned | OwnershipLapsed | Ringing) -> Visit:
    """The owner holds the ladder; when their time passes it goes on at once (S7)."""
    phase = _phase(visit)
    alarm = phase.alarm
    match event:
        case Owned():
            since = alarm.owner.since if event.renewed and alarm.owner else event.at
            owner = Owner(event.by, since, event.until, event.renewed)
            alarm = replace(
                alarm,
                owner=owner,
                climbs_at=None,
                unheard=False,
                told=_merged(alarm.told, (event.by,)),
            )
            visit = noted(visit, event.at, event.by, "owner", event.note)
        case OwnershipLapsed():
            alarm = replace(
                alarm,
                owner=None,
                base=event.base,
                climbs_at=event.at,
                lapsed=_merged(alarm.lapsed, (event.owner,)),
                ringing_until=None,
            )
        case Ringing():
            alarm = replace(alarm, ringing=event.by, ringing_at=event.at, ringing_until=event.until)
    return replace(visit, phase=replace(phase, alarm=alarm))


def found_safe(visit: Visit, event: FoundSafe) -> Visit:
    """Settles those named, and nobody else (S6). Whoever is still out is asked again (S2)."""
    phase = _phase(visit)
    watch, alarm = phase.watch, phase.alarm
    found = [v for v in watch.visitors if v.id in event.who]

    def settled(visitor: Visitor) -> Visitor:
        calm = replace(
            visitor,
            silent_since=None,
            help_at=None,
            mistake_at=None,
            uneasy_at=None,
            resume_at=None,
            prompt=None,
            due=None,
        )
        if not calm.is_out:
            return calm
        if event.over:
            return replace(
                calm, back_at=event.at, back_by=event.by, heard="safe", last_heard=event.at
            )
        return replace(calm, due=Due(event.next_prompt, "after_alarm"))

    for visitor in found:
        watch = with_visitor(watch, visitor.id, settled)
    earlier = (s for s in alarm.settled if s.was.id not in event.who)
    alarm = replace(
        alarm,
        calls=alarm.calls + 1,
        settled=(*earlier, *(Settled(v, event.at, event.by) for v in found)),
    )
    visit = noted(visit, event.at, event.by, "stood_down", event.note)
    return replace(visit, phase=InAlarm(watch, alarm))


def ended(visit: Visit, event: AlarmEnded) -> Visit:
    """Ending an alarm never ends the watch (S2). What is kept is how it stood with each visitor
    before anybody made sure of them.
    """
    phase = _phase(visit)
    since = event.at - (event.undo_until - event.at)
    memory = ClosedAlarm(
        phase.alarm,
        _unsettled(phase.watch, phase.alarm, since),
        event.at,
        event.by,
        event.undo_until,
        event.answered,
    )
    return replace(visit, phase=Out(replace(phase.watch, closed=memory)))


def _unsettled(watch: Watch, alarm: Alarm, since: datetime) -> tuple[Visitor, ...]:
    """The visitors as they were before somebody made sure of them, no longer ago than can be
    undone; whoever was heard of by themselves after that stays as they are.
    """
    kept = {s.was.id: s.was for s in alarm.undoable(watch, since)}
    return tuple(kept.get(visitor.id, visitor) for visitor in watch.visitors)


def doubted(visit: Visit, event: Doubted) -> Visit:
    """It stands with them as it stood before somebody made sure of them; older cards are stale."""
    phase = _phase(visit)
    watch, alarm = phase.watch, phase.alarm
    was = {s.was.id: s.was for s in alarm.settled if s.was.id in event.who}
    watch = replace(watch, visitors=tuple(was.get(v.id, v) for v in watch.visitors))
    settled = tuple(s for s in alarm.settled if s.was.id not in was)
    alarm = replace(alarm, calls=alarm.calls + 1, settled=settled)
    return replace(visit, phase=InAlarm(watch, alarm))


def reopened(visit: Visit, event: AlarmReopened) -> Visit:
    """The alarm stands as it stood, for whoever has not been heard of since by themselves.

    A call for help stands all the same, since no answer ends it (S5). Where nobody would be left
    in trouble (they had answered, and somebody does not believe it), it stands for everybody:
    somebody who says "Not over" is never argued with.
    """
    watch, _ = watch_of(visit)
    memory = watch.closed
    assert memory is not None

    before = {v.id: v for v in memory.visitors}

    def restored(now_is: Visitor) -> Visitor:
        was = before.get(now_is.id, now_is)  # whoever joined since was not there
        if now_is.heard_since(memory.at):
            return replace(now_is, help_at=now_is.help_at or was.help_at)
        if not was.in_trouble:
            return was if was.is_out and not now_is.is_out else now_is
        return replace(
            now_is,
            silent_since=was.silent_since,
            help_at=was.help_at,
            back_at=was.back_at,
            back_by=was.back_by,
            heard=was.heard,
            last_heard=was.last_heard,
            due=None,
            prompt=None,
            resume_at=None,
        )

    visitors = tuple(map(restored, watch.visitors))
    if not any(v.in_trouble for v in visitors):
        visitors = tuple(
            replace(
                v,
                silent_since=event.at,
                back_at=None,
                back_by="",
                due=None,
                prompt=None,
                resume_at=None,
            )
            for v in visitors
        )
    alarm = replace(
        memory.alarm,
        number=event.number,
        base=event.base,
        owner=None,
        climbs_at=event.at,
        unheard=False,
        confirm_by=None,
        ringing=None,
        ringing_at=None,
        ringing_until=None,
        settled=(),
    )
    watch = replace(watch, visitors=visitors, alarms=event.number, closed=None)
    return replace(visit, phase=InAlarm(watch, alarm))
