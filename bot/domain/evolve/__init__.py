"""``evolve(visit, event) -> visit``: what is now true. Pure, total over the union of events.

An event in a phase where it can't happen is a bug of ``decide`` and raises ``ImpossibleEvent``;
``moves.py`` is the table of what can.
"""

from typing import assert_never

from bot.domain import events as e
from bot.domain.evolve import (
    alarm,
    amended,
    before,
    joining,
    out,
    standing_by,
    tidings,
    watching,
)
from bot.domain.moves import check_move
from bot.domain.visit import Visit


def evolve(visit: Visit, event: e.Event) -> Visit:
    """Give the visit as it is after the event. Raises ``ImpossibleEvent`` outside the table."""
    check_move(visit.phase, event)
    match event:
        case e.Asked():
            return amended.asked(visit, event)
        case e.Adjusted():
            return amended.adjusted(visit, event)
        case e.AppointmentMade():
            return amended.appointed(visit, event)
        case e.DroppedOut() | e.HandedOver():
            return amended.other_people(visit, event)
        case e.StandByAgreed() | e.StandByRefused() | e.StandByLost():
            return standing_by.said(visit, event)
        case e.StandByNamed():
            return standing_by.named(visit, event)
        case e.AskedAgain():
            return amended.asked_again(visit, event)
        case e.StageApproved():
            return before.stage_approved(visit, event)
        case e.FullyApproved():
            return before.fully_approved(visit, event)
        case e.Reasked():
            return before.reasked(visit, event)
        case e.FellShort():
            return before.fell_short(visit, event)
        case e.ChangesWanted():
            return before.changes_wanted(visit, event)
        case e.Declined() | e.Withdrawn() | e.Cancelled() | e.Expired():
            return before.ended(visit, event)
        case e.ApproversReminded() | e.PassedOn() | e.Nudged():
            return before.reminded(visit, event)
        case e.Departed():
            return out.departed(visit, event)
        case e.OfficeClosed() | e.WatchConfirmed() | e.WatchAsked() | e.WatchLost():
            return watching.whoever_watches(visit, event)
        case e.JoinedLate():
            return joining.joined(visit, event)
        case e.CheckedIn():
            return out.checked_in(visit, event)
        case e.CameBack():
            return out.came_back(visit, event)
        case e.OutAgain():
            return out.out_again(visit, event)
        case e.ReturnMoved():
            return out.return_moved(visit, event)
        case e.ExtensionAsked() | e.ExtensionRefused():
            return out.extension(visit, event)
        case e.PlaceChanged() | e.Wrote():
            return out.said(visit, event)
        case e.Prompted() | e.Chased():
            return out.prompted(visit, event)
        case e.ReturnReminded() | e.ReturnCame():
            return out.return_came(visit, event)
        case e.WentSilent() | e.HelpAsked():
            return alarm.in_trouble(visit, event)
        case e.AlarmRaised():
            return alarm.raised(visit, event)
        case e.Escalated() | e.LimitPassed() | e.RungReached():
            return alarm.escalated(visit, event)
        case e.Owned() | e.OwnershipLapsed() | e.Ringing():
            return alarm.owned(visit, event)
        case e.FoundSafe():
            return alarm.found_safe(visit, event)
        case e.Doubted():
            return alarm.doubted(visit, event)
        case e.AlarmEnded():
            return alarm.ended(visit, event)
        case e.AlarmReopened():
            return alarm.reopened(visit, event)
        case e.Closed():
            return out.closed(visit, event)
        case e.MistakeClaimed():
            return alarm.claimed(visit, event)
        case e.FeltUneasy():
            return tidings.felt_uneasy(visit, event)
        case e.AmberRaised():
            return tidings.raised(visit, event)
        case e.AmberEased():
            return tidings.eased(visit, event)
        case e.ConcernRaised() | e.ConcernExplained():
            return tidings.concern(visit, event)
        case e.TidingsTold():
            return tidings.told(visit, event)
        case e.TidingsHeard():
            return tidings.heard(visit, event)
        case e.TidingsSeen():
            return tidings.seen(visit, event)
        case e.LeaveNudged():
            return tidings.nudged(visit)
        case e.CalledBack() | e.RisksShown():
            return visit  # recorded in the audit; what follows comes as events of its own
        case _:
            assert_never(event)
