"""Short news for the people who watch: due soon, back, somewhere else, not left, and so on."""

from bot.cards.model import Block, Buttons, Card, Facts, Text
from bot.cards.out import presses
from bot.cards.view import View, join_names
from bot.cards.words import last_heard
from bot.domain.roles import approvers


def due(view: View) -> Card:
    """A few minutes before the expected return: to the visitors, and to the office."""
    at = view.clock(view.watch.expected_return)
    me = view.watch.visitor(view.reader)
    if me and me.is_out:
        return Card(
            notification=f"You are due back at {at} ({view.visit.reference})",
            title=f"You are due back at {at}.",
            tone="ask",
            blocks=(Text("If it takes longer, say so now."), *presses(view, arrived=False)),
        )
    names = view.out_names
    if not names:
        return back(view)
    verb = "is" if len(view.watch.out) == 1 else "are"
    return Card(
        notification=f"{names} {verb} due back at {at} ({view.visit.reference})",
        title=f"{names} {verb} due back at {at}.",
        blocks=(Facts((("Ring", view.phones(view.watch.out)),)),),
    )


def back(view: View) -> Card:
    """The return notice, each time somebody comes back."""
    returned = sorted((v for v in view.watch.visitors if v.back_at), key=lambda v: str(v.back_at))
    out = view.watch.out
    names = join_names(v.name for v in returned)
    at = view.clock(returned[-1].back_at) if returned and returned[-1].back_at else ""
    verb = "is" if len(returned) == 1 else "are"
    title = f"{names} {verb} back, {at}." if returned else "Nobody is back yet."
    still = Text(f"Still out: {join_names(v.name for v in out)}.", "strong")
    word = tuple(
        Text(f"{view.name(v.back_by)} reported {v.name} back.", "quiet")
        for v in returned
        if v.back_by and v.back_by != v.id
    )
    return Card(
        notification=f"{title} {view.visit.reference}",
        title=title,
        tone="calm" if out else "done",
        blocks=(*((still,) if out else ()), *word),
    )


def moved(view: View) -> Card:
    """They have gone somewhere else (S14)."""
    by = view.name(view.args.get("by", ""))
    return Card(
        notification=f"{by} has gone somewhere else ({view.visit.reference})",
        title=f"{by} has gone somewhere else: {view.place}.",
        tone="amber",
        blocks=(Facts((("Ring", view.phones(view.watch.out)),)),),
    )


def said(view: View) -> Card:
    """Words that were not understood, from somebody out: never taken for an OK (S4)."""
    by = view.args.get("by", "")
    notes = view.details.notes if view.details else ()
    words = next((n for n in reversed(notes) if n.about == "wrote" and n.by == by), None)
    return Card(
        notification=f"{view.name(by)}, who is out, has written ({view.visit.reference})",
        title=f"{view.name(by)}, who is out, has written.",
        tone="amber",
        blocks=(
            Text(f"“{words.text}”" if words else "The message can't be read just now."),
            Text("I did not take it for an OK. If you are unsure, ring them."),
            Facts((("Ring", view.phones(view.watch.out or None)),)),
            Buttons((view.button("Ask if they're OK", "ask_if_ok"),)),
        ),
    )


def news(view: View) -> Card:
    """Something that the owner of an alarm, or whoever watches, should know."""
    lines: list[Block] = []
    for visitor in view.watch.visitors:
        if visitor.help_at and visitor.back_at:
            lines.append(
                Text(
                    f"{visitor.name} says: I'm back, at {view.clock(visitor.back_at)}. The call "
                    "for help stays open until one of you has made sure.",
                    "strong",
                )
            )
        elif visitor.help_at:
            lines.append(
                Text(
                    f"{visitor.name} says that the call for help was pressed by mistake. "
                    "Make sure of it: I have ended nothing.",
                    "strong",
                )
            )
        elif visitor.is_out:
            lines.append(Text(f"{visitor.name} is out. {last_heard(view, visitor)}"))
    return Card(
        notification=f"News of {view.visitors} ({view.visit.reference})",
        title=f"News of {view.visitors}.",
        tone="amber",
        blocks=(*lines, Facts((("Ring", view.phones()),))),
    )


def not_left(view: View) -> Card:
    """Approved, and nobody said that they left: the office makes sure."""
    start = view.clock(view.visit.plan.leaving_at)
    if view.visit.watch:
        return Card(
            notification=f"{view.lead} has left ({view.visit.reference})",
            title=f"{view.lead} has left after all.",
        )
    person = view.facts.school.person(view.visit.lead)
    phone = (person.phone if person else None) or "(no phone known)"
    return Card(
        notification=f"{view.lead} has not said whether they left ({view.visit.reference})",
        title=f"{view.lead} was to leave at {start}, and has not said so.",
        tone="amber",
        blocks=(
            Text(f"Please make sure that {view.lead} is in school: {phone}.", "strong"),
            Text(f"{view.visitors}, {view.place}. Nobody watches this visit now."),
        ),
    )


def extension(view: View) -> Card:
    """More time than a visitor may take alone (S11)."""
    asked = view.watch.extension
    if asked is None or not view.watch.out:
        return Card(
            notification=f"{view.visit.reference}: answered",
            title=f"{view.visitors}: due back {view.clock(view.watch.expected_return)}.",
            tone="done",
        )
    until = view.clock(asked.until)
    number = str(asked.number)
    buttons = Buttons(
        (
            view.button("Allow it", "allow_time", "primary", number=number),
            view.button("Don't allow it", "refuse_time", number=number),
        )
    )
    may = view.reader in approvers(view.visit, view.facts, view.now)
    return Card(
        notification=f"{view.name(asked.by)} asks for time until {until} ({view.visit.reference})",
        title=f"{view.name(asked.by)} asks for time until {until}.",
        tone="ask",
        blocks=(
            Text(
                f"That is longer than they may take alone. Until somebody says yes, "
                f"{view.clock(view.watch.expected_return)} stands."
            ),
            *((buttons,) if may else ()),
        ),
    )
