"""Times of day as people write them: ``2pm``, ``14:05``, ``3.15``, ``half past two``, ``noon``.

An hour without am or pm is read the way people at a school mean it: one to six is the afternoon,
seven to twelve the morning up to noon. ``sure``: it was written so that it means one thing.
"""

import re
from dataclasses import dataclass

from bot.domain.reading.words import Words, at, number, phrase

_WRITTEN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?h?(am|pm)?")
_RUN = re.compile(r"(\d{1,2})(\d{2})(am|pm)?")
_HALVES = {"am": "am", "a.m": "am", "pm": "pm", "p.m": "pm"}
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}
_PARTS_OF_DAY = (
    ("in the morning", "am"),
    ("in the afternoon", "pm"),
    ("this afternoon", "pm"),
    ("in the evening", "pm"),
    ("this evening", "pm"),
    ("tonight", "pm"),
)
FIRST_MORNING_HOUR = 7


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. Where it isn't ``sure``, ``hour`` is 1 to 12."""

    hour: int
    minute: int
    sure: bool = False

    @property
    def likely(self) -> tuple[int, int]:
        """The reading that people at a school mean: never at night."""
        if self.sure or self.hour >= FIRST_MORNING_HOUR:
            return self.hour, self.minute
        return self.hour + 12, self.minute

    @property
    def other(self) -> tuple[int, int] | None:
        """The reading that could be meant as well."""
        if self.sure:
            return None
        return (self.likely[0] + 12) % 24, self.minute


def read_clock(words: Words, i: int) -> tuple[Clock, int] | None:
    """The time of day that begins here, and where it ends."""
    if at(words, i) in _NAMED:
        return Clock(_NAMED[at(words, i)], 0, sure=True), i + 1
    found = _past_or_to(words, i) or _figures(words, i) or _spoken(words, i)
    if found is None:
        return None
    clock, end = found
    if after := phrase(words, end, "o'clock", "oclock"):
        end = after
    return _half_of_day(words, clock, end)


def _half_of_day(words: Words, clock: Clock, end: int) -> tuple[Clock, int] | None:
    half = _HALVES.get(at(words, end), "")
    if half:
        end += 1
    else:
        for spoken, named in _PARTS_OF_DAY:
            if after := phrase(words, end, spoken):
                half, end = named, after
                break
    if not half or clock.sure:
        return clock, end
    return Clock(clock.hour % 12 + (12 if half == "pm" else 0), clock.minute, sure=True), end


def _past_or_to(words: Words, i: int) -> tuple[Clock, int] | None:
    """``half past two``, ``half 2``, ``quarter to 3``, ``ten past two``, ``20 to 3``."""
    start = i + 1 if phrase(words, i, "a quarter") else i
    word = at(words, start)
    if word == "half":
        after = start + 2 if at(words, start + 1) in {"past", "after"} else start + 1
        hour = _hour(words, after)
        return (Clock(hour[0], 30), hour[1]) if hour else None
    counted = (15, start + 1) if word == "quarter" else number(words, start)
    if counted is None or not 0 < counted[0] < 60:
        return None
    minutes, end = counted
    end = phrase(words, end, "minutes", "mins", "min") or end
    which = at(words, end)
    if which not in {"past", "to"} or (which == "to" and minutes > 30):
        return None
    if which == "to" and word != "quarter" and minutes % 5:
        return None  # "2 to 3" is from two until three
    if which == "to" and word.isdecimal() and minutes <= 10:
        return None  # so may "10 to 11" be: whoever means it is asked
    hour = _hour(words, end + 1)
    if hour is None:
        return None
    if which == "past":
        return Clock(hour[0], minutes), hour[1]
    return Clock((hour[0] - 2) % 12 + 1, 60 - minutes), hour[1]


def _hour(words: Words, i: int) -> tuple[int, int] | None:
    found = number(words, i)
    return found if found and 1 <= found[0] <= 12 else None


def _figures(words: Words, i: int) -> tuple[Clock, int] | None:
    word = at(words, i)
    if not word.isascii():
        return None
    written = _WRITTEN.fullmatch(word) or _RUN.fullmatch(word)
    if written is None:
        return None
    hour, minute = int(written[1]), int(written[2] or 0)
    half = written[3]
    if hour > 23 or minute > 59:
        return None
    if half and not 1 <= hour <= 12:
        return (Clock(hour, minute, sure=True), i + 1) if half == "pm" and hour > 12 else None
    if half:
        return Clock(hour % 12 + (12 if half == "pm" else 0), minute, sure=True), i + 1
    plain_zero = word[0] == "0" and len(word) > 1
    return Clock(hour, minute, sure=hour > 12 or hour == 0 or plain_zero), i + 1


def _spoken(words: Words, i: int) -> tuple[Clock, int] | None:
    """``two``, ``three fifteen``."""
    hour = _hour(words, i)
    if hour is None:
        return None
    minute = number(words, hour[1])
    if minute and 10 <= minute[0] < 60 and not at(words, hour[1]).isdecimal():
        return Clock(hour[0], minute[0]), minute[1]
    return Clock(hour[0], 0), hour[1]
