"""Who goes along, and who stands by, in a line."""

from bot.domain.namesakes import told_apart
from bot.domain.reading.marks import ABOUT, BACK, BACKUP, CONTACT, WITH, leads_to_time, strong_time
from bot.domain.reading.names import Called, who_is
from bot.domain.reading.wish.about import kind_at
from bot.domain.reading.wish.line import Doubt, Line
from bot.domain.reading.words import Words, at, phrase
from bot.domain.school import Person, School

_AND = frozenset({"and", "&", "+", "plus"})


def take_people(line: Line) -> bool:
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


def _names(line: Line, i: int, name: str) -> tuple[list[str], int]:
    """Names until something else begins; after a comma only names that somebody has."""
    ids: list[str] = []
    words, first = line.words, i
    while i < len(words):
        end = i + 1
        while end < len(words) and end - i < 6 and not ends_name(words, end):
            end += 1
        called = who_is(" ".join(w.raw.rstrip(".") for w in words[i:end]), line.school.people)
        if words[i].comma and i > first and not called.fits:
            return ids, i
        _take_name(line, called, name, ids)
        i = end
        if at(words, i) in _AND and i + 1 < len(words):
            i += 1
        elif not (i < len(words) and words[i].comma):
            break
    return ids, i


def ends_name(words: Words, i: int) -> bool:
    """Whether a name, or an address, can go on here no longer."""
    return (
        words[i].comma
        or at(words, i) in _AND
        or leads_to_time(words, i) > i
        or strong_time(words, i)
        or bool(phrase(words, i, "for", *WITH, *BACK, *ABOUT, *CONTACT, *BACKUP))
        or bool(kind_at(words, i)[0])
    )


def _take_name(line: Line, called: Called, name: str, ids: list[str]) -> None:
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
