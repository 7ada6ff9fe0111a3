"""Cards about no single visit: what they are drawn from, and the parcels that carry them.

Such a parcel's ``visit`` is empty. Its message is the slot's: without ``fresh`` it is edited where
it stands, and posted where it doesn't.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.cards.overview import Overview
from bot.cards.view import View
from bot.domain.decide.targets import office_of
from bot.domain.facts import Facts
from bot.domain.known import Flag
from bot.domain.roles import OFFICE, Audience
from bot.domain.shows import Show
from bot.domain.visit import Visit
from bot.engine.routes import NOWHERE, addresses
from bot.engine.setup import Setup
from bot.ports import Away, Parcel, UnitOfWork

MOST = 100
"""So many visits are looked at for one card, however many are out: the rest is counted."""


def overview(
    uow: UnitOfWork,
    reader: str,
    setup: Setup,
    now: datetime,
    args: Mapping[str, str] | None = None,
) -> Overview:
    """The school as this reader may see it now."""
    facts = Facts(school=setup.reached, policy=setup.policy)
    seen = Overview(
        school=facts.school,
        policy=setup.policy,
        reader=reader,
        now=now,
        args=args or {},
        problems=setup.problems,
        unheard=setup.unheard,
        flags=_flags(uow, setup, args or {}),
    )
    away, start = _away(uow, seen, facts)
    views = [View(visit, reader, facts, now) for visit in away.visits]
    shown = tuple(view for view in views if view.audience > Audience.NOTHING)
    unseen = sum(view.alarm is not None for view in views if view not in shown)
    return replace(
        seen,
        out=shown,
        start=start,
        more=max(0, away.total - start - len(away.visits)),
        alarms=away.alarms - unseen,
    )


def _flags(uow: UnitOfWork, setup: Setup, args: Mapping[str, str]) -> tuple[Flag, ...]:
    """The one that a card is about."""
    known = uow.flags.get(setup.school.id, args["flag"]) if "flag" in args else None
    return (known,) if known else ()


def _away(uow: UnitOfWork, seen: Overview, facts: Facts) -> tuple[Away, int]:
    """The stretch in which the page stands that is asked for, or the first where there is no such
    page; for whoever doesn't watch over everybody, those that they have a part in. Always a whole
    stretch: what this reader must not know of would be counted again on a later page.
    """
    school = seen.school.id
    if not (seen.watches_everybody or judges(seen.reader, facts, seen.now)):
        own = [visit for visit in concerning(uow, seen.reader, facts, seen.now) if visit.is_out]
        return Away(tuple(own), sum(visit.alarm is not None for visit in own), len(own)), 0
    start = seen.page - seen.page % MOST
    away = uow.visits.out(school, MOST, start)
    if away.visits or not start:
        return away, start
    return uow.visits.out(school, MOST), 0


def judges(person: str, facts: Facts, now: datetime) -> bool:
    """Whether this person's word counts by a role that they hold, for whoever goes."""
    roles = {role for stage in facts.policy.approval_stages for role in stage} - {"leader"}
    return any(each.id == person for role in roles for each in facts.school.holders(role, now))


def concerning(uow: UnitOfWork, person: str, facts: Facts, now: datetime) -> list[Visit]:
    """Live visits that this person is on, is named by, or leads the lead of."""
    school = facts.school
    led = [
        p.id for p in school.people if person in {each.id for each in school.leaders_of(p.id, now)}
    ]
    theirs = uow.visits.live_of(school.id, [person, *led])
    named = uow.visits.naming(school.id, person, MOST)
    return list({visit.id: visit for visit in (*theirs, *named)}.values())


def about_school(show: Show, key: str, setup: Setup, now: datetime) -> list[Parcel]:
    """The outbox rows that show a card about no visit. The same key again shows nothing again.

    ``office`` is whatever the office now is. As with visits, routine messages go to one channel of
    a person, urgent ones to all of theirs, and what is fresh fails loudly where there is none.
    """
    recipients = office_of(setup.reached, now) if show.recipient == OFFICE else (show.recipient,)
    rows: list[Parcel] = []
    for recipient in recipients:
        known = addresses(recipient, setup)
        if recipient != OFFICE and not show.urgent:
            known = known[:1]
        if not known and show.fresh:
            known = [(NOWHERE, "")]
        for channel, address in known:
            name = f"school.{show.slot}.{recipient}.{key}"
            rows.append(
                Parcel(
                    id=f"{name}.{channel}",
                    school=setup.school.id,
                    visit="",
                    slot=show.slot,
                    recipient=recipient,
                    channel=channel,
                    address=address,
                    card=show.card,
                    key=name,
                    created_at=now,
                    due_at=now,
                    urgent=show.urgent,
                    fresh=show.fresh,
                    args=show.args,
                )
            )
    return rows
