"""Forms as modals, and answers as modals that say what was done.

A modal's title holds 24 characters; a longer one stands in the form. Dates and times are two
pickers, since Slack's picker for both speaks in the reader's zone, and forms in the school's.
"""

import re
from collections.abc import Mapping
from typing import Any

from adapters.packing import pack_form
from adapters.slack.blocks import button_rows, render
from adapters.slack.rich import line, paragraph, plain, rich, run
from bot.cards.model import Card, Choice, Field, Form, Line, Moment

Block = dict[str, Any]
Views = dict[str, Any]
NAME = "Doorstep"
TITLE = 24
LONGEST_TYPED = 3000
FORM_ROOM = 3000
RADIOS, TICKS, OPTIONS = 4, 10, 100
DATE, TIME = ".date", ".time"
USER = re.compile(r"[UW][A-Z0-9]+")
DAY, CLOCK = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"([01]\d|2[0-3]):[0-5]\d")
NOTHING_TO_CHOOSE = "There is nothing to choose from."


def form_view(
    form: Form, zone: str, *, in_office: bool = False, ids: Mapping[str, str] | None = None
) -> Views:
    """The form before a person, with what has been typed and what is wrong with it. ``ids`` are
    the Slack ids of the school's people: where all are known, people are picked in Slack's way.
    """
    blocks: list[Block] = []
    if len(form.title) > TITLE:
        blocks += paragraph(form.title, bold=True)
    blocks += _wrong(form.errors.get("", ""))
    for words in form.intro:
        blocks += paragraph(words)
    for field in form.fields:
        blocks += _wrong(form.errors.get(field.name, ""))
        blocks += _field(field, form.values.get(field.name, ""), zone, ids or {})
    blocks += button_rows(form.extra)
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": pack_form(form, FORM_ROOM, in_office=in_office),
        "title": plain(form.title if len(form.title) <= TITLE else NAME, TITLE),
        "submit": plain(form.submit, TITLE),
        "close": plain("Cancel"),
        "blocks": blocks,
    }


def card_view(card: Card) -> Views:
    """A card in place of a form: what came of it."""
    return {
        "type": "modal",
        "callback_id": "answer",
        "title": plain(NAME),
        "close": plain("Close"),
        "blocks": render(card),
    }


def error_blocks(form: Form) -> dict[str, str] | None:
    """What is wrong by block, where Slack can show it beside each field with everything kept; None
    where only a new view can: about the whole form, or with another button to press.
    """
    if form.extra or not form.errors:
        return None
    places = {field.name: _place(field) for field in form.fields}
    found = {places.get(name): why for name, why in form.errors.items()}
    if None in found:
        return None
    return {place: why[:2000] for place, why in found.items() if place}


def _place(field: Field) -> str | None:
    """The block that carries a field's error."""
    if isinstance(field, Choice) and not field.options:
        return None
    return f"{field.name}{TIME}" if isinstance(field, Moment) else field.name


def _wrong(why: str) -> list[Block]:
    return (
        [rich(line({"type": "emoji", "name": "warning"}, run(f" {why}", bold=True)))] if why else []
    )


def _field(field: Field, value: str, zone: str, ids: Mapping[str, str]) -> list[Block]:
    match field:
        case Line():
            return [_input(field, field.name, _text(field, value))]
        case Moment(name=name):
            date, _, time = value.partition("T")
            day: Block = {"type": "datepicker", "action_id": f"{name}{DATE}"}
            clock: Block = {"type": "timepicker", "action_id": f"{name}{TIME}", "timezone": zone}
            if DAY.fullmatch(date):
                day["initial_date"] = date
            if CLOCK.fullmatch(time[:5]):
                clock["initial_time"] = time[:5]
            at = {
                **_input(field, f"{name}{TIME}", clock),
                "label": plain(f"{field.label}, time", 2000),
            }
            at.pop("hint", None)
            return [_input(field, f"{name}{DATE}", day), at]
        case Choice(options=()):
            asked = [rich(line(run(field.label, bold=True)))]
            return [*asked, *paragraph(field.hint), *paragraph(NOTHING_TO_CHOOSE)]
        case Choice(people=True, options=options) if all(person in ids for person, _ in options):
            return [_input(field, field.name, _picker(field, value, ids))]
        case Choice():
            return [_input(field, field.name, _choice(field, value))]


def _input(field: Field, block_id: str, element: Block) -> Block:
    hint = {"hint": plain(field.hint, 2000)} if field.hint else {}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(field.label, 2000),
        "element": element,
        "optional": not field.required,
        **hint,
    }


def _text(field: Line, value: str) -> Block:
    """The core says when it is too long; what was typed is never cut off by the field."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.several_lines,
        "max_length": LONGEST_TYPED,
    }
    if value:
        element["initial_value"] = value[:LONGEST_TYPED]
    return element


def _choice(field: Choice, value: str) -> Block:
    options: list[Any] = [
        {"text": plain(label, 75), "value": name} for name, label in field.options
    ]
    chosen = [o for o in options if o["value"] in (value.split(",") if field.several else [value])]
    count = len(options)
    if field.several:
        kind = "checkboxes" if count <= TICKS else "multi_static_select"
        first = {"initial_options": chosen} if chosen else {}
    else:
        kind = "radio_buttons" if count <= RADIOS and field.required else "static_select"
        first = {"initial_option": chosen[0]} if chosen else {}
    element: Block = {"type": kind, "action_id": field.name, **first}
    if count <= OPTIONS:
        return {**element, "options": options}
    return {**element, "option_groups": _groups(options)}


def _picker(field: Choice, value: str, ids: Mapping[str, str]) -> Block:
    """Anybody of the workspace can be picked; the core says who is not of the school."""
    picked = [ids.get(person, person) for person in value.split(",") if person]
    known = [user for user in picked if USER.fullmatch(user)]
    if field.several:
        first: Block = {"initial_users": known} if known else {}
        return {"type": "multi_users_select", "action_id": field.name, **first}
    first = {"initial_user": known[0]} if known else {}
    return {"type": "users_select", "action_id": field.name, **first}


def _groups(options: list[Any]) -> list[Block]:
    """A school of more than a hundred: in groups of a hundred, named by their first and last."""
    return [
        {
            "label": plain(
                f"{part[0]['text']['text'][:30]} to {part[-1]['text']['text'][:30]}", 75
            ),
            "options": part,
        }
        for part in (options[n : n + OPTIONS] for n in range(0, len(options), OPTIONS))
    ]
