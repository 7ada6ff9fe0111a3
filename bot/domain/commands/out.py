"""What the visitors ask, from departure to the return; and approvers, of their time."""

from dataclasses import dataclass
from datetime import datetime


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
class Write:
    """A visitor who is out wrote something that isn't understood; ``urgent`` if it sounds so. The
    text is empty where what came has no words.
    """

    by: str
    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ComeBack:
    """A visitor is back."""

    by: str
