"""Cards as JSON and back, for the chat file. It knows the whole vocabulary and nothing else.

A small encoder of our own, since what is stored must stay readable when a class moves or gains a
field: every key is written here by hand, and a missing one takes the vocabulary's default.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from bot.cards.model import Block, Button, Buttons, Card, Divider, Facts, Items, Text


def encode_card(card: Card) -> dict[str, Any]:
    """Give the card as plain JSON values."""
    return {
        "notification": card.notification,
        "title": card.title,
        "tone": card.tone,
        "blocks": [_encode_block(block) for block in card.blocks],
    }


def decode_card(data: Mapping[str, Any]) -> Card:
    """Give the card that ``encode_card`` wrote; a ValueError for a block nobody knows."""
    return Card(
        notification=data["notification"],
        title=data["title"],
        blocks=tuple(_decode_block(block) for block in data["blocks"]),
        tone=data["tone"],
    )


def _encode_block(block: Block) -> dict[str, Any]:
    match block:
        case Text(body=body, style=style):
            return {"is": "text", "body": body, "style": style}
        case Facts(rows=rows):
            return {"is": "facts", "rows": [list(row) for row in rows]}
        case Items(items=items, numbered=numbered):
            return {"is": "items", "items": list(items), "numbered": numbered}
        case Divider():
            return {"is": "divider"}
        case Buttons(buttons=buttons):
            return {"is": "buttons", "buttons": [_encode_button(button) for button in buttons]}
        case _:
            assert_never(block)


def _decode_block(data: Mapping[str, Any]) -> Block:
    match data["is"]:
        case "text":
            return Text(data["body"], data.get("style", "plain"))
        case "facts":
            return Facts(tuple((label, value) for label, value in data["rows"]))
        case "items":
            return Items(tuple(data["items"]), numbered=data.get("numbered", False))
        case "divider":
            return Divider()
        case "buttons":
            return Buttons(tuple(_decode_button(button) for button in data["buttons"]))
        case other:
            raise ValueError(f"no card has a block called {other!r}")


def _encode_button(button: Button) -> dict[str, Any]:
    return {
        "label": button.label,
        "action": button.action,
        "visit": button.visit,
        "version": button.version,
        "args": dict(button.args),
        "style": button.style,
    }


def _decode_button(data: Mapping[str, Any]) -> Button:
    return Button(
        label=data["label"],
        action=data["action"],
        visit=data.get("visit", ""),
        version=data.get("version", 0),
        args=dict(data.get("args", {})),
        style=data.get("style", "default"),
    )
