"""A visit asked for in one line: ``visit 14 Oak Road at 2pm for 45 min with Sam, attendance``.

It fills in the request for its sender to look at; nothing is sent, and nothing guessed: what could
mean two things is a ``Doubt``, what has no place is handed back as ``unread``.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.moments import write_moment
from bot.domain.namesakes import told_apart
from bot.domain.plan import KINDS
from bot.domain.reading.lengths import read_length
from bot.domain.reading.marks import (
    ABOUT,
    BACK,
    BACKUP,
    CONTACT,
    OPENING,
    WITH,
    bare_time_ends_well,
    leads_to_time,
    strong_time,
)
from bot.domain.reading.names import Called, who_is
from bot.domain.reading.place import WRONG_TIME, is_an_address
from bot.domain.reading.when import Here, Unsure, read_when
from bot.domain.reading.words import Words, at, bag, phrase, split_words
from bot.domain.school import Person, School

_TOLD = bag("is was are has had will went isn't wasn't over done finished cancelled off")
"""After ``visit``, these tell of one and ask for none."""
_AND = frozenset({"and", "&", "+", "plus"})
_NO = frozenset({"not", "no", "isn't"})
_WORK = bag("officer officers team teams service services worker workers lead adviser advisor")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to be asked: which field, why, and what it could be (value, label)."""

    field: str
    why: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What was understood, by the request's field names; what is doubtful; what wasn't understood.

    ``back`` is the return as written, where it can only be read once the leaving is known.
    ``plain`` says that it reads like a request whoever wrote it: it has an address with a number.
    """

    values: dict[str, str]
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[str, ...] = ()
    back: str = ""
    plain: bool = False


@dataclass(slots=True)
class _Line:
    """The reading in the making. ``i`` is where it has got to."""

    words: Words
    school: School
    asker: str
    here: Here
    i: int = 0
    place: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    leaving: datetime | None = None
    back: tuple[int, int] = (0, 0)
    length: tuple[int, int] = (0, 0)
    marked: bool = False

    def said(self, span: tuple[int, int]) -> str:
        """Some words as typed."""
        return " ".join(word.raw for word in self.words[span[0] : span[1]])


def read_wish(text: str, school: School, asker: str, now: datetime) -> Wish | None:
    """The request in this line, or None where it is none."""
    words = split_words(text)
    start = _after_opening(words)
    if not start or start >= len(words) or at(words, start) in _TOLD:
        return None
    line = _Line(words, school, asker, Here(now, school.zone), start)
    to = bool(phrase(words, start, "to", "at")) and not strong_time(words, start + 1)
    if to and bare_time_ends_well(words, start + 1):
        to = False
    line.i += to
    while line.i < len(words):
        if not any(step(line) for step in _STEPS):
            _left_over(line)
    back = _returning(line)
    place = " ".join(line.place).replace(" ,", ",")
    has_number = any(ch.isdigit() for ch in place)
    if place and is_an_address(place):
        line.values["place"] = place
    elif place:
        why = "Is this the address? The office sees it: please leave out whom you visit."
        line.doubts.append(Doubt("place", why, ((place, place[:60]),)))
    if not (line.marked or has_number or to):
        return None
    return Wish(
        line.values, tuple(line.doubts), tuple(line.unread), back, has_number and line.marked
    )


def _after_opening(words: Words) -> int:
    """Where the request goes on after its ``visit``; 0 where it has none."""
    for i in range(min(10, len(words))):
        if at(words, i) in {"visit", "visiting"}:
            return i + 1
        if at(words, i) not in OPENING:
            return 0
    return 0


def _back(line: _Line) -> bool:
    """``until 3.15``, ``back at 3``, and the ``to 3`` after a time."""
    end = phrase(line.words, line.i, *BACK)
    if not end and line.leaving and at(line.words, line.i) in {"to", "-", "–"}:
        after = line.i + 1
        end = after if bare_time_ends_well(line.words, after) else 0
    found = read_when(line.words, end, line.here) if end else None
    if found is None:
        return False
    line.back, line.i, line.marked = (end, found[1]), found[1], True
    return True


def _length(line: _Line) -> bool:
    start = line.i + 1 if at(line.words, line.i) == "for" else line.i
    length = read_length(line.words, start)
    if length is None or (start == line.i and not (line.place or line.leaving)):
        return False
    line.length = (start, length[1])
    line.i, line.marked = length[1], True
    return True


def _leaving(line: _Line) -> bool:
    start = leads_to_time(line.words, line.i)
    led = start > line.i
    if not strong_time(line.words, start) and not (led and bare_time_ends_well(line.words, start)):
        return False
    found = read_when(line.words, start, line.here)
    if found is None:
        return False
    when, line.i = found
    line.marked = True
    if isinstance(when, Unsure):
        line.doubts.append(_time_doubt("leaving_at", when, line.school))
    elif line.leaving and line.leaving != when:
        both = Unsure("There are two times. Which do you leave at?", (line.leaving, when))
        line.doubts.append(_time_doubt("leaving_at", both, line.school))
    else:
        line.leaving = when
    return True


def _returning(line: _Line) -> str:
    """The leaving and the return as the form takes them. A return is read after the leaving; until
    that is known, it is given back as written.
    """
    zone = line.school.zone
    said = line.back if line.back[1] else line.length
    doubtful = any(doubt.field == "leaving_at" for doubt in line.doubts)
    if line.leaving is None or doubtful:
        return line.said(said)
    line.values["leaving_at"] = write_moment(line.leaving, zone)
    if not said[1]:
        return ""
    if line.back[1]:
        found = read_when(line.words, said[0], Here(line.leaving, zone, line.here.now))
        back = found[0] if found else line.leaving
    else:
        length = read_length(line.words, said[0])
        back = line.leaving + (length[0] if length else timedelta())
    if isinstance(back, Unsure):
        line.doubts.append(_time_doubt("return_at", back, line.school))
    else:
        line.values["return_at"] = write_moment(back, zone)
    return ""


def _time_doubt(name: str, unsure: Unsure, school: School) -> Doubt:
    return Doubt(name, unsure.why, time_options(unsure, school))


def time_options(unsure: Unsure, school: School) -> tuple[tuple[str, str], ...]:
    """Each moment that could be meant, as a form's value and as people read it."""
    local = [school.local(moment) for moment in unsure.options]
    return tuple(
        (write_moment(moment, school.zone), f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}")
        for moment in local
    )


def _people(line: _Line) -> bool:
    """``with Sam and Bo``; ``contact Pat``."""
    if alone := phrase(line.words, line.i, "alone", "on my own", "by myself"):
        line.i, line.marked = alone, True
        return True
    marks = {"companions": WITH, "contact": CONTACT, "backup": BACKUP}
    found = ((name, phrase(line.words, line.i, *words)) for name, words in marks.items())
    name, start = next(((name, start) for name, start in found if start), ("", None))
    if not start or start >= len(line.words):
        return False
    ids, line.i = _names(line, start, name)
    if name == "companions" and ids:
        before = [p for p in line.values.get("companions", "").split(",") if p]
        line.values["companions"] = ",".join(dict.fromkeys((*before, *ids)))
    elif ids:
        line.values[name] = ids[0]
    line.marked = True
    return True


def _names(line: _Line, i: int, name: str) -> tuple[list[str], int]:
    """Names until something else begins; after a comma only names that somebody has."""
    ids: list[str] = []
    words, first = line.words, i
    while i < len(words):
        end = i + 1
        while end < len(words) and end - i < 6 and not _ends_name(words, end):
            end += 1
        called = who_is(" ".join(w.raw.rstrip(".") for w in words[i:end]), line.school.people)
        if words[i].comma and i > first and not called.fits:
            return ids, i
        _take(line, called, name, ids)
        i = end
        if at(words, i) in _AND and i + 1 < len(words):
            i += 1
        elif not (i < len(words) and words[i].comma):
            break
    return ids, i


def _ends_name(words: Words, i: int) -> bool:
    return (
        words[i].comma
        or at(words, i) in _AND
        or leads_to_time(words, i) > i
        or strong_time(words, i)
        or bool(phrase(words, i, "for", *WITH, *BACK, *ABOUT, *CONTACT, *BACKUP))
        or bool(_kind_at(words, i)[0])
    )


def _take(line: _Line, called: Called, name: str, ids: list[str]) -> None:
    person = called.one
    if person and person.id == line.asker:
        why = "You are going anyway: choose who goes with you."
        line.doubts.append(Doubt(name, why))
    elif person:
        ids.append(person.id)
    else:
        line.doubts.append(name_doubt(name, called, line.school))


def name_doubt(name: str, called: Called, school: School) -> Doubt:
    """Which of several people, or who at all."""
    shown = called.name[:60]
    if called.fits:
        return Doubt(name, f"Which {shown} do you mean?", _as_options(called.fits, school))
    return Doubt(name, f"I know nobody called {shown}.", _as_options(called.near, school))


def _as_options(people: tuple[Person, ...], school: School) -> tuple[tuple[str, str], ...]:
    return told_apart(((person.id, person.name) for person in people), school)


def _kind_at(words: Words, i: int) -> tuple[str, int]:
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


def _kind(line: _Line) -> bool:
    """A kind of visit, where it can't be part of an address."""
    led = phrase(line.words, line.i, "for", "re", "about", "kind")
    kind, end = _kind_at(line.words, led or line.i)
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


def _purpose(line: _Line) -> bool:
    """``because ...``, ``to talk about ...``: the rest of it, as typed."""
    start = phrase(line.words, line.i, *ABOUT)
    if not start or start >= len(line.words):
        return False
    end = start + 1
    while end < len(line.words) and not line.words[end].comma:
        end += 1
    said = " ".join(word.raw for word in line.words[start:end])
    line.values["purpose"] = said[:1].upper() + said[1:]
    line.i, line.marked = end, True
    return True


def _risks(line: _Line) -> bool:
    """``risks: a dog``, up to a comma."""
    start = phrase(line.words, line.i, "risks:", "risk:", "known risks:")
    if not start or start >= len(line.words):
        return False
    end = start + 1
    while end < len(line.words) and not line.words[end].comma:
        end += 1
    line.values["risks"] = line.said((start, end))
    line.i, line.marked = end, True
    return True


_STEPS = (_back, _length, _leaving, _people, _kind, _purpose, _risks)


def _left_over(line: _Line) -> None:
    """Part of the address until something else was said; after that, not understood."""
    word = line.words[line.i]
    if _no_such_time(line):
        return
    if not line.marked:
        line.place.append(f", {word.raw}" if word.comma and line.place else word.raw)
    elif not line.place and at(line.words, line.i) in {"to", "at"}:
        line.marked, line.i = False, line.i + 1
        _rest_is_place(line)
        return
    elif at(line.words, line.i) not in {"please", "thanks", "and", "we", "i", "leaving"}:
        line.unread.append(word.raw)
    line.i += 1


def _no_such_time(line: _Line) -> bool:
    """``on 31 February``, ``at 25:00``, ``yesterday``: written as a time, and none."""
    led = leads_to_time(line.words, line.i)
    said = " ".join(word.text for word in line.words[led : led + 2])
    wrong = WRONG_TIME.match(f"{said} ")
    if wrong is None:
        return False
    end = led + len(wrong[0].split())
    shown = line.said((led, end))
    line.doubts.append(Doubt("leaving_at", f"I can't read {shown!r} as a time.".replace("'", "")))
    line.i, line.marked = end, True
    return True


def _rest_is_place(line: _Line) -> None:
    """``visit at 2pm to 14 Oak Road``: the address comes after the time."""
    while line.i < len(line.words) and not (
        line.place and _ends_name(line.words, line.i) and not line.words[line.i].comma
    ):
        line.place.append(line.words[line.i].raw)
        line.i += 1
    line.marked = True
