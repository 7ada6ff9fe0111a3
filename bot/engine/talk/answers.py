"""Reading what somebody wrote in answer to one field of a form. What could mean two things comes
back as a problem with its options; nothing is chosen for anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.cards.model import Choice, Field, Line, Moment
from bot.domain.asking import tidy
from bot.domain.moments import BadMoment, read_moment, write_moment
from bot.domain.reading.names import who_is
from bot.domain.reading.when import Here, Unsure, read_length_words, read_moment_words
from bot.domain.reading.wish.people import name_doubt
from bot.domain.reading.wish.times import time_options
from bot.domain.school import School

NOBODY = frozenset({"nobody", "no one", "noone", "none", "alone", "on my own", "just me"})
ALL = frozenset(
    {"all", "all of it", "all of them", "all of us", "everything", "everybody", "everyone"}
)
"""Of a short list that is before them; never of the people of a school."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer, or what it could be (value, label)."""

    why: str
    options: tuple[tuple[str, str], ...] = ()


def read_answer(
    asked: Field, text: str, values: Mapping[str, str], school: School, now: datetime
) -> str | Problem:
    """The field's value, as its form takes it."""
    typed = tidy(text[:LONGEST])
    match asked:
        case Line(longest=longest):
            if len(text) > longest:
                return Problem(f"That is longer than {longest} characters. Please shorten it.")
            return typed or Problem("Please write something, or skip.")
        case Moment(name=name):
            return _moment(name, typed, values, school, now)
        case Choice():
            return _choice(asked, typed, school)


def _moment(
    name: str, typed: str, values: Mapping[str, str], school: School, now: datetime
) -> str | Problem:
    """A time. A return is read after the leaving, and may be a length from it."""
    start = _start(name, values, school, now)
    length = read_length_words(typed)
    if length:
        return write_moment(start + length, school.zone)
    here = Here(start, school.zone, now) if start > now else Here(now, school.zone)
    found = read_moment_words(typed, here)
    if found is None:
        return Problem("I can't read that as a time. For example: 2pm, 14:05, tomorrow at 9.")
    if isinstance(found, Unsure):
        return Problem(found.why, time_options(found, school))
    return write_moment(found, school.zone)


def _start(name: str, values: Mapping[str, str], school: School, now: datetime) -> datetime:
    if name != "return_at" or not values.get("leaving_at"):
        return now
    try:
        return read_moment(values["leaving_at"], school.zone).astimezone(UTC)
    except BadMoment:
        return now


def _choice(asked: Choice, typed: str, school: School) -> str | Problem:
    if asked.several:
        plain = typed.casefold().strip(" .!")
        if plain in NOBODY:
            return ""
        if plain in ALL and not asked.people:
            return ",".join(value for value, _ in asked.options)
        parts = typed.replace(" and ", ",").replace("&", ",").split(",")
        chosen: list[str] = []
        for part in filter(None, (p.strip() for p in parts)):
            one = _one(asked, part, school)
            if isinstance(one, Problem):
                return one
            chosen.append(one)
        return ",".join(dict.fromkeys(chosen))
    return _one(asked, typed, school)


def _one(asked: Choice, typed: str, school: School) -> str | Problem:
    """By its label, its number in the list, or a person's name."""
    plain = typed.casefold().strip(" .!")
    for value, label in asked.options:
        if plain and plain in {label.casefold(), value.casefold()}:
            return value
    ids = {value for value, _ in asked.options}
    people = [p for p in school.people if p.id in ids]
    if people:
        called = who_is(typed, people)
        if called.one:
            return called.one.id
        doubt = name_doubt(asked.name, called, school)
        return Problem(doubt.why, doubt.options)
    length = read_length_words(typed)
    if asked.name == "minutes" and length:
        return str(int(length.total_seconds()) // 60)
    starts = [v for v, label in asked.options if plain and label.casefold().startswith(plain)]
    if len(starts) == 1:
        return starts[0]
    labels = ", ".join(label for _, label in asked.options[:8])
    return Problem(f"Please choose one of these: {labels}.")
