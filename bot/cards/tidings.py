"""The quiet alert, and a concern before those who are told of it, with who has seen it. A concern's
card names staff, time and reference and nothing of the visit: some of its readers may see no more.
"""

from collections.abc import Mapping

from bot.cards.general import not_yours
from bot.cards.model import Block, Buttons, Card, Facts, Text
from bot.cards.view import View, few_names, join_names
from bot.cards.words import alarm_line, last_heard, or_you, policy_says, with_them
from bot.domain.answers import answer_of
from bot.domain.roles import OFFICE, may_see_concern
from bot.domain.tidings import Seen, Tidings
from bot.domain.watch import Visitor

_SAYS = {
    "uneasy": "uneasy, leaving now",
    "there": "OK, and still there",
    "back": "back",
    "silent": "no answer",
    "help": "help",
}


_RING = "Ring if you can; their screens show nothing of it."


def amber(view: View) -> Card:
    """Somebody is uneasy, or two say different things. No alarm: the visitor is asked again soon,
    and silence raises one.
    """
    alert = view.watch.amber
    if alert is None or alert.over_at is not None:
        return _settled(view, alert)
    differ = any(reason.kind == "differ" for reason in alert.reasons)
    people = _about(view, alert)
    names = join_names(v.name for v in people)
    title = f"{names} {'is' if len(people) == 1 else 'are'} uneasy and leaving."
    if differ:
        title = f"{names} say different things. Please find out which is right."
    return Card(
        notification=f"Please look: {few_names(v.name for v in people)}, {view.clock(alert.at)} "
        f"({view.visit.reference})",
        title=title,
        tone="amber",
        blocks=(
            *(alarm_line(view) or (Text(f"This is no alarm. {_RING}", "strong"),)),
            *(Text(_said(view, v)) for v in people),
            *(Text(line) for line in _asked_again(view, people)),
            Facts(
                (
                    ("Where", view.place),
                    ("Ring", view.phones()),
                    *with_them(view),
                    ("Due back", view.clock(view.watch.expected_return)),
                    ("Told", _told(view, alert)),
                    ("Reference", view.visit.reference),
                )
            ),
            *_seen_by(view, alert.seen),
            *policy_says(view, "unsafe"),
            *_own_up(view, alert),
        ),
    )


def _settled(view: View, alert: Tidings | None) -> Card:
    at = view.clock(alert.over_at) if alert and alert.over_at else view.clock(view.now)
    words = [last_heard(view, v) if v.is_out else f"{v.name} is back." for v in view.watch.visitors]
    return Card(
        notification=f"Settled: {few_names(v.name for v in view.watch.visitors)} "
        f"({view.visit.reference})",
        title=f"Settled at {at}: nobody is uneasy, and no two answers differ.",
        tone="done",
        blocks=tuple(Text(line) for line in words),
    )


def _about(view: View, alert: Tidings) -> tuple[Visitor, ...]:
    who = {person for reason in alert.reasons for person in reason.who}
    return tuple(v for v in view.watch.visitors if v.id in who) or view.watch.visitors


def _said(view: View, visitor: Visitor) -> str:
    """Whose answer, and when: both stand there where two differ."""
    answer, at = answer_of(visitor)
    if not answer:
        return last_heard(view, visitor)
    return f"{visitor.name}, {view.clock(at)}: {_SAYS[answer]}."


def _asked_again(view: View, people: tuple[Visitor, ...]) -> tuple[str, ...]:
    """What happens if nobody does anything."""
    soon = [(v.name, v.due.at) for v in people if v.is_out and v.due and v.due.kind == "uneasy"]
    limits = [(v.name, v.prompt.reply_by) for v in people if v.is_out and v.prompt]
    return (
        *(
            f"I ask {name} again at {view.clock(at)}; silence raises the alarm."
            for name, at in soon
        ),
        *(f"Without an answer from {name} I raise it at {view.clock(at)}." for name, at in limits),
    )


def concern(view: View) -> Card:
    """To Head and DSL, or whoever the policy names after them: in a direct message, by name."""
    number = _number(view)
    if not may_see_concern(view.reader, view.visit, number):
        return not_yours()
    tidings = view.watch.tidings("concern", number)
    assert tidings is not None
    name, at = view.name(tidings.by), view.clock(tidings.at)
    me = view.watch.visitor(tidings.by)
    out = me is not None and me.is_out
    due = view.clock(view.watch.expected_return)
    still = (
        f"{name} is still out, due back {due}, and may not be alone. Unless it can't wait, speak "
        "when they are back."
    )
    return Card(
        notification=f"Please read: {name}, {at} ({view.visit.reference})",
        title=f"{name} has a concern and asks for you, {at} ({view.visit.reference}).",
        tone="amber",
        blocks=(
            Text(still if out else f"{name} is back. Please speak to them.", "strong"),
            *_words(view, number),
            Facts(
                (
                    ("Ring", f"{name} {(me.phone if me else '') or '(no phone known)'}"),
                    ("Told", _told(view, tidings)),
                )
            ),
            *_seen_by(view, tidings.seen),
            *_goes_on(view, tidings),
            *policy_says(view, "concern"),
            *_own_up(view, tidings),
        ),
    )


def receipt(view: View) -> Card:
    """To whoever pressed: who was told, and who has seen it. Until they are back it doesn't say of
    what, since others may be looking on (P1).
    """
    tidings = view.watch.tidings("concern", _number(view))
    if tidings is None or tidings.by != view.reader:
        return not_yours()
    me = view.me
    back = me is not None and not me.is_out
    fares = view.facts.fares.get(tidings.slot, {})
    seen = {each.by: each.at for each in tidings.seen}
    rows = tuple(
        (view.name(who), f"seen, {view.clock(seen[who])}" if who in seen else _fared(fares, who))
        for who in tidings.told
    )
    blocks: list[Block] = [Facts(rows)] if rows else []
    reached = seen or any(fares.get(who) == "sent" for who in tidings.told)
    if not reached and all(fares.get(who) == "failed" for who in tidings.counting):
        blocks.append(Text("I reach nobody just now. Please ring one of them yourself.", "strong"))
        blocks.append(Text(f"Ring: {_phones(view, tidings.told)}."))
    blocks += _goes_on(view, tidings)
    if back:
        blocks += policy_says(view, "concern")
    add = view.button("Add words", "concern_words", number=str(tidings.number))
    blocks.append(Buttons((add,)))
    first = (
        f"Your concern of {view.clock(tidings.at)}" if back else f"Noted, {view.clock(tidings.at)}"
    )
    return Card(
        notification=f"{'Seen' if seen else 'Noted'}, {view.clock(tidings.at)} "
        f"({view.visit.reference})",
        title=f"{first} ({view.visit.reference}).",
        tone="done" if seen else "calm",
        blocks=tuple(blocks),
    )


def _fared(fares: Mapping[str, str], who: str) -> str:
    return {"sent": "told", "failed": "not reached"}.get(fares.get(who, ""), "being told")


def _number(view: View) -> int:
    """Which concern: the one named, else the reader's latest."""
    text = view.args.get("number", "")
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    concerns = view.watch.concerns
    theirs = [c.number for c in concerns if view.reader in (c.by, *c.told)]
    return theirs[-1] if theirs else 0


def _words(view: View, number: int) -> tuple[Text, ...]:
    if view.details is None:
        return (Text("Whatever they wrote can't be read just now."),)
    notes = [n for n in view.details.notes if n.about == f"concern {number}"]
    return tuple(Text(f"{view.name(n.by)}, {view.clock(n.at)}: “{n.text}”") for n in notes)


def _told(view: View, tidings: Tidings) -> str:
    fares, names = view.facts.fares.get(tidings.slot, {}), []
    for who in tidings.told:
        name = "the office" if who == OFFICE else or_you(view, who)
        lost = fares.get(who) == "failed" and who != view.reader
        names.append(f"{name} (not reached)" if lost else name)
    return join_names(names) or "nobody could be told yet"


def _seen_by(view: View, seen: tuple[Seen, ...]) -> tuple[Text, ...]:
    words = (f"{or_you(view, each.by)} at {view.clock(each.at)}" for each in seen)
    said = join_names(words)
    return (Text(f"Seen by {said}.", "strong"),) if said else ()


def _goes_on(view: View, tidings: Tidings) -> tuple[Text, ...]:
    if not tidings.waits or tidings.again_at is None:
        return ()
    more = "" if tidings.rounds else ", and more people"
    at = view.clock(tidings.again_at)
    return (Text(f"If nobody has seen it by {at}, I tell them again{more}."),)


def _phones(view: View, people: tuple[str, ...]) -> str:
    known = (view.facts.school.person(who) for who in people)
    return "; ".join(f"{p.name} {p.phone or '(no phone known)'}" for p in known if p) or "the Head"


def _own_up(view: View, tidings: Tidings) -> tuple[Block, ...]:
    """The office as such has no eyes: somebody of it presses, and is named."""
    if any(each.by == view.reader for each in tidings.seen):
        return ()
    number = str(tidings.number)
    press = view.button("I've seen it", "seen", "primary", about=tidings.about, number=number)
    return (Buttons((press,)),)
