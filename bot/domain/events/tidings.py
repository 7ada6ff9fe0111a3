"""Quiet alerts and concerns, and who was told of them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.tidings import About, Reason


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
