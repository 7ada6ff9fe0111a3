"""Cards about no single visit: what they are drawn from, and the parcels that carry them.

Such a parcel's ``visit`` is empty. Its message is the slot's: without ``fresh`` it is edited where
it stands, and posted where it doesn't.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.cards.overview import Overview
from bot.cards.view import View
from bot.domain.decide.targets import office_of
from bot.domain.facts import Facts
from bot.domain.roles import OFFICE, Audience
from bot.domain.shows import Show
from bot.engine.routes import NOWHERE, addresses
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork

ALL = 1_000_000


def overview(
    uow: UnitOfWork,
    reader: str,
    setup: Setup,
    now: datetime,
    args: Mapping[str, str] | None = None,
    calm: int = ALL,
) -> Overview:
    """The school as this reader may see it now: every visit in alarm, and of the others so many."""
    facts = Facts(school=setup.reached, policy=setup.policy)
    visits, more = uow.visits.out(setup.school.id, calm)
    views = (View(visit, reader, facts, now) for visit in visits)
    return Overview(
        school=facts.school,
        policy=setup.policy,
        reader=reader,
        now=now,
        args=args or {},
        out=tuple(view for view in views if view.audience > Audience.NOTHING),
        more=more,
        problems=setup.problems,
    )


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
