"""The days on which nobody could approve a visit, as whoever would is away."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.school import Absence
from bot.domain.stages import away_from, could_be_approved
from bot.settings.mistakes import Mistake
from bot.settings.moments import typical, visit_at
from bot.settings.school_file import Settings
from bot.settings.times import Time, times, together


def unapproved(settings: Settings, now: datetime) -> Iterator[Mistake]:
    """Who is away then until when; a stage that nobody fills though all are there is told of by
    ``check_school``.
    """
    lead, school = typical(settings), settings.school
    if lead is None:
        return
    facts = Facts(school, settings.policy)
    days: dict[Time, None] = {}
    away: dict[Absence, None] = {}
    for when in times(school, now):
        visit = visit_at(settings, lead, when.at)
        if could_be_approved(visit, facts, when.at):
            continue
        for stage in settings.policy.approval_stages:
            if absent := away_from(stage, visit, facts, when.at):
                days[Time(when.day, "", when.at)] = None
                away |= dict.fromkeys(absent)
    if days:
        until = ", ".join(
            f"{school.name_of(each.person)} is away until {school.day(each.days.last)}"
            for each in away
        )
        problem = f"no visit could be approved on {together(days)}: {until}"
        remedy = 'instead = "..." under their [[away]], for somebody who is there, would be right'
        yield Mistake("away", problem, remedy, file=settings.file)
