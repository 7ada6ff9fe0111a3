"""What whoever watches asks while the visitors are out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ConfirmWatching:
    """With "I'm watching", somebody of the office, or whoever was asked instead."""

    by: str


@dataclass(frozen=True, slots=True)
class Vouch:
    """Somebody in the office, or a leader, spoke to a visitor (S6, S10)."""

    by: str
    visitor: str
    what: Literal["ok", "back"]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """That somebody is back was reported by mistake: they are out still, and are asked now."""

    by: str
    visitor: str


@dataclass(frozen=True, slots=True)
class AskIfOk:
    """Somebody who watches asks the visitors now."""

    by: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """An approver, the DSL or the office asks the visitors to come back (S12)."""

    by: str
