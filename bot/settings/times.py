"""The times at which a school is played ahead, and how several of them are said as one.

Every day of the coming week, and of the year ahead each day on which other people are away, or the
school is closed: one for each weekday and each set of people who are away, up to ``MOST_DAYS``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice

from bot.domain.school import Opening, School

HOUR = timedelta(hours=1)
YEAR = 366
MOST_DAYS = 60
"""Beyond the coming week."""

_NOON, _EVENING = time(12), time(19)
_DAY = timedelta(days=1)
IN_HOURS = " in hours"


@dataclass(frozen=True, slots=True)
class Time:
    """When a visit leaves: ``part`` says what is special about that time of the day."""

    day: date
    part: str
    at: datetime

    @property
    def name(self) -> str:
        """Unique among those of one school."""
        return f"{_say(self.day)}{self.part}"


def times(school: School, now: datetime) -> tuple[Time, ...]:
    """From tomorrow on; all times of one part of the day together, in order."""
    tomorrow = school.local(now).date() + _DAY
    found = [each for day in _days(school, tomorrow) for each in _of_day(school, day)]
    parts = dict.fromkeys((IN_HOURS, *(each.part for each in found)))
    order = {part: index for index, part in enumerate(parts)}
    return tuple(sorted(found, key=lambda each: (order[each.part], each.day)))


def together(several: Iterable[Time]) -> str:
    """``Mon 30 Nov to Fri 4 Dec, Mon 7 Dec in hours``: each part of the day said once."""
    parts: dict[str, list[date]] = {}
    for each in several:
        parts.setdefault(each.part, []).append(each.day)
    return ", ".join(f"{_runs(days)}{part}" for part, days in parts.items())


def _runs(days: Iterable[date]) -> str:
    runs = groupby(enumerate(sorted(set(days))), key=lambda each: each[1].toordinal() - each[0])
    said: list[str] = []
    for _, run in runs:
        first, *more = (day for _, day in run)
        said.append(f"{_say(first)} to {_say(more[-1])}" if more else _say(first))
    return ", ".join(said)


def _days(school: School, tomorrow: date) -> Iterator[date]:
    week = [tomorrow + n * _DAY for n in range(7)]
    seen = {_pattern(school, day) for day in week}
    yield from week

    def others() -> Iterator[date]:
        for n in range(7, YEAR):
            pattern = _pattern(school, day := tomorrow + n * _DAY)
            if pattern not in seen:
                seen.add(pattern)
                yield day

    yield from islice(others(), MOST_DAYS)


def _pattern(school: School, day: date) -> tuple[object, ...]:
    """Two days with the same one are played alike."""
    away = frozenset((each.person, each.instead) for each in school.away if day in each.days)
    return day.weekday(), _closed(school, day), away


def _of_day(school: School, day: date) -> Iterator[Time]:
    if _closed(school, day):
        yield Time(day, ", closed", _at(school, day, _NOON))
        return
    hours = [opening for opening in school.hours if opening.weekday == day.weekday()]
    if hours:
        yield Time(day, IN_HOURS, _middle(school, day, hours[0]))
    if day.weekday() < 5 or hours:
        yield Time(day, " in the evening", _at(school, day, _EVENING))
    else:
        yield Time(day, " at noon", _at(school, day, _NOON))


def _closed(school: School, day: date) -> bool:
    return any(day in days for days in school.closed)


def _middle(school: School, day: date, hours: Opening) -> datetime:
    """So that an hour's visit lies in the middle of the hours."""
    opens, closes = _at(school, day, hours.opens), _at(school, day, hours.closes)
    return opens + max(closes - opens - HOUR, timedelta()) / 2


def _say(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _at(school: School, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, school.zone).astimezone(UTC)
