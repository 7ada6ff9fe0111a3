"""A visit asked for in one line: ``visit 14 Oak Road at 2pm for 45 min with Sam, attendance``.

It fills in the request for its sender to look at; nothing is sent, and nothing guessed: what could
mean two things is a ``Doubt``, what has no place is handed back as ``unread``.
"""

from datetime import datetime

from bot.domain.reading.marks import OPENING, bare_time_ends_well, strong_time
from bot.domain.reading.place import is_an_address
from bot.domain.reading.when import Here
from bot.domain.reading.wish.about import take_kind, take_purpose, take_risks
from bot.domain.reading.wish.line import Doubt, Line, Wish
from bot.domain.reading.wish.people import ends_name, take_people
from bot.domain.reading.wish.times import (
    take_leaving,
    take_length,
    take_return,
    take_wrong_time,
    write_times,
)
from bot.domain.reading.words import Words, at, bag, phrase, split_words
from bot.domain.school import School

__all__ = ["Wish", "read_wish"]
_TOLD = bag("is was are has had will went isn't wasn't over done finished cancelled off")
"""After ``visit``, these tell of one and ask for none."""
_STEPS = (take_return, take_length, take_leaving, take_people, take_kind, take_purpose, take_risks)


def read_wish(text: str, school: School, asker: str, now: datetime) -> Wish | None:
    """The request in this line, or None where it is none."""
    words = split_words(text)
    start = _after_opening(words)
    if not start or start >= len(words) or at(words, start) in _TOLD:
        return None
    line = Line(words, school, asker, Here(now, school.zone), start)
    to = bool(phrase(words, start, "to", "at")) and not strong_time(words, start + 1)
    if to and bare_time_ends_well(words, start + 1):
        to = False
    line.i += to
    while line.i < len(words):
        if not any(step(line) for step in _STEPS):
            _left_over(line)
    back = write_times(line)
    place = " ".join(line.place).replace(" ,", ",")
    has_number = any(ch.isdigit() for ch in place)
    if place and is_an_address(place):
        line.values["place"] = place
    elif place:
        why = "Is this the address? The office sees it: please leave out whom you visit."
        line.doubts.append(Doubt("place", why, ((place, place[:60]),)))
    if not (line.marked or has_number or to):
        return None
    return Wish(
        line.values, tuple(line.doubts), tuple(line.unread), back, has_number and line.marked
    )


def _after_opening(words: Words) -> int:
    """Where the request goes on after its ``visit``; 0 where it has none."""
    for i in range(min(10, len(words))):
        if at(words, i) in {"visit", "visiting"}:
            return i + 1
        if at(words, i) not in OPENING:
            return 0
    return 0


def _left_over(line: Line) -> None:
    """Part of the address until something else was said; after that, not understood."""
    word = line.words[line.i]
    if take_wrong_time(line):
        return
    if not line.marked:
        line.place.append(f", {word.raw}" if word.comma and line.place else word.raw)
    elif not line.place and at(line.words, line.i) in {"to", "at"}:
        line.marked, line.i = False, line.i + 1
        _rest_is_place(line)
        return
    elif at(line.words, line.i) not in {"please", "thanks", "and", "we", "i", "leaving"}:
        line.unread.append(word.raw)
    line.i += 1


def _rest_is_place(line: Line) -> None:
    """``visit at 2pm to 14 Oak Road``: the address comes after the time."""
    while line.i < len(line.words) and not (
        line.place and ends_name(line.words, line.i) and not line.words[line.i].comma
    ):
        line.place.append(line.words[line.i].raw)
        line.i += 1
    line.marked = True
