"""Cards about no particular visit: home, help, strangers, and polite refusals (P6)."""

from collections.abc import Sequence

from bot.cards.model import Block, Button, Buttons, Card, Divider, Form, Items, Text
from bot.cards.view import View
from bot.cards.watching import who_watches
from bot.cards.words import outcome

PLAN = Button("Plan a visit", "plan", style="primary")
HELP = Button("I need help", "help", style="danger")
HOW = Button("How Doorstep works", "how_it_works")


def sentence(words: str, *buttons: Button) -> Card:
    """One polite sentence, with whatever may be pressed instead."""
    return Card(words, words, (Buttons(buttons),) if buttons else ())


def not_yours() -> Card:
    """For somebody who may not act or see; says nothing of whether there is a visit (P6)."""
    return sentence(
        "Sorry, that isn't here for you: please ask your office if you think it should be."
    )


def stranger() -> Card:
    """For somebody who is not in the school file."""
    return Card(
        notification="I don't know you yet",
        title="I don't know you yet.",
        blocks=(
            Text("Ask whoever looks after Doorstep at your school to add you."),
            Text("If you are in danger, ring 999."),
        ),
    )


def home(first_name: str, mine: Sequence[View], *also: Button) -> Card:
    """What somebody can do, and where their own visits stand; ``also`` is for whoever watches."""
    blocks: list[Block] = [
        Text(f"{view.visit.reference}, {view.when()}. {outcome(view)} {who_watches(view)}".strip())
        for view in mine
    ]
    blocks.append(Buttons((PLAN, *also, HOW)))
    blocks += [Divider(), Buttons((HELP,))]
    return Card(
        notification="What would you like to do?",
        title=f"Hello {first_name}. What would you like to do?",
        blocks=tuple(blocks),
    )


def help_choice() -> Card:
    """Help from somebody who isn't out: danger, or a question? (S4)"""
    return Card(
        notification="Are you in danger now?",
        title="Are you in danger now?",
        tone="amber",
        blocks=(
            Text("Press I'm in danger, and I tell your colleagues at once. You can also ring 999."),
            Buttons((Button("I'm in danger", "danger", style="danger"), HOW)),
        ),
    )


def no_plan() -> Card:
    """Somebody leaves, and nobody knows of it: the watch is offered all the same (S1)."""
    return Card(
        notification="You have no visit planned. Shall I watch over you?",
        title="You have no visit planned, so nobody knows that you are going.",
        tone="amber",
        blocks=(
            Text("If you are on your way, I can watch over you from now on.", "strong"),
            Text("The office, the Head and a senior leader are told that it wasn't approved."),
            Buttons((Button("Watch over me now", "watch_me", style="danger"), PLAN)),
            Divider(),
            Buttons((HELP,)),
        ),
    )


def how_it_works() -> Card:
    """The whole thing in a few sentences."""
    return Card(
        notification="How Doorstep works",
        title="How Doorstep works",
        blocks=(
            Text("Plan a visit: say where, why, when, and who goes with you."),
            Text("Somebody senior approves it. Then, as you set off, press I'm leaving now."),
            Text("While you are out I ask whether you are OK. The office sees when you are due."),
            Text(
                "If you don't answer, or ask for help, I tell your colleagues, one after another,"
                " until one of them has it."
            ),
            Text("You can also write all of it, in your own words, at any time:"),
            Items(
                (
                    "visit 3 Elm Close at 2pm for 45 min with Sam, attendance",
                    "leaving, arrived, ok, back, help",
                    "uneasy: your contact and a leader are told quietly, without an alarm",
                    "I have a concern: the Head and the DSL alone are told",
                    "20 more minutes, running late, back at 3.15",
                    "my visits, where is everyone, show the policy",
                    "step by step: I ask one thing after another, instead of a form",
                )
            ),
            Buttons((PLAN,)),
        ),
    )


def went_wrong(error_id: str) -> Card:
    """The one error boundary: the person always gets an answer, and the log its id."""
    return Card(
        notification="Something went wrong. Please try again",
        title="Something went wrong, and I have done nothing. Please try again.",
        tone="amber",
        blocks=(
            Text("If it is urgent, ring the office; in danger, ring 999."),
            Text(f"Error {error_id}", "quiet"),
        ),
    )


def retired() -> Card:
    """What an older message of a slot becomes when a newer one is posted."""
    return Card("See the newer message", "See the newer message below.")


def to_open(form: Form) -> Card:
    """A form that could not be opened of itself: a plain message opens none, and a slow line may
    have kept it shut.
    """
    action = "change_plan" if form.name == "plan" and form.visit else form.name
    button = Button("Open the form", action, form.visit, form.version, form.args, "primary")
    return Card(form.title, f"{form.title}: press to fill it in.", (Buttons((button,)),))


def reachable(name: str) -> Card:
    """Sent by whoever checks whether this person can be reached."""
    return Card(
        "Doorstep can reach you here",
        f"Hello {name}. Doorstep can reach you here.",
        (Text("Somebody is checking that it works. You need do nothing."),),
    )
