"""The words that say what follows in a one-line request: a time, a return, people, a reason."""

import re
from datetime import date

from bot.domain.reading.clock import read_clock
from bot.domain.reading.days import read_days
from bot.domain.reading.lengths import read_length
from bot.domain.reading.words import Words, at, bag, phrase

OPENING = bag(
    "please i i'd id like to want need can could may we a an new home plan log book",
    "arrange request planning im i'm going am on do the help me my make add schedule doing",
    "hi hello",
)
BACK = (
    "and back at",
    "and back by",
    "due back at",
    "due back by",
    "due back",
    "expected back at",
    "expected back",
    "will be back at",
    "back at",
    "back by",
    "back",
    "returning at",
    "return at",
    "until",
    "till",
    "til",
)
WITH = ("with", "and with", "going with", "w/", "together with")
BACKUP = ("backup is", "backup:", "backup")
CONTACT = ("contact is", "contact:", "contact", "buddy is", "buddy", "who knows:", "who knows")
ABOUT = (
    "because",
    "to talk about",
    "to discuss",
    "to see about",
    "regarding",
    "reason:",
    "reason",
    "purpose:",
    "purpose",
    "why:",
    "about",
    "re",
)
_LEADS = ("leaving at", "leave at", "starting at", "leaving", "at", "from", "around", "on", "@")
_STRONG = re.compile(r"\d{1,2}(?:[:.h]\d{2})(?:am|pm)?|\d{1,2}(?:am|pm)|noon|midday|half|quarter")
_BARE = re.compile(r"\d{1,4}")
_STREETS = bag(
    "road rd street st lane ln close avenue ave drive dr way court ct place house gardens gdns",
    "crescent terrace hill grove park walk row square mews view rise moon",
)
_ANY_DAY = date(2000, 1, 1)
_AFTER_BARE = bag(
    "for with until till til to tomorrow today on and back am pm a.m p.m because about re",
    "leaving next this please o'clock oclock in returning due contact buddy attendance progress",
    "w/ backup alone invitation welfare safeguarding extended - –",
)


def leads_to_time(words: Words, i: int) -> int:
    """Where a time would begin, after ``at``, ``leaving at`` and the like."""
    end = phrase(words, i, *_LEADS) or i
    return phrase(words, end, "about", "around") or end


def strong_time(words: Words, i: int) -> bool:
    """Whether a time or a day begins here that can't well be anything else."""
    word = at(words, i)
    if at(words, i + 1) in _STREETS:
        return False
    if at(words, i) in {"now", "in"}:
        return word == "now" or read_length(words, i + 1) is not None
    if _STRONG.fullmatch(word) or at(words, i + 1) in {"am", "pm", "a.m", "p.m"}:
        return read_clock(words, i) is not None
    if read_days(words, i, _ANY_DAY):
        return True
    if word.isdecimal() and len(word) == 4 and bare_time_ends_well(words, i):
        return True
    if _BARE.fullmatch(word) and at(words, i + 1) == "to" and bare_time_ends_well(words, i + 2):
        return True
    past = at(words, i + 1) in {"past", "o'clock"} or at(words, i + 2) == "past"
    return past and read_clock(words, i) is not None


def bare_time_ends_well(words: Words, i: int) -> bool:
    """Whether a number that may be a house's is a time after all, by what follows it."""
    found = read_clock(words, i)
    if found is None:
        return False
    if not _BARE.fullmatch(at(words, i)):
        return at(words, found[1]) not in _STREETS
    end = found[1]
    ends = end >= len(words) or words[end].comma or at(words, end) in _AFTER_BARE
    return ends or read_days(words, end, _ANY_DAY) is not None
