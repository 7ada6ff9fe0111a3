"""A plan corrected in a few words: ``leaving at 23:15``, ``with Bea as well``, ``not Sam, Bea``.

Only what is read whole, and by the word that leads it, is a correction. Companions are added, never
taken off: whoever no longer comes is named on the form.
"""

from datetime import datetime

from bot.domain.reading.wish import Wish, read_wish
from bot.domain.reading.words import at, bag, phrase, split_words
from bot.domain.school import School

_LEADS = bag(
    "leaving leave back return returning until till with alone who contact backup risks: purpose:"
)
_TO_TIME = ("change the time to", "change time to", "new time", "make it", "change it to", "time")
_TAIL = bag("as well too instead please also pls now")
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


def reads_as_prose(text: str) -> bool:
    """Whether words may be taken as an answer: no time, no question, no word that steers."""
    words = split_words(text)
    steers = bool(_NOT_PROSE & {at(words, 0), at(words, 1)}) or "?" in text
    return not steers and not any(any(ch.isdigit() for ch in word.text) for word in words)
