"""What has happened to a visit: past tense, each with its moment. ``by`` is a person's id.

An event carries everything that ``evolve`` needs, so that the visit is a fold over its events.
Texts that people typed ride along as ``note`` and end in the sealed details.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.plan import Condition, Details, Plan
from bot.domain.policy import Policy
from bot.domain.standby import Part
from bot.domain.tidings import About, Reason
from bot.domain.visit import Vote
from bot.domain.watch import Heard, PromptKind, Visitor


@dataclass(frozen=True, slots=True)
class Asked:
    """The lead asked for approval, or asked again with a changed plan (then ``revision`` > 1)."""

    at: datetime
    by: str
    plan: Plan
    details: Details
    stages: tuple[tuple[str, ...], ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The lead shifted the times of an approved plan, by so little that nobody is asked again."""

    at: datetime
    by: str
    plan: Plan
    revision: int


@dataclass(frozen=True, slots=True)
class AppointmentMade:
    """The lead recorded the appointment, at a time that the approval covers; the note is how it was
    made.
    """

    at: datetime
    by: str
    plan: Plan
    revision: int
    note: str


@dataclass(frozen=True, slots=True)
class DroppedOut:
    """A companion can't come."""

    at: datetime
    by: str
    plan: Plan
    revision: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The visit has a new lead; the one before is off it."""

    at: datetime
    by: str
    lead: str
    plan: Plan
    revision: int


@dataclass(frozen=True, slots=True)
class StandByAgreed:
    """Whoever is named as contact or backup said yes, for the times from ``since`` to ``until``."""

    at: datetime
    by: str
    part: Part
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class StandByRefused:
    """Whoever is named as contact or backup can't."""

    at: datetime
    by: str
    part: Part


@dataclass(frozen=True, slots=True)
class StandByLost:
    """Whoever is named as contact or backup is out on a visit of their own, or away."""

    at: datetime
    person: str
    part: Part
    why: Literal["out", "away"]


@dataclass(frozen=True, slots=True)
class StandByNamed:
    """The lead named somebody else as contact or backup."""

    at: datetime
    by: str
    part: Part
    person: str


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Other people go than was asked for: everybody's word is needed anew."""

    at: datetime
    stages: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StageApproved:
    """One stage was filled; ``unannounced`` by the word that they may go without an appointment,
    and on these ``conditions``.
    """

    at: datetime
    by: str
    stage: int
    unannounced: bool = False
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class FullyApproved:
    """Every stage is filled: the visit may leave."""

    at: datetime
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Reasked:
    """The policy has changed since the approval, which no longer satisfies it: asked again (S15).

    ``votes`` are those that still count, by the new ``stages``.
    """

    at: datetime
    stages: tuple[tuple[str, ...], ...]
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """An approver said no."""

    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangesWanted:
    """An approver asks for changes."""

    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An approver withdrew the approval before departure."""

    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The lead cancelled before departure."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ApproversReminded:
    """The open stages were asked again; ``by`` is None when the clock did it."""

    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Still unanswered: those of ``approval.then`` were told."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Expired:
    """Neither approved nor left in time (S12)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Nudged:
    """Approved, and not left: the lead was asked whether they have."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Departed:
    """The watch begins. ``breach``: past the gate (S1), without a valid approval or, where
    ``unmet``, with one but without something that the policy asks for. ``told``: people told of it.

    ``called``: with a call for help, from somebody who had not said that they left (S4). ``guest``
    is False where somebody from outside was to go along, and doesn't (S10). ``staffed_until``: when
    the school's hours end, where somebody is there now.
    """

    at: datetime
    by: str
    visitors: tuple[Visitor, ...]
    expected_return: datetime
    approved_return: datetime
    policy: Policy
    told: tuple[str, ...]
    breach: bool = False
    unmet: bool = False
    called: bool = False
    guest: bool = True
    staffed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficeClosed:
    """The school's hours have ended while somebody is out: ``told`` have the office's part now. Or
    they are longer than they were, until ``staffed_until``. ``relieved``: whoever was watching was
    of the office.
    """

    at: datetime
    told: tuple[str, ...]
    staffed_until: datetime | None = None
    relieved: bool = False


@dataclass(frozen=True, slots=True)
class WatchConfirmed:
    """A named person says that they are watching."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class WatchAsked:
    """Nobody has said so in time: these are asked. ``nobody``: there is nobody else to ask."""

    at: datetime
    ask: tuple[str, ...]
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class WatchLost:
    """Whoever was watching is out themselves, away, or can't any more."""

    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class JoinedLate:
    """Somebody on the plan, who was not ticked at departure, has left as well (S1, S10)."""

    at: datetime
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """A visitor was heard of: by their own press, or ``by`` somebody they spoke to (S10).

    ``resume_at``: past the expected return, without a new one, the alarm resumes then (S2).
    ``home`` is where they said that they have arrived, by its number.
    """

    at: datetime
    by: str
    visitor: str
    how: Heard
    resume_at: datetime | None = None
    home: int = 0


@dataclass(frozen=True, slots=True)
class ReturnMoved:
    """The expected return is now ``until`` (S11)."""

    at: datetime
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """More time than a visitor may take alone: an approver is asked (S11)."""

    at: datetime
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ExtensionRefused:
    """The old return stands."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """They have gone somewhere else (S14); the new place is the note."""

    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """One visitor is back, by their own word or somebody's they spoke to."""

    at: datetime
    by: str
    visitor: str


@dataclass(frozen=True, slots=True)
class OutAgain:
    """Somebody else had reported this visitor back, and that was wrong: the watch goes on. They are
    heard of themselves, or ``by`` takes the report back.
    """

    at: datetime
    visitor: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A visitor needs help (S4)."""

    at: datetime
    visitor: str


@dataclass(frozen=True, slots=True)
class MistakeClaimed:
    """A visitor says the call for help was a mistake: the owner is told, nothing ends (S4)."""

    at: datetime
    visitor: str


@dataclass(frozen=True, slots=True)
class FeltUneasy:
    """A visitor is uneasy and leaving; they are asked again at ``ask_at``."""

    at: datetime
    visitor: str
    ask_at: datetime


@dataclass(frozen=True, slots=True)
class AmberRaised:
    """A quiet alert: there is a reason that nobody was told of yet. Who is told comes as events of
    their own.
    """

    at: datetime
    number: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AmberEased:
    """Fewer of its reasons stand; without any it is over."""

    at: datetime
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ConcernRaised:
    """A visitor has a concern. It changes nothing of the watch."""

    at: datetime
    by: str
    number: int


@dataclass(frozen=True, slots=True)
class ConcernExplained:
    """Their words to it: the note."""

    at: datetime
    by: str
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class TidingsTold:
    """A step of people was told of an alert or a concern. ``because`` names why, after the first:
    ``empty``, ``unreached``, ``unseen``. ``again_at`` is when the next telling is due.
    """

    at: datetime
    about: About
    number: int
    step: int
    tell: tuple[str, ...]
    counting: tuple[str, ...]
    again_at: datetime | None
    because: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class TidingsHeard:
    """A channel confirmed one of them."""

    at: datetime
    about: About
    number: int


@dataclass(frozen=True, slots=True)
class TidingsSeen:
    """Somebody who was told has seen it."""

    at: datetime
    by: str
    about: About
    number: int


@dataclass(frozen=True, slots=True)
class LeaveNudged:
    """When they would leave, to be back as they said: told to these visitors, or to nobody where it
    came too late or too close to a prompt.
    """

    at: datetime
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrote:
    """Somebody out wrote what isn't understood: whoever watches is shown it (S4)."""

    at: datetime
    visitor: str
    note: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Prompted:
    """A visitor was asked "are you OK?"; ``by`` is None when the clock did it."""

    at: datetime
    visitor: str
    kind: PromptKind
    number: int
    reply_by: datetime
    chase_at: datetime | None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Chased:
    """Asked once more, inside the reply limit."""

    at: datetime
    visitor: str


@dataclass(frozen=True, slots=True)
class ReturnReminded:
    """Due back soon: visitors and office were told."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ReturnCame:
    """The expected return has come; prompts to those still out follow as events of their own."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The visitors are asked to come back now (S12); prompts follow as events of their own."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class WentSilent:
    """A visitor's reply limit, or the grace, has passed; ``since`` is when it did."""

    at: datetime
    visitor: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """The visit is overdue, or help is asked for, ``since`` a moment. The ladder counts from
    ``base``; a ``resumed`` alarm goes on where the last one stood.
    """

    at: datetime
    number: int
    since: datetime
    base: datetime
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Escalated:
    """A rung was climbed, or the last one repeated.

    ``tell`` are all recipients of the rung, ``counting`` those who count as reached, ``holders``
    people named through a role. ``climbs_at`` is the next climb, ``due_at`` when this one should
    have come (earlier than ``at`` after an outage); ``last``: there is no higher rung.
    ``because`` names why it did not wait: ``empty``, ``unreached``, ``lapsed``, ``help``, or "".
    """

    at: datetime
    rung: int
    tell: tuple[str, ...]
    counting: tuple[str, ...]
    holders: tuple[str, ...]
    climbs_at: datetime
    due_at: datetime
    last: bool
    repeat: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class RungReached:
    """Somebody of the highest rung was confirmed as reached by a channel."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Owned:
    """With "I'm on it" a named person holds the alarm until a moment (S7)."""

    at: datetime
    by: str
    until: datetime
    renewed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnershipLapsed:
    """The owner's time passed, or new help broke it; the ladder goes on from ``base``."""

    at: datetime
    owner: str
    base: datetime


@dataclass(frozen=True, slots=True)
class RisksShown:
    """Somebody opened the risks (recorded, as the audience table asks)."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Ringing:
    """Somebody is ringing 999; until a moment nobody else need (S7)."""

    at: datetime
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FoundSafe:
    """A person has made sure of these visitors, and of nobody else (S6); the note says how they
    know. ``over``: they are back; otherwise they are asked again at ``next_prompt`` (S2).
    """

    at: datetime
    by: str
    who: tuple[str, ...]
    over: bool
    next_prompt: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """With "Not over" while the alarm stands: that somebody made sure of these counts no more."""

    at: datetime
    by: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlarmEnded:
    """Nobody is in trouble any more: a person made sure, or every visitor answered (``answered``).
    It can be undone until ``undo_until`` (S2).
    """

    at: datetime
    by: str
    undo_until: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class AlarmReopened:
    """After "Not over" the alarm stands again, for whoever has not been heard of since. Higher
    rungs keep their distance from the one it had reached: they count from ``base``.
    """

    at: datetime
    by: str
    number: int
    base: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Everybody is back, or known to be safe: the watch ends."""

    at: datetime


Event = (
    Asked
    | Adjusted
    | AppointmentMade
    | DroppedOut
    | HandedOver
    | StandByAgreed
    | StandByRefused
    | StandByLost
    | StandByNamed
    | AskedAgain
    | StageApproved
    | FullyApproved
    | Reasked
    | Declined
    | ChangesWanted
    | Withdrawn
    | Cancelled
    | ApproversReminded
    | PassedOn
    | Expired
    | Nudged
    | Departed
    | OfficeClosed
    | WatchConfirmed
    | WatchAsked
    | WatchLost
    | JoinedLate
    | CheckedIn
    | ReturnMoved
    | ExtensionAsked
    | ExtensionRefused
    | PlaceChanged
    | CameBack
    | OutAgain
    | HelpAsked
    | MistakeClaimed
    | FeltUneasy
    | AmberRaised
    | AmberEased
    | ConcernRaised
    | ConcernExplained
    | TidingsTold
    | TidingsHeard
    | TidingsSeen
    | LeaveNudged
    | Wrote
    | Prompted
    | Chased
    | ReturnReminded
    | ReturnCame
    | CalledBack
    | WentSilent
    | AlarmRaised
    | Escalated
    | RungReached
    | Owned
    | OwnershipLapsed
    | RisksShown
    | Ringing
    | FoundSafe
    | Doubted
    | AlarmEnded
    | AlarmReopened
    | Closed
)
