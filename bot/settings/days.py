"""Reads the days of a school file: closures, the duty rota, absences."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.school import WEEKDAYS, Absence, Days, Duty
from bot.settings.hours import read_weekdays
from bot.settings.mistakes import quote
from bot.settings.people import read_reference
from bot.settings.table import Table
from bot.settings.words import read_date

LONGEST = timedelta(days=366)


def read_closed(top: Table) -> tuple[Days, ...]:
    """Read [[closed]]."""
    rows = (
        Table(top.notes, f"closed[{index}]", data, ("from", "to"))
        for index, data in enumerate(top.tables("closed"))
    )
    return tuple(days for row in rows if (days := _days(row)))


def read_duty(top: Table, known: set[str]) -> tuple[Duty, ...]:
    """Read [[duty]]; ``on`` is a weekday, or a stretch of them."""
    found: dict[int, Duty] = {}
    for index, data in enumerate(top.tables("duty")):
        row = Table(top.notes, f"duty[{index}]", data, ("on", "person"))
        days = row.parsed("on", "mon", read_weekdays, required=True) or ()
        person = read_reference(row, "person", known, required=True)
        for day in days:
            if day in found:
                problem = f"{WEEKDAYS[day]} has a duty leader already"
                row.wrong("on", problem, "one person on each day would be right")
            found.setdefault(day, Duty(day, person or ""))
    return tuple(found[day] for day in sorted(found))


def read_away(top: Table, known: set[str]) -> tuple[Absence, ...]:
    """Read [[away]]; whoever stands in must be there, and nobody is away twice at once."""
    found: list[tuple[Table, Absence]] = []
    for index, data in enumerate(top.tables("away")):
        row = Table(top.notes, f"away[{index}]", data, ("person", "from", "to", "instead"))
        person = read_reference(row, "person", known, required=True)
        instead = read_reference(row, "instead", known, required=False)
        days = _days(row)
        if person and days:
            found.append((row, Absence(person, days, instead)))
    absences = [absence for _, absence in found]
    for index, (row, absence) in enumerate(found):
        if _away(absence.person, absence.days, absences[:index]):
            problem = f"{quote(absence.person)} is away on some of these days already"
            row.wrong("from", problem, "one absence for each stretch of days would be right")
        remedy = "somebody who is there on these days would be right"
        if absence.instead and _comes_back(absence, absences):
            problem = f"following who stands in leads back to {quote(absence.person)}"
            row.wrong("instead", problem, remedy)
        elif absence.instead and _away(absence.instead, absence.days, absences):
            problem = f"{quote(absence.instead)} is away too on some of these days"
            row.notes.warn(row.at("instead"), problem, remedy)
    return tuple(absences)


def _days(row: Table) -> Days | None:
    """Read ``from`` and ``to``, both included."""
    first, last = _date(row, "from"), _date(row, "to")
    if first is None or last is None:
        return None
    if last < first:
        remedy = "the last day, or the first again, would be right"
        row.wrong("to", f"{last} is before {first}", remedy)
        return None
    if last - first > LONGEST:
        problem = f"{first} to {last} is more than a year"
        row.notes.warn(row.at("to"), problem, "checking the years would be right")
    return Days(first, last)


def _date(row: Table, key: str) -> date | None:
    if key not in row.data:
        if row.data:
            row.wrong(key, "this is missing", f'{key} = "2026-12-21" would be right')
        return None
    try:
        return read_date(row.data[key])
    except ValueError as error:
        row.wrong(key, str(error), f'{key} = "2026-12-21" would be right')
        return None


def _shared(one: Days, other: Days) -> Days | None:
    """The days that are in both, or None."""
    both = Days(max(one.first, other.first), min(one.last, other.last))
    return both if both.first <= both.last else None


def _away(person: str, days: Days, absences: Iterable[Absence]) -> bool:
    return any(each.person == person and _shared(each.days, days) for each in absences)


def _comes_back(start: Absence, absences: Iterable[Absence]) -> bool:
    """Whether on some day the stand-in, or their stand-in, and so on, is the absent person."""
    everyone = tuple(absences)
    open_ends, seen = [start], {start}
    while open_ends:
        here = open_ends.pop()
        if here.instead == start.person:
            return True
        for each in everyone:
            days = _shared(each.days, here.days)
            if each.person == here.instead and each.instead and days:
                step = replace(each, days=days)
                if step not in seen:
                    seen.add(step)
                    open_ends.append(step)
    return False
