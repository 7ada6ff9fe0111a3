"""Several alarms told to one reader at one time: one list, most urgent first (S9)."""

from collections.abc import Sequence

from bot.cards.model import Block, Buttons, Card, Divider, Facts, Text
from bot.cards.rows import urgency
from bot.cards.view import View, few_names


def one_list(alarms: Sequence[tuple[View, Card]]) -> Card:
    """Put alarm cards together. Calls for help come first, then whoever is overdue longest."""
    ordered = sorted(alarms, key=lambda pair: urgency(pair[0]))
    open_ = [view for view, _ in ordered if view.alarm]
    blocks: list[Block] = []
    for _, card in ordered:
        blocks += [Divider(), Text(card.title, "strong")]
        blocks += [b for b in card.blocks if isinstance(b, Text | Facts | Divider | Buttons)]
    if not open_:
        title, tone = "These alarms are over.", "done"
    elif len(open_) == 1:
        title, tone = "One visit still needs you.", "alarm"
    else:
        title, tone = f"{len(open_)} visits need you, the most urgent first.", "alarm"
    names = few_names(
        dict.fromkeys(v.name for view in open_ for v in view.watch.troubled or view.watch.out)
    )
    return Card(
        notification=f"{names}: please act ({len(open_)} alarms)" if open_ else title,
        title=title,
        blocks=tuple(blocks),
        tone="alarm" if tone == "alarm" else "done",
    )
