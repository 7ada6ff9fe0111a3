"""What a whole message means: a press, more time, a new return, or something about one visit.

Misreading towards help is the safe side; towards OK or back, never: those are the whole phrases of
``plain_words`` and nothing else (S4).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.moments import write_moment
from bot.domain.plain_words import stands_plainly, understand
from bot.domain.reading.concern import read_concern
from bot.domain.reading.lengths import HOURS, MINUTES, read_length
from bot.domain.reading.when import Here, Unsure, read_when
from bot.domain.reading.words import MOST_WORDS, Words, at, bag, number, phrase, split_words

_FILLER = bag(
    "i i'm im i'll ill we we're we'll well it it's it'll will be need can could may have give me",
    "us a an about probably please going to just sorry",
)
_MORE = frozenset({"more", "another", "extra", "longer", "further", "late", "need", "running"})
_UNTIL = ("until", "till", "til")
_RETURN = frozenset({"back", "returning", "return"})
_RETURN_FILLER = _FILLER | frozenset({"should", "now", "expect", "expected", "new", "due", "make"})
_POLITE = bag("please pls plz thanks thank thx you ta sorry cheers now instead")
_CLOCK = re.compile(r"(?<=\d):(?=\d)")
_REFERENCE = re.compile(r"v-?(\d{1,7})")
_ABOUT_ONE: Mapping[str, str] = {
    "": "show",
    "show": "show",
    "open": "show",
    "see": "show",
    "approve": "approve",
    "approved": "approve",
    "i approve": "approve",
    "yes to": "approve",
    "approving": "approve",
    "approve if": "approve_if",
    "decline": "decline",
    "reject": "decline",
    "refuse": "decline",
    "ask for changes": "ask_for_changes",
    "ask for changes to": "ask_for_changes",
    "changes to": "ask_for_changes",
    "withdraw": "withdraw",
    "withdraw approval": "withdraw",
    "withdraw approval of": "withdraw",
    "cancel": "cancel",
    "change": "change_plan",
    "record the appointment for": "appointment",
    "record appointment for": "appointment",
    "appointment for": "appointment",
    "appointment": "appointment",
    "hand over": "hand_over",
    "take over": "hand_over",
    "can't come on": "drop_out",
    "i can't come on": "drop_out",
    "i can't come to": "drop_out",
    "leaving": "leave",
    "leaving on": "leave",
    "leaving now": "leave",
    "on it": "on_it",
    "i'm on it": "on_it",
    "im on it": "on_it",
    "not over": "not_over",
    "is not over": "not_over",
    "isn't over": "not_over",
    "call back": "call_back",
    "call them back": "call_back",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """An action; ``values`` as its form takes them; ``reference`` of the visit, where one is named;
    ``unsure`` where the time could be two.
    """

    action: str
    values: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    unsure: Unsure | None = None


def read_saying(text: str, now: datetime, zone: ZoneInfo) -> Meant | None:
    """What a whole message means, or None."""
    action = understand(text)
    if action:
        return Meant(action)
    if concern := read_concern(text):
        return Meant("concern", {"words": concern})
    words = split_words(text)
    if not 0 < len(words) < MOST_WORDS or len(text) > 200:
        return None
    found = _about_one(words)
    if found or not _asks_politely(text, words):
        return found
    here = Here(now, zone)
    return _more(words) or _until(words, here) or _return(words, here)


def _asks_politely(text: str, words: Words) -> bool:
    """Plain, or the one question that asks for something: ``can I have 20 more minutes?``"""
    text = _CLOCK.sub("", text)
    if at(words, 0) in {"can", "could", "may"} and at(words, 1) in {"i", "we"}:
        return stands_plainly(text.rstrip(" ?"))
    return stands_plainly(text)


def _about_one(words: Words) -> Meant | None:
    rest = [w.text for w in words if w.text not in {"visit", "please", "the"}]
    for i, word in enumerate(rest):
        whole = f"{word}{rest[i + 1]}" if word == "v" and i + 1 < len(rest) else word
        if named := _REFERENCE.fullmatch(whole):
            others = rest[:i] + rest[i + (2 if whole != word else 1) :]
            action = _ABOUT_ONE.get(" ".join(others))
            return Meant(action, reference=f"V-{named[1]}") if action else None
    return None


def _more(words: Words) -> Meant | None:
    """``20 more minutes``, ``I need another half hour``, ``running 20 minutes late``."""
    i, more = 0, False
    while at(words, i) in _FILLER | _MORE and not read_length(words, i):
        more |= at(words, i) in _MORE
        i += 1
    if at(words, i) == "by" and more:
        i += 1
    count = number(words, i)
    unit = at(words, count[1] + 1) if count else ""
    if count and at(words, count[1]) in {"more", "extra"} and unit in MINUTES | HOURS:
        minutes, i, more = count[0] * (60 if unit in HOURS else 1), count[1] + 2, True
    elif length := read_length(words, i):
        minutes, i = int(length[0].total_seconds()) // 60, length[1]
    else:
        return None
    while i < len(words) and at(words, i) in _POLITE | _MORE:
        more |= at(words, i) in _MORE
        i += 1
    if not more or i < len(words) or not minutes:
        return None
    return Meant("more_time", {"minutes": str(minutes)})


def _until(words: Words, here: Here) -> Meant | None:
    """``until 3.15``, ``I need until 3``."""
    i = 0
    while at(words, i) in _FILLER | {"need", "more", "time"}:
        i += 1
    start = phrase(words, i, *_UNTIL)
    return _new_return(words, start, here) if start else None


def _return(words: Words, here: Here) -> Meant | None:
    """``back at 3.15``, ``back in 20 minutes``: a new return, earlier ones too."""
    i, back = 0, False
    while at(words, i) in _RETURN_FILLER | _RETURN:
        if at(words, i) in {"to", "now"} and back:
            break
        back |= at(words, i) in _RETURN
        i += 1
    start = phrase(words, i, "at school at", "at school by", "in school at", "in school by")
    start = start or phrase(words, i, "at", "by", "around", "about") or i
    start = phrase(words, start, "about", "around") or start
    said = start > i or at(words, i) == "in" or any(c in ".:" for c in at(words, i)[1:-1])
    return _new_return(words, start, here) if back and said else None


def _new_return(words: Words, start: int, here: Here) -> Meant | None:
    found = read_when(words, start, here)
    if found is None:
        return None
    when, end = found
    while end < len(words) and at(words, end) in _POLITE:
        end += 1
    if end < len(words):
        return None
    if isinstance(when, Unsure):
        return Meant("more_time", unsure=when)
    return Meant("more_time", {"until": write_moment(when, here.zone)})


def perhaps(text: str, now: datetime, zone: ZoneInfo) -> tuple[str, Mapping[str, str]] | None:
    """More time that may have been meant, to be offered and not taken: a label, and its values.

    ``20 minutes`` alone may be anything; ``back in 10`` leaves out what of.
    """
    words = split_words(text[:60])
    length = read_length(words, 0)
    if length and length[1] == len(words):
        minutes = int(length[0].total_seconds()) // 60
        return f"{minutes} more minutes", {"minutes": str(minutes)}
    start = phrase(words, 0, "back in", "be back in", "i'll be back in", "ill be back in")
    count = number(words, start) if start else None
    if count and count[1] == len(words) and 0 < count[0] <= 120:
        until = now + timedelta(minutes=count[0])
        label = f"Back at {until.astimezone(zone):%H:%M}"
        return label, {"until": write_moment(until, zone)}
    return None
