"""The table of phases: which event can happen in which phase, and where it leads.

Theory of operation. A visit is asked for (``Requested``), may go back to its lead
(``ChangesAsked``), and is ``Approved`` once every stage has its person. A changed plan is asked for
again, from any of these. From departure on it is
``Out``, and nothing but everybody's return closes the watch. While anybody is silent past their
limit, or has asked for help, it is ``InAlarm``; ending the alarm leads back to ``Out``, never
straight to the end (S2). ``Finished`` is for visits that went, ``Ended`` for those that never did.
The gate never switches off the watch (S1): ``Departed`` can happen in every phase before departure
and, for somebody who left all the same, in ``Ended``.

The diagram in ``docs/architecture.md`` is drawn from ``MOVES``.
"""

from bot.domain import events as e
from bot.domain.visit import (
    Approved,
    ChangesAsked,
    Ended,
    Finished,
    InAlarm,
    Out,
    Phase,
    Requested,
)

PhaseType = type[Phase]
STAYS = None
_BEFORE: tuple[PhaseType, ...] = (Requested, ChangesAsked, Approved)
_WATCHED: tuple[PhaseType, ...] = (Out, InAlarm)

MOVES: dict[type[e.Event], tuple[tuple[PhaseType, ...], PhaseType | None]] = {
    # event: (the phases it can happen in, the phase it leads to)
    e.Asked: (_BEFORE, Requested),
    e.Adjusted: ((Approved,), STAYS),
    e.AppointmentMade: ((Approved,), STAYS),
    e.DroppedOut: (_BEFORE, STAYS),
    e.HandedOver: (_BEFORE, STAYS),
    e.StandByAgreed: ((*_BEFORE, *_WATCHED), STAYS),
    e.StandByRefused: ((*_BEFORE, *_WATCHED), STAYS),
    e.StandByLost: ((*_BEFORE, *_WATCHED), STAYS),
    e.StandByNamed: ((*_BEFORE, *_WATCHED), STAYS),
    e.AskedAgain: ((Requested, Approved), Requested),
    e.StageApproved: ((Requested,), STAYS),
    e.FullyApproved: ((Requested,), Approved),
    e.Reasked: ((Approved,), Requested),
    e.FellShort: ((Approved,), STAYS),
    e.ChangesWanted: ((Requested,), ChangesAsked),
    e.Declined: ((Requested,), Ended),
    e.Withdrawn: ((Approved,), Ended),
    e.Cancelled: (_BEFORE, Ended),
    e.Expired: (_BEFORE, Ended),
    e.ApproversReminded: ((Requested,), STAYS),
    e.PassedOn: ((Requested,), STAYS),
    e.Nudged: ((Approved,), STAYS),
    e.Departed: ((*_BEFORE, Ended), Out),
    e.OfficeClosed: (_WATCHED, STAYS),
    e.WatchConfirmed: (_WATCHED, STAYS),
    e.WatchAsked: ((Out,), STAYS),
    e.WatchLost: (_WATCHED, STAYS),
    e.JoinedLate: ((*_WATCHED, Finished), STAYS),  # from Finished to Out, like OutAgain
    e.CheckedIn: (_WATCHED, STAYS),
    e.ReturnMoved: (_WATCHED, STAYS),
    e.ExtensionAsked: (_WATCHED, STAYS),
    e.ExtensionRefused: (_WATCHED, STAYS),
    e.PlaceChanged: (_WATCHED, STAYS),
    e.CameBack: (_WATCHED, STAYS),
    e.OutAgain: ((*_WATCHED, Finished), STAYS),  # from Finished to Out: the watch goes on
    e.Wrote: (_WATCHED, STAYS),
    e.FeltUneasy: (_WATCHED, STAYS),
    e.AmberRaised: (_WATCHED, STAYS),
    e.AmberEased: ((*_WATCHED, Finished), STAYS),
    e.ConcernRaised: ((*_WATCHED, Finished), STAYS),
    e.ConcernExplained: ((*_WATCHED, Finished), STAYS),
    e.TidingsTold: ((*_WATCHED, Finished), STAYS),
    e.TidingsHeard: ((*_WATCHED, Finished), STAYS),
    e.TidingsSeen: ((*_WATCHED, Finished), STAYS),
    e.LeaveNudged: ((Out,), STAYS),
    e.Prompted: (_WATCHED, STAYS),
    e.Chased: (_WATCHED, STAYS),
    e.ReturnReminded: (_WATCHED, STAYS),
    e.ReturnCame: (_WATCHED, STAYS),
    e.CalledBack: (_WATCHED, STAYS),
    e.WentSilent: (_WATCHED, STAYS),
    e.HelpAsked: (_WATCHED, STAYS),
    e.MistakeClaimed: ((InAlarm,), STAYS),
    e.AlarmRaised: ((Out,), InAlarm),
    e.Escalated: ((InAlarm,), STAYS),
    e.LimitPassed: ((InAlarm,), STAYS),
    e.RungReached: ((InAlarm,), STAYS),
    e.Owned: ((InAlarm,), STAYS),
    e.OwnershipLapsed: ((InAlarm,), STAYS),
    e.RisksShown: ((InAlarm,), STAYS),
    e.Ringing: ((InAlarm,), STAYS),
    e.FoundSafe: ((InAlarm,), STAYS),
    e.Doubted: ((InAlarm,), STAYS),
    e.AlarmEnded: ((InAlarm,), Out),
    e.AlarmReopened: ((Out, Finished), InAlarm),
    e.Closed: ((Out,), Finished),
}


class ImpossibleEvent(Exception):
    """An event in a phase where it can't happen: a bug, never a person's mistake."""


def check_move(phase: Phase, event: e.Event) -> None:
    """Raise ``ImpossibleEvent`` unless the table allows this event in this phase."""
    sources, _ = MOVES[type(event)]
    if type(phase) not in sources:
        msg = f"{type(event).__name__} in {type(phase).__name__}"
        raise ImpossibleEvent(msg)
