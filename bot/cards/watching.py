"""Who is watching: said to the visitors on request, to the office on its notice, and to whoever is
asked next because nobody has said so.
"""

from bot.cards.model import Block, Button, Buttons, Card, Facts, Text
from bot.cards.view import View, few_names, join_names
from bot.cards.words import last_heard, with_them
from bot.domain.roles import OFFICE, may_confirm
from bot.domain.visit import Finished


def who_watches(view: View) -> str:
    """In a sentence; nothing where nobody is to be asked."""
    watch = view.visit.watch
    if watch is None or not watch.out:
        return ""
    if watch.watching:
        by, at = watch.watching.by, view.clock(watch.watching.at)
        who = "You are" if by == view.reader else f"{view.name(by)} is"
        return f"{who} watching, since {at}."
    if watch.confirm_by is None:
        return ""
    asked = join_names(view.name(p) for p in watch.asked_to_watch)
    return (
        f"Nobody has said yet that they are watching.{f' I have asked {asked}.' if asked else ''}"
    )


def line(view: View) -> tuple[Text, ...]:
    """On the cards of a visit that is out; bold once everybody was asked in vain."""
    words = who_watches(view)
    if not words:
        return ()
    return (Text(words, "strong" if view.watch.unwatched else "plain"),)


def button(view: View) -> tuple[Button, ...]:
    """While nobody has said so, for whoever may."""
    watch = view.watch
    if watch.watching or watch.confirm_by is None or not watch.out:
        return ()
    may = view.reader == OFFICE or may_confirm(view.reader, view.visit, view.facts, view.now)
    return (view.button("I'm watching", "watching", "primary"),) if may else ()


def unwatched(view: View) -> Card:
    """Nobody has said that they are watching: can this reader?"""
    watch = view.watch
    names = few_names(v.name for v in watch.out or watch.visitors)
    reference = view.visit.reference
    if isinstance(view.visit.phase, Finished) or not watch.out:
        words = f"{names} {'is' if len(watch.visitors) == 1 else 'are'} back"
        return Card(f"{words} ({reference})", f"{words} ({reference}).", tone="done")
    due = view.clock(watch.expected_return)
    if watch.watching:
        return Card(
            notification=f"{names}: {who_watches(view)[:-1]} ({reference})",
            title=f"{names}, due back {due}: {who_watches(view)}",
            tone="done",
        )
    blocks: list[Block] = [
        Text(f"{view.out_names}, {view.place}. Due back {due}.", "strong"),
        Text("Please keep your phone with you until they are back, and ring them if in doubt."),
        Facts((("Ring", view.phones(watch.out)), *with_them(view), ("Reference", reference))),
        *(Text(last_heard(view, v)) for v in watch.out),
    ]
    if press := button(view):
        blocks.append(Buttons(press))
        if watch.confirm_by:
            blocks.append(
                Text(f"Without an answer I go on asking at {view.clock(watch.confirm_by)}.")
            )
    return Card(
        notification=f"Nobody has said that they are watching over {names}. Can you? ({reference})",
        title=f"Nobody has said that they are watching over {names}. Can you?",
        tone="amber",
        blocks=tuple(blocks),
    )
