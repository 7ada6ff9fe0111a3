"""Where is everyone: who is out, as far as this reader may know (P6). Pages, so that nobody is
beyond reach, however many are out.
"""

from bot.cards import general
from bot.cards.alarm import alarm
from bot.cards.fit import Room
from bot.cards.model import Block, Button, Buttons, Card, Text
from bot.cards.overview import Overview
from bot.cards.rows import counted, in_trouble, ring, row, urgency
from bot.cards.view import View
from bot.domain.roles import may_call_back

EVERYBODY = Button("Where is everyone?", "whereabouts")


def whereabouts(overview: Overview) -> Card:
    """Everybody, for whoever watches over everybody; one's own visits for anybody else. Who has no
    part in any visit that is out reads a sentence that doesn't say whether there is one.
    """
    ordered = sorted(overview.out, key=urgency)
    if not ordered and not overview.watches_everybody:
        return general.not_yours()
    as_of = f"as of {overview.as_of}"
    if not ordered:
        return Card(f"Nobody is out, {as_of}", f"Nobody is out, {as_of}.")
    start = overview.page - overview.start
    start = start if 0 <= start < len(ordered) else 0
    room, blocks, shown = Room(), list[Block](), start
    for view in ordered[start:]:
        entry = _entry(view)
        if not room.fits(entry):
            break
        blocks += entry
        shown += 1
    shown += overview.start
    if left := overview.total - shown:
        more = Button("Show more", "whereabouts", args={"from": str(shown)})
        blocks += [Text(f"And {left} more."), Buttons((more,))]
    title = f"{counted(overview.total)} out, {as_of}."
    if not overview.watches_everybody:
        title = f"Of the visits you have a part in, {title}"
    return Card(
        notification=f"Who is out, {as_of}",
        title=title,
        blocks=tuple(blocks),
        tone="alarm" if overview.in_alarm else "calm",
    )


def _entry(view: View) -> tuple[Block, ...]:
    """Who, where and whom to ring; with an alarm its presses, for whoever may act on it."""
    if view.reader in view.visit.visitors:
        return (Text(row(view)),)
    if not in_trouble(view):
        may = may_call_back(view.reader, view.visit, view.facts, view.now) and view.can_ask
        call = (Buttons((view.button("Call them back", "call_back"),)),) if may else ()
        return (Text(f"{row(view)} {ring(view)}"), *call)
    return (Text(f"{row(view)} {ring(view)}", "strong"), Buttons(alarm(view).buttons))
