"""Reading what a channel hands over, where anything may be missing or of another type; and JSON as
it is sent.
"""

import json
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def part_of(thing: Json, name: str) -> Json:
    """What is inside under this name; nothing where it isn't there, or is something else."""
    found = thing.get(name)
    return found if isinstance(found, dict) else {}


def text_of(thing: Json, name: str) -> str:
    """The text under this name; empty where it isn't there, or is something else."""
    found = thing.get(name)
    return found if isinstance(found, str) else ""


def id_of(thing: Json, name: str) -> str:
    """An id under this name; empty also where half a pair of letters makes it nobody's, since it
    could be neither kept nor sent.
    """
    found = text_of(thing, name)
    return found if not any("\ud800" <= letter <= "\udfff" for letter in found) else ""


def as_sent(body: Any) -> bytes:
    """JSON as UTF-8: a letter of Arabic takes two bytes, not six. Half a pair can't be written so,
    and then all of it is escaped.
    """
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(body).encode()
