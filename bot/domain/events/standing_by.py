"""What contact and backup say to being named, and how they are lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.standby import Part


@dataclass(frozen=True, slots=True)
class StandByAgreed:
    """Whoever is named as contact or backup said yes, for the times from ``since`` to ``until``.
    Those whose place they take, of a visit that is out, are told of it no more: ``let_go``.
    """

    at: datetime
    by: str
    part: Part
    since: datetime
    until: datetime
    let_go: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandByRefused:
    """Whoever is named as contact or backup can't."""

    at: datetime
    by: str
    part: Part


@dataclass(frozen=True, slots=True)
class StandByLost:
    """Whoever is named as contact or backup is out on a visit of their own, or away; or was asked
    while the visit was out, and no message gets to them.
    """

    at: datetime
    person: str
    part: Part
    why: Literal["out", "away", "unreached"]


@dataclass(frozen=True, slots=True)
class StandByNamed:
    """Somebody else was named as contact or backup."""

    at: datetime
    by: str
    part: Part
    person: str
