"""What a visitor sees once they are back, by their own word or by somebody else's."""

from bot.cards.help_asked import STAYS_OPEN
from bot.cards.model import Block, Buttons, Card, Divider, Text
from bot.cards.out_presses import concern
from bot.cards.view import View, join_names
from bot.cards.words import policy_says
from bot.domain.watch import Visitor


def returned(view: View, me: Visitor) -> Card:
    """Back: the watch over them has ended, and a concern can still be said."""
    if me.reported_back:
        return reported(view, me)
    at, private = me.back_at or view.now, concern(view)
    still = join_names(v.name for v in view.watch.out)
    lines: list[Block] = []
    if still:
        lines.append(Text(f"Still out: {still}."))
    if me.help_at is not None and view.alarm:
        lines.append(Text(STAYS_OPEN))
    return Card(
        notification=f"You are back ({view.visit.reference})",
        title=f"You are back, {view.clock(at)} ({view.visit.reference}).",
        tone="done",
        blocks=(
            *lines,
            *((Buttons(private),) if private else ()),
            *(policy_says(view, "concern") if private else ()),
        ),
    )


def reported(view: View, me: Visitor) -> Card:
    """Somebody else took them out of the watch: they must hear of it, and can say no (S6)."""
    at, by = view.clock(me.back_at or view.now), view.name(me.back_by)
    still = join_names(v.name for v in view.watch.out)
    stays = me.help_at is not None and view.alarm is not None
    return Card(
        notification=f"{by} reported you back at {at}. If that is wrong, press I'm OK "
        f"({view.visit.reference})",
        title=f"{by} reported you back at {at} ({view.visit.reference}).",
        tone="amber",
        blocks=(
            Text("So I have stopped asking you. If you are still out, press I'm OK.", "strong"),
            *((Text(f"Still out: {still}."),) if still else ()),
            *((Text(STAYS_OPEN),) if stays else ()),
            Buttons((view.button("I'm OK", "ok"),)),
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )
