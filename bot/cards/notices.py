"""Short news for the people who watch: due soon, back, somewhere else, not left, and so on."""

from bot.cards.model import Block, Buttons, Card, Facts, Text
from bot.cards.out_presses import presses
from bot.cards.view import View, few_names, join_names
from bot.cards.words import last_heard, policy_says, with_them
from bot.domain.plan import Note
from bot.domain.roles import approvers
from bot.domain.rules.later import later


def due(view: View) -> Card:
    """A few minutes before the expected return: to the visitors, and to the office."""
    at = view.clock(view.watch.expected_return)
    late = view.clock(view.watch.expected_return + view.policy.return_grace)
    me = view.me
    if me and me.is_out:
        return Card(
            notification=f"You are due back at {at} ({view.visit.reference})",
            title=f"You are due back at {at}.",
            tone="ask",
            blocks=(
                Text("If it takes longer, press I need more time now."),
                *policy_says(view, "report_back"),
                *presses(view, arrived=False),
            ),
        )
    names = view.out_names
    if not names:
        return back(view)
    one, past = len(view.watch.out) == 1, view.now >= view.watch.expected_return
    verb = ("was" if one else "were") if past else ("is" if one else "are")
    follows = f"I ask them then. If I hear nothing by {late}, I raise the alarm."
    if view.alarm:
        follows = "An alarm is open: see its message."
    elif past:  # sent late, after an outage; or they were heard of, and gave no new return
        follows = "They are not back yet."
    return Card(
        notification=f"{few_names(v.name for v in view.watch.out)} {verb} due back at {at} "
        f"({view.visit.reference})",
        title=f"{names} {verb} due back at {at}.",
        blocks=(
            Text(follows),
            Facts((("Ring", view.phones(view.watch.out)), *with_them(view))),
        ),
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
    reported = {
        by: join_names(v.name for v in returned if v.back_by == by)
        for by in dict.fromkeys(v.back_by for v in returned if v.back_by and v.back_by != v.id)
    }
    word = (
        *(Text(f"{view.name(by)} reported {who} back.", "quiet") for by, who in reported.items()),
    )
    few = f"{few_names(v.name for v in returned)} {verb} back, {at}" if returned else title
    return Card(
        notification=f"{few} ({view.visit.reference})",
        title=title,
        tone="amber" if view.alarm else "calm" if out else "done",
        blocks=(
            *((Text("An alarm is open: see its message.", "strong"),) if view.alarm else ()),
            *((still,) if out else ()),
            *word,
            *_not_back(view),
        ),
    )


def _not_back(view: View) -> tuple[Buttons, ...]:
    """The wrong name is easily ticked: each report can be taken back, by whoever watches."""
    if view.reader in view.visit.visitors:
        return ()
    buttons = tuple(
        view.button(f"{v.name} is not back", "not_back", who=v.id)
        for v in view.watch.visitors
        if v.reported_back and v.heard != "safe"
    )
    return (Buttons(buttons),) if buttons else ()


def moved(view: View) -> Card:
    """They have gone somewhere else (S14)."""
    by = view.name(view.args.get("by", ""))
    return Card(
        notification=f"{by} has gone somewhere else ({view.visit.reference})",
        title=f"{by} has gone somewhere else: {view.place}.",
        tone="amber",
        blocks=(
            Text(f"Due back {view.clock(view.watch.expected_return)}, as before."),
            Facts((("Ring", view.phones(view.watch.out or None)), *with_them(view))),
        ),
    )


LAST_WORDS = 12
"""The newest message must not hide what somebody wrote just before it."""


def said(view: View) -> Card:
    """What was not understood, or has no words, from somebody out: never taken for an OK (S4)."""
    notes = view.details.notes if view.details else ()
    words = [n for n in notes if n.about in {"wrote", "sent"}][-LAST_WORDS:]
    by = words[-1].by if words else view.args.get("by", "")
    unopened = bool(words) and words[-1].about == "sent"
    has = "has sent something that I can't open" if unopened else "has written"
    who = view.name(by) if by else few_names(v.name for v in view.watch.visitors)
    me = view.watch.visitor(by)
    is_out = "who was out" if me and not me.is_out else "who is out"
    asks = view.can_ask and view.reader not in view.visit.visitors
    return Card(
        notification=f"{who}, {is_out}, {has} ({view.visit.reference})",
        title=f"Please {'ask them' if unopened else 'read this'}: {who}, {is_out}, {has}.",
        tone="amber",
        blocks=(
            *(Text(f"{view.name(n.by)}, {view.clock(n.at)}: {_came(n)}") for n in words),
            *(() if words else (Text("The message can't be read just now."),)),
            Text("I did not take it for an OK. If it worries you, ring them."),
            Facts((("Ring", view.phones(view.watch.out or None)), *with_them(view))),
            *((Buttons((view.button("Ask if they're OK", "ask_if_ok"),)),) if asks else ()),
        ),
    )


def _came(note: Note) -> str:
    return f"“{note.text}”" if note.about == "wrote" else f"{note.text} that I can't open."


def news(view: View) -> Card:
    """Something that the owner of an alarm, or whoever watches, should know."""
    lines: list[Block] = []
    for visitor in view.watch.visitors:
        if visitor.help_at and visitor.mistake_at:
            lines.append(
                Text(
                    f"{visitor.name} says that the call for help was pressed by mistake. "
                    "Please make sure: I have ended nothing.",
                    "strong",
                )
            )
        if visitor.help_at and visitor.back_at:
            lines.append(
                Text(
                    f"{visitor.name} says: I'm back, at {view.clock(visitor.back_at)}. The call "
                    "for help stays open until one of you has made sure.",
                    "strong",
                )
            )
        elif visitor.help_at and not visitor.mistake_at:
            lines.append(
                Text(
                    f"{visitor.name} asked for help at {view.clock(visitor.help_at)}. That call is "
                    "open.",
                    "strong",
                )
            )
        elif visitor.help_at:
            continue
        elif visitor.is_out:
            lines.append(Text(f"{visitor.name} is out. {last_heard(view, visitor)}"))
        else:
            lines.append(Text(f"{visitor.name} is back."))
    return Card(
        notification=f"News of {few_names(v.name for v in view.watch.visitors)}. Please read it "
        f"({view.visit.reference})",
        title=f"News of {view.visitors}.",
        tone="amber",
        blocks=(*lines, Facts((("Ring", view.phones()), *with_them(view)))),
    )


def not_left(view: View) -> Card:
    """Approved, and nobody said that they left: the office makes sure."""
    start = view.clock(view.visit.plan.leaving_at)
    if view.visit.watch:
        return Card(
            notification=f"{view.lead} has left ({view.visit.reference})",
            title=f"{view.lead} has left after all.",
        )
    people = (view.facts.school.person(p) for p in view.visit.visitors)
    phones = [(p.name, p.phone or "(no phone known)") for p in people if p]
    one = len(view.visit.visitors) == 1
    ring = phones[0][1] if one and phones else "; ".join(map(" ".join, phones))
    verb = "is" if one else "are"
    return Card(
        notification=f"Please check where {view.lead} is ({view.visit.reference})",
        title=f"Please make sure that {view.visitors} {verb} in school: {ring}.",
        tone="amber",
        blocks=(
            Text(f"{view.lead} was to leave at {start}, and has not said so.", "strong"),
            Text(f"{view.place}. Nobody watches over this visit now."),
            Facts((*with_them(view), ("Reference", view.visit.reference))),
        ),
    )


def extension(view: View) -> Card:
    """More time than a visitor may take alone (S11)."""
    asked = view.watch.extension
    names = [v.name for v in view.watch.out or view.watch.visitors]
    verb = "is" if len(names) == 1 else "are"
    if asked is None or not view.watch.out:
        due = view.clock(view.watch.expected_return)
        now = f"due back {due}" if view.watch.out else "back"
        return Card(
            notification=f"Answered: {few_names(names)} {verb} {now} ({view.visit.reference})",
            title=f"Answered: {join_names(names)} {verb} {now}.",
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
                "That is longer than they may take without asking. Until an approver says yes, "
                f"{view.clock(view.watch.expected_return)} stands."
            ),
            *(
                Text(said, "strong")
                for said in later(view.visit, view.facts, view.now, asked.until, view.reader)
                if may
            ),
            *((buttons,) if may else ()),
        ),
    )
