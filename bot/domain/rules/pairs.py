"""In pairs whenever possible; what going alone asks for is the school's to say (``pairs.alone``).

Somebody from outside completes a pair for the approval. For prompts they don't (S10): they can't
answer.
"""

from collections.abc import Iterator

from bot.domain.rules.case import Case, Gate, Shortfall

_FROM_ASKING: frozenset[Gate] = frozenset({"asking", "approval", "leaving"})


def pairs(case: Case) -> Iterator[Shortfall]:
    """Nobody goes along: why, or not at all."""
    strict = case.policy.pairs_alone
    outside = case.details.external if case.details else None
    if len(case.going) > 1 or outside:
        return
    name, why = case.name(case.lead), case.details.why_alone if case.details else ""
    if strict == "never":
        words = "At this school nobody goes alone. Who goes with you?"
        yield Shortfall("pairs", words, "companions", _FROM_ASKING)
    elif why:
        yield Shortfall("pairs", f"{name} would go alone. The reason given: {why}")
    elif strict == "free":
        yield Shortfall("pairs", f"{name} would go alone.")
    else:
        stops = frozenset[Gate]({"asking"}) if strict == "reason" else frozenset[Gate]()
        words = f"{name} would go alone. No reason is given."
        ask = "You would go alone: can you say why?"
        yield Shortfall("pairs", words, "why_alone", stops, ask)
