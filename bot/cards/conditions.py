"""Approve if ...: the form, and what it says before whoever it concerns. The words may give the
reason away: they are for whoever goes and whoever decides. The office knows only that it is rung.
"""

from collections.abc import Mapping

from bot.cards.model import Choice, Form, Line, Text
from bot.cards.view import View, join_names
from bot.domain.conditions import conditions_of, ticks, unread
from bot.domain.plan import Condition

Values = Mapping[str, str]
LONGEST = 200
SHORT = 60
WAYS = (
    ("along", "they take somebody along"),
    ("ring", "they ring the office on arrival"),
)
RING = "I'll ring the office on arrival"


def form(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """What must be so. It is asked for when they leave."""
    visit = view.visit
    return Form(
        name="approve_if",
        title=f"Approve {visit.reference} if ...",
        submit="Approve on condition",
        visit=visit.id,
        version=visit.version,
        args=view.args,
        intro=(f"{view.lead} sees this, and is asked for it when they leave.",),
        fields=(
            Choice("conditions", "Only if", WAYS, several=True),
            Line(
                "words", "Or in your own words", "For example: be back by 16:00.", longest=LONGEST
            ),
        ),
        values=values or {},
        errors=errors or {},
    )


def said(view: View) -> tuple[Text, ...]:
    """Each approver's, in a sentence of its own; what was written, word for word."""
    if unread(view.visit):
        return (Text("It was approved on a condition, which can't be read just now.", "strong"),)
    by: dict[str, list[str]] = {}
    for each in conditions_of(view.visit):
        by.setdefault(each.by, []).append(_one(view, each))
    return tuple(
        Text(f"{view.name(who)} approves if {join_names(all_)}.", "strong")
        for who, all_ in by.items()
    )


def next_step(view: View) -> tuple[Text, ...]:
    """To the lead, where somebody is still to be found who goes along."""
    wanted = any(each.what == "along" for each in conditions_of(view.visit))
    if not wanted or view.visit.plan.companions or view.reader != view.visit.lead:
        return ()
    return (Text("To add who goes along, press Change the plan: nobody is asked again."),)


def _one(view: View, each: Condition) -> str:
    you = view.reader == view.visit.lead
    who = "you" if you else view.lead
    match each.what:
        case "along":
            return f"{who} {'take' if you else 'takes'} somebody along"
        case "ring":
            return f"{who} {'ring' if you else 'rings'} the office on arrival"
        case _:
            return f"this is so: “{each.words}”"


def at_the_door(view: View) -> tuple[tuple[str, str], ...]:
    """The ticks beside what they have with them, for whoever goes."""
    if view.reader not in view.visit.visitors:
        return ()
    return tuple((name, _tick(each)) for name, each in ticks(view.visit))


def _tick(each: Condition) -> str:
    if each.what == "ring":
        return RING
    words = each.words if len(each.words) <= SHORT else f"{each.words[:SHORT]}…"
    return f"As agreed: {words}"


def in_full(view: View) -> tuple[str, ...]:
    """What is too long for a tick."""
    if view.reader not in view.visit.visitors:
        return ()
    long = (each for _, each in ticks(view.visit) if len(each.words) > SHORT)
    return tuple(f"{view.name(each.by)} approves if this is so: “{each.words}”" for each in long)
