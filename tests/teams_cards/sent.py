"""What Teams is given for each example of the gallery."""

from typing import Any

from adapters.teams import cards, forms
from bot.cards.gallery import Example
from bot.cards.model import Card

Content = dict[str, Any]


def activity(example: Example) -> Content:
    """The message that shows it."""
    shown = example.shown
    return cards.message(shown) if isinstance(shown, Card) else forms.message(shown)


def content(example: Example) -> Content:
    """The Adaptive Card alone."""
    found = activity(example)["attachments"][0]["content"]
    assert isinstance(found, dict)
    return found
