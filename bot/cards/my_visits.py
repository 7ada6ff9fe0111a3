"""Somebody's own visits, each as it now is with its buttons, in one card."""

from collections.abc import Sequence

from bot.cards.general import HELP, PLAN
from bot.cards.model import Block, Buttons, Card, Divider, Facts, Text
from bot.cards.view import View


def my_visits(visits: Sequence[tuple[View, Card]]) -> Card:
    """The visits in the order given. Their cards have been drawn for their reader."""
    blocks: list[Block] = []
    for view, card in visits:
        reference = view.visit.reference
        title = card.title if reference in card.title else f"{reference}: {card.title}"
        blocks += [Divider(), Text(title, "strong")]
        blocks += [b for b in card.blocks if isinstance(b, Text | Facts | Divider | Buttons)]
    if any(button.action == "help" for view, card in visits for button in card.buttons):
        blocks += [Divider(), Buttons((PLAN,))]
    else:
        blocks += [Buttons((PLAN,)), Divider(), Buttons((HELP,))]
    title = "You have no visits at the moment."
    if visits:
        title = "Your visit." if len(visits) == 1 else f"Your {len(visits)} visits."
    return Card(notification="Your visits", title=title, blocks=tuple(blocks))
