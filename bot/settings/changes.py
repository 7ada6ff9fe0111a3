"""What differs between two good school files: by key alone for the log, and with what it was and is
for the audit, where it is sealed.

For the log, people are told apart by their id and only counted: an id is often somebody's name
(P7). The audit names them, and what they may do; what is their own (phones, absences, ...) has
changed, and that is all that it says.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.school_events import Change

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


def changes(before: Kept | None, after: Kept) -> tuple[Change, ...]:
    """Every key that differs, sorted: what it was, and is."""
    if before is None:
        return (Change("school file", "", "read for the first time"),)
    try:
        old, new = _parts(before), _parts(after)
    except (ValueError, LookupError, TypeError, AttributeError):
        return (Change("everything"),)
    found = [*_values("", old, new), *_about_people(old["people"], new["people"])]
    return tuple(sorted(found, key=lambda change: change.key))


def _values(path: str, old: object, new: object) -> Iterator[Change]:
    if path == "people" or old == new:
        return
    tables = [each for each in (old, new) if isinstance(each, dict)]
    if tables and all(each is None or isinstance(each, dict) for each in (old, new)):
        for key in {key: None for each in tables for key in each}:
            was, now = (each.get(key) if isinstance(each, dict) else None for each in (old, new))
            yield from _values(f"{path}.{key}".lstrip("."), was, now)
    else:
        known = () if path in _THEIR_OWN else (_said(old), _said(new))
        yield Change(path, *known)


def _about_people(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for person in sorted({*old, *new}):
        was, now = old.get(person), new.get(person)
        if was is None or now is None:
            yield Change(f"people.{person}", "" if was is None else "there", "there" if now else "")
            continue
        for key in {**was, **now}:
            if was.get(key) != now.get(key):
                values = (_said(was.get(key)), _said(now.get(key))) if key in _OFFICES else ()
                yield Change(f"people.{person}.{key}", *values)


def _said(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


_THEIR_OWN = frozenset({"away"})
_OFFICES = frozenset({"roles", "leader"})
"""Of a person, what they may do is said; the rest is theirs."""


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
