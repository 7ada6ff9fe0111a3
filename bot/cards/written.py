"""The answers to what people write: what was understood, what wasn't, and which was meant."""

from collections.abc import Mapping, Sequence

from bot.cards.general import HELP, HOW, PLAN
from bot.cards.model import Button, Buttons, Card, Divider, Text
from bot.cards.view import View, few_names

OUT_ANYWAY = (Button("I'm OK", "ok", style="primary"), Button("I'm back", "back"))
REWRITTEN = "You changed a message. I act on new ones only, and have passed nothing on."


def not_understood_out(
    *, passed_on: bool, alarming: bool = False, likely: Sequence[Button] = OUT_ANYWAY
) -> Card:
    """From somebody out: what happens to their words. Where the details can't be read, nor can
    these be kept: then that they wrote is all that whoever watches learns. Where it sounds like
    danger, help comes first, and OK last (S4).
    """
    if alarming and passed_on:
        said = "I've passed that on to whoever watches. Do you need help?"
    elif passed_on:
        said = "I didn't understand that, so I pass it on to whoever watches."
    else:
        said = "I can't pass on your words just now, only that you wrote. Please ring the office."
    if alarming:
        more = Text("Press I need help, and I raise the alarm at once. In danger, ring 999.")
        quietly = Buttons((Button("Uneasy, leaving now", "uneasy"),))
        nothing = (quietly, Divider(), Buttons((Button("I'm OK", "ok"),)))
        return Card("Do you need help?", said, (Buttons((HELP,)), more, *nothing), tone="amber")
    return Card(
        notification="I didn't understand that. Are you OK?",
        title=said,
        tone="amber",
        blocks=(Buttons(tuple(likely)), Divider(), Buttons((HELP,))),
    )


def cannot_open(likely: Sequence[Button], *, is_out: bool, is_asked: bool) -> Card:
    """A message without words: a voice message, a picture, a file. Never taken for an OK (S4).
    ``is_asked``: its sender is on a visit that is out or planned, and so is asked.
    """
    title = f"I can't play or read that.{' Are you OK?' if is_asked else ''}"
    done = "I've told whoever watches that it came. " if is_out else ""
    return Card(
        notification=title,
        title=title,
        tone="amber",
        blocks=(
            Text(f"{done}Please write it in words, or press."),
            Buttons(tuple(likely)),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def write_anew(likely: Sequence[Button]) -> Card:
    """To whoever changed a message into something that I would have done, had it been new."""
    return Card(
        notification="You changed a message. I have done nothing",
        title="You changed a message. I act on new ones only, and have done nothing.",
        tone="amber",
        blocks=(
            Text("If you meant it, please write it again, or press."),
            Buttons(tuple(likely)),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def confided(said: str) -> Card:
    """Words to a concern that sound like danger: those who were told have them, and help comes
    first (S4).
    """
    more = Text("Press I need help, and I raise the alarm at once. In danger, ring 999.")
    nothing = (Divider(), Buttons((Button("I'm OK", "ok"),)))
    return Card("Do you need help?", said, (Buttons((HELP,)), more, *nothing), tone="amber")


def leaving_there(view: View) -> Card:
    """``leaving now``, from somebody out: the way home, or away from something."""
    due = view.clock(view.watch.expected_return)
    return Card(
        notification="You are out. Is all well?",
        title=f"You are out already, and are being watched. Due back {due}. Is all well?",
        tone="ask",
        blocks=(
            Text("I pass on what you wrote to whoever watches. I have not taken it for an OK."),
            Buttons(
                (
                    view.button("Uneasy, leaving now", "uneasy"),
                    view.button("I'm OK", "ok"),
                    view.button("I'm back", "back"),
                )
            ),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def not_understood(likely: Sequence[Button] = (PLAN, HOW)) -> Card:
    """The likeliest as buttons, help apart."""
    return Card(
        notification="I didn't understand that",
        title="I didn't understand that.",
        blocks=(
            Text("Did you mean one of these?"),
            Buttons(tuple(likely)),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def which_time(view: View, why: str, options: Sequence[tuple[str, str]]) -> Card:
    """A return that could be two times: which one? (value, label)"""
    buttons = tuple(view.button(label, "more_time", until=value) for value, label in options)
    due = view.clock(view.watch.expected_return)
    return Card(
        notification="When will you be back?",
        title=why,
        tone="ask",
        blocks=(
            Text(f"Until you say, {due} stands."),
            Buttons((*buttons, view.button("Another time", "more_time"))),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def past_return(view: View, at: str) -> Card:
    """``back at 2``, written at five past two: it may be said of what has happened."""
    due = view.clock(view.watch.expected_return)
    return Card(
        notification="Are you back?",
        title=f"{at} is past already. Are you back?",
        tone="ask",
        blocks=(
            Text(f"Until you say, {due} stands. I pass on what you wrote to whoever watches."),
            Buttons((view.button("I'm back", "back"), view.button("Another time", "more_time"))),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def which_visit(
    visits: Sequence[View], action: str, question: str, args: Mapping[str, str] | None = None
) -> Card:
    """More than one visit could be meant: which one? (S14) ``args`` go with every button, and those
    of a view with its own.
    """
    buttons = tuple(
        Button(
            f"{v.visit.reference}, {_which(v)}",
            action,
            v.visit.id,
            v.visit.version,
            {**v.args, **(args or {})},
        )
        for v in visits
    )
    return Card(notification=question, title=question, tone="ask", blocks=(Buttons(buttons),))


def _which(view: View) -> str:
    """What tells a visit from others: when it is due, or who goes when."""
    watch = view.visit.watch
    if watch is None:
        return f"{view.lead}, {view.clock(view.visit.plan.leaving_at)}"
    due = f"due {view.clock(watch.expected_return)}"
    if view.reader not in view.visit.visitors:
        return f"{view.lead}, {due}"
    others = few_names(v.name for v in watch.visitors if v.id != view.reader)
    return f"with {others}, {due}" if others else f"alone, {due}"
