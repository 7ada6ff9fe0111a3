"""What whoever approved a visit made a condition of it. The words may give the reason away, so they
are sealed; that there are any stands with the vote, in the open.
"""

from bot.domain.plan import Condition, Details, Plan
from bot.domain.visit import Approved, Requested, Visit, Vote

WAYS = ("along", "ring", "other")
"""To take somebody along, to ring the office on arrival, and whatever else was written."""


def conditions_of(visit: Visit) -> tuple[Condition, ...]:
    """Those that can be read, in the order they were made."""
    return visit.details.conditions if visit.details else ()


def unread(visit: Visit) -> bool:
    """Whether there are any that can't be."""
    votes = visit.phase.votes if isinstance(visit.phase, Requested | Approved) else ()
    return visit.details is None and any(vote.conditional for vote in votes)


def to_ring(visit: Visit) -> bool:
    """Whether they were asked to ring the office on arrival."""
    return any(each.what == "ring" for each in conditions_of(visit))


def ticks(visit: Visit) -> tuple[tuple[str, Condition], ...]:
    """What is ticked at the door, by a name that no later condition has. Who goes along needs no
    tick: that is seen.
    """
    named: dict[tuple[str, str], tuple[str, Condition]] = {}
    for i, each in enumerate(conditions_of(visit)):
        name = f"condition_{i}_{int(each.at.timestamp())}"
        named.setdefault((each.what, each.words), (name, each))
    return tuple(tick for (what, _), tick in named.items() if what != "along")


def same_people(visit: Visit, plan: Plan) -> bool:
    """Whether the people are those that were approved; or more, where that was the condition. Who
    gave their word goes on no visit on it.
    """
    agreed = visit.agreed
    if not set(visit.plan.companions) <= set(plan.companions):
        return plan.same_but_for_times(agreed) and plan.same_but_for_times(visit.plan)
    if plan.same_but_for_times(agreed):
        return True
    wanted = any(each.what == "along" for each in conditions_of(visit))
    votes = visit.phase.votes if isinstance(visit.phase, Approved) else ()
    added = set(plan.companions) - set(agreed.companions)
    return (
        wanted
        and set(agreed.companions) <= set(plan.companions)
        and plan.same_but_for_companions(agreed)
        and not added & {vote.by for vote in votes}
    )


def kept_for(details: Details | None, votes: tuple[Vote, ...]) -> tuple[Condition, ...]:
    """A condition falls with the word that it was given with."""
    by = {vote.by for vote in votes}
    return tuple(each for each in details.conditions if each.by in by) if details else ()
