"""What a visitor sees once they have asked for help."""

from bot.cards.model import Buttons, Card, Divider, Text
from bot.cards.view import View
from bot.cards.words import colleagues
from bot.domain.facts import telling
from bot.domain.watch import Visitor

LEAVE = "If you can, leave now. In danger, ring 999."


PASSED_ON = "I have passed on that it was pressed by mistake. They will make sure."


STAYS_OPEN = "Your call for help stays open until a colleague has made sure."


def help_asked(view: View, me: Visitor) -> Card:
    """After I need help: who sees to it, and a way to say more. It ends nothing (S4, S5)."""
    alarm = view.alarm
    assert alarm is not None
    assert me.help_at is not None
    owner = alarm.owner
    known = colleagues(view)
    told = f"{view.name(owner.id)} is seeing to it." if owner else f"{known}."
    alone = telling(view.visit, view.facts.reached) == "nobody"
    leave = "If you can, leave; in danger ring 999." if alone else LEAVE
    return Card(
        notification=f"{known} ({view.visit.reference})",
        title=f"You asked for help at {view.clock(me.help_at)}.",
        tone="alarm",
        blocks=(
            Text(told, "strong"),
            *((Text(PASSED_ON),) if me.mistake_at else ()),
            Text(leave, "strong" if alone else "plain"),
            Buttons(
                (
                    view.button("I need help", "help", "danger"),
                    view.button("I'm back", "back"),
                    view.button("Gone somewhere else", "moved"),
                )
            ),
            Divider(),
            Buttons((view.button("Pressed by mistake", "mistake"),)),
        ),
    )
