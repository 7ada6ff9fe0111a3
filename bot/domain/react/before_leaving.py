"""Who is told what before departure."""

from bot.domain import events as e
from bot.domain.decide.targets import people_for
from bot.domain.facts import Facts
from bot.domain.roles import OFFICE, may_still_approve
from bot.domain.shows import Show, again, post
from bot.domain.visit import Approved, Requested, Visit


def judges_again() -> tuple[Show, ...]:
    """Whoever was asked to decide, or to chase, sees how it stands (P4)."""
    return (again("approval"), again("unanswered"))


def asked(before: Visit, event: e.Asked, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Every open stage is asked at once, all of them; everybody on the visit knows of it.

    An earlier plan's cards shrink, wherever they are (P4).
    """
    return (
        *judges_again(),
        *(post(person, "approval") for person in may_still_approve(after, facts, event.at)),
        *(post(person, "mine") for person in after.visitors),
        *(post(p, "mine") for p in before.visitors if p not in after.visitors),
    )


def adjusted(
    before: Visit, event: e.Adjusted | e.AppointmentMade, after: Visit
) -> tuple[Show, ...]:
    """The times are others, and still covered: whoever gave their word for the plan is told, and
    whoever goes along.
    """
    phase = before.phase
    assert isinstance(phase, Approved)
    return (
        *judges_again(),
        *(post(vote.by, "approval") for vote in phase.votes),
        *(post(person, "mine") for person in after.plan.companions),
        Show(event.by, "mine", "mine"),
    )


def other_people(before: Visit, after: Visit) -> tuple[Show, ...]:
    """Whoever is off the visit learns it, and the others that somebody is."""
    return (
        *judges_again(),
        *(post(person, "mine") for person in dict.fromkeys((*before.visitors, *after.visitors))),
    )


def asked_again(event: e.AskedAgain, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Everybody's word is needed anew."""
    return tuple(post(person, "approval") for person in may_still_approve(after, facts, event.at))


def reasked(event: e.Reasked, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Whoever's word is missing now is asked, and the visitors know that they can't leave yet."""
    return (
        *judges_again(),
        *(post(person, "approval") for person in may_still_approve(after, facts, event.at)),
        *(post(person, "mine") for person in after.visitors),
    )


def reminded(event: e.ApproversReminded, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Once more, as a new message: an edit makes no phone buzz."""
    asked_again = may_still_approve(after, facts, event.at)
    return tuple(post(person, "approval") for person in asked_again)


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
    """Nobody said that they left. Where they might have, the office is asked to make sure; for a
    visit that never had a time it could not.
    """
    shows = (*judges_again(), *(post(person, "mine") for person in after.visitors))
    shows = (*shows, again("stand_by"))
    if not isinstance(before.phase, Approved | Requested) or not before.plan.fixed:
        return shows
    contact = after.plan.contact
    return (*shows, post(OFFICE, "not_left"), *((post(contact, "not_left"),) if contact else ()))


def moved_on(
    event: e.StageApproved | e.FellShort | e.Nudged | e.Cancelled, after: Visit
) -> tuple[Show, ...]:
    """Everybody's card shows what happened; phones buzz only where somebody must act, or must not
    find out at the door.
    """
    match event:
        case e.FellShort(new=new):
            assert isinstance(after.phase, Approved)
            show = post if new else Show
            judges = (show(vote.by, "approval", "approval") for vote in after.phase.votes)
            return (*judges_again(), *judges, show(after.lead, "mine", "mine"))
        case e.Nudged():
            return (post(after.lead, "mine"),)
        case e.Cancelled():
            companions = (post(person, "mine") for person in after.plan.companions)
            own = Show(after.lead, "mine", "mine")
            return (*judges_again(), again("stand_by"), own, *companions)
        case e.StageApproved():
            return (*judges_again(), Show(after.lead, "mine", "mine"))


def decided(after: Visit) -> tuple[Show, ...]:
    """Everybody asked sees who did what and when; the visitors are told."""
    mine = (post(person, "mine") for person in after.visitors)
    return (*judges_again(), again("stand_by"), *mine)
