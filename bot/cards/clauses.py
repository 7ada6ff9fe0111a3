"""Sentences of the written policy, as a card or a field shows them where a rule bites."""

from bot.domain.policy import Policy


def quoted(policy: Policy, *rules: str) -> str:
    """The clauses behind these rules, each once, with where they stand; nothing for a rule that
    the policy has no sentence for.
    """
    found = dict.fromkeys(clause for rule in rules if (clause := policy.clause(rule)))
    return " ".join(f'"{clause.text}" ({clause.source})' for clause in found)


def in_a_hint(policy: Policy, *rules: str) -> str:
    """The same sentences below a field, to be read at a glance: where they stand is on the card
    that comes of it, and in the policy.
    """
    found = dict.fromkeys(clause.text for rule in rules if (clause := policy.clause(rule)))
    return " ".join(f"“{text}”" for text in found)


def join_hints(*hints: str) -> str:
    """What stands below a field: what it is for, then the clause."""
    return " ".join(hint for hint in hints if hint)
