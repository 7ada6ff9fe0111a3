"""Reading what a channel hands over, where anything may be missing or of another type."""

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
