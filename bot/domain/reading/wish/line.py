"""What is made of a line while it is read, and what it comes to."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.reading.when import Here
from bot.domain.reading.words import Words
from bot.domain.school import School


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to be asked: which field, why, and what it could be (value, label)."""

    field: str
    why: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What was understood, by the request's field names; what is doubtful; what wasn't understood.

    ``back`` is the return as written, where it can only be read once the leaving is known.
    ``plain`` says that it reads like a request whoever wrote it: it has an address with a number.
    """

    values: dict[str, str]
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[str, ...] = ()
    back: str = ""
    plain: bool = False


@dataclass(slots=True)
class Line:
    """The reading in the making. ``i`` is where it has got to."""

    words: Words
    school: School
    asker: str
    here: Here
    i: int = 0
    place: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    leaving: datetime | None = None
    back: tuple[int, int] = (0, 0)
    length: tuple[int, int] = (0, 0)
    marked: bool = False

    def said(self, span: tuple[int, int]) -> str:
        """Some words as typed."""
        return " ".join(word.raw for word in self.words[span[0] : span[1]])
