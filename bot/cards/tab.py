"""A page that is always there, where a channel has one: what I can do, where my visits stand, what
waits for my word, and for whoever watches over everybody, who is out.
"""

from collections.abc import Sequence

from bot.cards.model import Block, Card, Divider, Text
from bot.cards.my_visits import my_visits
from bot.cards.view import View


def tab(
    first_name: str,
    mine: Sequence[tuple[View, Card]],
    waiting: Sequence[Card] = (),
    out: Card | None = None,
) -> Card:
    """Everything drawn for its reader already. Alarms first: they are why somebody looks."""
    own = my_visits(mine)
    blocks: list[Block] = []
    if out is not None and out.tone == "alarm":
        blocks += [*_part(out), Divider()]
    blocks += [Text(own.title, "strong"), *own.blocks]
    if waiting:
        blocks += [Divider(), Text("Waiting for your word.", "strong")]
        for card in waiting:
            blocks += _part(card)
    if out is not None and out.tone != "alarm":
        blocks += [Divider(), *_part(out)]
    return Card(
        notification="Your home visits",
        title=f"Hello {first_name}." if first_name else "Hello.",
        blocks=tuple(blocks),
    )


def _part(card: Card) -> tuple[Block, ...]:
    return (Text(card.title, "strong"), *card.blocks)
