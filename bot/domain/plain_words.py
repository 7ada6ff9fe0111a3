"""Plain words that mean a press. They match whole messages only: "not ok" is never "ok" (S4)."""

import re

from bot.domain.alarming import cries_for_help
from bot.domain.phrases import PHRASES

LONGEST = 200
"""No phrase is longer; what is, is not read as one."""
_ACTIONS = {phrase: action for action, phrases in PHRASES.items() for phrase in phrases}


LIFE = frozenset({"ok", "arrived", "back", "more_time", "moved", "leave", "already_left"})
"""What reassures somebody. A question, a face or a symbol may turn it round: "ok?" is no OK."""
ALWAYS = LIFE | {"help", "danger", "uneasy", "concern", "on_it"}
"""What means the same at any moment, also in the middle of something else (S4)."""
_PLAIN = re.compile(r"[\w\s.,!…’'`-]*")
_DEEDS = frozenset(
    {"cancel", "drop_out", "approve", "decline", "on_it", "safe", "call_back", "not_over", "yes"}
    | {"stand_by", "cannot_stand_by", "watching"}
)
"""What decides something: a question about it decides nothing."""


def stands_plainly(text: str) -> bool:
    """Words and plain punctuation, and nothing that may turn them round."""
    return _PLAIN.fullmatch(text) is not None


def understand(text: str) -> str | None:
    """The action that a whole message means, or None. Case, punctuation and space don't matter.

    But words that reassure or decide stand plainly, or are not understood.
    """
    if len(text) > LONGEST:
        return None
    words = re.sub(r"[’'`]", "", text.casefold())
    words = " ".join(re.sub(r"[^\w\s]", " ", words).split())
    action = _ACTIONS.get(words)
    if action is None:
        return "help" if cries_for_help(words) else None
    return None if action in LIFE | _DEEDS and not stands_plainly(text) else action
