"""The board: who is out now, most urgent first, in one message that is edited in place (S16)."""

from bot.cards.fit import Room
from bot.cards.model import Block, Buttons, Card, Text
from bot.cards.overview import Overview
from bot.cards.rows import counted, in_trouble, row, urgency
from bot.cards.whereabouts import EVERYBODY

ROWS = 20


def board(overview: Overview) -> Card:
    """Twenty rows, then a count. It stands also while nobody is out: it shows that I run."""
    as_of = overview.as_of
    ordered = sorted(overview.out, key=urgency)
    troubled = overview.in_alarm
    room, blocks = Room(), list[Block]()
    for view in ordered[:ROWS]:
        line = Text(row(view), "strong" if in_trouble(view) else "plain")
        if not room.fits((line,)):
            break
        blocks.append(line)
    total = overview.total
    if left := total - len(blocks):
        blocks.append(Text(f"And {left} more."))
    if ordered:
        blocks.append(Buttons((EVERYBODY,)))
    refreshed = f"As of {as_of}. If this is old, don't rely on it: ring whoever is out."
    out = total - sum(not view.watch.out for view in ordered)
    title = f"{counted(out)} out." if out else f"Nobody is out, as of {as_of}."
    if troubled:
        title = f"{counted(troubled)} in trouble. {title}"
    return Card(
        notification=f"Who is out, as of {as_of}",
        title=title,
        blocks=(*blocks, Text(refreshed, "quiet")),
        tone="alarm" if troubled else "calm",
        pinned=True,
    )
