"""Plain words that mean a press. They match whole messages only: "not ok" is never "ok" (S4)."""

import re

_SAME: dict[str, tuple[str, ...]] = {
    "ok": (
        "ok",
        "okay",
        "im ok",
        "i am ok",
        "im okay",
        "i am okay",
        "all ok",
        "all okay",
        "ok thanks",
        "fine",
        "im fine",
        "i am fine",
        "all fine",
        "all good",
        "im safe",
        "i am safe",
        "were ok",
        "we are ok",
        "were fine",
        "we are fine",
    ),
    "arrived": ("arrived", "ive arrived", "i have arrived", "im here", "weve arrived", "here"),
    "back": (
        "back",
        "im back",
        "i am back",
        "were back",
        "we are back",
        "back at school",
        "back in school",
        "im back at school",
        "im back in school",
    ),
    "help": (
        "help",
        "help me",
        "i need help",
        "need help",
        "we need help",
        "please help",
        "help me please",
        "help me now",
        "i need help now",
        "we need help now",
        "send help",
        "send help now",
        "send help please",
        "get help",
        "call for help",
        "call 999",
        "ring 999",
        "999",
        "call the police",
        "ring the police",
        "police",
        "sos",
        "emergency",
        "help please",
        "help now",
    ),
    "danger": ("im in danger", "i am in danger", "in danger", "danger"),
    "more_time": (
        "more time",
        "i need more time",
        "need more time",
        "running late",
        "im running late",
        "i am running late",
        "late",
    ),
    "moved": ("gone somewhere else", "ive gone somewhere else", "somewhere else"),
    "leave": ("leaving", "im leaving", "im leaving now", "i am leaving now", "leaving now"),
    "already_left": ("ive already left", "i have already left", "already left"),
    "plan": (
        "visit",
        "plan a visit",
        "plan visit",
        "home visit",
        "new visit",
        "log a visit",
        "log visit",
        "plan",
    ),
    "home": ("home", "hello", "hi", "menu", "start", "my visits", "good morning", "hey"),
    "how_it_works": (
        "how does this work",
        "how does it work",
        "how it works",
        "how doorstep works",
    ),
}
_ALARMING = re.compile(
    r"\b(help|999|112|police|ambulance|emergency|sos|danger|threat\w*|attack\w*|knife|weapon|gun|"
    r"hurt|bleeding|scared|locked|trapped|unsafe)\b"
)
_ACTIONS = {phrase: action for action, phrases in _SAME.items() for phrase in phrases}


_LIFE = frozenset({"ok", "arrived", "back", "more_time", "moved", "leave", "already_left"})
"""What reassures somebody. A question, a face or a symbol may turn it round: "ok?" is no OK."""
_PLAIN = re.compile(r"[\w\s.,!…’'`-]*")


def understand(text: str) -> str | None:
    """The action that a whole message means, or None. Case, punctuation and space don't matter.

    But words that reassure stand plainly, or are not understood.
    """
    words = re.sub(r"[’'`]", "", text.casefold())
    words = re.sub(r"[^\w\s]", " ", words)
    action = _ACTIONS.get(" ".join(words.split()))
    return None if action in _LIFE and not _PLAIN.fullmatch(text) else action


def sounds_alarming(text: str) -> bool:
    """Whether words that mean no press sound like danger. Misreading toward help is the safe side:
    whoever watches is told at once, and nothing else follows.
    """
    return _ALARMING.search(text.casefold()) is not None
