"""Whom somebody means by a name. A name that fits several people is for asking, and so is one that
only nearly fits: nobody is taken along by mistake.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from bot.domain.school import Person

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam"})
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Called:
    """``fits`` is whoever is called so; where nobody is, ``near`` are those nearly called so."""

    name: str
    fits: tuple[Person, ...]
    near: tuple[Person, ...] = ()

    @property
    def one(self) -> Person | None:
        """The one person meant, where there is no doubt."""
        return self.fits[0] if len(self.fits) == 1 else None


def addressed(name: str) -> str:
    """How somebody is greeted: ``Ana``, but ``Mrs Shah``."""
    words = name.split()
    if words and words[0].casefold().strip(".") in _TITLES:
        return " ".join(dict.fromkeys((words[0], words[-1])))
    return words[0] if words else ""


def who_is(name: str, people: Iterable[Person]) -> Called:
    """Look a name up: whole, then without a title, then a first or last name."""
    everybody = tuple(people)
    wanted = " ".join(name.casefold().split())[:LONGEST_NAME].strip(" .")
    for matches in (_whole, _untitled, _in_part):
        if fits := tuple(p for p in everybody if wanted and matches(wanted, p)):
            return Called(name, fits)
    known = {part: p for p in everybody for part in (*_parts(p.name), p.name.casefold())}
    close = get_close_matches(wanted, known, n=3, cutoff=0.7) if len(wanted) > 2 else []
    return Called(name, (), tuple({known[each].id: known[each] for each in close}.values()))


def _whole(wanted: str, person: Person) -> bool:
    return wanted == " ".join(person.name.casefold().split())


def _untitled(wanted: str, person: Person) -> bool:
    return " ".join(_parts(wanted)) == " ".join(_parts(person.name)) != ""


def _in_part(wanted: str, person: Person) -> bool:
    parts = _parts(wanted)
    return len(parts) == 1 and parts[0] in _parts(person.name)


def _parts(name: str) -> list[str]:
    return [p for p in name.casefold().replace(".", " ").split() if p not in _TITLES]
