"""A policy in plain English, as data: what the card in chat shows and the page to sign prints."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.cards.policy_sentences import ANY, LAST, NONE, SECTIONS, Words
from bot.cards.policy_values import anybody, everybody, length, quoted
from bot.domain.policy import Clause, Policy


@dataclass(frozen=True, slots=True)
class Said:
    """A section with something in it: sentences in order, and the clauses behind them."""

    heading: str
    sentences: tuple[str, ...]
    clauses: tuple[Clause, ...]


def said(policy: Policy) -> tuple[Said, ...]:
    """Every section that has something to say under this policy."""
    return tuple(each for each in _sections(policy) if each.sentences or each.clauses)


def _sections(policy: Policy) -> Iterator[Said]:
    placed = {rule for section in SECTIONS for rule in section.clauses}
    shown: set[str] = set()
    for section in SECTIONS:
        sentences = tuple(
            sentence
            for key, words in section.says.items()
            for sentence in _say(words, key, policy)
            if sentence
        )
        named = (rule for rule in section.named(policy) if rule not in placed | shown)
        rules = tuple(dict.fromkeys((*section.clauses, *named)))
        clauses = tuple(policy.clauses[rule] for rule in rules if rule in policy.clauses)
        shown |= set(rules)
        yield Said(section.heading, (*sentences, *section.always), clauses)
    rest = tuple(clause for rule, clause in policy.clauses.items() if rule not in shown)
    yield Said(LAST, (), rest)


def _say(words: Words, key: str, policy: Policy) -> tuple[str, ...]:
    if callable(words):
        sentences = words(policy)
        return (sentences,) if isinstance(sentences, str) else tuple(sentences)
    value = getattr(policy, key.replace(".", "_"))
    if not isinstance(words, str):
        names = (value, ANY if value else NONE, ANY)
        words = next(words[name] for name in names if name in words)
    return (_with(words, value),)


def _with(words: str, value: object) -> str:
    if isinstance(value, timedelta):
        return words.format(length(value))
    if isinstance(value, tuple):
        return words.format(everybody(value), any=anybody(value), quoted=quoted(value))
    return words.format(value)


def fingerprint(policy: Policy) -> str:
    """A hash of all that is said: who has read it has read this, and no other (``Readings``)."""
    kept = _latest.get("")
    if kept and kept[0] is policy:
        return kept[1]
    whole = repr([policy.title, said(policy)])
    found = hashlib.sha256(whole.encode()).hexdigest()
    _latest[""] = (policy, found)
    return found


def version(policy: Policy) -> str:
    """The fingerprint as people compare it, on paper and in chat: ``3f2a-91bc-77d0``."""
    start = fingerprint(policy)[:12]
    return "-".join(start[n : n + 4] for n in range(0, len(start), 4))


_latest: dict[str, tuple[Policy, str]] = {}
"""The last one asked for: it is the school's, with every press."""
