"""A form asked field by field, for channels and moments that have no forms: one question a card,
the choices as buttons, and a summary before anything is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.cards.general import HELP
from bot.cards.model import (
    Block,
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Field,
    Form,
    Line,
    Moment,
    Text,
)

MOST_BUTTONS = 10
SHORT = 300
GO_ON = Button("Go on", "step_show")
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody has got: ``form`` has what was typed and what is wrong; ``options`` what a
    doubtful field could be; ``unread`` what was not understood. ``turn`` marks the buttons, so that
    what is sent is what was shown.
    """

    form: Form
    turn: int
    options: Mapping[str, Options] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Field, ...]:
        """What is needed and not there."""
        typed = self.form.values
        return tuple(f for f in self.form.fields if f.required and not typed.get(f.name))

    @property
    def can_be_sent(self) -> bool:
        """Nothing is missing, wrong or doubtful."""
        return not self.missing and not self.form.errors

    def button(self, label: str, action: str, **args: str) -> Button:
        """A button of this turn."""
        return Button(label, action, args={"turn": str(self.turn), **args})


def question(progress: Progress, asked: Field) -> Card:
    """One field: what is asked, what is wrong, what stands there, and the choices."""
    form = progress.form
    value = form.values.get(asked.name, "")
    blocks: list[Block] = [Text(line) for line in form.intro if asked == form.fields[0]]
    if why := form.errors.get("") or form.errors.get(asked.name):
        blocks.append(Text(why, "strong"))
    if hint := _hint(asked, progress):
        blocks.append(Text(hint))
    if value:
        blocks.append(Text(f"So far: {shown(asked, value)}"))
    choices = [
        progress.button(label, "step_answer", field=asked.name, value=option)
        for option, label in _choices(asked, progress)
    ]
    if choices:
        blocks.append(Buttons(tuple(choices)))
    several = isinstance(asked, Choice) and asked.several
    keep = "Done" if several else "Keep it"
    right = bool(value) and asked.name not in form.errors
    go_on = [progress.button(keep, "step_skip", field=asked.name)] if right else []
    if value and several:
        go_on.append(progress.button("Choose again", "step_answer", field=asked.name, value=""))
    if not value and not asked.required:
        go_on = [progress.button("Skip", "step_skip", field=asked.name)]
    previous = progress.button("Previous", "step_previous")
    whole = progress.button("In a form instead", "step_fill")
    stop = progress.button("Stop", "step_stop")
    ways = (previous, *((whole,) if len(form.fields) > 1 else ()), stop)
    blocks.append(Buttons((*go_on, *ways, *form.extra)))
    blocks += [Divider(), Buttons((HELP,))]
    steps = [f.name for f in form.fields if not f.by_name or f == asked]
    place = steps.index(asked.name) + 1
    mark = "" if asked.label.endswith("?") else ":"
    return Card(
        notification="The next question, from Doorstep",
        title=f"{form.title} ({place} of {len(steps)}). {asked.label}{mark}",
        blocks=tuple(blocks),
        tone="amber" if form.errors.get(asked.name) else "ask",
    )


def _hint(asked: Field, progress: Progress) -> str:
    if isinstance(asked, Moment):
        return asked.hint or "For example: 2pm, 14:05, tomorrow at 9, in half an hour."
    if isinstance(asked, Choice):
        few = len(asked.options) <= MOST_BUTTONS
        how = "Choose, or write them" if asked.several else "Choose, or write it"
        how = how if few else "Write it" if not asked.several else "Write them"
        return f"{asked.hint} {how}{', with commas between' if asked.several else ''}.".strip()
    del progress
    return asked.hint


def _choices(asked: Field, progress: Progress) -> Options:
    doubtful = progress.options.get(asked.name)
    if doubtful:
        return doubtful[:MOST_BUTTONS]
    if not isinstance(asked, Choice) or len(asked.options) > MOST_BUTTONS:
        return ()
    if not asked.several:
        return asked.options
    chosen = [o for o in progress.form.values.get(asked.name, "").split(",") if o]
    return tuple(
        (",".join((*chosen, option)), label)
        for option, label in asked.options
        if option not in chosen
    )


def summary(progress: Progress, *, opens_form: bool = False) -> Card:
    """All that was typed, before it is sent; what is missing, doubtful or not understood."""
    form = progress.form
    values = form.values
    rows = tuple((f.label, shown(f, values[f.name])) for f in form.fields if values.get(f.name))
    blocks: list[Block] = [Facts(rows)] if rows else []
    for each in form.fields:
        if why := form.errors.get(each.name):
            blocks.append(Text(f"{each.label}: {why}", "strong"))
            if options := progress.options.get(each.name):
                blocks.append(
                    Buttons(
                        tuple(
                            progress.button(label, "step_answer", field=each.name, value=value)
                            for value, label in options[:MOST_BUTTONS]
                        )
                    )
                )
    if why := form.errors.get(""):
        blocks.append(Text(why, "strong"))
    missing = [f for f in progress.missing if f.name not in form.errors]
    if missing:
        labels = ", ".join(f.label for f in missing)
        blocks.append(Text(f"Still needed: {labels}.", "strong"))
    for each in missing:
        if choices := _choices(each, progress):
            buttons = (
                progress.button(label, "step_answer", field=each.name, value=value)
                for value, label in choices
            )
            blocks.append(Buttons(tuple(buttons)))
    if progress.unread:
        words = " ".join(progress.unread)[:SHORT]
        blocks.append(Text(f"I didn't understand: “{words}”. It is left out.", "strong"))
    blocks.append(Text(_how_to_change(form), "quiet"))
    send = [progress.button(form.submit, "step_send")] if progress.can_be_sent else []
    rest = "Change or fill in the rest" if opens_form else "Fill in the rest"
    has_rest = opens_form or any(
        not values.get(f.name) or f.name in form.errors for f in form.fields
    )
    fill = [progress.button(rest, "step_fill")] if has_rest else []
    drop = progress.button("Drop it", "step_stop")
    blocks.append(Buttons((*send, *fill, drop, *form.extra)))
    blocks += [Divider(), Buttons((HELP,))]
    ready = "Please check, then send it." if send else "Something is still open."
    return Card(
        notification="Please check what I understood",
        title=f"{form.title}: this is what I have. {ready}",
        blocks=tuple(blocks),
        tone="ask" if send else "amber",
    )


def _how_to_change(form: Form) -> str:
    names = {f.name: f.label for f in form.fields}
    if "place" in names:
        example = f"{names['place']}: 15 Oak Road"
        return f"To change something, write what it is and what it should be: {example}."
    return f"To change something, write its name, for example: {form.fields[0].label}"


def shown(asked: Field, value: str) -> str:
    """A value as people read it."""
    match asked:
        case Choice(options=options):
            names = dict(options)
            return ", ".join(names.get(part, part) for part in value.split(",") if part)
        case Moment():
            return _moment(value)
        case Line():
            return value if len(value) <= SHORT else f"{value[:SHORT]}…"


def _moment(value: str) -> str:
    try:
        local = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def with_go_on(card: Card) -> Card:
    """The answer to something else, with the way back to what is half asked."""
    kept = (Divider(), Text("Your answers so far are kept.", "quiet"), Buttons((GO_ON,)))
    return replace(card, blocks=(*card.blocks, *kept))


def while_out(card: Card) -> Card:
    """Somebody out must know who reads what they write."""
    said = Text(
        "You are out: what you write here in your own words is also shown to whoever watches, the "
        "office too. What you press is not.",
        "quiet",
    )
    return replace(card, blocks=(said, *card.blocks))


def passed_on(card: Card) -> Card:
    """What somebody out wrote as an answer was not understood, or sounded like danger."""
    said = Text("To be safe I've passed that on to whoever watches.", "strong")
    return replace(card, blocks=(said, *card.blocks), tone="amber")


def stopped(title: str) -> Card:
    """Whatever was typed is forgotten."""
    words = f"{title}: stopped. Nothing was sent, and what you wrote is forgotten."
    return Card(words, words)
