"""What can be said of a value before anybody asks what it means."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.domain.duration import parse_duration, write_duration
from bot.settings.mistakes import Notes, one_of, quote

# Besides control characters: line separators, and marks that turn the direction of writing.
_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_KINDS = (
    (bool, "true or false"),
    (str, "text"),
    (int | float, "a number"),
    (datetime, "a date and time"),
    (date, "a date"),
    (list, "a list"),
    (dict, "a table"),
)


def kind_of(value: object) -> str:
    """Say what kind of value this is."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "a time of day")


def unseen(text: str) -> bool:
    """Whether the text holds characters that nobody sees."""
    return _UNSEEN.search(text) is not None


def out_of_bounds(length: timedelta, least: str, most: str) -> tuple[str, str] | None:
    """Say what is wrong with a duration outside its bounds, and what would be right."""
    remedy = f"between {least} and {most} would be right"
    if length < parse_duration(least):
        return f"{write_duration(length)} is too short", remedy
    if length > parse_duration(most):
        return f"{write_duration(length)} is too long", remedy
    return None


def known_words(
    notes: Notes, where: str, value: Iterable[object], choices: Sequence[str]
) -> tuple[str, ...]:
    """Give the words of a list that are known, each once; note the others."""
    words: list[str] = []
    for index, word in enumerate(value):
        place = f"{where}[{index}]"
        if not isinstance(word, str):
            notes.wrong(place, f"this is {kind_of(word)}", f'"{choices[0]}" would be right')
        elif word not in choices:
            notes.wrong(place, f"{quote(word)} is unknown", one_of(word, choices))
        elif word in words:
            notes.wrong(place, f'"{word}" stands there twice', "naming it once would be right")
        else:
            words.append(word)
    return tuple(words)
