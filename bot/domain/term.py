"""When a term began: with the end of the last closure of a week or more."""

from datetime import datetime, time, timedelta

from bot.domain.school import School

LONG = timedelta(days=7)


def term_began(school: School, at_most: timedelta, now: datetime) -> datetime:
    """The first moment after the last long closure; where none is known, or it is longer ago than
    this, so long ago: a file whose closures nobody keeps up to date asks all the same.
    """
    today = school.local(now).date()
    day = timedelta(days=1)
    long_ones = [d for d in school.closed if d.last - d.first + day >= LONG and d.last < today]
    earliest = now - at_most
    if not long_ones:
        return earliest
    first_day = max(days.last for days in long_ones) + day
    return max(earliest, datetime.combine(first_day, time(), school.zone).astimezone(now.tzinfo))
