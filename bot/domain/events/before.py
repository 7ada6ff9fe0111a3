"""What happens before departure: a visit is asked for, changed, decided on, or comes to nothing."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.plan import Condition, Details, Plan
from bot.domain.visit import Vote


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
    """Every stage is filled: the visit may leave, once what is ``missing`` is there too."""

    at: datetime
    votes: tuple[Vote, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasked:
    """The policy has changed since the approval, which no longer satisfies it: asked again (S15).

    ``votes`` are those that still count, by the new ``stages``.
    """

    at: datetime
    stages: tuple[tuple[str, ...], ...]
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class FellShort:
    """Approved, and what holds the door shut is other than it was: ``missing`` is all of it, and
    ``new`` what of it people have to be told (S15).
    """

    at: datetime
    missing: tuple[str, ...]
    new: tuple[str, ...]


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
