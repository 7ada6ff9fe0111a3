"""Nobody listened for a while: whoever may have sent something is asked for it once more, and the
office is told. A message for help that was lost leaves somebody in trouble who waits for it.

Whoever is out is asked urgently, and so is whoever may have left on an approved visit; everybody
else on a live visit is asked when they next look. Each outage is told of once, by the outbox's key,
whichever process finds it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards.unheard import SINCE, UNTIL
from bot.domain.roles import OFFICE
from bot.domain.shows import Show, alert, post
from bot.domain.visit import Approved, Visit
from bot.engine.overview import about_school
from bot.engine.routes import addresses, parcels
from bot.engine.setup import Setup
from bot.ports import UnitOfWork

SLOT, AT_THE_OFFICE = "unheard", "unheard_school"
LATE = timedelta(seconds=60)
"""While it runs, a process that is only busy says late that it listens; one that was held up for
longer than this heard nobody.
"""
LostAfter = Mapping[str, timedelta]
"""By channel, how long nobody may listen before something that people sent is lost for good."""


def listens(
    uow: UnitOfWork, setup: Setup, lost_after: LostAfter, now: datetime, *, begins: bool
) -> bool:
    """Somebody listens now, and ``begins`` to or has all along. Whether anybody had to be told."""
    school = setup.school.id
    since = uow.listening.until(school)
    uow.listening.keep(school, now)
    if since is None:
        return False
    gap = now - since
    deaf = {on for on, after in lost_after.items() if gap > (after if begins else max(after, LATE))}
    if not deaf:
        return False
    args = {SINCE: since.isoformat(), UNTIL: now.isoformat()}
    asked = [visit for visit in uow.visits.waiting(school) if _ask(uow, visit, setup, deaf, args)]
    if any(visit.is_out for visit in asked):
        show = alert(OFFICE, SLOT, AT_THE_OFFICE, **args)
        uow.outbox.put(about_school(show, args[SINCE], setup, now))
    return bool(asked)


def _ask(
    uow: UnitOfWork, visit: Visit, setup: Setup, deaf: set[str], args: Mapping[str, str]
) -> bool:
    """Ask its visitors, but for those who are back and those who write elsewhere."""
    now = datetime.fromisoformat(args[UNTIL])
    out = visit.watch.out if visit.watch else ()
    people = [visitor.id for visitor in out] if visit.watch else list(visit.visitors)
    may_have_left = isinstance(visit.phase, Approved) and visit.plan.leaving_at <= now
    shows: list[Show] = []
    for person in people:
        if deaf & {channel for channel, _ in addresses(person, setup, visit)}:
            loud = visit.is_out or may_have_left
            shows.append((alert if loud else post)(person, SLOT, **args))
    rows = parcels(uow, visit, shows, setup, now)
    uow.outbox.put(
        [replace(r, id=f"{r.id}.{args[SINCE]}", key=f"{r.key}.{args[SINCE]}") for r in rows]
    )
    return bool(shows)
