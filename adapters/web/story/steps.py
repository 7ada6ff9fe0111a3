"""What a story is made of, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Presses:
    """Somebody presses a button that stands on their phone, and sends the form that it may open.

    ``fills`` is what they write, by field name; a length of time is that long from now.
    """

    who: str
    label: str
    fills: Mapping[str, str | timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimePasses:
    """Nobody does anything for so long."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Until:
    """Nobody does anything until this pane shows these words."""

    pane: str
    words: str


Deed = Presses | TimePasses | Until


@dataclass(frozen=True, slots=True)
class Look:
    """A message to look at: the newest of this pane that has these words."""

    pane: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """What happens, the sentence that tells it, and what to look at, the first thing first.

    ``{now}`` and the other names of ``times.py`` may stand in the sentence.
    """

    says: str
    look: tuple[Look, ...]
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """``title`` is the button that starts it; ``end`` is said after the last step."""

    title: str
    steps: tuple[Step, ...]
    end: str
