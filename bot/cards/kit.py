"""What whoever leaves must have with them: the policy says what, and which clause asks for it."""

from bot.cards.clauses import in_a_hint
from bot.cards.model import Choice
from bot.domain.policy import Policy

READ = ("policy_read", "I've read the home visits policy")


def to_have(
    policy: Policy, agreed: tuple[tuple[str, str], ...] = (), *, unread: bool = False
) -> tuple[Choice, ...]:
    """The ticks at the door, with what was ``agreed`` besides; none where nothing is asked for.
    Whoever hasn't said this term that they have read the policy says so by one more.
    """
    kit = policy.departure_kit
    if not kit and not agreed and not unread:
        return ()
    rules = (*(tick.clause for tick in kit), *(("familiar",) if unread else ()))
    return (
        Choice(
            "kit",
            "What you have with you",
            (
                *((tick.name, tick.text) for tick in kit),
                *agreed,
                *((READ,) if unread else ()),
            ),
            in_a_hint(policy, *rules),
            several=True,
            required=True,
        ),
    )


def left_at_school(policy: Policy, ticked: str, *, unread: bool = False) -> str:
    """What is not ticked, in a sentence; nothing where all of it is."""
    there = set(ticked.split(","))
    missing = [tick.text for tick in policy.departure_kit if tick.name not in there]
    said: list[str] = []
    if missing:
        names = ", ".join(f"{text[0].lower()}{text[1:]}" for text in missing)
        said.append(f"Please make sure that you have with you: {names}. Then tick it.")
    if unread and READ[0] not in there:
        said.append("Please read the home visits policy (write: policy), and tick that you have.")
    return " ".join(said)
