"""The gallery's examples as tests ask for them: by name, and one test a card or form."""

from bot.cards.gallery import Example, gallery
from bot.cards.model import Card
from tests.each import each


def named(example: Example) -> str:
    return f"{example.of}, {example.name}, {example.reader}"


def of(example: Example) -> str:
    return example.of


every = each(gallery(), named=named, group=of)
"""A check of an example becomes a test of each card and form."""
every_card = each([e for e in gallery() if isinstance(e.shown, Card)], named=named, group=of)
"""Likewise, without the forms."""
