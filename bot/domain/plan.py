"""What is asked for: who goes and when (readable without a key), and where and why (sealed, P8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

KINDS = (
    "Attendance",
    "Progress",
    "Invitation",
    "Welfare",
    "Safeguarding",
    "Extended leave abroad",
    "Other",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who and when. Times are aware UTC; ``companions`` and ``contact`` are people's ids."""

    leaving_at: datetime
    return_at: datetime
    companions: tuple[str, ...] = ()
    contact: str | None = None

    @property
    def length(self) -> timedelta:
        """How long the visit is meant to take."""
        return self.return_at - self.leaving_at


@dataclass(frozen=True, slots=True)
class External:
    """Somebody from outside who goes along and has no account, such as a welfare officer."""

    name: str
    organisation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person wrote: ``about`` says on which occasion (``declined``, ``moved``, ...)."""

    at: datetime
    by: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Details:
    """Whom, where, why, risks, notes: everything that is encrypted under the visit's own key."""

    place: str
    kind: str = ""
    family: str = ""
    purpose: str = ""
    why_not_in_school: str = ""
    to_see: str = ""
    appointment: str = ""
    risks: str = ""
    needs: str = ""
    who_does_what: str = ""
    external: External | None = None
    notes: tuple[Note, ...] = ()

    def last_note(self, *about: str) -> Note | None:
        """The latest note on one of these occasions, or None."""
        return next((n for n in reversed(self.notes) if n.about in about), None)
