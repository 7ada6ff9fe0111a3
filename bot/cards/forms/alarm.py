"""What is asked of whoever acts on an alarm."""

from collections.abc import Mapping

from bot.cards.model import Choice, Form, Line
from bot.cards.view import View
from bot.domain.asking import PARAGRAPH
from bot.domain.namesakes import told_apart
from bot.domain.visit import Visit
from bot.domain.watch import Visitor

Values = Mapping[str, str]


def may_be_safe(visit: Visit) -> tuple[Visitor, ...]:
    """Whom a stand-down can speak for: still out, or in trouble."""
    visitors = visit.watch.visitors if visit.watch else ()
    return tuple(v for v in visitors if v.is_out or v.in_trouble)


def safe(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """They are safe: how they know, and whether the visit is over (S2). Where it could be about
    several people, about whom: nobody is safe whom nobody asked about (S6).
    """
    people = may_be_safe(view.visit)
    start = {"over": "no"}
    who: tuple[Choice, ...] = ()
    if len(people) > 1:
        start["who"] = ",".join(v.id for v in people if v.in_trouble)
        names = told_apart(((v.id, v.name) for v in people), view.facts.school)
        who = (Choice("who", "Who is safe?", names, several=True, required=True),)
    return Form(
        name="safe",
        title="They are safe",
        submit="They are safe",
        visit=view.visit.id,
        version=view.visit.version,
        args=view.args,
        fields=(
            *who,
            Line(
                "how",
                "How do you know?",
                "For example: I spoke to her, she is in the car.",
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
            Choice(
                "over",
                "Is the visit over?",
                (("no", "No, keep watching"), ("yes", "Yes")),
                required=True,
            ),
        ),
        values=start if values is None else values,
        errors=errors or {},
    )


def hold(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """The owner asks to hold the alarm longer, once, with a note (S7)."""
    return Form(
        name="on_it",
        title="I'm still on it",
        submit="Hold it longer",
        visit=view.visit.id,
        version=view.visit.version,
        fields=(Line("note", "What are you doing?", required=True, longest=PARAGRAPH),),
        values=values or {},
        errors=errors or {},
    )
