"""One card or form of the gallery, and how it is printed."""

from dataclasses import dataclass

from bot.cards.model import (
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Field,
    Form,
    Items,
    Line,
    Moment,
    Text,
)


@dataclass(frozen=True, slots=True)
class Example:
    """``of`` is the name under which it is drawn: in ``CARDS``, of a general card, or of a form."""

    of: str
    name: str
    reader: str
    shown: Card | Form


def write(example: Example) -> str:
    """The example as a person reads it, in plain text."""
    head = f"=== {example.of}: {example.name} (before {example.reader})"
    shown = example.shown
    body = _card(shown) if isinstance(shown, Card) else _form(shown)
    return "\n".join([head, *body, ""])


def _card(card: Card) -> list[str]:
    lines = [f"on the phone: {card.notification}", "", card.title]
    for block in card.blocks:
        match block:
            case Text(body=body, style=style):
                lines.append({"plain": "{}", "strong": "*{}*", "quiet": "_{}_"}[style].format(body))
            case Facts(rows=rows):
                lines += [f"  {label}: {value}" for label, value in rows]
            case Items(items=items, numbered=numbered):
                lines += [
                    f"  {f'{number}.' if numbered else '-'} {item}"
                    for number, item in enumerate(items, 1)
                ]
            case Divider():
                lines.append("  ----")
            case Buttons(buttons=buttons):
                lines.append(_row(buttons))
    return lines


def _form(form: Form) -> list[str]:
    lines = [form.title, *form.intro]
    if form.errors.get(""):
        lines.append(f"! {form.errors['']}")
    for field in form.fields:
        lines += _field(field, form.values.get(field.name, ""))
        if field.name in form.errors:
            lines.append(f"  ! {form.errors[field.name]}")
    submit = Button(form.submit, form.name, form.visit, form.version, form.args)
    return [*lines, _row((submit, *form.extra))]


def _field(field: Field, value: str) -> list[str]:
    label = f"{field.label}{' (needed)' if field.required else ''}"
    lines = [f"{label}:{f'  ({field.hint})' if field.hint else ''}"]
    match field:
        case Choice(options=options, several=several):
            chosen = set(value.split(","))
            left, right = ("[", "]") if several else ("(", ")")
            lines += [
                f"  {left}{'x' if option in chosen else ' '}{right} {words}"
                for option, words in options
            ]
        case Line() | Moment():
            lines.append(f"  {value or '______'}")
    return lines


def _row(buttons: tuple[Button, ...]) -> str:
    return " ".join(f"[{button.label}]" for button in buttons)
