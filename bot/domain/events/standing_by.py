"""What contact and backup say to being named, and how they are lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.standby import Part


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
