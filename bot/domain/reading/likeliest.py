"""Which presses a message that isn't understood comes closest to, by its wording alone."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from bot.domain.phrases import PHRASES
from bot.domain.reading.words import bag, split_words

CLOSE = 0.55
_MOST_CHARACTERS, _MOST_WORDS = 80, 12
_EMPTY = bag(
    "i im i'm am a an the to is it of my me we be and for at in on please",
)


def likeliest(text: str, among: Iterable[str]) -> tuple[str, ...]:
    """Those of the actions that are near enough, the nearest first."""
    words = [word.text.replace("'", "") for word in split_words(text[:_MOST_CHARACTERS])]
    words = list(dict.fromkeys(words))[:_MOST_WORDS]
    if not words:
        return ()
    scored = sorted(((_nearness(words, action), action) for action in among), reverse=True)
    return tuple(action for score, action in scored if score >= CLOSE)


def _nearness(words: list[str], action: str) -> float:
    return max((_alike(words, phrase.split()) for phrase in PHRASES.get(action, ())), default=0)


def _alike(words: list[str], phrase: list[str]) -> float:
    """How much of what the phrase says is said, allowing for slips; filling words count little."""
    weights = [0.2 if word in _EMPTY else 1.0 for word in phrase]
    found = sum(
        weight * max(_same(word, other) for other in words)
        for word, weight in zip(phrase, weights, strict=True)
    )
    extra = sum(word not in _EMPTY and word not in phrase for word in words)
    return found / (sum(weights) + 0.15 * extra)


def _same(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if abs(len(word) - len(other)) > 2 or min(len(word), len(other)) < 3:
        return 0.0
    ratio = SequenceMatcher(None, word, other).ratio()
    return ratio if ratio >= 0.7 else 0.0
