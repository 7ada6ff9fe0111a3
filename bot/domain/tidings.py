"""Tidings: what named people must come to know although nobody raises an alarm. The quiet alert is
amber: somebody is uneasy, or two of one visit say different things. A concern is one visitor's own,
for those alone whom the policy names.

All of it stays readable without a key: who was told, who has seen it, when it is told again. What
somebody wrote is a sealed note.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

About = Literal["amber", "concern"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the amber alert stands. ``since`` tells one "uneasy" from the next; two answers differ
    for as long as they do, however often they are given.
    """

    kind: Literal["uneasy", "differ"]
    who: tuple[str, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was told says that they have seen it."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tidings:
    """``by`` is whose concern it is. ``told`` are ids, in the order they were first told, and
    ``counting`` those of the latest telling who would count as reached; ``unheard`` while no
    channel has confirmed one of them. ``again_at`` is when it is told again, if nobody owns up
    before; ``rounds`` how often its last step was told. ``over_at``: nothing of it stands any more.
    """

    about: About
    number: int
    at: datetime
    by: str = ""
    reasons: tuple[Reason, ...] = ()
    step: int = -1
    told: tuple[str, ...] = ()
    told_at: datetime | None = None
    counting: tuple[str, ...] = ()
    unheard: bool = False
    again_at: datetime | None = None
    rounds: int = 0
    seen: tuple[Seen, ...] = ()
    over_at: datetime | None = None

    @property
    def slot(self) -> str:
        """Where it is shown: each concern apart, since the next may be somebody else's."""
        return slot_of(self.about, self.number)

    @property
    def waits(self) -> bool:
        """Whether somebody must still own up to it."""
        return self.over_at is None and not self.seen


def slot_of(about: About, number: int) -> str:
    """The slot of an alert, or of one concern."""
    return about if about == "amber" else f"{about}.{number}"
