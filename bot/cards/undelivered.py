"""A notice that the office channel refused for good: somebody else has to tell them (S8)."""

from bot.cards.model import Card, Facts, Text
from bot.cards.view import View, few_names, join_names


def to_admin() -> Card:
    """To an administrator who may see nothing of the visit: the channel needs mending (P6)."""
    problem = "A message to the office channel could not be sent. Please check it."
    return Card(notification=problem, title=problem, tone="amber")


def undelivered(view: View) -> Card:
    """To whoever was told of the departure: what to tell the office."""
    out = view.watch.out
    back = [v for v in view.watch.visitors if v.back_at]
    says = []
    if out:
        due = view.clock(view.watch.expected_return)
        says.append(f"{view.out_names} {_are(len(out))} out, due back {due}")
    if back:
        at = view.clock(max(v.back_at for v in back if v.back_at))
        says.append(f"{join_names(v.name for v in back)} {_are(len(back))} back, {at}")
    return Card(
        notification=f"Please tell the office about {few_names(v.name for v in out or back)} "
        f"({view.visit.reference})",
        title=f"The office channel could not be reached: please tell them that {join_names(says)}.",
        tone="amber",
        blocks=(
            *((Text("An alarm is open: see its message.", "strong"),) if view.alarm else ()),
            Facts((("Ring", view.phones(out or None)),)),
        ),
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
