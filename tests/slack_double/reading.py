"""What a person reads and can press in blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it stands there."""

    label: str
    element: Any
    block_id: str


def words(blocks: Sequence[Any]) -> list[str]:
    """Every piece of text, in order; emoji and mentions aside."""
    return [text for block in blocks for text in _block(block)]


def buttons(blocks: Sequence[Any]) -> list[Pressable]:
    found = []
    for number, block in enumerate(blocks):
        elements = block.get("elements", []) if block["type"] == "actions" else []
        if block["type"] == "section" and block.get("accessory", {}).get("type") == "button":
            elements = [block["accessory"]]
        for element in elements:
            place = block.get("block_id", f"b{number}")
            found.append(Pressable(element["text"]["text"], element, place))
    return found


def strange(blocks: Sequence[Any]) -> list[str]:
    """Whatever is more than words and presses: a mention, a link, markup that comes to life."""
    found = []
    for element in walk(blocks):
        kind = element.get("type")
        if kind in {"link", "usergroup", "channel", "broadcast", "date", "image", "user"}:
            found.append(f"{kind} {element.get('user_id', '')}".strip())
        if kind == "mrkdwn" and any(mark in element["text"] for mark in "*_~`<>\n"):
            found.append(f"markup: {element['text'][:40]}")
        if kind == "plain_text" and element.get("emoji") is not False and ":" in element["text"]:
            found.append(f"emoji: {element['text'][:40]}")
    return found


def walk(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from walk(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from walk(each)


def _block(block: Any) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for part in block["elements"]:
                sections = part["elements"] if part["type"] == "rich_text_list" else [part]
                for section in sections:
                    yield "".join(e["text"] for e in section["elements"] if e["type"] == "text")
        case "context":
            yield from (_said(each) for each in block["elements"])
        case "header":
            yield _said(block["text"])
        case "section":
            for each in (block.get("text"), *block.get("fields", ())):
                if each:
                    yield _said(each)
        case "actions":
            yield from (element["text"]["text"] for element in block["elements"])
        case "input":
            yield _said(block["label"])
            for option in options(block["element"]):
                yield _said(option["text"])
            if "hint" in block:
                yield _said(block["hint"])
        case _:
            pass


def options(element: Any) -> list[Any]:
    grouped = [o for group in element.get("option_groups", ()) for o in group["options"]]
    return list(element.get("options", ())) or grouped


def _said(text: Any) -> str:
    return str(unescape(text["text"]) if text["type"] == "mrkdwn" else text["text"])
