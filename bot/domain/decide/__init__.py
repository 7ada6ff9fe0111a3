"""``decide(visit, command, facts, now) -> events | Refused``: what follows from a request.

Pure and total: ``TABLE`` has an answer for every command in every phase. A press for safety acts on
the visit as it is now, whatever card it was pressed on (S3).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain import commands as c
from bot.domain.decide import (
    alarm,
    amend,
    appointment,
    approval,
    clock,
    confirming,
    departure,
    joining,
    standing_by,
    tidings,
    visiting,
    watching,
)
from bot.domain.decide.clock import next_wake
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.facts import Facts
from bot.domain.moves import PhaseType
from bot.domain.refused import Refused
from bot.domain.visit import (
    Approved,
    ChangesAsked,
    Ended,
    Finished,
    InAlarm,
    Out,
    Requested,
    Visit,
)

__all__ = ["TABLE", "decide", "next_wake"]

Handler = Callable[[Draft, Any], Outcome]


def _no(sentence: str, card: str = "") -> Handler:
    refusal = Refused(sentence, card=card)
    return lambda _draft, _command: refusal


_not_approved_yet = _no("This visit isn't approved, so nobody is out on it yet.")
_not_left_yet = _no("Nobody has left on this visit yet.")
_is_out = _no("They have left already; this can't be decided any more.", "approval")
_is_over = _no("This visit is over.")
_was_over = _no("This visit is over.", "approval")
_went_back = _no("This visit went back for changes. It waits for a new plan.", "approval")
_decided = _no("This visit is approved already.", "approval")

_DECISIONS = (c.Approve, c.Decline, c.AskForChanges)
_AMENDMENTS = (c.Ask, c.RecordAppointment, c.DropOut, c.HandOver)
_STANDING_BY = (c.StandBy, c.CannotStandBy, c.NameStandBy)
_WHILE_OUT = (
    c.Arrive,
    c.CheckIn,
    c.TakeMoreTime,
    c.AllowMoreTime,
    c.RefuseMoreTime,
    c.Move,
    c.ComeBack,
    c.FeelUneasy,
    c.HaveConcern,
    c.ExplainConcern,
    c.OwnUp,
    c.ClaimMistake,
    c.Write,
    c.ConfirmWatching,
    c.Vouch,
    c.TakeBack,
    c.AskIfOk,
    c.CallBack,
    c.Acknowledge,
    c.StandDown,
    c.Reopen,
    c.ShowRisks,
    c.Ring999,
)


def _all(commands: tuple[type[c.Command], ...], handler: Handler) -> dict[type[c.Command], Handler]:
    return dict.fromkeys(commands, handler)


_CONCERNS: dict[type[c.Command], Handler] = {
    c.HaveConcern: tidings.have_concern,
    c.ExplainConcern: tidings.explain,
    c.OwnUp: tidings.own_up,
}
"""Also long after the return."""
_BEFORE: dict[type[c.Command], Handler] = {
    **_all(_WHILE_OUT, _not_left_yet),
    c.Ask: amend.ask,
    c.RecordAppointment: _no("Approval comes first. Please agree no time with them yet.", "mine"),
    c.DropOut: amend.drop_out,
    c.HandOver: amend.hand_over,
    c.StandBy: standing_by.agree,
    c.CannotStandBy: standing_by.cannot,
    c.NameStandBy: standing_by.name,
    c.Withdraw: _not_approved_yet,
    c.Cancel: approval.cancel,
    c.Depart: departure.refuse_unapproved,
    c.AlreadyLeft: departure.already_left,
    c.AskForHelp: departure.help_before_leaving,
    c.Wake: clock.wake,
}
_WATCHED: dict[type[c.Command], Handler] = {
    **_all(_DECISIONS, _is_out),
    c.Ask: _no("You have left already. Press I need more time, or Gone somewhere else."),
    c.RecordAppointment: _no("You have left already. Another time? Press I need more time."),
    c.DropOut: _no("They have left already. If you went along, press I'm back when you are."),
    c.HandOver: _no("They have left already. Whoever is out goes on with their own buttons."),
    c.StandBy: standing_by.agree,
    c.CannotStandBy: standing_by.cannot,
    c.NameStandBy: standing_by.name,
    c.Withdraw: _no("They have left already. You can call them back."),
    c.Cancel: _no("A visit that is out can't be cancelled. Press I'm back when you are."),
    c.Depart: joining.join,
    c.AlreadyLeft: joining.join,
    c.Arrive: visiting.check_in,
    c.CheckIn: visiting.check_in,
    c.TakeMoreTime: visiting.take_more_time,
    c.AllowMoreTime: watching.decide_more_time,
    c.RefuseMoreTime: watching.decide_more_time,
    c.Move: visiting.move,
    c.ComeBack: visiting.come_back,
    c.AskForHelp: joining.help_from_left_behind,
    c.FeelUneasy: tidings.feel_uneasy,
    **_CONCERNS,
    c.Write: visiting.write,
    c.ConfirmWatching: confirming.confirm,
    c.Vouch: watching.vouch,
    c.TakeBack: watching.take_back,
    c.AskIfOk: watching.ask_if_ok,
    c.CallBack: watching.call_back,
    c.Reopen: alarm.reopen,
    c.Wake: clock.wake,
}
_ENDED: dict[type[c.Command], Handler] = {
    **_all(_DECISIONS, _was_over),
    **_all(_WHILE_OUT, _is_over),
    **_all(_AMENDMENTS, _is_over),
    **_all(_STANDING_BY, _is_over),
    c.Withdraw: _was_over,
    c.Cancel: _is_over,
    c.AskForHelp: departure.help_before_leaving,
    c.Wake: clock.wake,
}

TABLE: Mapping[PhaseType, Mapping[type[c.Command], Handler]] = {
    Requested: {
        **_BEFORE,
        c.Approve: approval.approve,
        c.Decline: approval.decline,
        c.AskForChanges: approval.ask_for_changes,
    },
    ChangesAsked: {
        **_BEFORE,
        **_all(_DECISIONS, _went_back),
    },
    Approved: {
        **_BEFORE,
        **_all(_DECISIONS, _decided),
        c.Withdraw: approval.withdraw,
        c.RecordAppointment: appointment.record,
        c.Depart: departure.depart,
    },
    Out: {
        **_WATCHED,
        c.ClaimMistake: _no("No alarm is open: nothing needs to be taken back."),
        c.Acknowledge: alarm.no_alarm,
        c.StandDown: alarm.no_alarm,
        c.ShowRisks: alarm.no_alarm,
        c.Ring999: alarm.no_alarm,
    },
    InAlarm: {
        **_WATCHED,
        c.ClaimMistake: visiting.claim_mistake,
        c.Acknowledge: alarm.acknowledge,
        c.StandDown: alarm.stand_down,
        c.Reopen: alarm.doubt,
        c.ShowRisks: alarm.show_risks,
        c.Ring999: alarm.ring_999,
    },
    Finished: {
        **_ENDED,
        c.Depart: joining.join_after_all,
        c.AlreadyLeft: joining.join_after_all,
        c.Arrive: visiting.check_in,
        c.CheckIn: visiting.check_in,
        c.TakeMoreTime: visiting.take_more_time,
        c.Move: visiting.move,
        c.TakeBack: watching.take_back,
        c.FeelUneasy: tidings.feel_uneasy,
        **_CONCERNS,
        c.AskForHelp: visiting.help_after_return,
        c.Reopen: alarm.reopen,
    },
    Ended: {
        **_ENDED,
        c.Depart: departure.refuse_unapproved,
        c.AlreadyLeft: departure.already_left,
    },
}


def decide(visit: Visit, command: c.Command, facts: Facts, now: datetime) -> Outcome:
    """Give the events that follow from a command, in order, or a ``Refused``.

    ``now`` is aware UTC. A refusal changes nothing. Whatever happened, the visitors' answers are
    weighed against each other afterwards, so that no path around an amber alert is left open.
    """
    draft = Draft(visit, facts, now)
    outcome = TABLE[type(visit.phase)][type(command)](draft, command)
    if isinstance(outcome, Refused):
        return outcome
    tidings.weigh(draft)
    return draft.outcome
