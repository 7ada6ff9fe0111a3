"""Who is told what before departure."""

from datetime import datetime

from bot.domain import events as e
from bot.domain.decide.approval import open_stages
from bot.domain.decide.targets import people_for
from bot.domain.facts import Facts
from bot.domain.roles import OFFICE, stage_holders
from bot.domain.shows import Show, again, post
from bot.domain.visit import Approved, Requested, Visit


def to_ask(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Whoever may fill a stage that is still open, and has not given their word yet."""
    phase = visit.phase
    assert isinstance(phase, Requested)
    voted = {vote.by for vote in phase.votes}
    holders = (
        person
        for stage in open_stages(visit)
        for person in stage_holders(phase.stages[stage], visit, facts, now)
    )
    return tuple(dict.fromkeys(p for p in holders if p not in voted))


def asked(before: Visit, event: e.Asked, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Every open stage is asked at once, all of them; everybody on the visit knows of it.

    An earlier plan's cards shrink, wherever they are (P4).
    """
    return (
        again("approval"),
        *(post(person, "approval") for person in to_ask(after, facts, event.at)),
        *(post(person, "mine") for person in after.visitors),
        *(post(p, "mine") for p in before.visitors if p not in after.visitors),
    )


def reminded(event: e.ApproversReminded, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Once more, as a new message: an edit makes no phone buzz."""
    return tuple(post(person, "approval") for person in to_ask(after, facts, event.at))


def passed_on(event: e.PassedOn, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Those of ``approval.then`` are told, and chase; who holds no stage does not decide."""
    chasers = {
        person.id: None
        for word in facts.policy_of(after).approval_then
        for person in people_for(word, after, facts, event.at)
        if person.id not in after.visitors
    }
    return (*(post(person, "unanswered") for person in chasers), Show(after.lead, "mine", "mine"))


def expired(before: Visit, after: Visit) -> tuple[Show, ...]:
    """Nobody said that they left. Where they might have, the office is asked to make sure."""
    shows = (again("approval"), *(post(person, "mine") for person in after.visitors))
    if not isinstance(before.phase, Approved):
        return shows
    contact = after.plan.contact
    return (*shows, post(OFFICE, "not_left"), *((post(contact, "not_left"),) if contact else ()))


def moved_on(event: e.StageApproved | e.Nudged | e.Cancelled, after: Visit) -> tuple[Show, ...]:
    """Everybody's card shows what happened; phones buzz only where somebody must act."""
    match event:
        case e.Nudged():
            return (post(after.lead, "mine"),)
        case e.Cancelled():
            companions = (post(person, "mine") for person in after.plan.companions)
            return (again("approval"), Show(after.lead, "mine", "mine"), *companions)
        case e.StageApproved():
            return (again("approval"), Show(after.lead, "mine", "mine"))


def decided(after: Visit) -> tuple[Show, ...]:
    """Everybody asked sees who did what and when; the visitors are told."""
    return (again("approval"), *(post(person, "mine") for person in after.visitors))
