"""Before going in, and when it goes on: the policy's reminder, and by when they would leave. The
family may read both (P1): nothing here is about them.
"""

from bot.cards.model import Block, Buttons, Card, Items, Text
from bot.cards.view import View
from bot.cards.words import policy_says
from bot.domain.watch import Visitor


def before_going_in(view: View, me: Visitor) -> tuple[Block, ...]:
    """The policy's reminder, for whoever has still to arrive; on a round before each home."""
    reminder = view.policy.arrival_reminder
    if me.home >= view.visit.plan.homes or not reminder:
        return ()
    return (Text("Before you go in:"), Items(reminder))


def arrived(view: View) -> Card:
    """The answer to I've arrived: the reminder once more, with the sentences behind it."""
    reference, reminder = view.visit.reference, view.policy.arrival_reminder
    return Card(
        notification=f"You have arrived. I'm watching ({reference})",
        title="Before you go in:" if reminder else f"You have arrived ({reference}).",
        blocks=(
            *((Items(reminder),) if reminder else ()),
            *policy_says(view, "introduce", "identification", "notes", "no_promise"),
        ),
    )


def nudge(view: View) -> Card:
    """It goes on: when they would leave to be back as they said. It asks nothing."""
    me, reference = view.me, view.visit.reference
    if me is None or not me.is_out:
        return Card(f"You are back ({reference})", f"You are back ({reference}).", tone="done")
    due = view.clock(view.watch.expected_return)
    words = f"To be back by {due} you would leave about now"
    return Card(
        notification=f"{words} ({reference})",
        title=f"{words}.",
        blocks=(
            Text("If it takes longer, press I need more time. You need not answer."),
            *policy_says(view, "not_too_long", "more_time"),
            Buttons((view.button("I need more time", "more_time"),)),
        ),
    )
