"""A message is something shown in a slot. Showing the same slot again edits what is there; a
``fresh`` show posts anew, since an edit makes no phone buzz, and an ``urgent`` one goes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERYBODY = "*"
"""As recipient: whoever has something in that slot already."""


@dataclass(frozen=True, slots=True)
class Show:
    """Show a card, by name, to a person's id, the office, or EVERYBODY. It is drawn when sent."""

    recipient: str
    slot: str
    card: str
    fresh: bool = False
    urgent: bool = False
    args: Mapping[str, str] = field(default_factory=dict)


def again(slot: str, card: str | None = None) -> Show:
    """Draw afresh, silently, for everybody who has this slot."""
    return Show(EVERYBODY, slot, card or slot)


def post(recipient: str, slot: str, card: str | None = None, **args: str) -> Show:
    """A new message, in place of the slot's older one."""
    return Show(recipient, slot, card or slot, fresh=True, args=args)


def alert(recipient: str, slot: str, card: str | None = None, **args: str) -> Show:
    """A new message that can't wait."""
    return Show(recipient, slot, card or slot, fresh=True, urgent=True, args=args)
