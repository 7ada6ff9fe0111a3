"""Who stands on the demo page, and what each of them is greeted with."""

from adapters.web.personas import Cast, Persona
from bot.cards.general import PLAN
from bot.cards.model import Button, Card, Text

CAST = Cast(
    (
        Persona("ana", "Ana Teach", "teacher"),
        Persona("sam", "Sam Assist", "teaching assistant"),
        Persona("shah", "Mrs Shah", "Head", above_staff=True),
        Persona("lee", "Mr Lee", "senior leader", above_staff=True),
        Persona("okoro", "Ms Okoro", "Designated Safeguarding Lead", above_staff=True),
        Persona("office", "Office", "the office channel", kind="office"),
        Persona("olu", "Olu Desk", "office manager", above_staff=True, spare=True),
        Persona("bea", "Bea Buddy", "teacher", spare=True),
    ),
    at_desk="olu",
)
SHORTCUTS: tuple[Button, ...] = (PLAN,)


def greeting(persona: Persona) -> Card:
    """The first message of a pane."""
    if persona.kind == "office":
        return Card(
            "The office channel",
            "This is the office channel.",
            (Text("Here the office sees who is out, where, and when they are due back."),),
        )
    said = {
        "ana": "Press Plan a visit below to begin, or write: visit",
        "sam": "When Ana takes you along, you answer for yourself here.",
    }.get(persona.id, "What you are asked, and what you must know, arrives here by itself.")
    return Card("Welcome", f"Hello {persona.name}.", (Text(said),))
