"""Who is watching over those who are out."""

from dataclasses import dataclass
from datetime import datetime


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
