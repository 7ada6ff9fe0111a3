"""What goes out: parcels, and the channels that show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.cards.model import Card


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row of the outbox: what to show to whom, in which slot. It is drawn when it is sent.

    ``recipient`` is a person's id or ``office``; ``key`` is the same for the same showing and goes
    to the channel, so that a doubled send can be recognised. ``fresh`` posts a new message; without
    it the slot's message is edited, and where none stands there is nothing to do. ``retire`` holds
    the reference of an older message of the slot, to be edited into a spent one. ``deed`` says
    who brought it about by what, where they may be doing it over and over; else it is empty.
    """

    id: str
    school: str
    visit: str
    slot: str
    recipient: str
    channel: str
    address: str
    card: str
    key: str
    created_at: datetime
    due_at: datetime
    urgent: bool = False
    args: Mapping[str, str] = field(default_factory=dict)
    retire: str = ""
    attempts: int = 0
    fresh: bool = False
    deed: str = ""


class TryLater(Exception):
    """Sending failed and may work later. ``after`` seconds, where the channel said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class GiveUp(Exception):
    """Sending to this address can't work until somebody mends something; climb on (S8)."""


class PostAnew(Exception):
    """The message to be edited is gone; post a fresh one."""


class Channel(Protocol):
    """A way to reach people. It promises little: post a card, edit a card, and say why not.

    Any other exception than the three above counts as ``TryLater``.
    """

    @property
    def name(self) -> str:
        """``slack``, ``teams``, ``web``: the key of people's addresses in the school file."""
        ...

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        """Post a fresh message, give its reference. The same key again may give the first one."""
        ...

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Replace what stands in a message; nobody's phone buzzes."""
        ...
