"""A card that a message can't hold, shortened so that it is seen: the longest texts first, then
what comes last. A button is never lost.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.cards.model import Block, Buttons, Card, Facts, Items, Text

SHORTEST, LONGEST = 40, 30_000
MORE = "There is more than can be shown here."
"""Said where even short texts are too many."""


def cut(text: str, longest: int) -> str:
    """Shorten, so that it is seen."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def shortened(card: Card, fits: Callable[[Card], bool]) -> Card:
    """Cut every text to the greatest length with which the card fits."""
    low, high = SHORTEST, LONGEST
    while high - low > 1:
        middle = (low + high) // 2
        if fits(_cut(card, middle)):
            low = middle
        else:
            high = middle
    shorter = _cut(card, low)
    while not fits(shorter):
        words = [n for n, block in enumerate(shorter.blocks) if not isinstance(block, Buttons)]
        if len(words) <= 1:
            break
        kept = [b for n, b in enumerate(shorter.blocks) if n not in words[-2:]]
        last = next((n for n, b in enumerate(kept) if isinstance(b, Buttons)), len(kept))
        shorter = replace(shorter, blocks=(*kept[:last], Text(MORE, "quiet"), *kept[last:]))
    return shorter


def _cut(card: Card, longest: int) -> Card:
    return replace(
        card,
        title=cut(card.title, longest),
        blocks=tuple(_cut_block(block, longest) for block in card.blocks),
    )


def _cut_block(block: Block, longest: int) -> Block:
    match block:
        case Text(body=body):
            return replace(block, body=cut(body, longest))
        case Facts(rows=rows):
            return Facts(tuple((cut(a, longest), cut(b, longest)) for a, b in rows))
        case Items(items=listed):
            return replace(block, items=tuple(cut(each, longest) for each in listed))
        case _:
            return block
