"""Every card and form as a person reads it: the preview (``doorstep gallery``), and what the
contract suite asks of every channel. All people, homes and troubles in it are invented.
"""

from functools import cache

from bot.cards.gallery.asked_in_forms import form_examples
from bot.cards.gallery.asked_in_steps import steps
from bot.cards.gallery.drawn import drawn
from bot.cards.gallery.example import Example, write
from bot.cards.gallery.general import general_cards
from bot.cards.gallery.overviews import overviews
from bot.cards.gallery.remembering import remembered_cards
from bot.cards.gallery.scenes import scenes

__all__ = ["Example", "gallery", "write"]


@cache
def gallery() -> tuple[Example, ...]:
    """Every example: cards about one visit, about all of them, about none, and the forms."""
    situations = scenes()
    return (
        *drawn(situations),
        *overviews(situations),
        *general_cards(situations),
        *form_examples(situations),
        *remembered_cards(situations),
        *steps(situations),
    )
