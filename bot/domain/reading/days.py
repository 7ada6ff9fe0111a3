"""Days as people name them: ``tomorrow``, ``mon``, ``next Friday``, ``24 Nov``, ``24/11``.

A name that could be two days gives both.
"""

import re
from datetime import date, timedelta

from bot.domain.reading.words import Words, at

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_LONG = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_TOMORROW = frozenset({"tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmw", "tomoz"})
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


def read_days(words: Words, i: int, today: date) -> tuple[tuple[date, ...], int] | None:
    """The day, or the two days, named here, and where the name ends."""
    start = i + 1 if at(words, i) == "on" else i
    word = at(words, start)
    if word in {"today", "tonight"}:
        return (today,), start + 1
    if word in _TOMORROW:
        return (today + timedelta(days=1),), start + 1
    named = word if word in {"next", "this"} else ""
    weekday = _weekday(at(words, start + 1 if named else start))
    if weekday is not None:
        return _ahead(today, weekday, named), start + (2 if named else 1)
    return _dated(words, start, today)


def _ahead(today: date, weekday: int, named: str) -> tuple[date, ...]:
    ahead = (weekday - today.weekday()) % 7
    first, second = today + timedelta(days=ahead), today + timedelta(days=ahead + 7)
    if named == "next":
        return (first, second) if ahead else (second,)
    if named == "this" or ahead:
        return (first,)
    return first, second


def _weekday(word: str) -> int | None:
    if word in _SHORT:
        return _SHORT[word]
    return next((n for n, day in enumerate(_WEEKDAYS) if word in {day, day[:3]}), None)


def _dated(words: Words, i: int, today: date) -> tuple[tuple[date, ...], int] | None:
    word = at(words, i)
    if not word.isascii():
        return None
    if iso := _ISO.fullmatch(word):
        return _valid(int(iso[1]), int(iso[2]), int(iso[3]), i + 1)
    if slashes := _SLASHES.fullmatch(word):
        year = int(slashes[3] or 0)
        return _near(today, year + 2000 if 0 < year < 100 else year, slashes[2], slashes[1], i + 1)
    day = _DAY.fullmatch(word)
    month_at = i + 2 if at(words, i + 1) == "of" else i + 1
    month = _month(at(words, month_at))
    if day is None or month is None:
        return None
    end = month_at + 1
    written = at(words, end)
    if len(written) == 4 and written.isdecimal() and written.startswith("20"):
        return _valid(int(written), month, int(day[1]), end + 1)
    return _near(today, 0, str(month), day[1], end)


def _month(word: str) -> int | None:
    if word == "sept":
        return 9
    names = zip(_MONTHS, _MONTHS_LONG, strict=True)
    return next((n for n, both in enumerate(names, 1) if word in both), None)


def _near(
    today: date, year: int, month: str, day: str, end: int
) -> tuple[tuple[date, ...], int] | None:
    """Without a year: the next such day."""
    found = _valid(year or today.year, int(month), int(day), end)
    if found and not year and found[0][0] < today:
        return _valid(today.year + 1, int(month), int(day), end)
    return found


def _valid(year: int, month: int, day: int, end: int) -> tuple[tuple[date, ...], int] | None:
    try:
        return (date(year, month, day),), end
    except ValueError:
        return None
