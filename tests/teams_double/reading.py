"""An Adaptive Card as somebody reads it: its words and its buttons, in order."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
INSIDE = ("body", "items", "columns", "rows", "cells", "inlines", "actions", "facts", "choices")
_MARK = re.compile(r"• |\d+\. ")
"""What stands before a line of a list."""
_ALIVE = re.compile(r"[*_`\[\]<>\\]|://|\{\{(?:DATE|TIME)\(")


def words(card: Json) -> list[str]:
    """Every piece of text that is shown, buttons' labels included."""
    return list(_words(card))


def _words(thing: Json) -> Iterator[str]:
    kind = str(thing.get("type", ""))
    if kind in {"TextBlock", "TextRun"}:
        if not _MARK.fullmatch(thing["text"]):
            yield thing["text"]
    elif kind.startswith("Action."):
        yield thing["title"]
        return
    elif kind.startswith("Input."):
        yield thing.get("label", "")
        yield from (choice["title"] for choice in thing.get("choices", ()))
        return
    for name in INSIDE:
        for each in thing.get(name, ()):
            yield from _words(each) if isinstance(each, dict) else (each,)


def buttons(card: Json) -> list[Json]:
    """Every action, in order."""
    found: list[Json] = []
    for name in INSIDE:
        for each in card.get(name, ()):
            if isinstance(each, dict):
                is_action = str(each.get("type", "")).startswith("Action.")
                found += [each] if is_action else buttons(each)
    return found


def inputs(card: Json) -> list[Json]:
    """Every input, in order."""
    found: list[Json] = []
    for name in INSIDE:
        for each in card.get(name, ()):
            if isinstance(each, dict):
                is_input = str(each.get("type", "")).startswith("Input.")
                found += [each] if is_input else inputs(each)
    return found


def strange(card: Json) -> tuple[str, ...]:
    """Whatever a client would take for more than words: markdown where it is read, a mention."""
    found = [text for text in _read_as_markup(card) if _ALIVE.search(text)]
    return (*found, *(entity["text"] for entity in card.get("msteams", {}).get("entities", ())))


def _read_as_markup(thing: Json) -> Iterator[str]:
    if thing.get("type") == "TextBlock":
        yield thing["text"]
    if str(thing.get("type", "")).startswith("Input.ChoiceSet"):
        yield from (choice["title"] for choice in thing["choices"])
    for name in INSIDE:
        for each in thing.get(name, ()):
            if isinstance(each, dict):
                yield from _read_as_markup(each)
