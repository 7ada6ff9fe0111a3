"""Lengths of time as people say them: ``45 min``, ``an hour and a half``, ``1h30``."""

import re
from datetime import timedelta

from bot.domain.reading.words import Words, at, number, phrase

MINUTES = frozenset({"m", "min", "mins", "minute", "minutes", "minuets"})
HOURS = frozenset({"h", "hr", "hrs", "hour", "hours"})
_ONE = re.compile(r"(\d{1,2})(?:h|hrs?)(?:(\d{1,2})(?:m|mins?)?)?|(\d{1,3})(?:m|mins?|minutes?)")
_DECIMAL = re.compile(r"(\d)\.(25|5|50|75)")
_PARTS = (
    ("half an hour", 30),
    ("half a hour", 30),
    ("half hour", 30),
    ("a half hour", 30),
    ("½ hour", 30),
    ("1/2 hour", 30),
    ("1/2 an hour", 30),
    ("a quarter of an hour", 15),
    ("quarter of an hour", 15),
    ("three quarters of an hour", 45),
    ("3/4 hour", 45),
    ("a minute", 1),
)
_AND = (("and a half", 30), ("and a quarter", 15), ("and three quarters", 45))


def read_length(words: Words, i: int) -> tuple[timedelta, int] | None:
    """The length that begins here, and where it ends; None where none does."""
    for spoken, minutes in _PARTS:
        if end := phrase(words, i, spoken):
            return timedelta(minutes=minutes), end
    if one := _ONE.fullmatch(at(words, i)):
        hours, rest, minutes_ = (int(group or 0) for group in one.groups())
        whole = timedelta(hours=hours, minutes=rest or minutes_)
        if hours and not rest:
            return _and_more(words, i + 1, whole)
        return (whole, i + 1) if whole else None
    if (decimal := _DECIMAL.fullmatch(at(words, i))) and at(words, i + 1) in HOURS:
        return timedelta(hours=float(decimal[0])), i + 2
    if end := phrase(words, i, "an hour", "a hour"):
        return _and_more(words, end, timedelta(hours=1))
    found = number(words, i)
    if found is None or not found[0]:
        return None
    count, end = found
    for spoken, minutes in _AND:
        if (after := phrase(words, end, spoken)) and at(words, after) in HOURS:
            return timedelta(hours=count, minutes=minutes), after + 1
    if at(words, end) in MINUTES:
        return timedelta(minutes=count), end + 1
    if at(words, end) in HOURS and count <= 24:
        return _and_more(words, end + 1, timedelta(hours=count))
    return None


def _and_more(words: Words, i: int, hours: timedelta) -> tuple[timedelta, int]:
    """``and a half``, ``and 20 minutes``, ``twenty`` after the hours."""
    for spoken, minutes in _AND:
        if end := phrase(words, i, spoken):
            return hours + timedelta(minutes=minutes), end
    start = i + 1 if at(words, i) == "and" else i
    found = number(words, start)
    if found and at(words, found[1]) in MINUTES:
        return hours + timedelta(minutes=found[0]), found[1] + 1
    if (
        found
        and start == i
        and found[0] in {5, 10, 15, 20, 25, 30, 40, 45, 50}
        and at(words, found[1]) == ""
    ):
        return hours + timedelta(minutes=found[0]), found[1]
    return hours, i
