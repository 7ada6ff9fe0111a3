"""When two addresses are the same one written twice; and two families.

An address is taken apart into its street (number, flat and road), its town and its postcode. What
one of two people leaves out contradicts nothing: ``14 Oak Road`` is ``14, oak rd., Coventry CV1
2AB``. What both say must be the same. Pure text to pure text: whoever keeps such forms keeps hashes
of them (P8). None of it is a proof of anything: an address that is misspelt is another one.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_WORD = re.compile(r"[a-z0-9]+")
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt|unit|room)\s*(?:no\s+|number\s+)?([a-z]?\d+[a-z]?|[a-z])\b"
)
_ROADS = {
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "cr": "crescent",
    "pl": "place",
    "sq": "square",
    "gdns": "gardens",
    "gdn": "garden",
    "gr": "grove",
    "gro": "grove",
    "ter": "terrace",
    "terr": "terrace",
    "pk": "park",
    "wy": "way",
    "wlk": "walk",
    "hts": "heights",
    "bldgs": "buildings",
    "hse": "house",
    "cott": "cottage",
}
_OTHERS = {"nth": "north", "sth": "south", "mt": "mount", "gt": "great", "no": ""}
_STREETS = frozenset(_ROADS.values()) - {"house", "cottage", "buildings", "park", "place"} | {
    "street",
    "hill",
    "mews",
    "green",
    "row",
    "rise",
    "view",
    "parade",
}
_FAMILY = frozenset(
    {"the", "family", "families", "household", "mr", "mrs", "ms", "miss", "dr", "and"}
)
_LEFT_OUT, _ANY = "-", "*"


def written(address: str) -> frozenset[str]:
    """The forms under which an address is kept: each part as it is or, where there is one, open."""
    street, *rest = _parts(address)
    choices = [(part, _ANY) if part else (_LEFT_OUT,) for part in rest]
    return _forms(street, choices) | _by_number(street, rest[1])


def sought(address: str) -> frozenset[str]:
    """The forms under which the same address may have been kept: each part the same, or left out;
    where this one leaves it out, whatever it was.
    """
    street, *rest = _parts(address)
    choices = [(part or _ANY, _LEFT_OUT) for part in rest]
    return _forms(street, choices) | _by_number(street, rest[1])


def family(name: str) -> str:
    """A family or pupil, however the name is turned: ``Example, Robin`` is ``robin example``."""
    words = [word for word in _words(name) if word not in _FAMILY]
    return " ".join(sorted(words))


def _forms(street: str, choices: Sequence[tuple[str, ...]]) -> frozenset[str]:
    if not any(word.isalpha() and word != "flat" and len(word) > 1 for word in street.split()):
        return frozenset()  # a number alone is everywhere
    return frozenset("|".join((street, *each)) for each in product(*choices))


def _by_number(street: str, code: str) -> frozenset[str]:
    """The numbers and the postcode alone find a home, however its road is spelt."""
    numbers = [word for word in street.split() if word[0].isdigit()]
    return frozenset([" ".join((*numbers, code))] if numbers and code else ())


def _parts(address: str) -> tuple[str, str, str]:
    """Street, town, postcode."""
    text = _plain(address)
    code = "".join(found.groups()) if (found := _POSTCODE.search(text)) else ""
    text = _POSTCODE.sub(" ", text)
    flats = " ".join(f"flat {which}" for which in _FLAT.findall(text))
    lines = _number_with_road(_FLAT.sub(" ", text).split(","))
    street: list[str] = []
    while lines:
        line = lines.pop(0)
        end = _end_of_street(line)
        street += line[:end]
        if end < len(line):
            lines.insert(0, line[end:])
        if any(word[0].isdigit() for word in line[:end]):
            break
    town = " ".join(word for line in lines for word in line)
    return " ".join(filter(None, (flats, *street))), town, code


def _number_with_road(lines: list[str]) -> list[list[str]]:
    """The words of each line; ``14, Oak Road`` has one."""
    found: list[list[str]] = []
    for words in filter(None, map(_road, lines)):
        if found and len(found[-1]) == 1 and found[-1][0][0].isdigit():
            found[-1] = [*found[-1], *words]
        else:
            found.append(words)
    return found


def _end_of_street(words: list[str]) -> int:
    """Up to where a line is the street: after ``14 oak road`` comes the town."""
    number = next((i for i, word in enumerate(words) if word[0].isdigit()), None)
    if number is None:
        return len(words)
    for i, word in enumerate(words[number + 2 :], number + 2):
        if word in _STREETS and words[i + 1 : i + 2] not in ([one] for one in _STREETS):
            return i + 1
    return len(words)


def _road(line: str) -> list[str]:
    """A line's words, with what people shorten written out."""
    found = _WORD.findall(line)
    words: list[str] = []
    for i, word in enumerate(found):
        if word == "st":  # Saint before a name, Street after one
            named = words and not words[-1][0].isdigit()
            words.append("street" if named else "saint")
        else:
            full = _ROADS.get(word) if i else None
            words.append(_OTHERS.get(word, word) if full is None else full)
    return [word for word in words if word]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text))


def _plain(text: str) -> str:
    """Small letters without accents, apostrophes or full stops inside words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return re.sub(r"['’`.]", "", bare).replace("\n", ",").replace(";", ",")
