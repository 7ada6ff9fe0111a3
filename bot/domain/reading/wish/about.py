"""The kind of visit, its purpose and its risks, in a line."""

from bot.domain.plan import KINDS
from bot.domain.reading.marks import ABOUT
from bot.domain.reading.wish.line import Doubt, Line
from bot.domain.reading.words import Words, at, bag, phrase

_NO = frozenset({"not", "no", "isn't"})


_WORK = bag("officer officers team teams service services worker workers lead adviser advisor")


def kind_at(words: Words, i: int) -> tuple[str, int]:
    """The kind of visit that stands here, or nothing; and where it goes on."""
    if at(words, i - 1) in _NO or _is_a_title(words, i):
        return "", i
    for kind in KINDS:
        if end := phrase(words, i, kind.casefold()):
            return kind, end
    if end := phrase(words, i, "extended leave"):
        return "Extended leave abroad", end
    return "", i


def _is_a_title(words: Words, i: int) -> bool:
    """``Education Welfare Officer``: somebody's work, and no kind of visit."""
    return at(words, i - 1) == "education" or at(words, i + 1) in _WORK


def take_kind(line: Line) -> bool:
    """A kind of visit, where it can't be part of an address."""
    led = phrase(line.words, line.i, "for", "re", "about", "kind")
    kind, end = kind_at(line.words, led or line.i)
    free = line.words[line.i].comma or line.marked or bool(led)
    if not kind or not free:
        return False
    before = line.values.get("kind", kind)
    if before != kind:
        both = tuple((each, each) for each in (before, kind))
        line.doubts.append(Doubt("kind", "There are two. Which do you mean?", both))
    line.values["kind"] = kind
    line.i, line.marked = end, True
    return True


def take_purpose(line: Line) -> bool:
    """``because ...``, ``to talk about ...``: as typed, up to a comma."""
    start = phrase(line.words, line.i, *ABOUT)
    if not start or start >= len(line.words):
        return False
    end = _to_comma(line.words, start)
    said = line.said((start, end))
    line.values["purpose"] = said[:1].upper() + said[1:]
    line.i, line.marked = end, True
    return True


def take_risks(line: Line) -> bool:
    """``risks: a dog``, likewise."""
    start = phrase(line.words, line.i, "risks:", "risk:", "known risks:")
    if not start or start >= len(line.words):
        return False
    end = _to_comma(line.words, start)
    line.values["risks"] = line.said((start, end))
    line.i, line.marked = end, True
    return True


def _to_comma(words: Words, start: int) -> int:
    """Where what was begun here ends: at the next comma, or with the line."""
    return next((i for i in range(start + 1, len(words)) if words[i].comma), len(words))
