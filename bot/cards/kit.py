"""What whoever leaves must have with them: the policy says what, and which clause asks for it."""

from bot.cards.clauses import in_a_hint
from bot.cards.model import Choice
from bot.domain.policy import Policy


def to_have(policy: Policy, agreed: tuple[tuple[str, str], ...] = ()) -> tuple[Choice, ...]:
    """The ticks at the door, with what was ``agreed`` besides; none where nothing is asked for."""
    kit = policy.departure_kit
    if not kit and not agreed:
        return ()
    return (
        Choice(
            "kit",
            "What you have with you",
            (*((tick.name, tick.text) for tick in kit), *agreed),
            in_a_hint(policy, *(tick.clause for tick in kit)),
            several=True,
            required=True,
        ),
    )


def left_at_school(policy: Policy, ticked: str) -> str:
    """What is not ticked, in a sentence; nothing where all of it is."""
    there = set(ticked.split(","))
    missing = [tick.text for tick in policy.departure_kit if tick.name not in there]
    if not missing:
        return ""
    names = ", ".join(f"{text[0].lower()}{text[1:]}" for text in missing)
    return f"Please make sure that you have with you: {names}. Then tick it."
