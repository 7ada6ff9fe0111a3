"""An approved visit is re-checked when the policy changes (S15)."""

from dataclasses import replace

from bot.domain.decide.draft import Draft
from bot.domain.events import Reasked
from bot.domain.roles import stage_holders
from bot.domain.visit import Approved, Vote


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
