"""``evolve(visit, event) -> visit``: what is now true. Pure, total over the union of events.

An event in a phase where it can't happen is a bug of ``decide`` and raises ``ImpossibleEvent``;
``moves.py`` is the table of what can.
"""

from typing import assert_never

from bot.domain.events import (
    Adjusted,
    AlarmEnded,
    AlarmRaised,
    AlarmReopened,
    AmberEased,
    AmberRaised,
    AppointmentMade,
    ApproversReminded,
    Asked,
    AskedAgain,
    CalledBack,
    CameBack,
    Cancelled,
    ChangesWanted,
    Chased,
    CheckedIn,
    Closed,
    ConcernExplained,
    ConcernRaised,
    Declined,
    Departed,
    Doubted,
    DroppedOut,
    Escalated,
    Event,
    Expired,
    ExtensionAsked,
    ExtensionRefused,
    FeltUneasy,
    FoundSafe,
    FullyApproved,
    HandedOver,
    HelpAsked,
    JoinedLate,
    LeaveNudged,
    MistakeClaimed,
    Nudged,
    OfficeClosed,
    OutAgain,
    Owned,
    OwnershipLapsed,
    PassedOn,
    PlaceChanged,
    Prompted,
    Reasked,
    ReturnCame,
    ReturnMoved,
    ReturnReminded,
    Ringing,
    RisksShown,
    RungReached,
    StageApproved,
    StandByAgreed,
    StandByLost,
    StandByNamed,
    StandByRefused,
    TidingsHeard,
    TidingsSeen,
    TidingsTold,
    WatchAsked,
    WatchConfirmed,
    WatchLost,
    WentSilent,
    Withdrawn,
    Wrote,
)
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


def evolve(visit: Visit, event: Event) -> Visit:
    """Give the visit as it is after the event. Raises ``ImpossibleEvent`` outside the table."""
    check_move(visit.phase, event)
    match event:
        case Asked():
            return amended.asked(visit, event)
        case Adjusted():
            return amended.adjusted(visit, event)
        case AppointmentMade():
            return amended.appointed(visit, event)
        case DroppedOut() | HandedOver():
            return amended.other_people(visit, event)
        case StandByAgreed() | StandByRefused() | StandByLost():
            return standing_by.said(visit, event)
        case StandByNamed():
            return standing_by.named(visit, event)
        case AskedAgain():
            return amended.asked_again(visit, event)
        case StageApproved():
            return before.stage_approved(visit, event)
        case FullyApproved():
            return before.fully_approved(visit, event)
        case Reasked():
            return before.reasked(visit, event)
        case ChangesWanted():
            return before.changes_wanted(visit, event)
        case Declined() | Withdrawn() | Cancelled() | Expired():
            return before.ended(visit, event)
        case ApproversReminded() | PassedOn() | Nudged():
            return before.reminded(visit, event)
        case Departed():
            return out.departed(visit, event)
        case OfficeClosed() | WatchConfirmed() | WatchAsked() | WatchLost():
            return watching.whoever_watches(visit, event)
        case JoinedLate():
            return joining.joined(visit, event)
        case CheckedIn():
            return out.checked_in(visit, event)
        case CameBack():
            return out.came_back(visit, event)
        case OutAgain():
            return out.out_again(visit, event)
        case ReturnMoved():
            return out.return_moved(visit, event)
        case ExtensionAsked() | ExtensionRefused():
            return out.extension(visit, event)
        case PlaceChanged() | Wrote():
            return out.said(visit, event)
        case Prompted() | Chased():
            return out.prompted(visit, event)
        case ReturnReminded() | ReturnCame():
            return out.return_came(visit, event)
        case WentSilent() | HelpAsked():
            return alarm.in_trouble(visit, event)
        case AlarmRaised():
            return alarm.raised(visit, event)
        case Escalated() | RungReached():
            return alarm.escalated(visit, event)
        case Owned() | OwnershipLapsed() | Ringing():
            return alarm.owned(visit, event)
        case FoundSafe():
            return alarm.found_safe(visit, event)
        case Doubted():
            return alarm.doubted(visit, event)
        case AlarmEnded():
            return alarm.ended(visit, event)
        case AlarmReopened():
            return alarm.reopened(visit, event)
        case Closed():
            return out.closed(visit, event)
        case MistakeClaimed():
            return alarm.claimed(visit, event)
        case FeltUneasy():
            return tidings.felt_uneasy(visit, event)
        case AmberRaised():
            return tidings.raised(visit, event)
        case AmberEased():
            return tidings.eased(visit, event)
        case ConcernRaised() | ConcernExplained():
            return tidings.concern(visit, event)
        case TidingsTold():
            return tidings.told(visit, event)
        case TidingsHeard():
            return tidings.heard(visit, event)
        case TidingsSeen():
            return tidings.seen(visit, event)
        case LeaveNudged():
            return tidings.nudged(visit)
        case CalledBack() | RisksShown():
            return visit  # recorded in the audit; what follows comes as events of its own
        case _:
            assert_never(event)
