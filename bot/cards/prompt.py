"""A visitor is asked: are you OK? And past their return: when will you be back? Nothing about the
family stands here either (P1).
"""

from bot.cards.model import Buttons, Card, Divider, Text
from bot.cards.out_presses import concern, presses, uneasy
from bot.cards.returned import reported
from bot.cards.view import View
from bot.cards.words import colleagues, policy_says
from bot.domain.reading.names import addressed

_ASK = {
    "routine": "{name}, are you OK?",
    "asked": "{name}, a colleague asks: are you OK?",
    "uneasy": "{name}, are you OK?",
    "after_alarm": "{name}, are you still OK?",
    "call_back": "{name}, please come back now. Are you OK?",
}


def prompt(view: View) -> Card:
    """Are you OK? With what happens when nobody answers, and when."""
    me = view.me
    if me is None or not me.is_out:
        return _answered(view)
    open_ = me.prompt
    if open_ is None:
        return new_return(view) if me.resume_at else _answered(view)
    limit = view.clock(open_.reply_by)
    first = addressed(me.name)
    if open_.kind == "return":
        due = view.clock(view.watch.expected_return)
        title = f"{first}, you were due back at {due}. Are you OK?"
    else:
        title = _ASK[open_.kind].format(name=first)
    chased = open_.chase_at is None and view.now > open_.asked_at
    if chased:
        title = f"Once more: {title}"
    return Card(
        notification=f"{title} Answer by {limit}",
        title=title,
        tone="amber" if chased else "ask",
        blocks=(
            Text(f"If I hear nothing, I raise the alarm at {limit}.", "strong"),
            *(policy_says(view, "report_back") if open_.kind == "return" else ()),
            *presses(view, arrived=False, quietly=(uneasy(view), *concern(view))),
        ),
    )


def _answered(view: View) -> Card:
    me = view.me
    if me and me.silent_since and me.is_out:
        return Card(
            notification="Your colleagues are looking for you. Are you OK?",
            title="Are you OK? Your colleagues are looking for you: I have no answer yet.",
            tone="amber",
            blocks=presses(view, arrived=False),
        )
    if me and me.help_at and view.alarm:
        return Card(
            notification=f"{colleagues(view)} ({view.visit.reference})",
            title=f"I have your call for help. {colleagues(view)}.",
            tone="done",
        )
    if me and me.vouched_by and me.is_out:
        by, at = view.name(me.vouched_by), view.clock(me.last_heard)
        return Card(
            notification=f"{by} recorded at {at} that you are OK ({view.visit.reference})",
            title=f"{by} recorded at {at} that you are OK.",
            tone="amber",
            blocks=(
                Text("If that is wrong, or it wasn't you who rang, please answer yourself."),
                *presses(view, arrived=False),
            ),
        )
    if me and me.reported_back:
        return reported(view, me)
    at = f" at {view.clock(me.last_heard)}" if me else ""
    return Card(
        notification=f"Thank you ({view.visit.reference})",
        title=f"Thank you. I heard from you{at}.",
        tone="done",
    )


def new_return(view: View) -> Card:
    """Past the return, OK is not enough: when, then? (S2)"""
    me = view.me
    if me is None or me.resume_at is None or not me.is_out:
        return _answered(view)
    limit = view.clock(me.resume_at)
    return Card(
        notification=f"When will you be back? Answer by {limit}",
        title="Good. When will you be back?",
        tone="ask",
        blocks=(
            Text(f"Without a new time I raise the alarm at {limit}.", "strong"),
            Buttons(
                (
                    view.button("I need more time", "more_time", "primary"),
                    view.button("I'm back", "back"),
                )
            ),
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )
