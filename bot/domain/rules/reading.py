"""Who goes without having said that they have read the policy. It stops nobody: they are asked on
their own card, and the lead once more at the door.
"""

from collections.abc import Iterator

from bot.domain.rules.case import Case, Shortfall


def reading(case: Case) -> Iterator[Shortfall]:
    """For whoever approves: who it is. ``facts`` know it of a visit that is asked for."""
    missing = [case.name(person) for person in case.going if person in case.facts.unread]
    if missing:
        names = " and ".join((", ".join(missing[:-1]), missing[-1]) if missing[1:] else missing)
        verb = "has" if len(missing) == 1 else "have"
        yield Shortfall("familiar", f"{names} {verb} not said this term that they know the policy.")
