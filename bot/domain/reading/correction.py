"""A plan corrected in a few words: ``leaving at 23:15``, ``with Bea as well``, ``not Sam, Bea``.

Only what is read whole, and by the word that leads it, is a correction. It adds companions and
takes none off. Who comes instead of another (``read_swap``) stands in the form first.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.domain.reading.names import who_is
from bot.domain.reading.wish import Wish, read_wish
from bot.domain.reading.words import at, bag, phrase, split_words
from bot.domain.school import Person, School

_LEADS = bag(
    "leaving leave back return returning until till with alone who contact backup risks: purpose:"
)
_TO_TIME = ("change the time to", "change time to", "new time", "make it", "change it to", "time")
_TAIL = bag("as well too instead please also pls now")
_SWAPS = (
    re.compile(
        r"not (?P<off>[^,]{1,60}?)(?:, ?| but )(?P<on>.{1,60}?)(?: instead)?", re.IGNORECASE
    ),
    re.compile(r"(?:with )?(?P<on>.{1,60}?) instead of (?P<off>.{1,60})", re.IGNORECASE),
)
_NOT_PROSE = bag(
    "can could may not no with instead visit vist visti viist visiting change drop send"
)


def read_correction(text: str, school: School, asker: str, now: datetime) -> Wish | None:
    """The fields said again, or None where any of it is something else."""
    words = split_words(text)
    while words and words[-1].text in _TAIL:
        words = words[:-1]
    said = " ".join(f"{', ' if word.comma else ''}{word.raw}" for word in words)
    if time := phrase(words, 0, *_TO_TIME):
        said = "leaving at " + " ".join(word.raw for word in words[time:])
    elif at(words, 0) not in _LEADS:
        return None
    wish = read_wish(f"visit {said}", school, asker, now)
    if wish is None or wish.unread or "place" in wish.values or not (wish.values or wish.back):
        return None
    return None if any(doubt.field == "place" for doubt in wish.doubts) else wish


def read_swap(text: str, people: Sequence[Person]) -> tuple[Person, Person] | None:
    """Who no longer comes, and who does: ``not Sam, Bo instead``, ``Bo instead of Sam``. None where
    either could be somebody else.
    """
    plain = " ".join(text.split()).strip(" .!")
    for pattern in _SWAPS:
        if found := pattern.fullmatch(plain):
            off, on = who_is(found["off"], people).one, who_is(found["on"], people).one
            return (off, on) if off and on and off != on else None
    return None


def reads_as_prose(text: str) -> bool:
    """Whether words may be taken as an answer: no time, no question, no word that steers."""
    words = split_words(text)
    steers = bool(_NOT_PROSE & {at(words, 0), at(words, 1)}) or "?" in text
    return not steers and not any(any(ch.isdigit() for ch in word.text) for word in words)
