"""Every example of the gallery as it goes to Slack: a message, a home tab or a modal."""

from collections.abc import Iterator
from typing import Any

from adapters.slack.blocks import message, render
from adapters.slack.modal import card_view, form_view
from bot.cards.gallery import Example
from bot.cards.gallery.school import SCHOOL
from bot.cards.model import Form

IDS = {person.id: f"U0{person.id.upper()}" for person in SCHOOL.people}
"""Everybody of the gallery's school has an account."""


def sent(example: Example) -> dict[str, Any]:
    """What Slack is given of an example."""
    shown = example.shown
    if isinstance(shown, Form):
        return form_view(shown, SCHOOL.timezone, ids=IDS)
    if example.of == "tab":
        return {"type": "home", "blocks": render(shown)}
    return message(shown, _lit_up() if _urgent(example) else ())


def views(example: Example) -> Iterator[dict[str, Any]]:
    """Every modal or home tab that an example can be; an answer to a form is a modal too."""
    given = sent(example)
    if "type" in given:
        yield given
    if not isinstance(example.shown, Form):
        yield card_view(example.shown)


def _urgent(example: Example) -> bool:
    return example.of == "alarm" and example.reader == "the office"


def _lit_up() -> list[str]:
    """Whose phones an alarm in the office channel lights up."""
    return [IDS[person.id] for person in SCHOOL.people if "office" in person.roles]
