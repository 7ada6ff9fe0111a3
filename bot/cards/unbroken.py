"""No card has line breaks of its own, so one that comes up was typed by somebody: it becomes a
space. Nobody's words can stand on a line by themselves and pass for Doorstep's.
"""

from dataclasses import replace

from bot.cards.model import Block, Card, Facts, Items, Text


def unbroken(card: Card) -> Card:
    """The card, each of its paragraphs and rows on one line."""
    return replace(
        card,
        notification=_line(card.notification),
        title=_line(card.title),
        blocks=tuple(_block(block) for block in card.blocks),
    )


def _block(block: Block) -> Block:
    match block:
        case Text(body=body):
            return replace(block, body=_line(body))
        case Facts(rows=rows):
            return Facts(tuple((_line(label), _line(value)) for label, value in rows))
        case Items(items=items):
            return replace(block, items=tuple(map(_line, items)))
        case _:
            return block


def _line(text: str) -> str:
    return text if text.isprintable() else " ".join(text.split())
