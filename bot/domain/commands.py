"""What people, and the clock, ask of a visit: imperative, each with who asks (``by``, an id).

The moment is not in the command: ``now`` is an argument of ``decide``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.plan import Details, Plan
from bot.domain.standby import Part
from bot.domain.tidings import About


@dataclass(frozen=True, slots=True)
class Ask:
    """Change the plan before departure. ``revision`` is that of the plan which they changed."""

    by: str
    plan: Plan
    details: Details
    revision: int


@dataclass(frozen=True, slots=True)
class RecordAppointment:
    """The lead has made the appointment: ``how`` (phone or letter), with whom, that they were told
    what it is about, and that the time suits them. ``revision`` is that of the plan they saw.
    """

    by: str
    revision: int
    leaving_at: datetime
    return_at: datetime
    how: str
    whom: str
    told: bool = True
    suits: bool = True


@dataclass(frozen=True, slots=True)
class DropOut:
    """A companion can't come."""

    by: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else leads the visit: named by the lead, an approver or the DSL, or a companion who
    takes over. ``revision`` is that of the plan they saw.
    """

    by: str
    to: str
    revision: int


@dataclass(frozen=True, slots=True)
class StandBy:
    """Whoever is named as contact or backup says yes."""

    by: str


@dataclass(frozen=True, slots=True)
class CannotStandBy:
    """Whoever is named as contact or backup can't; also after a yes."""

    by: str


@dataclass(frozen=True, slots=True)
class NameStandBy:
    """The lead names somebody else as contact or backup, which asks for no new approval."""

    by: str
    part: Part
    person: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve the plan of this revision (S3, S12); ``only_if`` these conditions and words hold."""

    by: str
    revision: int
    only_if: bool = False
    conditions: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Decline:
    """Decline the plan of this revision, with a reason."""

    by: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskForChanges:
    """Send the plan of this revision back, with what should change."""

    by: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraw an approval before departure, with a reason."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel before departure."""

    by: str


@dataclass(frozen=True, slots=True)
class Depart:
    """Leave now. ``going`` are the visitors really going (S10); ``until`` a new expected return.
    ``outside``: whether somebody from outside, where one is on the plan, really goes. ``ticked``
    are the conditions of the approval that they say are met.
    """

    by: str
    going: tuple[str, ...]
    until: datetime | None = None
    outside: bool = True
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadyLeft:
    """The watch starts at once, whatever the gate says (S1)."""

    by: str


@dataclass(frozen=True, slots=True)
class Arrive:
    """A visitor has arrived: at this home of a round, or at the next one where none is named."""

    by: str
    home: int = 0


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A visitor is OK."""

    by: str


@dataclass(frozen=True, slots=True)
class TakeMoreTime:
    """A visitor needs more time, until a moment (S11)."""

    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AllowMoreTime:
    """An approver allows the longer time that was asked for."""

    by: str
    number: int


@dataclass(frozen=True, slots=True)
class RefuseMoreTime:
    """An approver does not; the old return stands."""

    by: str
    number: int


@dataclass(frozen=True, slots=True)
class Move:
    """A visitor has gone somewhere else (S14)."""

    by: str
    place: str


@dataclass(frozen=True, slots=True)
class ComeBack:
    """A visitor is back."""

    by: str


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """A visitor needs help: an alarm at once (S4).

    ``sure``: not yet out, but they chose ``I'm in danger`` when asked.
    """

    by: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class FeelUneasy:
    """A visitor is uneasy and leaving: a quiet alert, and a sign of life."""

    by: str


@dataclass(frozen=True, slots=True)
class HaveConcern:
    """A visitor has a concern: for the Head and the DSL alone."""

    by: str


@dataclass(frozen=True, slots=True)
class ExplainConcern:
    """Their words to a concern of their own."""

    by: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnUp:
    """The press "I've seen it", by somebody who was told."""

    by: str
    about: About
    number: int


@dataclass(frozen=True, slots=True)
class ClaimMistake:
    """A visitor pressed for help by mistake: the owner is told, nothing ends (S4)."""

    by: str


@dataclass(frozen=True, slots=True)
class Write:
    """A visitor who is out wrote something that isn't understood; ``urgent`` if it sounds so."""

    by: str
    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmWatching:
    """With "I'm watching", somebody of the office, or whoever was asked instead."""

    by: str


@dataclass(frozen=True, slots=True)
class Vouch:
    """Somebody in the office, or a leader, spoke to a visitor (S6, S10)."""

    by: str
    visitor: str
    what: Literal["ok", "back"]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """That somebody is back was reported by mistake: they are out still, and are asked now."""

    by: str
    visitor: str


@dataclass(frozen=True, slots=True)
class AskIfOk:
    """Somebody who watches asks the visitors now."""

    by: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """An approver, the DSL or the office asks the visitors to come back (S12)."""

    by: str


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The press "I'm on it"; for whoever has it already, once more, with a note (S7)."""

    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandDown:
    """With "They are safe": how they know, and whether the visit is over (S2, S5).

    ``alarm`` and ``calls`` are those of the card pressed: a later alarm, or a later call for help,
    is not ended by it (S3). ``who`` are those it speaks for (S6); nobody named: whoever is in
    trouble.
    """

    by: str
    alarm: int
    calls: int
    how: str
    over: bool
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopen:
    """With "Not over": undo the stand-down of this alarm (S2)."""

    by: str
    alarm: int


@dataclass(frozen=True, slots=True)
class ShowRisks:
    """A rung holder opens the risks; recorded."""

    by: str


@dataclass(frozen=True, slots=True)
class Ring999:
    """With "I'm ringing now: nobody else need"."""

    by: str


@dataclass(frozen=True, slots=True)
class Wake:
    """The clock: see to whatever is due. Harmless when early or twice."""


Command = (
    Ask
    | RecordAppointment
    | DropOut
    | HandOver
    | StandBy
    | CannotStandBy
    | NameStandBy
    | Approve
    | Decline
    | AskForChanges
    | Withdraw
    | Cancel
    | Depart
    | AlreadyLeft
    | Arrive
    | CheckIn
    | TakeMoreTime
    | AllowMoreTime
    | RefuseMoreTime
    | Move
    | ComeBack
    | AskForHelp
    | FeelUneasy
    | HaveConcern
    | ExplainConcern
    | OwnUp
    | ClaimMistake
    | Write
    | ConfirmWatching
    | Vouch
    | TakeBack
    | AskIfOk
    | CallBack
    | Acknowledge
    | StandDown
    | Reopen
    | ShowRisks
    | Ring999
    | Wake
)
