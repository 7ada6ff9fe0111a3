"""What comes in: one deed of one person on a channel, and what they see at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cards.model import Card, Form


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed, or a shortcut used."""

    action: str
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submit:
    """A form was sent. ``values`` are as typed, by field name; several choices joined by commas."""

    form: str
    values: Mapping[str, str]
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """A plain message; ``text`` is empty where it has no words: a voice message, a picture, a file.
    ``message`` is the channel's id of it, which stays the same when its writer
    changes it, or brings it back: then it is ``changed``, and these are the words as they now are.
    """

    text: str
    message: str = field(default="", compare=False)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did on a channel.

    ``delivery`` is the channel's id for it: the same id again is the same deed again. ``sender``
    is the person's id on that channel; ``in_office`` says that it was done in the office channel.
    ``forms`` says that a form can be shown in answer; without it, it is asked field by field.
    ``school`` is the school's id, where one installation serves several.
    ``page_in_chat`` says that the channel has no page of somebody's own: ``home`` shows it here.
    ``pressed_on`` is the reference of the message that a press was made on, where it can be
    answered with that message as it then is. ``unsure``: the channel can't tell yet whether this
    is a colleague's account; nobody is shown anything by it, and only what keeps them safe counts.
    """

    channel: str
    delivery: str
    sender: str
    act: Press | Submit | Say
    in_office: bool = False
    forms: bool = True
    school: str = ""
    page_in_chat: bool = False
    pressed_on: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees at once: a card (only they see it), a form to fill in, or neither.

    A form with errors is the form that was sent, everything typed kept. ``fresh`` is what the
    message that was pressed on says by now, where that is known. ``undone``: it went wrong, and
    nothing was done; a form that was sent stays as it is, with everything typed.
    """

    card: Card | None = None
    form: Form | None = None
    fresh: Card | None = None
    undone: bool = False
