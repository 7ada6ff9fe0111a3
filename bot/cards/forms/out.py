"""What is asked about somebody who is out."""

from collections.abc import Mapping

from bot.cards.model import Choice, Form, Line, Moment
from bot.cards.view import View
from bot.domain.namesakes import told_apart

Values = Mapping[str, str]


def more_time(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """How much longer; or a time of day."""
    return Form(
        name="more_time",
        title="I need more time",
        submit="Send",
        visit=view.visit.id,
        version=view.visit.version,
        intro=(f"You are due back at {view.clock(view.watch.expected_return)}.",),
        fields=(
            Choice(
                "minutes",
                "How much longer?",
                (
                    ("10", "10 minutes"),
                    ("20", "20 minutes"),
                    ("30", "30 minutes"),
                    ("60", "1 hour"),
                ),
            ),
            Moment("until", "Or until when?"),
        ),
        values={"minutes": "20"} if values is None else values,
        errors=errors or {},
    )


def moved(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """Gone somewhere else (S14)."""
    return Form(
        name="moved",
        title="Gone somewhere else",
        submit="Tell the office",
        visit=view.visit.id,
        version=view.visit.version,
        fields=(Line("place", "Address", "Where are you now?", required=True, longest=200),),
        values=values or {},
        errors=errors or {},
    )


def phoned(
    view: View, name: str, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """The office's word names who phoned (S10); only where one person went need it not ask."""
    out, alone = view.watch.out, len(view.watch.visitors) == 1
    back = ((v.name, v.back_at) for v in view.watch.visitors if v.back_at)
    past = view.now >= view.watch.expected_return
    who = told_apart(((v.id, v.name) for v in out), view.facts.school)
    fields: tuple[Choice | Moment, ...] = (Choice("visitor", "Who phoned?", who, required=True),)
    if name == "phoned_ok" and past:
        fields = (*fields, Moment("until", "When will they be back?"))
    return Form(
        name=name,
        title="They phoned: OK" if name == "phoned_ok" else "They phoned: back",
        submit="Record it",
        intro=tuple(f"{name} is back already, since {view.clock(at)}." for name, at in back),
        visit=view.visit.id,
        version=view.visit.version,
        fields=fields,
        values=({"visitor": out[0].id} if out and alone else {}) if values is None else values,
        errors=errors or {},
    )
