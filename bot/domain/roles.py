"""Who may do what, and who sees what: the audience table of the safety rules, as functions."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from bot.domain.duty import office_part, on_duty
from bot.domain.facts import Facts
from bot.domain.school import School
from bot.domain.standby import Part
from bot.domain.visit import Approved, Requested, Visit

OFFICE = "office"
"""The recipient that stands for the office channel."""

WATCHERS = frozenset({"office", "head", "senior_leader", "dsl"})
"""Whoever watches over every visit."""


class Audience(IntEnum):
    """What a reader may see of a visit, least first."""

    NOTHING = 0
    WATCH = 1
    """Visitors' names and phones, place, times, state, alarms."""
    ALL = 2


def stages_of(visit: Visit, facts: Facts) -> tuple[tuple[str, ...], ...]:
    """The approval stages that hold for this visit: as asked for, else the policy's."""
    if isinstance(visit.phase, Requested):
        return visit.phase.stages
    return facts.policy_of(visit).approval_stages


def stage_holders(
    stage: tuple[str, ...], visit: Visit, facts: Facts, now: datetime
) -> tuple[str, ...]:
    """Ids of who may fill a stage now. Nobody approves a visit that they asked for or go on, nor
    one that they must not know of.
    """
    not_theirs = {*visit.visitors, *visit.plan.kept_from}
    found: dict[str, None] = {}
    for role in stage:
        people = (
            facts.school.leaders_of(visit.lead, now)
            if role == "leader"
            else facts.school.holders(role, now)
        )
        for person in people:
            if person.id not in not_theirs:
                found[person.id] = None
    return tuple(found)


def may_still_fill(
    stage: tuple[str, ...], visit: Visit, facts: Facts, now: datetime
) -> tuple[str, ...]:
    """Who of an open stage is still to be waited for: whoever gave their word fills no other stage,
    unless the policy lets them.
    """
    holders = stage_holders(stage, visit, facts, now)
    if facts.policy_of(visit).approval_same_person or not isinstance(visit.phase, Requested):
        return holders
    voted = {vote.by for vote in visit.phase.votes}
    return tuple(person for person in holders if person not in voted)


def may_still_approve(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Whoever may still fill a stage that is open."""
    phase = visit.phase
    assert isinstance(phase, Requested)
    filled = {vote.stage for vote in phase.votes}
    return tuple(
        dict.fromkeys(
            person
            for i, stage in enumerate(phase.stages)
            if i not in filled
            for person in may_still_fill(stage, visit, facts, now)
        )
    )


def approvers(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """Everybody who may fill any stage, and everybody who has filled one."""
    found: dict[str, None] = {}
    for stage in stages_of(visit, facts):
        for person in stage_holders(stage, visit, facts, now):
            found[person] = None
    if isinstance(visit.phase, Requested | Approved):
        for vote in visit.phase.votes:
            found[vote.by] = None
    return tuple(found)


def audience(person_id: str, visit: Visit, facts: Facts, now: datetime) -> Audience:
    """What this person may see of this visit now; roles are looked up live (S15). Whoever it is
    kept from sees nothing, whatever they hold.
    """
    if person_id in visit.visitors:
        return Audience.ALL
    if person_id in visit.plan.kept_from:
        return Audience.NOTHING
    if person_id in approvers(visit, facts, now):
        return Audience.ALL
    dsl = {p.id for p in facts.school.holders("dsl", now)} | {
        p.id for p in facts.school.with_role("dsl")
    }
    if person_id in dsl:
        return Audience.ALL
    return Audience.WATCH if _watches(person_id, visit, facts, now) else Audience.NOTHING


def _watches(person_id: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    person = facts.school.person(person_id)
    if person is None:
        return False
    if visit.plan.part_of(person_id) or watches_everybody(person_id, facts.school, now):
        return True
    if isinstance(visit.phase, Requested) and visit.phase.passed_on:
        then = set(facts.policy_of(visit).approval_then)
        if person.roles & then or _stands_in(person_id, then, facts.school, now):
            return True
    told = set(visit.watch.told) if visit.watch else set()
    if visit.watch and visit.watch.amber:
        told |= set(visit.watch.amber.told)
    if visit.alarm:
        told |= set(visit.alarm.told)
    elif visit.watch and visit.watch.closed and now < visit.watch.closed.undo_until:
        told |= set(visit.watch.closed.alarm.told)
    return person_id in told


def watches_everybody(person_id: str, school: School, now: datetime) -> bool:
    """Whether every visit of the school is this person's to watch: office, Head, senior leaders,
    DSL, whoever stands in for one of them, and the duty leader.
    """
    person = school.person(person_id)
    if person is None:
        return False
    duty = school.duty_leader(now)
    return (
        bool(person.roles & WATCHERS)
        or (duty is not None and duty.id == person_id)
        or _stands_in(person_id, WATCHERS, school, now)
    )


def _stands_in(person_id: str, roles: Iterable[str], school: School, now: datetime) -> bool:
    return any(p.id == person_id for role in roles for p in school.holders(role, now))


def may_hand_over(person_id: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    """Whoever may see everything may name a new lead, who then does. So the office may not."""
    return audience(person_id, visit, facts, now) is Audience.ALL


def may_respond(person_id: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    """Whether this person may act on an alarm, or speak for a visitor: anybody who watches, but
    never a visitor of this visit, whatever roles they hold (S5, S7, P5).
    """
    return (
        person_id not in visit.visitors
        and audience(person_id, visit, facts, now) > Audience.NOTHING
    )


def may_call_back(person_id: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    """Approvers, the DSL and the office, or whoever has its part; never a visitor of the visit
    (S12).
    """
    if not may_respond(person_id, visit, facts, now):
        return False
    if person_id in office_part(visit, facts, now):
        return True
    school = facts.school
    office = (*school.holders("office", now), *school.with_role("office"))
    return audience(person_id, visit, facts, now) is Audience.ALL or any(
        person.id == person_id for person in office
    )


def may_confirm(person_id: str, visit: Visit, facts: Facts, now: datetime) -> bool:
    """Whether this person may say that they are watching: whoever watches over everybody, has the
    office's part or is on duty, or was told of the departure or asked; never a visitor, and never
    on the strength of being the contact, who was asked for less.
    """
    if not may_respond(person_id, visit, facts, now):
        return False
    watch = visit.watch
    told = (*watch.told, *watch.asked_to_watch) if watch else ()
    return (
        watches_everybody(person_id, facts.school, now)
        or person_id in on_duty(visit, facts, now)
        or (person_id in told and visit.plan.part_of(person_id) != "contact")
    )


def may_name_stand_by(
    person_id: str, part: Part, visit: Visit, facts: Facts, now: datetime
) -> bool:
    """Who names a contact or backup: the lead. Once they are out anybody on the visit, since one of
    them may have no hand free; whoever watches over everybody, or has the office's part; and
    whoever is to be replaced.
    """
    if visit.watch is None:
        return person_id == visit.lead
    if person_id in visit.visitors:
        return True
    if not may_respond(person_id, visit, facts, now):
        return False
    return (
        person_id == visit.plan.named(part)
        or watches_everybody(person_id, facts.school, now)
        or person_id in office_part(visit, facts, now)
    )


def left_behind(person_id: str, visit: Visit) -> bool:
    """On the plan, and not ticked when the others left; or taken off it by somebody else. They see
    nothing of the visit but their own card, and may say that they have left all the same (S1, S10).
    """
    if person_id in visit.visitors:
        return False
    return person_id in visit.taken_off or (visit.watch is not None and person_id in visit.planned)


def may_see_concern(person_id: str, visit: Visit, number: int) -> bool:
    """Whoever was told of it by name, and never anybody on the visit: not the other visitors, and
    not the office. Who wrote it sees a receipt of their own.
    """
    concern = visit.watch.tidings("concern", number) if visit.watch else None
    return (
        concern is not None
        and person_id != OFFICE
        and person_id in concern.told
        and person_id not in visit.visitors
    )


def may_see_risks(person_id: str, visit: Visit) -> bool:
    """Rung holders of the open alarm, named through a role; never the office as such."""
    alarm = visit.alarm
    return alarm is not None and person_id in alarm.holders and person_id not in visit.visitors
