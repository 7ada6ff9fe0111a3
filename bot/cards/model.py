"""The vocabulary of cards and forms. Every channel can express all of it; there is nothing else.

All text is plain: a channel shows it as typed and escapes what its own markup would take for more.
A button carries an action's name, the visit and the version it was drawn for; never data to be
trusted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["calm", "ask", "amber", "alarm", "done"]
"""Colour only: it repeats what the words say."""

Style = Literal["plain", "strong", "quiet"]
ButtonStyle = Literal["default", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. ``strong`` must be read first; ``quiet`` is for clauses and asides."""

    body: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, in order."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where the order is an instruction."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between what belongs apart (``I need help`` and ``I'm OK``, S4)."""


@dataclass(frozen=True, slots=True)
class Button:
    """One press. ``args`` are small strings that say which thing was meant (an alarm's number)."""

    label: str
    action: str
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)
    style: ButtonStyle = "default"


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


Block = Text | Facts | Items | Divider | Buttons


@dataclass(frozen=True, slots=True)
class OwnView:
    """Where a card stands before several people: who of them reads it otherwise, and the press that
    shows it to them, which changes nothing. A channel that shows everybody the same ignores it.
    """

    people: tuple[str, ...]
    press: Button


@dataclass(frozen=True, slots=True)
class Card:
    """A message. ``notification`` stands alone on a locked phone and gives nothing away (P1).

    ``pinned`` asks for a place where it is always found; a channel without one ignores it.
    """

    notification: str
    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = "calm"
    pinned: bool = False
    own_view: OwnView | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button of the card, in order."""
        rows = (block.buttons for block in self.blocks if isinstance(block, Buttons))
        return tuple(button for row in rows for button in row)

    @property
    def words(self) -> tuple[str, ...]:
        """Every piece of text that the card shows, in order, buttons' labels included."""
        said: list[str] = [self.title]
        for block in self.blocks:
            match block:
                case Text(body=body):
                    said.append(body)
                case Facts(rows=rows):
                    said.extend(word for row in rows for word in row)
                case Items(items=items):
                    said.extend(items)
                case Buttons(buttons=buttons):
                    said.extend(button.label for button in buttons)
                case Divider():
                    pass
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Line:
    """A field of one line, or of several. ``by_name``, of any field: it stands in the form, but
    whoever is asked field by field isn't asked for it, unless it turns out to be needed.
    """

    name: str
    label: str
    hint: str = ""
    several_lines: bool = False
    required: bool = False
    longest: int = 500
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and a time in the school's zone; its value is ``2026-11-22T14:05``."""

    name: str
    label: str
    hint: str = ""
    required: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of, or several of, some options (value, label). Several values are joined by commas.

    ``people`` says that the options are people of the school: a channel may offer its own way to
    pick them, and then somebody else may be picked, which the core says is wrong.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""
    several: bool = False
    required: bool = False
    people: bool = False
    by_name: bool = False


Field = Line | Moment | Choice


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to fill in, with what has been typed so far and what is wrong with it.

    ``values`` and ``errors`` are by field name; an error under ``""`` is about the whole form.
    ``extra`` are buttons that stand on the form beside its own (``I've already left``, S1). What is
    typed into a ``private`` one is for those it names, and never for whoever watches.
    """

    name: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: tuple[str, ...] = ()
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[Button, ...] = ()
    private: bool = False
