"""What raises an alarm, how it climbs its ladder, and what ends it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WentSilent:
    """A visitor's reply limit, or the grace, has passed; ``since`` is when it did."""

    at: datetime
    visitor: str
    since: datetime


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A visitor needs help (S4)."""

    at: datetime
    visitor: str


@dataclass(frozen=True, slots=True)
class MistakeClaimed:
    """A visitor says the call for help was a mistake: the owner is told, nothing ends (S4)."""

    at: datetime
    visitor: str


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """The visit is overdue, or help is asked for, ``since`` a moment. The ladder counts from
    ``base``; a ``resumed`` alarm goes on where the last one stood.
    """

    at: datetime
    number: int
    since: datetime
    base: datetime
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Escalated:
    """A rung was climbed, or the last one repeated.

    ``tell`` are all recipients of the rung, ``counting`` those who count as reached, ``holders``
    people named through a role. ``climbs_at`` is the next climb, ``due_at`` when this one should
    have come (earlier than ``at`` after an outage), ``confirm_by`` when the channels should have
    confirmed it; ``last``: there is no higher rung. ``because`` names why it did not wait:
    ``empty``, ``unreached``, ``lapsed``, ``help``, or "".
    """

    at: datetime
    rung: int
    tell: tuple[str, ...]
    counting: tuple[str, ...]
    holders: tuple[str, ...]
    climbs_at: datetime
    due_at: datetime
    last: bool
    repeat: bool = False
    because: str = ""
    confirm_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class LimitPassed:
    """The channels had their time to confirm the latest messages of the alarm; ``unreached`` are
    those told so far whom none has confirmed (S8).
    """

    at: datetime
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RungReached:
    """Somebody of the highest rung was confirmed as reached by a channel."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Owned:
    """With "I'm on it" a named person holds the alarm until a moment (S7)."""

    at: datetime
    by: str
    until: datetime
    renewed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnershipLapsed:
    """The owner's time passed, or new help broke it; the ladder goes on from ``base``."""

    at: datetime
    owner: str
    base: datetime


@dataclass(frozen=True, slots=True)
class RisksShown:
    """Somebody opened the risks (recorded, as the audience table asks)."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Ringing:
    """Somebody is ringing 999; until a moment nobody else need (S7)."""

    at: datetime
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class FoundSafe:
    """A person has made sure of these visitors, and of nobody else (S6); the note says how they
    know. ``over``: they are back; otherwise they are asked again at ``next_prompt`` (S2).
    """

    at: datetime
    by: str
    who: tuple[str, ...]
    over: bool
    next_prompt: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """With "Not over" while the alarm stands: that somebody made sure of these counts no more."""

    at: datetime
    by: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlarmEnded:
    """Nobody is in trouble any more: a person made sure, or every visitor answered (``answered``).
    It can be undone until ``undo_until`` (S2).
    """

    at: datetime
    by: str
    undo_until: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class AlarmReopened:
    """After "Not over" the alarm stands again, for whoever has not been heard of since. Higher
    rungs keep their distance from the one it had reached: they count from ``base``.
    """

    at: datetime
    by: str
    number: int
    base: datetime
