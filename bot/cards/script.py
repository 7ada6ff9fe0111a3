"""What to say to 999, and the risks: direct messages to rung holders, never a channel (P3)."""

from bot.cards.general import not_yours
from bot.cards.model import Buttons, Card, Facts, Items, Text
from bot.cards.over import ended
from bot.cards.remembered import risk
from bot.cards.view import View
from bot.cards.words import last_heard, nothing_said, sought, who_rings, with_them
from bot.domain.roles import may_see_risks


def script(view: View) -> Card:
    """What to say to 999. A direct message to a rung holder, never a channel (P3)."""
    open_ = view.alarm
    if open_ is None:
        return ended(view)
    if not may_see_risks(view.reader, view.visit):
        return not_yours()
    rings = open_.rings(view.now)
    title, notification = "Ring 999 now. Say this:", f"{view.visit.reference}: ring 999 now"
    if rings and rings != view.reader:
        title = f"{view.name(rings)} is ringing 999. Nobody else need."
        notification = f"{view.name(rings)} is ringing 999 ({view.visit.reference})"
    said_so = () if rings else who_rings(view, open_)
    troubled = sought(view)
    last = max(troubled, key=lambda v: v.last_heard) if troubled else None
    others = view.phones(v for v in view.watch.visitors if v not in troubled)
    one = len(troubled) == 1
    staff = "a member of staff" if one else "members of staff"
    why = "who asked for help" if any(v.help_at for v in troubled) else "whom we cannot reach"
    called = "Name and phone" if one else "Names and phones"
    lines = [
        f"I'm calling from {view.facts.school.name} about {staff} on a home visit {why}.",
        f"{called}: {view.phones(troubled)}.",
        f"The address: {view.place}.",
    ]
    if last:
        lines.append(last_heard(view, last))
    if others:
        lines.append(f"Also on the visit: {others}.")
    return Card(
        notification=notification,
        title=title,
        tone="alarm",
        blocks=(
            *said_so,
            *((Text("What to say to 999:"),) if rings and rings != view.reader else ()),
            Items(tuple(lines)),
            Facts((*with_them(view), *risk_rows(view))),
            *(
                ()
                if rings
                else (
                    Buttons(
                        (view.button("I'm ringing now: nobody else need", "ringing", "danger"),)
                    ),
                )
            ),
        ),
    )


def risk_rows(view: View) -> tuple[tuple[str, str], ...]:
    """Risks, cars and emergency contacts: for rung holders of an open alarm, and 999."""
    details = view.details
    rows: list[tuple[str, str]] = [
        (
            "Known risks",
            "can't be read just now" if details is None else details.risks or nothing_said(view),
        )
    ]
    if details:
        flags = view.facts.known.binding(view.now)
        rows += [("Flagged at this address", risk(flag)) for flag in flags]
    for visitor in view.watch.visitors:
        person = view.facts.school.person(visitor.id)
        if person and person.car:
            rows.append((f"{visitor.name}'s car", person.car))
        if person and person.emergency:
            contact = person.emergency
            rows.append((f"Emergency contact of {visitor.name}", f"{contact.name} {contact.phone}"))
    return tuple(rows)


def risks(view: View) -> Card:
    """The answer to Show risks; each opening is recorded. Over when the alarm is."""
    if view.alarm is None:
        return ended(view)
    if not may_see_risks(view.reader, view.visit):
        return not_yours()
    return Card(
        notification=f"{view.visit.reference}: what you asked to see",
        title=f"{view.visitors}: risks and contacts ({view.visit.reference}).",
        tone="alarm",
        blocks=(Facts(risk_rows(view)), Text("That you opened this is recorded.", "quiet")),
    )
