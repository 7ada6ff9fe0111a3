"""What buttons and forms carry through a channel and back: names and ids, nothing to be trusted.

A channel gives them so much room. What is longer is squeezed.
"""

import binascii
import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from typing import Any

from bot.cards.model import Button, Form
from bot.ports import Press

MOST_UNSQUEEZED = 64 * 1024
MOST_VERSION = 2**53
OFFICE = "o"


def pack_button(button: Button, room: int) -> str:
    """What a button carries."""
    carried = {"a": button.action, **_where(button.visit, button.version, button.args)}
    return _pack(carried, room)


def pack_form(form: Form, room: int, *, in_office: bool = False) -> str:
    """What a form carries beside its name and values; also where it was asked for (P5)."""
    carried = _where(form.visit, form.version, form.args)
    return _pack({**carried, **({OFFICE: 1} if in_office else {})}, room)


def unpack_press(text: str) -> Press | None:
    """The press a button stands for; None where it is not one of ours."""
    carried = unpack(text)
    action = carried.get("a")
    if not isinstance(action, str) or not action:
        return None
    return Press(action, *where(carried))


def where(carried: Mapping[str, Any]) -> tuple[str, int, dict[str, str]]:
    """Visit, version and args, whatever was sent."""
    visit, version, args = carried.get("v", ""), carried.get("n", 0), carried.get("x", {})
    return (
        visit if isinstance(visit, str) else "",
        version if type(version) is int and 0 <= version <= MOST_VERSION else 0,
        {k: v for k, v in args.items() if isinstance(v, str)} if isinstance(args, dict) else {},
    )


def unpack(text: str) -> dict[str, Any]:
    """Read what was carried; empty where it makes no sense."""
    try:
        if text.startswith("z"):
            squeezed = zlib.decompressobj()
            text = squeezed.decompress(b85decode(text[1:]), MOST_UNSQUEEZED).decode()
        carried = json.loads(text)
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        return {}
    return carried if isinstance(carried, dict) else {}


def _where(visit: str, version: int, args: Mapping[str, str]) -> dict[str, Any]:
    given = {"v": visit, "n": version, "x": dict(args)}
    return {name: value for name, value in given.items() if value}


def _pack(carried: dict[str, Any], room: int) -> str:
    text = json.dumps(carried, ensure_ascii=False, separators=(",", ":"))
    if len(text) <= room:
        return text
    text = "z" + b85encode(zlib.compress(text.encode(), 9)).decode()
    if len(text) > room:
        # Rather a button that asks again than none: what it acts on is looked up anyhow.
        del carried["x"]
        return _pack(carried, room)
    return text
