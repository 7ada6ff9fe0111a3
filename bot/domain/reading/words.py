"""A message as words: lower case, without the punctuation around them, and where commas stood.

It knows numbers, and nothing else of what words mean. However long a message is, only its beginning
is read, one word at a time.
"""

import re
from dataclasses import dataclass

MOST_WORDS = 120
_RANGE = re.compile(r"(\d{1,4}(?:[:.]\d\d)?(?:am|pm)?)[-–—](\d{1,4}(?:[:.]\d\d)?(?:am|pm)?)")
_AROUND = ".!?()[]{}\"“”'’‘`*_…"
_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60}
_TENS |= {"ninety": 90}


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` is for comparing, ``raw`` as typed; ``comma`` says that a comma stood before it."""

    text: str
    raw: str
    comma: bool = False


Words = tuple[Word, ...]


def split_words(text: str) -> Words:
    """Give the first words of a message."""
    words: list[Word] = []
    comma = False
    for piece in text[: MOST_WORDS * 40].split(None, MOST_WORDS)[:MOST_WORDS]:
        for part in re.split(r"([,;])", piece):
            if part in {",", ";"}:
                comma = True
            elif part:
                found = _parts(part)
                words += [Word(text, raw, comma and not i) for i, (text, raw) in enumerate(found)]
                comma = comma and not found
    return tuple(words)


def _parts(part: str) -> list[tuple[str, str]]:
    plain = part.casefold().strip(_AROUND).replace("’", "'")
    if len(plain) > 2 and plain.startswith("w/"):
        return [("w/", "w/"), *_parts(part[part.index("/") + 1 :])]
    if len(plain) > 1 and plain[0] == "@" and plain[1].isdigit():
        return [("at", "at"), (plain[1:], part.strip(_AROUND)[1:])]
    if between := _RANGE.fullmatch(plain):
        return [(between[1], between[1]), ("to", "to"), (between[2], between[2])]
    return [(plain, part.strip('()[]{}"“”…!?'))] if plain else []


def at(words: Words, i: int) -> str:
    """The word in this place, or an empty one past the end."""
    return words[i].text if 0 <= i < len(words) else ""


def phrase(words: Words, i: int, *alternatives: str) -> int:
    """Where the first of these phrases that stands here ends; 0 where none does."""
    for alternative in alternatives:
        parts = alternative.split()
        if all(at(words, i + n) == part for n, part in enumerate(parts)):
            return i + len(parts)
    return 0


def number(words: Words, i: int) -> tuple[int, int] | None:
    """A whole number in figures or in words, and where it ends."""
    word = at(words, i)
    if word.isascii() and word.isdecimal() and len(word) <= 3:
        return int(word), i + 1
    if word in _UNITS:
        return _UNITS[word], i + 1
    tens, dash, unit = word.partition("-")
    if tens not in _TENS:
        return None
    if dash:
        return (_TENS[tens] + _UNITS[unit], i + 1) if _UNITS.get(unit, 10) < 10 else None
    following = _UNITS.get(at(words, i + 1), 10)
    if following < 10:
        return _TENS[tens] + following, i + 2
    return _TENS[tens], i + 1


def bag(*lines: str) -> frozenset[str]:
    """Words to look others up in, written with spaces between them."""
    return frozenset(word for line in lines for word in line.split())
