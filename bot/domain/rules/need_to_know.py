"""Somebody who knows the family can be left out of everything about a visit. Whoever approves sees
who, and it can't be used to be without anybody's yes.
"""

from collections.abc import Iterator

from bot.domain.rules.case import Case, Shortfall
from bot.domain.school import ROLE_SAID, School


def need_to_know(case: Case) -> Iterator[Shortfall]:
    """Who is left out; and whether a stage is left with nobody."""
    kept = case.plan.kept_from
    if not kept:
        return
    names = " and ".join(case.name(person) for person in kept)
    yield Shortfall("confidential", f"{names} must not know of this visit: I tell them nothing.")
    if not any(_may_fill(case, case.facts.school, role) for role in case.policy.concern_tell):
        nobody = ", ".join(ROLE_SAID.get(role, role) for role in case.policy.concern_tell)
        yield Shortfall("concern", f"A concern would then reach none of: {nobody}.", "kept_from")
    for stage in case.policy.approval_stages:
        if not any(_may_fill(case, case.facts.school, role) for role in stage):
            yield Shortfall(
                "confidential",
                f"Without {names} nobody could approve this visit. Please choose again.",
                "kept_from",
                frozenset({"asking"}),
            )


def _may_fill(case: Case, school: School, role: str) -> bool:
    """Whether anybody at all could say yes by this role. ``facts`` know the school without whom it
    is kept from.
    """
    if role == "leader":
        people = school.leaders_of(case.lead, case.now)
    else:
        people = school.holders(role, case.now)
    return any(person.id not in case.going for person in people)
