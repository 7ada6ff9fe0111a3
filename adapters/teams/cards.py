"""A card as an Adaptive Card: every word, every button, and nothing besides. Words stay words.

A message of Teams holds 24 KB. What doesn't fit is shortened visibly, the longest texts first; a
button is never lost. Buttons stand in rows that a phone shows whole.
"""

from collections.abc import Sequence
from typing import Any

from adapters.packing import pack_button
from adapters.payload import as_sent
from adapters.shortened import cut, shortened
from adapters.teams.rich import Element, facts, inert, items, line, paragraph, run
from bot.cards.model import Block, Button, Buttons, Card, Divider, Facts, Items, OwnView, Text, Tone

Content = dict[str, Any]
Mentioned = tuple[str, str]
"""Somebody's id on Teams, and their name."""

KIND = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
KEY = "doorstep"
"""Where a button's data says what it means."""
ROOM = 22_000
"""Bytes of JSON; the rest of 24 KB is for the envelope."""
LONGEST_SUMMARY, LONGEST_LINE = 150, 1000
BUTTON_ROOM = 1000
MOST_LOOKING = 60
"""People whose clients refresh a card by themselves; Teams lets no more."""
PHONE = 272
"""Pixels for a row of buttons where the screen has 320."""
A_LETTER, A_BUTTON, BETWEEN = 8, 30, 8
COLOURS: dict[Tone, str] = {
    "ask": "accent",
    "amber": "warning",
    "alarm": "attention",
    "done": "good",
}
"""What stands behind the title. The colour repeats what the words say."""
STYLES = {"primary": "positive", "danger": "destructive"}


def content(
    card: Card, mentioned: Sequence[Mentioned] = (), looking: Sequence[str] = ()
) -> Content:
    """Give the Adaptive Card; whoever is mentioned is named at its end. ``looking`` are the ids of
    whoever reads it otherwise: their clients ask for that themselves.

    Where room is short, what old clients fall back on is the first to go.
    """
    for old_clients in (True, False):
        whole = _whole(card, mentioned, looking, old_clients=old_clients)
        if fits(whole):
            return whole
    shorter = shortened(
        card, lambda tried: fits(_whole(tried, mentioned, looking, old_clients=False))
    )
    return _whole(shorter, mentioned, looking, old_clients=False)


def message(
    card: Card, mentioned: Sequence[Mentioned] = (), looking: Sequence[str] = ()
) -> Content:
    """The activity that shows a card. ``summary`` is what a locked phone gives (P1)."""
    return activity(card.notification, content(card, mentioned, looking))


def plain(card: Card) -> Content:
    """Words are better than silence: for a card that Teams refuses."""
    return {
        "type": "message",
        "text": cut(f"{card.notification}. {card.title}", LONGEST_LINE),
        "textFormat": "plain",
        "summary": cut(card.notification, LONGEST_SUMMARY),
    }


def activity(summary: str, shown: Content) -> Content:
    """An activity that is a card alone: Teams splits text and card, and could edit neither."""
    return {
        "type": "message",
        "summary": cut(summary, LONGEST_SUMMARY),
        "attachments": [{"contentType": KIND, "content": shown}],
    }


def adaptive(body: Sequence[Element], fallback: str, **more: Any) -> Content:
    """The frame around what is shown."""
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": VERSION,
        "fallbackText": cut(fallback, LONGEST_SUMMARY),
        "body": list(body),
        **more,
    }


def fits(shown: Content) -> bool:
    """Whether a message holds it, as it is sent."""
    return len(as_sent(shown)) <= ROOM


def title(words: str, tone: Tone = "calm") -> list[Element]:
    """What must be read first."""
    if not words:
        return []
    said = line(run(words, bold=True, large=True))
    colour = COLOURS.get(tone)
    if not colour:
        return [said]
    return [{"type": "Container", "style": colour, "bleed": True, "items": [said]}]


def button_rows(buttons: Sequence[Button], *, old_clients: bool = True) -> list[Element]:
    """Rows of buttons, none wider than a phone."""
    rows: list[list[Element]] = []
    left = 0
    for button in buttons:
        width = A_BUTTON + A_LETTER * len(button.label)
        if not rows or width > left:
            rows.append([])
            left = PHONE
        left -= width + BETWEEN
        rows[-1].append(_button(button, old_clients=old_clients))
    return [
        {"type": "ActionSet", "actions": row, **({"spacing": "small"} if number else {})}
        for number, row in enumerate(rows)
    ]


def execute(label: str, verb: str, data: Content, style: str = "default", **more: Any) -> Element:
    """What is pressed: a call that is answered at once."""
    made = {"type": "Action.Execute", "title": inert(label), "verb": verb, "data": data, **more}
    return made | ({"style": STYLES[style]} if style in STYLES else {})


def with_fallback(pressed: Element) -> Element:
    """With what clients from before ``Action.Execute`` do: they send the same as a message."""
    old = {name: value for name, value in pressed.items() if name != "verb"}
    return {**pressed, "fallback": {**old, "type": "Action.Submit"}}


def _whole(
    card: Card, mentioned: Sequence[Mentioned], looking: Sequence[str], *, old_clients: bool
) -> Content:
    body = title(card.title, card.tone)
    top, apart = len(body), False
    for block in card.blocks:
        if isinstance(block, Divider):
            apart = len(body) > top  # a title stands apart by itself
            continue
        made = _block(block, old_clients=old_clients)
        if made and apart:
            made[0] = {**made[0], "separator": True, "spacing": "medium"}
            apart = False
        body += made
    named, entities = _mention(mentioned)
    more = {"msteams": {"entities": entities}} if entities else {}
    more |= _refresh(card.own_view, looking)
    return adaptive([*body, *named], card.notification, **more)


def _refresh(own: OwnView | None, looking: Sequence[str]) -> Content:
    """Whose clients ask for a card of their own, and by what."""
    if own is None or not looking:
        return {}
    data = {KEY: pack_button(own.press, BUTTON_ROOM)}
    asked = {"type": "Action.Execute", "verb": own.press.action, "data": data}
    return {"refresh": {"action": asked, "userIds": list(looking[:MOST_LOOKING])}}


def _block(block: Block, *, old_clients: bool) -> list[Element]:
    match block:
        case Text(body=body, style=style):
            return paragraph(body, bold=style == "strong", quiet=style == "quiet")
        case Facts(rows=rows):
            return facts(rows)
        case Items(items=listed, numbered=numbered):
            return items(listed, numbered=numbered)
        case Buttons(buttons=buttons):
            return button_rows(buttons, old_clients=old_clients)
        case Divider():
            return []


def _button(button: Button, *, old_clients: bool) -> Element:
    """It sends nothing of what stands in a form, and so works however that is filled in."""
    made = execute(
        button.label,
        button.action,
        {KEY: pack_button(button, BUTTON_ROOM)},
        button.style,
        associatedInputs="none",
    )
    return with_fallback(made) if old_clients else made


def _mention(people: Sequence[Mentioned]) -> tuple[list[Element], list[Element]]:
    """Light up their phones, in a channel that wouldn't. The one text that Teams may read."""
    if not people:
        return [], []
    marks = [(user, name, f"<at>{_name(name)}</at>") for user, name in people]
    said = {"type": "TextBlock", "wrap": True, "text": "For " + ", ".join(m for *_, m in marks)}
    return [said], [
        {"type": "mention", "text": mark, "mentioned": {"id": user, "name": name}}
        for user, name, mark in marks
    ]


def _name(name: str) -> str:
    """Letters, and little else."""
    return "".join(letter for letter in name if letter.isalnum() or letter in " .'’-").strip()
