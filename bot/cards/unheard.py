"""Nobody listened for a while: what people sent then may be lost, and is asked for once more."""

from collections.abc import Mapping
from datetime import datetime

from bot.cards.model import Block, Buttons, Card, Divider, Text
from bot.cards.overview import Overview
from bot.cards.view import View, join_names
from bot.cards.whereabouts import EVERYBODY
from bot.domain.school import School
from bot.domain.visit import Approved

SINCE, UNTIL = "since", "until"
"""Arguments: from when to when, in ISO format."""
NOBODY = "Nobody is out now."
ASKED = "Whoever of them may not have been heard is asked to send it again."


def unheard(view: View) -> Card:
    """To a visitor: somebody may believe that they were heard, and be waiting for help."""
    between = _between(view.args, view.facts.school, view.now)
    blocks: list[Block] = [
        Text("What you wrote or pressed then may not have arrived. Please send it again.")
    ]
    help_me = view.button("I need help", "help", "danger")
    if view.me and view.me.is_out:
        ok, back = view.button("I'm OK", "ok", "primary"), view.button("I'm back", "back")
        blocks += [Buttons((ok, back)), Divider(), Buttons((help_me,))]
    elif isinstance(view.visit.phase, Approved):
        blocks.append(Text("If you have left already, I don't know of it: please press.", "strong"))
        leaving = view.button("I'm leaving now", "leave", "primary")
        blocks.append(Buttons((leaving, view.button("I've already left", "already_left"))))
        blocks += [Divider(), Buttons((help_me,))]
    return Card(
        notification=f"Please send again what you sent {between}",
        title=f"I could not hear you {between}.",
        blocks=tuple(blocks),
        tone="amber",
    )


def unheard_school(overview: Overview) -> Card:
    """To the office: who is out, and has been asked to send it again."""
    between = _between(overview.args, overview.school, overview.now)
    out = dict.fromkeys(v.name for view in overview.out for v in view.watch.out)
    more = f", and those of {overview.more} more visits" if overview.more else ""
    return Card(
        notification=f"Doorstep could hear nobody {between}",
        title=f"I could hear nobody {between}.",
        blocks=(
            Text("What anybody wrote or pressed then may not have arrived."),
            Text(f"Out now: {join_names(out)}{more}. {ASKED}" if out else NOBODY),
            Text("If you pressed something yourself, please press it again."),
            Buttons((EVERYBODY,)),
        ),
        tone="amber",
    )


def _between(args: Mapping[str, str], school: School, now: datetime) -> str:
    since, until = (
        datetime.fromisoformat(args.get(each, "") or now.isoformat()) for each in (SINCE, UNTIL)
    )
    return f"from {school.clock(since, now)} to {school.clock(until, now)}"
