"""Plain words match whole messages; what might be a cry is never taken for an OK (S4)."""

import pytest

from bot.domain.plain_words import understand

UNDERSTOOD = {
    "ok": "ok",
    "OK": "ok",
    " Ok. ": "ok",
    "ok!": "ok",
    "I'm OK": "ok",
    "I’m ok": "ok",
    "okay": "ok",
    "fine": "ok",
    "We're fine!": "ok",
    "back": "back",
    "I'm back": "back",
    "I am back.": "back",
    "Back at school": "back",
    "arrived": "arrived",
    "I've arrived": "arrived",
    "help": "help",
    "HELP!!!": "help",
    "help?": "help",
    "help 🙏": "help",
    "SOS": "help",
    "I need help": "help",
    "please help me": "help",
    "I'm in danger": "danger",
    "danger!": "danger",
    "I need more time": "more_time",
    "running late": "more_time",
    "I've already left": "already_left",
    "I'm leaving now": "leave",
    "plan a visit": "plan",
    "home": "home",
    "How does this work?": "how_it_works",
}
NEVER_REASSURING = (
    "not ok",
    "NOT OK",
    "i'm not ok",
    "im not okay",
    "not ok.",
    "can't get back",
    "cant get back",
    "not back",
    "i'm not back yet",
    "going back in",
    "ok?",
    "OK??",
    "ok ?",
    "back?",
    "are you ok?",
    "is sam ok",
    "ok :(",
    "ok 😰",
    "ok 🆘",
    "🆘",
    "ok 👎",
    "(ok)",
    "!= ok",
    "ok/not ok",
    "ok but come quickly",
    "no help needed",
    "i don't need help",
    "not fine",
    "fine?",
    "haven't arrived",
    "not arrived",
    "isn't safe",
    "not safe",
    "back door is locked",
    "he won't let us back out",
    "",
    "   ",
    "…",
    "?",
    "ok\u202e",
    "ok" * 1000,
    "ok " * 1000,
)


@pytest.mark.parametrize(("text", "action"), UNDERSTOOD.items())
def test_s4_whole_messages_are_understood(text: str, action: str | None) -> None:
    assert understand(text) == action


@pytest.mark.parametrize("text", NEVER_REASSURING)
def test_s4_what_may_be_a_cry_is_never_taken_for_an_ok(text: str) -> None:
    assert understand(text) is None


@pytest.mark.parametrize("word", ["ok", "back", "arrived", "im fine", "more time", "leaving"])
def test_s4_no_word_before_or_after_leaves_it_understood(word: str) -> None:
    for other in ("not", "never", "can't", "no", "isn't", "unless", "don't", "x"):
        assert understand(f"{other} {word}") is None
        assert understand(f"{word} {other}") is None
