"""What is wrong in a file, for the person who mends it: where, what, and what would be right.

Values of sealed keys (emergency contact, car) never stand in a mistake: mistakes reach logs (P7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
SCHOOL_FILE = "school.toml"

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. A warning is worth mending too, but the settings work as they are."""

    where: str
    problem: str
    remedy: str
    severity: Severity = "error"
    file: str = SCHOOL_FILE

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.where) if part)
        return f"{place}: {self.problem}; {self.remedy}."


class BadSettings(Exception):
    """A file can't be used as it is. ``mistakes`` are all that were found, not only the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(each) for each in self.mistakes))


@dataclass(slots=True)
class Notes:
    """Where a reader writes down the mistakes that it meets in one file, and reads on."""

    file: str = SCHOOL_FILE
    found: list[Mistake] = field(default_factory=list)

    def wrong(self, where: str, problem: str, remedy: str) -> None:
        """Write down a mistake."""
        self.found.append(Mistake(where, problem, remedy, file=self.file))

    def warn(self, where: str, problem: str, remedy: str) -> None:
        """Write down something that works but is worth mending."""
        self.found.append(Mistake(where, problem, remedy, "warning", self.file))

    @property
    def errors(self) -> tuple[Mistake, ...]:
        """The mistakes that keep the file from being used."""
        return errors_of(self.found)

    @property
    def warnings(self) -> tuple[Mistake, ...]:
        """The others."""
        return tuple(each for each in self.found if each.severity == "warning")


def errors_of(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Only the mistakes that matter for whether something can be used."""
    return tuple(each for each in mistakes if each.severity == "error")


def quote(value: object) -> str:
    """Show something as it was written, short, on one line, without characters nobody sees."""
    text = "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(value)
    )
    return f'"{text}"' if len(text) <= _LONGEST_QUOTE else f'"{text[: _LONGEST_QUOTE - 1]}…"'


def nearest(word: str, choices: Iterable[str], alike: float = 0.6) -> str | None:
    """Give the choice that was probably meant, or None; ``alike`` is between 0 and 1."""
    spelled = {each.casefold(): each for each in choices}
    found = get_close_matches(word.casefold().replace("-", "_"), spelled, n=1, cutoff=alike)
    return spelled[found[0]] if found else None


def one_of(word: str, choices: Iterable[str]) -> str:
    """Say what would be right in place of an unknown word: the nearest choice, or all of them."""
    known = tuple(choices)
    found = nearest(word, known)
    return f"{found} would be right" if found else f"one of {', '.join(known)} would be right"
