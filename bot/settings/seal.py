"""The school file as it is kept in the database (S15): one part readable without a key, one sealed.

The readable part holds the policy's file too: what is kept must not depend on a file that may be
broken by the time it is needed. Comments of the files are not kept.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

from bot.settings.mistakes import SCHOOL_FILE, BadSettings, Mistake, Notes
from bot.settings.school_file import Settings, find_policy, read_data
from bot.settings.toml import parse_toml

SEALED_KEYS = ("emergency", "car")
_VERSION = 1


def seal_out(
    text: str, *, policies: Callable[[str], str], file: str = SCHOOL_FILE
) -> tuple[str, str]:
    """Split a good school file in two: what may be stored readable, and what is to be encrypted.

    A file that isn't good raises BadSettings, as it does when it is read.
    """
    notes = Notes(file)
    data: dict[str, Any] = deepcopy(dict(parse_toml(text, file)))
    policy = find_policy(data, policies, notes)
    read_data(data, policy, notes)
    sealed = {
        person["id"]: {key: person.pop(key) for key in SEALED_KEYS if key in person}
        for person in data["people"]
    }
    kept = {"version": _VERSION, "file": file, "school": data, "policy": policy}
    return _json(kept), _json({who: parts for who, parts in sealed.items() if parts})


def put_back(open_text: str, sealed_text: str | None) -> Settings:
    """Read what ``seal_out`` gave. Without the sealed part nobody has ``emergency`` or ``car``."""
    try:
        kept = json.loads(open_text)
        sealed = json.loads(sealed_text) if sealed_text is not None else {}
        school, policy, notes = kept["school"], dict(kept["policy"]), Notes(kept["file"])
        for person in school["people"]:
            person.update(sealed.get(person["id"], {}))
    except (ValueError, LookupError, TypeError, AttributeError):
        problem = "what was kept of the last good school file can't be read"
        remedy = "reading the school file afresh would be right"
        raise BadSettings([Mistake("", problem, remedy, file="database")]) from None
    return read_data(school, policy, notes)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day)


def _day(value: object) -> str:
    assert isinstance(value, date | datetime | time)
    return value.isoformat()
