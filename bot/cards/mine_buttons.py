"""What the lead and the companions can press before they leave, and what one press asks first."""

from bot.cards.appointment import record_button, still_open
from bot.cards.model import Button, Buttons, Card, Text
from bot.cards.view import View
from bot.cards.words import hand_over
from bot.domain.visit import Approved, ChangesAsked, Ended, Requested


def leads_buttons(view: View) -> tuple[Button, ...]:
    """What the lead may do next, the likeliest first."""
    cancel = view.button("Cancel the visit", "cancel", "danger")
    match view.visit.phase:
        case Requested():
            return (view.button("Change the plan", "change_plan"), hand_over(view), cancel)
        case ChangesAsked():
            change = view.button("Change the plan and ask again", "change_plan", "primary")
            return (change, hand_over(view), cancel)
        case Approved():
            open_ = still_open(view) is not None
            leave = view.button("I'm leaving now", "leave", "default" if open_ else "primary")
            change = view.button("Change the plan", "change_plan")
            record = record_button(view, "primary" if open_ else "default")
            first = (*record, leave) if open_ else (leave, *record)
            return (*first, change, hand_over(view), cancel)
        case Ended(how=how) if how != "cancelled":
            return (
                view.button("I've already left", "already_left", "danger"),
                Button("Plan a visit", "plan"),
            )
        case _:
            return ()


def companions_buttons(view: View) -> tuple[Button, ...]:
    """What whoever goes along may do without the lead."""
    match view.visit.phase:
        case Ended(how=how) if how != "cancelled":
            return (view.button("I've already left", "already_left", "danger"),)
        case Requested() | ChangesAsked() | Approved():
            return (view.button("I can't come", "drop_out"), hand_over(view, "Take over"))
        case _:
            return ()


def sure_to_drop_out(view: View) -> Card:
    """What "I can't come" does, before it does it."""
    reference = view.visit.reference
    approved = isinstance(view.visit.phase, Approved)
    lost = "The approval is lost then, and is asked for again." if approved else ""
    return Card(
        notification=f"You can't come on visit {reference}?",
        title=f"You can't come on visit {reference}, {view.when()}?",
        tone="amber",
        blocks=(
            Text(f"{view.lead} is told. {lost}".strip()),
            Buttons((view.button("Yes, I can't come", "drop_out", "danger", sure="yes"),)),
            Text("If you can come after all, do nothing.", "quiet"),
        ),
    )
