"""How much a message can hold. The strictest channel refuses blocks of over about 13,200 characters
of JSON, and more than 50 of them: a list stops well before, by an estimate on the careful side.
"""

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.cards.model import Block, Buttons, Divider, Facts, Items, Text

MOST_BLOCKS = 44
MOST_WEIGHT = 12_000
_BLOCK, _ROW, _BUTTON = 90, 60, 260
"""What a block, a row of facts and a button weigh beside their words."""


def weight(block: Block) -> int:
    """About the characters of JSON that a block takes."""
    match block:
        case Text(body=body):
            return _BLOCK + _words(body)
        case Facts(rows=rows):
            return _BLOCK + sum(_ROW + _words(label) + _words(value) for label, value in rows)
        case Items(items=items):
            return _BLOCK + sum(_ROW + _words(item) for item in items)
        case Buttons(buttons=buttons):
            named = (sum(map(len, (*b.args, *b.args.values()))) for b in buttons)
            return _BLOCK + sum(_BUTTON + 3 * length for length in named)
        case Divider():
            return _BLOCK


def _words(text: str) -> int:
    """As JSON, with what a channel's markup would take for more escaped."""
    return len(json.dumps(html.escape(text)))


@dataclass(slots=True)
class Room:
    """What is left of a message, ``share`` of the whole."""

    share: float = 1.0
    blocks: int = 0
    weight: int = 0

    def fits(self, blocks: Iterable[Block]) -> bool:
        """Take these blocks in, if there is room for all of them."""
        listed = list(blocks)
        count = self.blocks + len(listed)
        total = self.weight + sum(map(weight, listed))
        if count > MOST_BLOCKS * self.share or total > MOST_WEIGHT * self.share:
            return False
        self.blocks, self.weight = count, total
        return True
