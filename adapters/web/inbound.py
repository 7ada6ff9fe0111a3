"""What the page posts, turned into the core's Inbound. Pure, and it believes nothing."""

import json
import re
from collections.abc import Mapping
from typing import Any

from adapters.web.personas import Cast
from bot.ports import Inbound, Press, Say, Submit

_DELIVERY = re.compile(r"[A-Za-z0-9-]{8,64}")
_LARGEST = 2**53


class Unclear(Exception):
    """What was posted makes no sense; the sentence says why."""


def parse_json(body: bytes) -> Mapping[str, Any]:
    """Give the object in the body, with text that can be stored; Unclear for anything else."""
    try:
        given = json.loads(body)
        json.dumps(given, ensure_ascii=False).encode()  # half a surrogate pair is not text
    except (ValueError, RecursionError):
        raise Unclear("That isn't JSON that can be read.") from None
    if not isinstance(given, dict):
        raise Unclear("A JSON object was expected.")
    return given


def parse_act(given: Mapping[str, Any], cast: Cast) -> Inbound:
    """Give what was done, by whom and where; Unclear if anything about it is unknown."""
    sender = cast.get(_text(given, "who"))
    if sender is None or sender.kind != "person":
        raise Unclear("Nobody on this page has that name.")
    place = cast.get(_text(given, "place", sender.id))
    if place is None or (place.kind == "person" and place != sender):
        raise Unclear("A person acts on their own phone or in the office channel.")
    delivery = _text(given, "delivery")
    if not _DELIVERY.fullmatch(delivery):
        raise Unclear("A press needs a delivery id, so that it counts once.")
    return Inbound("web", delivery, sender.id, _act(given), in_office=place.kind == "office")


def _act(given: Mapping[str, Any]) -> Press | Submit | Say:
    match given.get("kind"):
        case "press":
            return Press(
                action=_named(given, "action"),
                visit=_text(given, "visit", ""),
                version=_version(given),
                args=_texts(given, "args"),
            )
        case "submit":
            return Submit(
                form=_named(given, "form"),
                values=_texts(given, "values"),
                visit=_text(given, "visit", ""),
                version=_version(given),
                args=_texts(given, "args"),
            )
        case "say":
            text = _text(given, "text")
            if not text.strip():
                raise Unclear("There is nothing in that message.")
            return Say(text)
        case _:
            raise Unclear("Only a press, a form or a message can be sent here.")


def _text(given: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise Unclear(f'"{name}" should be text.')
    return value


def _named(given: Mapping[str, Any], name: str) -> str:
    value = _text(given, name)
    if not value:
        raise Unclear(f'"{name}" is missing.')
    return value


def _version(given: Mapping[str, Any]) -> int:
    value = given.get("version", 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise Unclear('"version" should be a whole number.')
    return value


def _texts(given: Mapping[str, Any], name: str) -> dict[str, str]:
    value = given.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Unclear(f'"{name}" should be names with text.')
    return value
