"""The words that steer a form asked in messages: its fields by name, ``previous``, ``stop``."""

from bot.cards.model import Field, Form

_CONTROL = {
    "previous": "previous",
    "prev": "previous",
    "go back": "previous",
    "one back": "previous",
    "stop": "stop",
    "cancel": "stop",
    "quit": "stop",
    "exit": "stop",
    "drop": "stop",
    "drop it": "stop",
    "forget it": "stop",
    "skip": "skip",
    "next": "skip",
    "keep": "skip",
    "keep it": "skip",
    "-": "skip",
    "summary": "show",
    "go on": "show",
    "step by step": "fill",
    "fill in the rest": "fill",
    "send": "send",
    "send it": "send",
    "yes": "send",
    "yes send it": "send",
    "confirm": "send",
}
_ALSO = {
    "address": "place",
    "place": "place",
    "where": "place",
    "why": "purpose",
    "purpose": "purpose",
    "kind": "kind",
    "pupil": "family",
    "family": "family",
    "leaving": "leaving_at",
    "leave": "leaving_at",
    "time": "leaving_at",
    "return": "return_at",
    "back at": "return_at",
    "expected back": "return_at",
    "until": "until",
    "with": "companions",
    "companions": "companions",
    "risks": "risks",
    "contact": "contact",
    "backup": "backup",
    "reason": "reason",
}


def control(text: str) -> str:
    """What a whole message says about the questions themselves, or nothing."""
    return _CONTROL.get(text.casefold().strip(" .!") if len(text) < 40 else "", "")


def named_field(form: Form, text: str) -> tuple[Field, str] | None:
    """``address: 15 Oak Road``, or ``address`` alone, to be asked about it."""
    head, colon, rest = text[:4000].partition(":")
    name = " ".join(head.casefold().split())
    if len(name) > 80:
        return None
    for field in form.fields:
        called = {field.label.casefold().strip(" ?"), field.name.replace("_", " ")}
        if name.strip(" ?") in called or (colon and _ALSO.get(name) == field.name):
            return field, rest.strip()
    return None
