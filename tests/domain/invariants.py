"""What must hold of every visit, always; and of every step from one state to the next."""

from datetime import datetime

from bot.domain import events as e
from bot.domain.answers import reasons
from bot.domain.conditions import conditions_of
from bot.domain.decide import next_wake
from bot.domain.facts import Facts
from bot.domain.moves import MOVES
from bot.domain.tidings import Tidings
from bot.domain.visit import Approved, Finished, InAlarm, Out, Visit


def holds(visit: Visit, facts: Facts) -> None:
    """Somebody is always watching; an alarm stands exactly while somebody is in trouble."""
    wakes = next_wake(visit, facts.policy_of(visit))
    live = visit.is_live or has_unseen_concern(visit)
    assert (wakes is not None) == live, "who is not woken is not watched"
    if isinstance(visit.phase, Approved):
        _is_what_was_approved(visit, facts)
    watch, alarm = visit.watch, visit.alarm
    if watch is None:
        return
    amber = watch.amber.reasons if watch.amber and watch.amber.over_at is None else ()
    assert set(amber) == set(reasons(watch)), "an alert stands exactly while there is a reason"
    for tidings in (watch.amber, *watch.concerns):
        if tidings:
            _reaches_somebody_or_goes_on(visit, tidings)
    assert bool(watch.troubled) == isinstance(visit.phase, InAlarm), "alarm iff trouble"
    for visitor in watch.out:
        asked = visitor.prompt or visitor.due or visitor.resume_at or not watch.return_asked
        assert visitor.in_trouble or asked, f"nobody would notice {visitor.id}"
    assert bool(watch.out) or not isinstance(visit.phase, Out), "Out with nobody out"
    if isinstance(visit.phase, Finished):
        assert not watch.out, "the watch ended over somebody who is out"
        assert all(v.help_at is None for v in watch.visitors), "and over a call for help"
    if alarm is None:
        return
    assert (alarm.climbs_at is None) == (alarm.owner is not None), "owned, or climbing"
    assert alarm.owner is None or alarm.owner.id not in visit.visitors, "a visitor owns it"
    assert not set(alarm.counting) & set(visit.visitors), "a visitor counts as reached"
    assert not set(alarm.holders) & set(visit.visitors), "a visitor holds a rung"
    assert alarm.rung >= 0, "an alarm without a rung"
    assert alarm.told, "an alarm that nobody is told of"


def has_unseen_concern(visit: Visit) -> bool:
    """Whether a concern still waits for somebody to have seen it: also when all are back."""
    return visit.watch is not None and any(each.waits for each in visit.watch.concerns)


def _reaches_somebody_or_goes_on(visit: Visit, tidings: Tidings) -> None:
    assert not set(tidings.told) & set(visit.visitors), "somebody on the visit is told"
    if tidings.about == "concern":
        assert "office" not in tidings.told, "a concern in a channel"
        assert tidings.again_at or tidings.seen, "a concern that nobody has seen, and falls silent"
    elif tidings.waits:
        reached = tidings.counting and not tidings.unheard
        assert reached or tidings.again_at, "an alert that reached nobody falls silent"


def _is_what_was_approved(visit: Visit, facts: Facts) -> None:
    agreed, plan = visit.agreed, visit.plan
    most = facts.policy.approval_small_change
    along = any(each.what == "along" for each in conditions_of(visit))
    if visit.details and not along:
        assert plan.same_but_for_times(agreed), "other people than were approved"
    assert plan.same_but_for_companions(agreed)
    assert set(plan.companions) >= set(agreed.companions), "fewer people than were approved"
    assert plan.window == agreed.window
    if plan.window:
        assert plan.window.first <= plan.leaving_at <= plan.window.last + most, "another day"
        assert plan.length <= plan.window.length + 2 * most, "longer than was approved"
    if not agreed.fixed:
        return
    assert abs(plan.leaving_at - agreed.leaving_at) <= most, "small shifts add up"
    assert abs(plan.return_at - agreed.return_at) <= most, "small shifts add up"


def follows(before: Visit, event: e.Event, after: Visit, now: datetime) -> None:
    """One step: as the table says, nothing forgotten, nobody dropped."""
    _, to = MOVES[type(event)]
    again = isinstance(event, e.OutAgain) and isinstance(before.phase, Finished)
    expected = Out if again else to or type(before.phase)
    assert type(after.phase) is expected, f"{type(event).__name__}: {after.phase}"
    assert getattr(event, "at", now) == now, "an event has the moment of its decision"
    if before.alarm and after.alarm:
        assert after.alarm.told[: len(before.alarm.told)] == before.alarm.told, "told: cumulative"
        assert after.alarm.rung >= before.alarm.rung, "a ladder never goes down"
    if isinstance(event, e.Departed):
        assert event.breach or isinstance(before.phase, Approved), "out without approval or breach"
    if before.watch and after.watch:
        _nobody_is_dropped(before, event, after)


def _nobody_is_dropped(before: Visit, event: e.Event, after: Visit) -> None:
    assert before.watch is not None
    assert after.watch is not None
    joined = (event.visitor.id,) if isinstance(event, e.JoinedLate) else ()
    assert after.visitors == (*before.visitors, *joined) or isinstance(event, e.Departed)
    for was in before.watch.visitors:
        now_is = after.watch.visitor(was.id)
        assert now_is is not None
        if was.help_at and not now_is.help_at:
            assert isinstance(event, e.FoundSafe), f"{type(event).__name__} ended help"
            assert was.id in event.who, "help was ended for somebody nobody asked about"
            assert event.by not in before.visitors, "a visitor ended help"
        if was.is_out and not now_is.is_out:
            over = isinstance(event, e.FoundSafe) and event.over and was.id in event.who
            own = isinstance(event, e.CameBack) and event.visitor == was.id
            assert over or own, f"{type(event).__name__} took {was.id} for back"
