"""An approved visit is re-checked when the policy changes (S15): whether its approvers' words
still do, and whether anything else holds the door shut now. Nobody finds that out at the door.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import rules
from bot.domain.decide.draft import Draft
from bot.domain.events import FellShort, Reasked
from bot.domain.facts import Facts
from bot.domain.roles import stage_holders
from bot.domain.rules.case import Case
from bot.domain.visit import Approved, Visit, Vote


def recheck(draft: Draft) -> bool:
    """Send the visit back to its approvers if their words don't satisfy the policy as it now is.

    True if it went back. Words that still count are kept.
    """
    phase = draft.visit.phase
    if not isinstance(phase, Approved):
        return False
    stages = draft.policy.approval_stages
    if phase.stages in {(), stages}:
        return False
    votes = _that_count(draft, phase, stages)
    if len(votes) == len(stages):
        return False
    draft.emit(Reasked(draft.now, stages, votes))
    return True


def fall_short(draft: Draft, *, tell: bool = True) -> None:
    """What is missing now and was not when it was approved is told of, once. It stays approved:
    what is added asks nobody again, and a plan that is changed for it does (S12). Of details that
    can't be read just now nothing is said to be missing.
    """
    if draft.visit.details is None:
        return
    phase = draft.visit.phase
    assert isinstance(phase, Approved)
    missing = door_held_by(draft.visit, draft.facts, draft.now)
    if set(missing) != set(phase.missing):
        new = tuple(each for each in missing if tell and each not in phase.missing)
        draft.emit(FellShort(draft.now, missing, new))


def door_held_by(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Names of what holds the door shut: they say nothing of the family, and need no key (P8)."""
    found = rules.held("leaving", Case.of(visit, facts, now))
    return tuple(dict.fromkeys(each.name for each in found))


def _that_count(
    draft: Draft, phase: Approved, stages: tuple[tuple[str, ...], ...]
) -> tuple[Vote, ...]:
    """The stage that fewest of them can fill first; one stage a person, unless the policy says
    otherwise.
    """
    could = {
        i: [
            vote
            for vote in phase.votes
            if vote.by in stage_holders(stage, draft.visit, draft.facts, draft.now)
        ]
        for i, stage in enumerate(stages)
    }
    kept: dict[int, Vote] = {}
    for i in sorted(could, key=lambda stage: len(could[stage])):
        taken = {vote.by for vote in kept.values()}
        free = (v for v in could[i] if draft.policy.approval_same_person or v.by not in taken)
        vote = next(free, None)
        if vote is not None:
            kept[i] = replace(vote, stage=i)
    return tuple(kept[i] for i in sorted(kept))
