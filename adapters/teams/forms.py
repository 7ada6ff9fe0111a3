"""Forms as cards in the chat: an error stands at its field, and everything typed stays.

A date and its time are two inputs. Neither knows a zone, so what is typed is the school's time.
Required fields are checked by the client as well; the extra buttons work with nothing filled in.
"""

import re
from dataclasses import replace

from adapters.packing import pack_form
from adapters.shortened import cut
from adapters.teams.cards import (
    KEY,
    Content,
    activity,
    adaptive,
    button_rows,
    execute,
    fits,
    title,
    with_fallback,
)
from adapters.teams.rich import Element, line, paragraph, run, unmarked
from bot.cards.model import Choice, Field, Form, Line, Moment

FORM = "doorstep_form"
"""Where a form's data says which it is."""
DATE, TIME, NAMES = ".date", ".time", ".names"
ASIDE = ", time"
DAY, CLOCK = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST_TYPED = 3000
FORM_ROOM = 3000
RADIOS, TICKS = 4, 10
NOTHING_TO_CHOOSE = "There is nothing to choose from."
PLEASE = "Please fill this in."
SHORT_LIST = 30
WRITE_NAMES = "There are too many to list here: please write the name."
WRITE_SEVERAL = "There are too many to list here: please write their names, with commas between."
NOT_SENT = "This isn't sent yet: please see what stands in red above."
AT_A_GLANCE = 4
"""Fields that a phone shows at once."""
CUT_TO = (LONGEST_TYPED, 1000, 500, 200)
"""And no field to more than it allows."""
WAS_CUT = "There is no room for all of it here. What you typed follows in full as a message."
SUMMARY = "A form for you to fill in"


def content(form: Form, *, in_office: bool = False) -> Content:
    """The form before a person, with what has been typed and what is wrong with it.

    Where room is short, what old clients fall back on goes first, then the hints, then long lists,
    whose names are asked for in writing; what was typed is cut last of all (``left_out``).
    """
    return _as_it_fits(form, in_office=in_office)[1]


def left_out(form: Form, *, in_office: bool = False) -> tuple[tuple[str, str], ...]:
    """What was typed and doesn't stand whole in the form that is shown: label and text."""
    most, _ = _as_it_fits(form, in_office=in_office)
    found = _too_long(form, most) if most else {}
    return tuple((f.label, form.values[f.name]) for f in form.fields if f.name in found)


def _as_it_fits(form: Form, *, in_office: bool) -> tuple[int, Content]:
    """With so much of each field at the most; 0 where nothing that was typed is cut."""
    bare = _without_hints(form)
    tries = [(0, form, True), *((0, each, False) for each in (form, bare, _without_lists(bare)))]
    tries += [(most, _without_lists(_cut(bare, most)), False) for most in CUT_TO]
    for most, tried, old_clients in tries[:-1]:
        shown = _whole(tried, in_office=in_office, old_clients=old_clients)
        if fits(shown):
            return most, shown
    most, tried, _ = tries[-1]
    return most, _whole(tried, in_office=in_office, old_clients=False)


def message(form: Form, *, in_office: bool = False) -> Content:
    """The activity that shows a form. Its summary says nothing of what it is about (P1)."""
    return activity(SUMMARY, content(form, in_office=in_office))


def _whole(form: Form, *, in_office: bool, old_clients: bool) -> Content:
    body = [*title(form.title), *_wrong(form.errors.get("", ""))]
    for words in form.intro:
        body += paragraph(words)
    for field in form.fields:
        body += _wrong(form.errors.get(field.name, ""))
        body += _field(field, form.values.get(field.name, ""))
    if any(form.errors.values()) and len(form.fields) > AT_A_GLANCE:
        body += _wrong(NOT_SENT)  # whoever has just pressed sees the end of a long card
    data = {KEY: pack_form(form, FORM_ROOM, in_office=in_office), FORM: form.name}
    send = execute(form.submit, form.name, data, "primary")
    row: Element = {"type": "ActionSet", "actions": [with_fallback(send) if old_clients else send]}
    return adaptive([*body, row, *button_rows(form.extra, old_clients=old_clients)], SUMMARY)


def _wrong(why: str) -> list[Element]:
    return [line(run(why, bold=True, colour="attention"))] if why else []


def _field(field: Field, value: str) -> list[Element]:
    match field:
        case Line():
            return [_text(field, value), *_hint(field)]
        case Moment():
            return [*_moment(field, value), *_hint(field)]
        case Choice(options=()):
            return [
                *paragraph(field.label, bold=True),
                *_hint(field),
                *paragraph(NOTHING_TO_CHOOSE),
            ]
        case Choice():
            return [_choice(field, value), *_hint(field)]


def _hint(field: Field) -> list[Element]:
    return [line(run(field.hint, quiet=True), spacing="none")] if field.hint else []


def _input(kind: str, name: str, label: str, *, required: bool) -> Element:
    must = {"isRequired": True, "errorMessage": PLEASE} if required else {}
    return {"type": f"Input.{kind}", "id": name, "label": label, **must}


def _text(field: Line, value: str) -> Element:
    """The core says when it is too long; what was typed is never cut off by the field."""
    made = _input("Text", field.name, field.label, required=field.required)
    several = {"isMultiline": True} if field.several_lines else {}
    typed = {"value": value[:LONGEST_TYPED]} if value else {}
    return {**made, **several, "maxLength": LONGEST_TYPED, **typed}


def _moment(field: Moment, value: str) -> list[Element]:
    date, _, time = value.partition("T")
    day = _input("Date", f"{field.name}{DATE}", field.label, required=field.required)
    if DAY.fullmatch(date):
        day["value"] = date
    clock = _input("Time", f"{field.name}{TIME}", f"{field.label}{ASIDE}", required=field.required)
    if CLOCK.fullmatch(time[:5]):
        clock["value"] = time[:5]
    return [day, clock]


def _choice(field: Choice, value: str) -> Element:
    made = _input("ChoiceSet", field.name, field.label, required=field.required)
    offered = [name for name, _ in field.options]
    typed = value.split(",") if field.several else [value]
    chosen = [name for name in offered if name in typed]
    count = len(offered)
    open_ = count <= TICKS if field.several else count <= RADIOS and field.required
    return {
        **made,
        "style": "expanded" if open_ else "compact",
        "wrap": True,
        **({"isMultiSelect": True} if field.several else {}),
        "choices": [
            {"title": unmarked(said) or "…", "value": name} for name, said in field.options
        ],
        **({"value": ",".join(chosen)} if chosen else {}),
    }


def _without_hints(form: Form) -> Form:
    """Without the words that explain."""
    fields = tuple(replace(field, hint="") for field in form.fields)
    return replace(form, intro=(), fields=fields)


def _too_long(form: Form, most: int) -> dict[str, int]:
    """What is typed into these fields has no room; so much of each has."""
    room = {f.name: min(f.longest, most) for f in form.fields if isinstance(f, Line)}
    return {name: left for name, left in room.items() if len(form.values.get(name, "")) > left}


def _cut(form: Form, most: int) -> Form:
    """As far as there is room, which is said where there is none."""
    long = _too_long(form, most)
    values = {name: cut(form.values[name], left) for name, left in long.items()}
    errors = {name: f"{form.errors.get(name, '')} {WAS_CUT}".strip() for name in long}
    return replace(form, values={**form.values, **values}, errors={**form.errors, **errors})


def _without_lists(form: Form) -> Form:
    """A line for names in place of each long list."""
    fields = tuple(_for_names(field) for field in form.fields)
    values, errors = dict(form.values), dict(form.errors)
    for before, after in zip(form.fields, fields, strict=True):
        if isinstance(before, Choice) and after is not before:
            said = dict(before.options)
            chosen = values.pop(before.name, "").split(",")
            values[after.name] = ", ".join(said.get(each, each) for each in chosen if each)
            errors[after.name] = errors.pop(before.name, "")
    return replace(form, fields=fields, values=values, errors=errors)


def _for_names(field: Field) -> Field:
    if not isinstance(field, Choice) or len(field.options) <= SHORT_LIST:
        return field
    how = WRITE_SEVERAL if field.several else WRITE_NAMES
    hint = f"{field.hint} {how}".strip()
    return Line(f"{field.name}{NAMES}", field.label, hint, required=field.required)
