"""A word of its own in every sensitive field, so that wherever one turns up it names its field."""

from bot.cards.model import Card, Form
from bot.domain.plan import Details, External, Home

PLACE = "Canary-Place"
GUEST = "Canary-Guest"
GUEST_PHONE = "Canary-Phone-of-guest"
ORGANISATION = "Canary-Organisation"
KIND = "Canary-Kind"
FAMILY = "Canary-Family"
PURPOSE = "Canary-Purpose"
WHY_NOT = "Canary-Why-not-in-school"
TO_SEE = "Canary-To-see"
APPOINTMENT = "Canary-Appointment"
RISKS = "Canary-Risks"
NEEDS = "Canary-Needs"
WHO_DOES_WHAT = "Canary-Who-does-what"
DISCUSSION = "Canary-Discussion"
SECOND_PLACE = "Canary-Second-place"
SECOND_FAMILY = "Canary-Second-family"
ADDRESSES = frozenset({PLACE, SECOND_PLACE})
WHY_ALONE = "Canary-Why-alone"
FOLLOW_UP = "Canary-Follow-up"
MORE_HELP = "Canary-More-help"
REASON = "Canary-Reason"
CONDITION = "Canary-Condition"
WROTE = "Canary-Wrote"
HOW_SAFE = "Canary-How-safe"
OWNER_NOTE = "Canary-Owner-note"
CONCERN = "Canary-Concern"
EMERGENCY = "Canary-Emergency"
EMERGENCY_PHONE = "Canary-Phone-of-emergency"
CAR = "Canary-Car"
FLAG = "Canary-Flag"

REQUEST = frozenset(
    {
        *(PLACE, GUEST, GUEST_PHONE, ORGANISATION, KIND, FAMILY, PURPOSE, WHY_NOT, TO_SEE),
        *(APPOINTMENT, RISKS, NEEDS, WHO_DOES_WHAT, WHY_ALONE, SECOND_PLACE, SECOND_FAMILY),
        *(FOLLOW_UP, MORE_HELP, FLAG, DISCUSSION),
    }
)
"""What an approver needs to decide."""
SEALED = frozenset({RISKS, FLAG, EMERGENCY, EMERGENCY_PHONE, CAR})
"""For rung holders of an open alarm, in a direct message."""
WATCHED = ADDRESSES | {GUEST, GUEST_PHONE, WROTE}
"""For everybody who watches. Both phones stand on the alarm (S10), and what somebody out wrote is
shown to whoever watches (S4).
"""
EVERY = REQUEST | SEALED | WATCHED | {REASON, CONDITION, HOW_SAFE, OWNER_NOTE, CONCERN}

DETAILS = Details(
    place=PLACE,
    kind=KIND,
    family=FAMILY,
    purpose=PURPOSE,
    why_not_in_school=WHY_NOT,
    to_see=TO_SEE,
    discussion=DISCUSSION,
    appointment=APPOINTMENT,
    risks=RISKS,
    needs=NEEDS,
    who_does_what=WHO_DOES_WHAT,
    why_alone=WHY_ALONE,
    further=(Home(SECOND_PLACE, SECOND_FAMILY),),
    follow_up=FOLLOW_UP,
    more_help=MORE_HELP,
    external=External(GUEST, ORGANISATION, GUEST_PHONE),
)


def found_in(text: str) -> frozenset[str]:
    """The canaries in a text."""
    low = text.lower()
    if "canary" not in low:
        return frozenset()
    return frozenset(word for word in EVERY if word.lower() in low)


def body(card: Card) -> frozenset[str]:
    """The canaries that a card shows, or carries in its buttons."""
    return found_in("\n".join((*card.words, *(str(b) for b in card.buttons))))


def in_form(form: Form) -> frozenset[str]:
    """The canaries anywhere in a form."""
    return found_in(str(form))
