"""What the contract suite asks of a channel under test: what people would see, and press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.cards.model import Form
from bot.ports import Channel, Press, Submit


@dataclass(frozen=True)
class Shown:
    """A message as it is seen: its words in order, and what can be pressed, as (words, press)."""

    words: tuple[str, ...]
    buttons: tuple[tuple[str, object], ...]
    strange: tuple[str, ...] = ()
    """Anything that is more than words and presses: markup that came to life, a mention, a link."""


@dataclass(frozen=True)
class ShownForm:
    """A form as it is seen. ``values`` by field; ``options`` by field, as (value, words)."""

    words: tuple[str, ...]
    values: Mapping[str, str]
    options: Mapping[str, Sequence[tuple[str, str]]]
    submit: object
    buttons: tuple[tuple[str, object], ...]
    strange: tuple[str, ...] = ()


class Rig(Protocol):
    """A channel under test."""

    @property
    def channel(self) -> Channel: ...
    @property
    def address(self) -> str:
        """Somebody whom the channel reaches."""
        ...

    @property
    def unknown(self) -> str:
        """Somebody whom it can't reach."""
        ...

    @property
    def other(self) -> str:
        """Somebody else whom the channel reaches."""
        ...

    @property
    def longest(self) -> int:
        """How long a text can be of which a card holds a dozen, and all of it is shown."""
        ...

    @property
    def longest_label(self) -> int:
        """How long the words of a choice can be."""
        ...

    async def messages(self, address: str) -> list[str]:
        """References of what stands there, oldest first."""
        ...

    async def shown(self, address: str, reference: str) -> Shown: ...
    async def buzzes(self, address: str) -> list[str]:
        """What has lit up this phone, so far."""
        ...

    async def press(self, address: str, press: object) -> Press:
        """Press, and give what the core hears."""
        ...


class RigWithForms(Rig, Protocol):
    """A channel that has forms."""

    async def form(self, address: str, form: Form) -> ShownForm:
        """Show a form as the answer to a press."""
        ...

    async def send(self, address: str, shown: ShownForm, values: Mapping[str, str]) -> Submit:
        """Send it, and give what the core hears."""
        ...
