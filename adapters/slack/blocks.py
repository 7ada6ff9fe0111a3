"""A card as Slack blocks: every word, every button, and nothing besides. Words stay words.

A message holds 50 blocks and about 13,000 characters. What doesn't fit is shortened visibly, the
longest texts first; a button is never lost.
"""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from adapters.packing import pack_button
from adapters.shortened import cut, shortened
from adapters.slack.rich import (
    aside,
    escape,
    facts,
    items,
    line,
    mention,
    paragraph,
    plain,
    rich,
    run,
    sign,
    stacked,
)
from bot.cards.model import Block as CardBlock
from bot.cards.model import Button, Buttons, Card, Divider, Facts, Items, Text

Block = dict[str, Any]
MOST_BLOCKS = 50
ROOM = 12_500
"""Characters of JSON; Slack refuses what is over about 13,200."""
ROW = 25
LONGEST_LINE = 4000
BUTTON_ROOM = 2000
"""Characters that a button carries."""


def render(card: Card, mentioned: Sequence[str] = ()) -> list[Block]:
    """Give the blocks of a card; whoever is mentioned is named at its end."""
    blocks = _whole(card, mentioned)
    if _fits(blocks):
        return blocks
    shorter = shortened(card, lambda tried: _fits(_whole(tried, mentioned)))
    return _whole(shorter, mentioned)


def message(card: Card, mentioned: Sequence[str] = ()) -> dict[str, Any]:
    """What a message is made of. ``text`` is what a locked phone and a screen reader give (P1)."""
    return {
        "text": cut(escape(card.notification), LONGEST_LINE),
        "blocks": render(card, mentioned),
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def button_rows(buttons: Sequence[Button], first: int = 0) -> list[Block]:
    """Rows of buttons; ``first`` counts those that stand above, since ids are unique."""
    made = [_button(button, number) for number, button in enumerate(buttons, first)]
    rows = (made[n : n + ROW] for n in range(0, len(made), ROW))
    return [{"type": "actions", "elements": row} for row in rows]


def _whole(card: Card, mentioned: Sequence[str]) -> list[Block]:
    title = [*sign(card.tone), run(f" {card.title}" if sign(card.tone) else card.title, bold=True)]
    blocks = [rich(line(*title))] if card.title else []
    count = 0
    for block in card.blocks:
        blocks += _block(block, count)
        count += len(block.buttons) if isinstance(block, Buttons) else 0
    return _joined([*blocks, *mention(mentioned)])


def _block(block: CardBlock, count: int) -> list[Block]:
    match block:
        case Text(body=body, style="quiet"):
            return aside(body)
        case Text(body=body, style=style):
            return paragraph(body, bold=style == "strong")
        case Facts(rows=rows):
            return facts(rows)
        case Items(items=listed, numbered=numbered):
            return items(listed, numbered=numbered)
        case Divider():
            return [{"type": "divider"}]
        case Buttons(buttons=buttons):
            return button_rows(buttons, count)


def _button(button: Button, number: int) -> Block:
    style = {} if button.style == "default" else {"style": button.style}
    return {
        "type": "button",
        "action_id": f"{cut(button.action, 200)}.{number}",
        "text": plain(button.label, 75),
        "value": pack_button(button, BUTTON_ROOM),
        **style,
    }


def _joined(blocks: list[Block]) -> list[Block]:
    """Rich texts that follow one another become one where there are too many blocks."""
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    joined: list[Block] = []
    for kind, group in groupby(blocks, lambda block: block["type"]):
        if kind == "rich_text":
            elements = [element for block in group for element in block["elements"]]
            joined.append(rich(*stacked(elements)))
        else:
            joined += group
    return joined


def _fits(blocks: list[Block]) -> bool:
    return len(blocks) <= MOST_BLOCKS and len(json.dumps(blocks, ensure_ascii=False)) <= ROOM
