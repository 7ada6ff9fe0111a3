"""What happens while the visitors are out: departure, check-ins, prompts, the return."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.policy import Policy
from bot.domain.watch import Heard, PromptKind, Visitor


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
class Wrote:
    """Somebody out wrote what isn't understood: whoever watches is shown it (S4). Without a note
    it had no words: a voice message, a picture, a file.
    """

    at: datetime
    visitor: str
    note: str
    urgent: bool = False


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
class LeaveNudged:
    """When they would leave, to be back as they said: told to these visitors, or to nobody where it
    came too late or too close to a prompt.
    """

    at: datetime
    who: tuple[str, ...]


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
class Closed:
    """Everybody is back, or known to be safe: the watch ends."""

    at: datetime
