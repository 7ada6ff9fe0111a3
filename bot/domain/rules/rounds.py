"""Several homes in one go, under one approval and each with its own arrival: where it is wanted."""

from collections.abc import Iterator

from bot.domain.rules.case import Case, Shortfall


def rounds(case: Case) -> Iterator[Shortfall]:
    """More than one home, at a school where each is a visit of its own."""
    if case.plan.homes > 1 and not case.policy.visit_rounds:
        words = "At this school each home is a visit of its own. Please plan another for it."
        yield Shortfall("rounds", words, "more_homes", frozenset({"asking", "approval", "leaving"}))
