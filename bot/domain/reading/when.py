"""Moments as people name them, in the school's zone: ``tomorrow at 9``, ``in half an hour``.

Without a day it is today, never tomorrow (S13). What could mean two things, or falls into a change
of the clocks, is ``Unsure``.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.moments import BadMoment, in_utc
from bot.domain.reading.clock import Clock, read_clock
from bot.domain.reading.days import read_days
from bot.domain.reading.lengths import read_length
from bot.domain.reading.words import Words, at, phrase, split_words

_LEAD_INS = ("at", "by", "until", "till", "til", "from", "around", "about", "approx", "@")


@dataclass(frozen=True, slots=True)
class Unsure:
    """What was written could mean any of ``options`` (none: it can't be taken at all)."""

    why: str
    options: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """From where a time is read. ``now`` is what it comes after: this moment, or for a return the
    leaving; ``said_at`` is then when it was said, which is what ``tomorrow`` counts from.
    """

    now: datetime
    zone: ZoneInfo
    said_at: datetime | None = None

    @property
    def today(self) -> date:
        """The day that ``tomorrow`` counts from."""
        return (self.said_at or self.now).astimezone(self.zone).date()

    @property
    def day(self) -> date:
        """The day meant where none is named."""
        return self.now.astimezone(self.zone).date()


When = datetime | Unsure


def read_when(words: Words, i: int, here: Here) -> tuple[When, int] | None:
    """The moment named here, and where its name ends; None where none is named."""
    iso = at(words, i)
    if len(iso) == 16 and iso[10:11] == "t":
        return _iso(iso, here), i + 1
    if after := phrase(words, i, "now", "right now", "straight away"):
        return here.now, after
    if at(words, i) in {"in", "within"} and (length := read_length(words, i + 1)):
        return here.now + length[0], length[1]
    length = read_length(words, i)
    if length and (after := phrase(words, length[1], "from now")):
        return here.now + length[0], after
    return _day_and_clock(words, i, here)


def _day_and_clock(words: Words, i: int, here: Here) -> tuple[When, int] | None:
    days = read_days(words, i, here.today)
    start = days[1] if days else i
    clock = read_clock(words, _past_lead_in(words, start))
    if clock is None:
        return (Unsure("At what time?"), start) if days else None
    end = clock[1]
    if "tonight" in {at(words, i), at(words, start - 1)} and days and 5 <= clock[0].hour < 12:
        clock = (Clock(clock[0].hour + 12, clock[0].minute, sure=True), end)
    if days is None and (days := read_days(words, end, here.today)):
        end = days[1]
    return _place(days[0] if days else None, clock[0], here), end


def _past_lead_in(words: Words, i: int) -> int:
    while at(words, i) in _LEAD_INS:
        i += 1
    return i


def _place(days: tuple[date, ...] | None, clock: Clock, here: Here) -> When:
    try:
        likely = [_on(day, clock.likely, here.zone) for day in days or (here.day,)]
        if len(likely) > 1:
            ahead = tuple(moment for moment in likely if moment >= here.now)
            return ahead[0] if len(ahead) == 1 else Unsure("Which day do you mean?", ahead)
        if days is None and clock.other and likely[0] < here.now:
            other = _on(here.day, clock.other, here.zone)
            if other > here.now:
                tomorrow = _on(here.day + timedelta(days=1), clock.likely, here.zone)
                return Unsure("Which do you mean?", (other, tomorrow))
        return likely[0]
    except BadMoment as bad:
        return Unsure(str(bad))
    except OverflowError:
        return Unsure("Please give a date near today.")


def _on(day: date, clock: tuple[int, int], zone: ZoneInfo) -> datetime:
    return in_utc(datetime.combine(day, time(*clock)), zone)


def _iso(text: str, here: Here) -> When:
    try:
        return in_utc(datetime.fromisoformat(text.upper()), here.zone).astimezone(UTC)
    except BadMoment as bad:
        return Unsure(str(bad))
    except (ValueError, OverflowError):
        return Unsure("Please give a date and a time, like 14:05, or tomorrow at 9.")


def read_moment_words(text: str, here: Here) -> When | None:
    """A whole text that is a moment and nothing else, or None."""
    words = split_words(text)
    start = _past_lead_in(words, 0)
    found = read_when(words, start, here)
    return found[0] if found and found[1] == len(words) else None


def read_length_words(text: str) -> timedelta | None:
    """A whole text that is a length of time, with or without ``for`` before it."""
    words = split_words(text)
    start = 1 if at(words, 0) == "for" else 0
    found = read_length(words, start)
    return found[0] if found and found[1] == len(words) else None
