"""What those who stand by say, and what becomes of them; and who is named in their place.

Whoever is out on a visit of their own, or away, can't stand by: that is found out at once, since
their departure wakes every visit that names them. Nothing here asks for a new approval.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from bot.domain.commands import CannotStandBy, NameStandBy, StandBy
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.duty import times, unable
from bot.domain.events import StandByAgreed, StandByLost, StandByNamed, StandByRefused, WatchLost
from bot.domain.facts import Facts
from bot.domain.refused import Refused
from bot.domain.roles import (
    Audience,
    approvers,
    audience,
    may_name_stand_by,
    watches_everybody,
)
from bot.domain.standby import PARTS, Part
from bot.domain.visit import Visit

Why = Literal["out", "away", "unreached"]
NOT_LEAD = Refused("Only the person who asked for this visit can name somebody else.")
NOT_TO_NAME = Refused(
    "Whoever is on the visit can name somebody else, and so can the office and whoever stands by."
)
NOT_ASKED = Refused("You are not asked to stand by for this visit.")
SAID_SO = Refused("You have said so already. Thank you.", card="stand_by")


def agree(draft: Draft, command: StandBy) -> Outcome:
    """Yes, for the times of the visit and some time after it: a return is easily late."""
    visit, who = draft.visit, command.by
    part = visit.plan.part_of(who)
    if part is None or who in visit.visitors:
        return NOT_ASKED
    why = unable(who, visit, draft.facts, draft.now, planned=True)
    if why == "out":
        return Refused("You are out on a visit yourself at that time, so it has to be another.")
    if why == "away":
        return Refused("The school has you as away that day, so it has to be somebody else.")
    start, end = times(visit)
    word = visit.word(part)
    if word and word.covers(start, end):
        return SAID_SO
    until = end + draft.policy.evening_backup_stays
    let_go = tuple(_let_go(part, visit, draft.facts, draft.now))
    draft.emit(StandByAgreed(draft.now, who, part, start, until, let_go))
    watch = draft.visit.watch
    if watch and watch.watching and watch.watching.by in let_go:
        draft.emit(WatchLost(draft.now, watch.watching.by))
    return draft.outcome


def _let_go(part: Part, visit: Visit, facts: Facts, now: datetime) -> Iterator[str]:
    """Whose place is taken, of those who were told of the departure for no other reason. Until
    somebody has said yes in their place, they are told on.
    """
    told = visit.watch.told if visit.watch else ()
    replaced = (w.by for w in visit.words if (w.part, w.said) == (part, "released"))
    leaders = {person.id for person in facts.school.leaders_of(visit.lead, now)}
    others = {*leaders, *approvers(visit, facts, now)}
    for who in replaced:
        if who in told and who not in others and not watches_everybody(who, facts.school, now):
            yield who


def cannot(draft: Draft, command: CannotStandBy) -> Outcome:
    """No, or no longer."""
    part = draft.visit.plan.part_of(command.by)
    if part is None or command.by in draft.visit.visitors:
        return NOT_ASKED
    word = draft.visit.word(part)
    if word and word.said == "no":
        return Refused("I know that you can't, and have told them.", card="stand_by")
    draft.emit(StandByRefused(draft.now, command.by, part))
    watch = draft.visit.watch
    if watch and watch.watching and watch.watching.by == command.by:
        draft.emit(WatchLost(draft.now, command.by))
    return draft.outcome


def name(draft: Draft, command: NameStandBy) -> Outcome:
    """Somebody else is named, and asked."""
    visit, school = draft.visit, draft.facts.school
    if not may_name_stand_by(command.by, command.part, visit, draft.facts, draft.now):
        return NOT_TO_NAME if visit.watch else NOT_LEAD
    person = school.person(command.person)
    if person is None or person.id == visit.plan.named(command.part):
        return Refused("Please choose somebody else of the school.", field="person")
    if person.id in visit.visitors:
        return Refused("Choose somebody who stays behind, whom you can reach.", field="person")
    if person.id in visit.plan.kept_from:
        everything = audience(command.by, visit, draft.facts, draft.now) is Audience.ALL
        why_not = "must not know of it" if everything else "can't be asked for this visit"
        return Refused(f"{person.name} {why_not}. Who else?", field="person")
    why = unable(person.id, visit, draft.facts, draft.now)
    if why:
        is_so = "is away that day" if why == "away" else "can't stand by then"
        return Refused(f"{person.name} {is_so}. Who else?", field="person")
    draft.emit(StandByNamed(draft.now, command.by, command.part, person.id))
    return draft.outcome


def look_after(draft: Draft) -> None:
    """Whoever is named and can't stand by any more counts no longer."""
    visit = draft.visit
    for part in PARTS:
        who, word = visit.plan.named(part), visit.word(part)
        if who is None or who in visit.visitors or visit.plan.part_of(who) != part:
            continue  # somebody named for both gives one word
        if word and word.said != "yes":
            continue
        why: Why | None = unable(who, visit, draft.facts, draft.now)
        if why is None and word is None and _unreached(who, draft.facts):
            why = "unreached"
        if why:
            draft.emit(StandByLost(draft.now, who, part, why))


def _unreached(who: str, facts: Facts) -> bool:
    """Whether what they were asked by, while the visit was out, has failed on every channel."""
    return facts.fares.get("stand_by", {}).get(who) == "failed"
