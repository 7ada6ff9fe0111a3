"""The one table from Teams's words to what the engine does (S8)."""

import random

from adapters.teams.api import Limited, Refusal, Unanswered
from bot.ports import GiveUp, PostAnew, TryLater

AUTH_WAIT = 60.0
JITTER = (1.0, 3.0)
NOT_INSTALLED = (
    "the person has not added Doorstep in Teams, or has removed it; adding it (Apps, Built for "
    "your org), or an app setup policy that adds it for everybody, would be right"
)
NOT_SAID = "Teams does not say yet who that is"
NOBODY = {
    "BotDisabledByAdmin": "an administrator has blocked the app in the Teams admin centre",
    "BotNotInConversationRoster": NOT_INSTALLED,
    "ConversationBlockedByUser": "the person has blocked Doorstep in Teams; unblocking it would "
    "be right",
    "ConversationNotFound": "Teams knows no such conversation, or Doorstep is not in it; adding it "
    "to the chat or the team would be right",
    "ForbiddenOperationException": NOT_INSTALLED,
    "InvalidBotApiHost": "the conversation is in another of Microsoft's clouds",
    "MessageWritesBlocked": "the person has blocked Doorstep in Teams; unblocking it would be "
    "right",
    "NotEnoughPermissions": "the app may not write there",
    "UserNotFound": "Teams knows no such person",
}
"""Nothing reaches this address until somebody mends something: the ladder climbs on."""
GONE = frozenset({"ActivityNotFoundInConversation", "MessageNotFound", "ActivityNotFound"})
"""There is no message of ours any more that could be edited."""
TOO_MUCH = frozenset({"MessageSizeTooBig", "BadSyntax", "BadArgument"})
"""Teams takes this card in no form but the plainest: words are better than silence."""


class NotReached(GiveUp):
    """Nothing reaches this address; the text says what would be right."""


def too_much(refusal: Refusal) -> bool:
    """Whether it is the card that Teams doesn't take."""
    return refusal.status == 413 or (refusal.status == 400 and refusal.code in TOO_MUCH)


def outcome(
    problem: Refusal | Limited | Unanswered, *, urgent: bool = False, editing: bool = False
) -> Exception:
    """What the engine is told."""
    match problem:
        case Limited(after=after):
            return TryLater("Teams is rate limiting", jittered(after))
        case Unanswered(after=after):
            return TryLater(f"Teams did not answer: {problem}", jittered(after))
        case Refusal(status=401):
            # What is urgent must climb; what is not goes once the credentials are mended.
            said = f"Teams refuses the app's credentials ({problem})"
            return GiveUp(said) if urgent else TryLater(said, AUTH_WAIT)
        case Refusal(code=code) if editing and code in GONE:
            return PostAnew(code)
        case Refusal(code=code) if code in NOBODY:
            return NotReached(f"{NOBODY[code]} ({problem})")
        case Refusal(status=404) if editing:
            return PostAnew(str(problem))
        case Refusal(status=403 | 404):
            return NotReached(f"Teams lets Doorstep write nothing there ({problem})")
        case Refusal() if too_much(problem):
            return GiveUp(f"Teams does not take the message ({problem})")
        case Refusal():
            return TryLater(f"Teams said {problem}")


def jittered(after: float | None) -> float | None:
    """Not all at the same moment, and never sooner than Teams said. Where it said nothing, the
    outbox waits longer each time.
    """
    return None if after is None else after + random.uniform(*JITTER)  # noqa: S311 - no secret
