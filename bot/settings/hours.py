"""Reads [school.hours]: when the office is staffed."""

import re
from datetime import time

from bot.domain.school import WEEKDAYS, Opening
from bot.settings.mistakes import nearest, quote
from bot.settings.table import Table

MIDNIGHT = time.max  # as an end: the day's last moment

_STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.ASCII)


def read_weekdays(text: str) -> tuple[int, ...]:
    """Take ``mon`` or ``mon-fri`` and give the days' numbers, 0 for Monday."""
    start, dash, end = text.casefold().partition("-")
    ends = (start.strip(), end.strip()) if dash else (start.strip(),)
    for end in ends:
        if end not in WEEKDAYS:
            near = nearest(end, WEEKDAYS) or nearest(end[:3], WEEKDAYS)
            meant = f'; "{near}" is' if near else ""
            raise ValueError(f"{quote(end)} is not a day of the week{meant}")
    first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def read_hours(top: Table) -> tuple[Opening, ...]:
    """Read [school.hours]: weekdays to stretches like ``08:00-12:00, 13:00-16:30``."""
    if "hours" not in top.data:
        problem = (
            "no hours are named, so the office never counts as staffed, and no visit counts as in "
            "the evening"
        )
        top.notes.warn(top.at("hours"), problem, 'mon-fri = "08:00-16:30" would be right')
        return ()
    table = Table(top.notes, top.at("hours"), top.data["hours"], None)
    found: list[Opening] = []
    for key in table.data:
        try:
            days = read_weekdays(key)
        except ValueError as error:
            table.wrong(key, str(error), 'a key like mon-fri, sat or "mon" would be right')
            days = ()
        value = table.text(key, "08:00-16:30")
        for stretch in value.split(",") if value else ():
            try:
                opens, closes = _stretch(stretch.strip())
            except ValueError as error:
                table.wrong(key, str(error), f'{key} = "08:00-12:00, 13:00-16:30" would be right')
                continue
            openings = [Opening(day, opens, closes) for day in days]
            if any(_overlap(one, other) for one in openings for other in found):
                problem = f"{quote(stretch.strip())} overlaps with other hours of the same day"
                table.wrong(key, problem, "naming each hour of a day once would be right")
            found.extend(openings)
    return tuple(sorted(found, key=lambda each: (each.weekday, each.opens)))


def _stretch(text: str) -> tuple[time, time]:
    found = _STRETCH.fullmatch(text)
    if not found:
        raise ValueError(f"{quote(text)} is not a stretch of hours")
    opens, closes = _clock(found[1], found[2]), _clock(found[3], found[4])
    if opens >= closes:
        raise ValueError(f"{quote(text)} ends before it begins (midnight, as an end, is 24:00)")
    return opens, closes


def _clock(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return MIDNIGHT
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{hour}:{minute}" is not a time of day') from None


def _overlap(one: Opening, other: Opening) -> bool:
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes
