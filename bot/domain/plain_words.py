"""Plain words that mean a press. They match whole messages only: "not ok" is never "ok" (S4)."""

import re

PHRASES: dict[str, tuple[str, ...]] = {
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
        "o k",
        "okay thanks",
        "ok thank you",
        "yes im ok",
        "yes im fine",
        "yes ok",
        "yes all ok",
        "yes all fine",
        "were all ok",
        "were safe",
        "we are safe",
        "im alright",
        "all well",
        "im ok thanks",
        "fine thanks",
    ),
    "arrived": (
        "arrived",
        "ive arrived",
        "i have arrived",
        "im here",
        "weve arrived",
        "here",
        "we have arrived",
        "were here",
        "just arrived",
        "im there",
        "were there",
        "arrived safely",
        "at the house",
        "im at the house",
        "were at the house",
    ),
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
        "were back at school",
        "were back in school",
        "were all back",
        "back now",
        "im back now",
        "just got back",
        "back safely",
        "back safe",
        "back safe and sound",
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
        "i want help",
        "i need help please",
        "i need some help",
        "can you help me",
        "can somebody help",
        "somebody help",
        "someone help",
        "somebody help me",
        "someone help me",
        "please send help",
        "please help me",
        "we need help please",
        "i need the police",
        "call an ambulance",
        "ambulance",
        "mayday",
        "may day",
        "cymorth",
        "helpwch fi",
        "helpa fi",
    ),
    "danger": (
        "im in danger",
        "i am in danger",
        "in danger",
        "danger",
        "were in danger",
        "we are in danger",
    ),
    "more_time": (
        "more time",
        "i need more time",
        "need more time",
        "running late",
        "im running late",
        "i am running late",
        "late",
        "were running late",
        "running a bit late",
        "im running a bit late",
        "im late",
        "ill be late",
        "going to be late",
        "need longer",
        "i need longer",
        "a bit longer",
        "can i have more time",
    ),
    "moved": ("gone somewhere else", "ive gone somewhere else", "somewhere else"),
    "leave": (
        "leaving",
        "im leaving",
        "im leaving now",
        "i am leaving now",
        "leaving now",
        "were leaving",
        "were leaving now",
        "setting off",
        "im setting off",
        "setting off now",
        "off now",
        "im off",
    ),
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
        "help me plan a visit",
        "help me plan a visit please",
        "please help me plan a visit",
        "plan a visit please",
        "i want to plan a visit",
        "i need to plan a visit",
        "id like to plan a visit",
        "book a visit",
        "request a visit",
        "i want to visit",
    ),
    "cancel": ("cancel", "cancel the visit", "cancel my visit", "cancel visit"),
    "change_plan": (
        "change the plan",
        "change my plan",
        "change plan",
        "change the visit",
        "change my visit",
    ),
    "hand_over": ("hand over", "hand it over", "hand over the visit", "take over", "ill take over"),
    "drop_out": ("i cant come", "i cannot come", "cant come", "i cant come along"),
    "mine": ("my visits", "my visit", "show my visits", "what visits do i have", "visits"),
    "policy": (
        "show the policy",
        "show policy",
        "policy",
        "the policy",
        "what is the policy",
        "whats the policy",
        "show me the policy",
        "rules",
        "the rules",
    ),
    "whereabouts": (
        "where is everyone",
        "where is everybody",
        "wheres everyone",
        "wheres everybody",
        "where are they",
        "where are they all",
        "whereabouts",
        "who is still out",
        "whos still out",
        "who is out",
        "whos out",
        "who is out now",
        "whos out now",
        "who is out today",
        "whos out today",
        "board",
        "show the board",
    ),
    "approve": ("approve", "approved", "i approve"),
    "decline": ("decline", "i decline"),
    "on_it": ("on it", "im on it", "i am on it"),
    "safe": ("they are safe", "theyre safe", "she is safe", "he is safe", "shes safe", "hes safe"),
    "home": ("home", "hello", "hi", "menu", "start", "good morning", "good afternoon", "hey"),
    "how_it_works": (
        "how does this work",
        "how does it work",
        "how it works",
        "how doorstep works",
        "help me use this",
        "what can you do",
        "instructions",
    ),
}
_ALARMING = re.compile(
    r"\b(help\w*|999|112|police|ambulance|emergency|sos|mayday|danger\w*|threat\w*|attack\w*|"
    r"knife|weapon|gun|hurt|hits? me|bleeding|blood|scared|frightened|afraid|terrified|locked|"
    r"lock me|trapped|stuck|unsafe|not safe|not ok|not okay|following me|followed|shouting|"
    r"aggressive|violent|angry|won.?t let|let me out|let us out|get out|get me out|can.?t leave|"
    r"cannot leave|can.?t get|come quick\w*|come now|please come|get me|assault\w*|grabbed|"
    r"scream\w*|cymorth|heddlu|perygl|ambiwlans)\b"
)
LONGEST = 200
"""No phrase is longer; what is, is not read as one."""
_HELP_SLIPS = frozenset({"hlep", "hepl", "ehlp", "jelp", "hrlp", "hekp", "heko", "halp", "yelp"})
_HELP_SLIPS |= {"h elp", "he lp", "hel p", "heelp"}
_ACTIONS = {phrase: action for action, phrases in PHRASES.items() for phrase in phrases}


LIFE = frozenset({"ok", "arrived", "back", "more_time", "moved", "leave", "already_left"})
"""What reassures somebody. A question, a face or a symbol may turn it round: "ok?" is no OK."""
ALWAYS = LIFE | {"help", "danger"}
"""What means the same at any moment, also in the middle of something else (S4)."""
_PLAIN = re.compile(r"[\w\s.,!…’'`-]*")
_DEEDS = frozenset({"cancel", "drop_out", "approve", "decline", "on_it", "safe"})
"""What decides something: a question about it decides nothing."""


def stands_plainly(text: str) -> bool:
    """Words and plain punctuation, and nothing that may turn them round."""
    return _PLAIN.fullmatch(text) is not None


def understand(text: str) -> str | None:
    """The action that a whole message means, or None. Case, punctuation and space don't matter.

    But words that reassure or decide stand plainly, or are not understood. A slip of the finger is
    forgiven in a cry for help, and nowhere else.
    """
    if len(text) > LONGEST:
        return None
    words = re.sub(r"[’'`]", "", text.casefold())
    words = " ".join(re.sub(r"[^\w\s]", " ", words).split())
    action = _ACTIONS.get(words)
    if action is None:
        return "help" if _nearly_help(words) else None
    return None if action in LIFE | _DEEDS and not stands_plainly(text) else action


def _nearly_help(word: str) -> bool:
    """``hlep``, ``helpp``, ``hellp``: one slip away from ``help``, its letters all there."""
    if word in _HELP_SLIPS:
        return True
    return 4 < len(word) < 20 and re.sub(r"(.)\1+", r"\1", word) == "help"


def sounds_alarming(text: str) -> bool:
    """Whether words that mean no press sound like danger. Misreading toward help is the safe side:
    whoever watches is told at once, and nothing else follows.
    """
    return _ALARMING.search(text.casefold()) is not None
