"""Whether the stages of an approval can be filled at all: by whom, each by a person of its own."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.roles import stage_holders
from bot.domain.school import Absence
from bot.domain.visit import Visit


def could_be_approved(visit: Visit, facts: Facts, now: datetime) -> bool:
    """Whether enough people could give their word to this visit, were it asked for now."""
    stages = facts.policy.approval_stages
    able = [stage_holders(stage, visit, facts, now) for stage in stages]
    if facts.policy.approval_same_person:
        return all(able)
    return most_filled(able) == len(stages)


def away_from(
    stage: tuple[str, ...], visit: Visit, facts: Facts, now: datetime
) -> tuple[Absence, ...]:
    """Why a stage may have nobody: the absences of who would fill it, were they here."""
    here = replace(facts, school=replace(facts.school, away=()))
    found = (facts.school.is_away(each, now) for each in stage_holders(stage, visit, here, now))
    return tuple(absence for absence in found if absence)


def led_by(visit: Visit, person: str) -> Visit:
    """The same visit with another lead, who neither goes along nor stands by: the one before is off
    it.
    """
    plan = visit.plan
    plan = replace(plan, companions=tuple(p for p in plan.companions if p != person))
    while part := plan.part_of(person):
        plan = plan.naming(part, None)
    return replace(visit, lead=person, plan=plan)


def most_filled(able: Collection[Collection[str]]) -> int:
    """How many stages can be filled at once, each by a person of its own; ``able`` are ids.

    Each stage in turn takes a free person, or one whose stage can take another instead.
    """
    stages = tuple(able)
    taken: dict[str, int] = {}

    def place(stage: int, tried: set[str]) -> bool:
        for person in stages[stage]:
            if person in tried:
                continue
            tried.add(person)
            if person not in taken or place(taken[person], tried):
                taken[person] = stage
                return True
        return False

    return sum(place(stage, set()) for stage in range(len(stages)))
