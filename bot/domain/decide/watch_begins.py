"""The watch begins: what is frozen at departure, and who is told."""

from datetime import datetime

from bot.domain.covered import planned_return
from bot.domain.decide.draft import Draft
from bot.domain.decide.standing_by import look_after
from bot.domain.decide.targets import people_for
from bot.domain.duty import on_duty
from bot.domain.events import Departed
from bot.domain.visit import Approved, Requested, Visit
from bot.domain.watch import Visitor


def start_watch(
    draft: Draft,
    by: str,
    going: tuple[str, ...],
    until: datetime,
    *,
    breach: bool = False,
    unmet: bool = False,
    called: bool = False,
    guest: bool = True,
) -> None:
    """Freeze the policy, and who is really going with their phones, and begin to watch."""
    visit, now = draft.visit, draft.now
    draft.emit(
        Departed(
            at=now,
            by=by,
            visitors=tuple(frozen(draft, person, by) for person in in_order(going, visit)),
            expected_return=until,
            approved_return=max(visit.plan.return_at, until)
            if breach or called
            else planned_return(visit, now),
            policy=draft.facts.policy,
            told=_told_of_departure(draft, going, breach=breach),
            breach=breach,
            unmet=unmet,
            called=called,
            guest=guest,
            staffed_until=draft.facts.school.cover_ends(now),
        )
    )
    look_after(draft)


def frozen(draft: Draft, person_id: str, said_by: str) -> Visitor:
    """A visitor as they leave: id, phone and addresses hold until the visit closes (S3). Of whom
    somebody else says that they left, nothing was heard (S6).
    """
    school = draft.facts.school
    person = school.person(person_id)
    return Visitor(
        id=person_id,
        name=person.name if person else school.name_of(person_id),
        phone=(person.phone if person else None) or "",
        last_heard=draft.now,
        heard="left" if person_id == said_by else "taken_along",
        addresses=dict(person.addresses) if person else {},
    )


def in_order(going: tuple[str, ...], visit: Visit) -> tuple[str, ...]:
    """As planned, the lead first; then whoever was taken off the plan and left all the same."""
    known = dict.fromkeys((*visit.planned, *visit.visitors, *visit.taken_off))
    return tuple(person for person in known if person in going)


def _told_of_departure(
    draft: Draft, going: tuple[str, ...], *, breach: bool = False
) -> tuple[str, ...]:
    """The contact, and a senior leader: the lead's own, else the duty leader, else whoever
    approved, else the Head; never a visitor. While nobody is at school also whoever has the
    office's part; after a breach a backup, too, who has not said no (S1).
    """
    visit, facts, now = draft.visit, draft.facts, draft.now
    votes = visit.phase.votes if isinstance(visit.phase, Approved | Requested) else ()
    candidates = (
        tuple(p.id for p in people_for("leader", visit, facts, now)),
        tuple(p.id for p in people_for("duty_leader", visit, facts, now)),
        tuple(vote.by for vote in votes),
        tuple(p.id for p in people_for("head", visit, facts, now)),
    )
    on_it = {*visit.visitors, *going}
    busy = facts.out | on_it
    others = (tuple(p for p in group if p not in busy) for group in candidates)
    leaders = next((group for group in others if group), ())
    contacts = (p.id for p in people_for("contact", visit, facts, now) if p.id not in on_it)
    duty = on_duty(visit, facts, now) if facts.school.outside(now) else ()
    word, backup = visit.word("backup"), visit.plan.backup
    if breach and backup and facts.school.outside(now) and not (word and word.said == "no"):
        duty = (*duty, backup)
    duty = tuple(person for person in duty if person not in on_it)
    return tuple(dict.fromkeys((*leaders, *duty, *contacts)))
