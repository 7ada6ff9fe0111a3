"""What has happened to a visit: past tense, each with its moment. ``by`` is a person's id.

An event carries everything that ``evolve`` needs, so that the visit is a fold over its events.
Texts that people typed ride along as ``note`` and end in the sealed details.
"""

from bot.domain.events.alarm import (
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
    RisksShown,
    RungReached,
    WentSilent,
)
from bot.domain.events.before import (
    Adjusted,
    AppointmentMade,
    ApproversReminded,
    Asked,
    AskedAgain,
    Cancelled,
    ChangesWanted,
    Declined,
    DroppedOut,
    Expired,
    FellShort,
    FullyApproved,
    HandedOver,
    Nudged,
    PassedOn,
    Reasked,
    StageApproved,
    Withdrawn,
)
from bot.domain.events.out import (
    CalledBack,
    CameBack,
    Chased,
    CheckedIn,
    Closed,
    Departed,
    ExtensionAsked,
    ExtensionRefused,
    JoinedLate,
    LeaveNudged,
    OutAgain,
    PlaceChanged,
    Prompted,
    ReturnCame,
    ReturnMoved,
    ReturnReminded,
    Wrote,
)
from bot.domain.events.standing_by import StandByAgreed, StandByLost, StandByNamed, StandByRefused
from bot.domain.events.tidings import (
    AmberEased,
    AmberRaised,
    ConcernExplained,
    ConcernRaised,
    FeltUneasy,
    TidingsHeard,
    TidingsSeen,
    TidingsTold,
)
from bot.domain.events.watching import OfficeClosed, WatchAsked, WatchConfirmed, WatchLost

Event = (
    Asked
    | Adjusted
    | AppointmentMade
    | DroppedOut
    | HandedOver
    | AskedAgain
    | StageApproved
    | FullyApproved
    | Reasked
    | FellShort
    | Declined
    | ChangesWanted
    | Withdrawn
    | Cancelled
    | ApproversReminded
    | PassedOn
    | Expired
    | Nudged
    | StandByAgreed
    | StandByRefused
    | StandByLost
    | StandByNamed
    | Departed
    | JoinedLate
    | CheckedIn
    | ReturnMoved
    | ExtensionAsked
    | ExtensionRefused
    | PlaceChanged
    | Wrote
    | CameBack
    | OutAgain
    | LeaveNudged
    | Prompted
    | Chased
    | ReturnReminded
    | ReturnCame
    | CalledBack
    | Closed
    | OfficeClosed
    | WatchConfirmed
    | WatchAsked
    | WatchLost
    | WentSilent
    | HelpAsked
    | MistakeClaimed
    | AlarmRaised
    | Escalated
    | LimitPassed
    | RungReached
    | Owned
    | OwnershipLapsed
    | RisksShown
    | Ringing
    | FoundSafe
    | Doubted
    | AlarmEnded
    | AlarmReopened
    | FeltUneasy
    | AmberRaised
    | AmberEased
    | ConcernRaised
    | ConcernExplained
    | TidingsTold
    | TidingsHeard
    | TidingsSeen
)
