"""What differs between two good school files, by key, for the log: never a value, never an id.

People are told apart by their id, and only counted: an id is often somebody's name (P7).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Kept = tuple[str, str | None]
"""What ``seal_out`` gave; the sealed part None where it can't be decrypted."""


def changed_keys(before: Kept, after: Kept) -> tuple[str, ...]:
    """The keys that differ, sorted: ``people.phone``, ``people (1 more)``, ``school.name``."""
    try:
        old, new = _parts(before), _parts(after)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ("everything",)
    found = {*_differ("", old, new), *_people(old["people"], new["people"])}
    return tuple(sorted(found - {"people"}))


def _parts(kept: Kept) -> dict[str, Any]:
    """The school's tables, the policy's beside them, the sealed parts back with their people."""
    stored = json.loads(kept[0])
    sealed: Mapping[str, Mapping[str, object]] = json.loads(kept[1]) if kept[1] else {}
    school = stored["school"]
    people = {p["id"]: {**p, **sealed.get(p["id"], {})} for p in school["people"]}
    return {**school, "people": people, "named policy": stored["policy"]}


def _differ(path: str, old: object, new: object) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict) and path != "people":
        for key in {**old, **new}:
            yield from _differ(f"{path}.{key}".lstrip("."), old.get(key), new.get(key))
    elif old != new:
        yield path


def _people(old: Mapping[str, Mapping[str, object]], new: Mapping[str, Any]) -> Iterator[str]:
    if more := len(new.keys() - old.keys()):
        yield f"people ({more} more)"
    if fewer := len(old.keys() - new.keys()):
        yield f"people ({fewer} fewer)"
    for person in old.keys() & new.keys():
        for key in {**old[person], **new[person]}:
            if old[person].get(key) != new[person].get(key):
                yield f"people.{key}"
