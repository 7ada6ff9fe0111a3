"""What people, and the clock, ask of a visit: imperative, each with who asks (``by``, an id).

The moment is not in the command: ``now`` is an argument of ``decide``.
"""

from dataclasses import dataclass

from bot.domain.commands.alarm import (
    Acknowledge,
    AskForHelp,
    ClaimMistake,
    Reopen,
    Ring999,
    ShowRisks,
    StandDown,
)
from bot.domain.commands.before import (
    Approve,
    Ask,
    AskForChanges,
    Cancel,
    Decline,
    DropOut,
    HandOver,
    RecordAppointment,
    Withdraw,
)
from bot.domain.commands.out import (
    AllowMoreTime,
    AlreadyLeft,
    Arrive,
    CheckIn,
    ComeBack,
    Depart,
    Move,
    RefuseMoreTime,
    TakeMoreTime,
    Write,
)
from bot.domain.commands.standing_by import CannotStandBy, NameStandBy, StandBy
from bot.domain.commands.tidings import ExplainConcern, FeelUneasy, HaveConcern, OwnUp
from bot.domain.commands.watching import AskIfOk, CallBack, ConfirmWatching, TakeBack, Vouch


@dataclass(frozen=True, slots=True)
class Wake:
    """The clock: see to whatever is due. Harmless when early or twice."""


Command = (
    Ask
    | RecordAppointment
    | DropOut
    | HandOver
    | Approve
    | Decline
    | AskForChanges
    | Withdraw
    | Cancel
    | StandBy
    | CannotStandBy
    | NameStandBy
    | Depart
    | AlreadyLeft
    | Arrive
    | CheckIn
    | TakeMoreTime
    | AllowMoreTime
    | RefuseMoreTime
    | Move
    | Write
    | ComeBack
    | ConfirmWatching
    | Vouch
    | TakeBack
    | AskIfOk
    | CallBack
    | AskForHelp
    | ClaimMistake
    | Acknowledge
    | StandDown
    | Reopen
    | ShowRisks
    | Ring999
    | FeelUneasy
    | HaveConcern
    | ExplainConcern
    | OwnUp
    | Wake
)
