"""Cards, forms and messages as HTML. All text is escaped by the templates, never by hand.

``render_card`` and ``render_form`` show every word and every button of what they are given and
not one more; what a chat adds (who, when, "edited") stands around them in ``render_message``.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.web.chats import Message, Typed
from adapters.web.personas import Cast
from bot.cards.model import Button, Buttons, Card, Choice, Divider, Facts, Form, Items, Line, Moment
from bot.cards.model import Text as Paragraph

_KINDS: Mapping[type, str] = {
    Paragraph: "text",
    Facts: "facts",
    Items: "items",
    Divider: "divider",
    Buttons: "buttons",
    Line: "line",
    Moment: "moment",
    Choice: "choice",
}
_RADIOS_UP_TO = 3


def _press(button: Button) -> dict[str, Any]:
    return {
        "action": button.action,
        "visit": button.visit,
        "version": button.version,
        "args": dict(button.args),
    }


def _submit(form: Form) -> dict[str, Any]:
    return {
        "form": form.name,
        "visit": form.visit,
        "version": form.version,
        "args": dict(form.args),
    }


def _how(choice: Choice) -> str:
    """Somebody is chosen from a list: one form may ask about several people, and the same name
    twice beside a tick would be pressed by mistake.
    """
    if choice.several:
        return "checkbox"
    if choice.people:
        return "select"
    return "radio" if len(choice.options) <= _RADIOS_UP_TO else "select"


def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["kind"] = lambda thing: _KINDS[type(thing)]
    pages.filters["press"] = _press
    pages.filters["submit"] = _submit
    pages.filters["how"] = _how
    return pages


_PAGES = _environment()


def render_card(card: Card, ref: str) -> str:
    """The card as a fragment; ``ref`` is the message that it stands in, empty for an answer."""
    return _PAGES.get_template("card.html").render(card=card, ref=ref)


def render_form(form: Form, mark: str = "form") -> str:
    """The form as a fragment. ``mark`` begins every id in it: two may be open on one page."""
    return _PAGES.get_template("form.html").render(
        form=form,
        mark=mark,
        wrong=[field.name for field in form.fields if field.name in form.errors],
        several={
            field.name: form.values.get(field.name, "").split(",")
            for field in form.fields
            if isinstance(field, Choice)
        },
    )


def render_message(message: Message, cast: Cast, zone: ZoneInfo, today: date) -> str:
    """A message as an ``<article>``: a card, a line that somebody typed, or a sealed one."""
    content = message.content
    return _PAGES.get_template("message.html").render(
        message=message,
        when=_when(message.at, zone, today),
        body=_body(content, message.ref) if isinstance(content, Card) else None,
        typed=content if isinstance(content, Typed) else None,
        slim=isinstance(content, Card) and content.tone == "calm" and not content.blocks,
        cast=cast,
    )


def render_private(card: Card, who: str, name: str) -> str:
    """An answer that only the person who acted can see."""
    return _PAGES.get_template("private.html").render(body=_body(card, ""), who=who, name=name)


def render_page(**given: Any) -> str:
    """The whole page, its panes still empty; the browser fetches what stands in them."""
    return _PAGES.get_template("page.html").render(**given)


def _body(card: Card, ref: str) -> Markup:
    return Markup(render_card(card, ref))  # noqa: S704 - it comes from the escaping template


def _when(at: datetime, zone: ZoneInfo, today: date) -> str:
    local = at.astimezone(zone)
    return (
        f"{local:%H:%M}" if local.date() == today else f"{local:%a} {local.day} {local:%b, %H:%M}"
    )
