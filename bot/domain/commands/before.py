"""What is asked before departure: of the plan, of the approval, and of who goes."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.plan import Details, Plan


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
