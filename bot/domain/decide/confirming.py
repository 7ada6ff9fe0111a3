"""Somebody says that they are watching; until a named person does, the next people are asked.

First the office, or whoever has its part, by the departure notice. Then the duty leader and the
backup, whoever was told of the departure, the senior leaders, the Head; and when all of them were
asked, the last are asked again and the visitors hear of it. Whatever anybody of these does for the
visit says as much as the press. An open alarm asks for more than this, and so nobody is asked while
one is open.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.commands import ConfirmWatching
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.targets import people_for
from bot.domain.duty import on_duty
from bot.domain.events import WatchAsked, WatchConfirmed, WatchLost
from bot.domain.facts import Facts
from bot.domain.refused import Refused
from bot.domain.roles import may_confirm
from bot.domain.visit import InAlarm, Visit

NOT_YOU = Refused("This is for the office, and for the leaders who were asked.")
OUT_YOURSELF = Refused("You are out on a visit yourself, so somebody else has to watch.")


def confirm(draft: Draft, command: ConfirmWatching) -> Outcome:
    """One named person, whom the visitors can see."""
    if not may_confirm(command.by, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    if command.by in draft.facts.out:
        return OUT_YOURSELF
    watching = draft.watch.watching
    if watching:
        who = "You are" if watching.by == command.by else f"{_name(draft, watching.by)} is"
        since = draft.facts.school.clock(watching.at, draft.now)
        return Refused(f"{who} watching since {since}. Thank you.")
    draft.emit(WatchConfirmed(draft.now, command.by))
    return draft.outcome


def by_the_way(draft: Draft, by: str) -> None:
    """Whoever sees to the visit in any other way is watching."""
    if not draft.visit.is_out or draft.watch.watching or by in draft.facts.out:
        return
    if may_confirm(by, draft.visit, draft.facts, draft.now):
        draft.emit(WatchConfirmed(draft.now, by))


def see_to_watching(draft: Draft) -> None:
    """Whoever said that they watch may have gone out; or nobody has said so in time."""
    watch, now = draft.watch, draft.now
    watching = watch.watching
    if watching and watch.out and _gone(watching.by, draft.facts, now):
        draft.emit(WatchLost(now, watching.by))
        return
    by = watch.confirm_by
    if (
        by is None
        or watching
        or now < by
        or not watch.out
        or isinstance(draft.visit.phase, InAlarm)
    ):
        return
    groups = list(_in_turn(draft.visit, draft.facts, now))
    asked = set(watch.asked_to_watch)
    new = next((ask for group in groups if (ask := [p for p in group if p not in asked])), None)
    last = groups[-1] if groups else []
    draft.emit(WatchAsked(now, tuple(new or last), nobody=new is None))


def _in_turn(visit: Visit, facts: Facts, now: datetime) -> Iterator[list[str]]:
    """Who is asked after whom, whoever of them can watch."""
    told = visit.watch.told if visit.watch else ()
    outside = facts.school.outside(now)
    groups = (
        () if outside else on_duty(visit, facts, now),  # outside the hours they had the notice
        tuple(p for p in told if visit.plan.part_of(p) is None),
        *(tuple(p.id for p in people_for(r, visit, facts, now)) for r in ("senior_leader", "head")),
    )
    for group in groups:
        there = [p for p in group if p not in visit.visitors and not _gone(p, facts, now)]
        if there:
            yield there


def _gone(person: str, facts: Facts, now: datetime) -> bool:
    return person in facts.out or facts.school.is_away(person, now) is not None


def _name(draft: Draft, person: str) -> str:
    return draft.facts.school.name_of(person)
