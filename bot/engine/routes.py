"""From shows to parcels: who is everybody, and at which address each recipient is reached.

Routine messages go to one channel of a person, urgent ones to all of theirs. Visitors keep the
addresses frozen at departure, should they have left the school file (S3). Without a channel of its
own the office is each holder of the role (P5). A recipient without an address gets a parcel that
fails at once and loudly, so that the ladder climbs (S8). Repeats are spared (``sparing``, S9).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.domain.decide.targets import office_for
from bot.domain.roles import OFFICE
from bot.domain.shows import EVERYBODY, Show
from bot.domain.visit import Visit
from bot.engine.setup import Setup
from bot.engine.sparing import a_while, spared_until
from bot.ports import Buzzed, Parcel, UnitOfWork

NOWHERE = "nowhere"
"""The channel of a parcel whose recipient has no address on any channel that is on."""


def parcels(
    uow: UnitOfWork,
    visit: Visit,
    shows: Iterable[Show],
    setup: Setup,
    now: datetime,
    *,
    deed: str = "",
    sparing: bool = False,
) -> list[Parcel]:
    """Give the outbox rows of one change, urgent first: one a recipient, slot and channel, and one
    more where it is to buzz a little later.

    ``deed`` is who did what, ``sparing`` where it may be the same once more.
    """
    rows: list[Parcel] = []
    policy = visit.policy or setup.policy
    all_ = _merged(uow, visit, shows, office_for(visit, setup.reached_for(visit.plan), now))
    buzzes: Mapping[Buzzed, Sequence[datetime]] = {}
    if deed and sparing and any(show.fresh for show in all_):
        buzzes = uow.outbox.buzzes(visit.school, visit.id, deed, now - a_while(policy))
    for show in all_:
        known = addresses(show.recipient, setup, visit)
        chosen = known if show.urgent else known[:1]
        if not show.fresh:
            chosen = known  # an edit goes wherever the slot stands
        if not chosen and show.fresh:
            chosen = [(NOWHERE, "")]
        for channel, address in chosen:
            key = f"{visit.id}.{visit.version}.{show.slot}.{show.recipient}"
            row = Parcel(
                id=f"{key}.{channel}",
                school=visit.school,
                visit=visit.id,
                slot=show.slot,
                recipient=show.recipient,
                channel=channel,
                address=address,
                card=show.card,
                key=key,
                created_at=now,
                due_at=now,
                urgent=show.urgent,
                fresh=show.fresh,
                args=show.args,
                deed=deed,
            )
            this = (show.slot, show.card, show.recipient, channel, show.urgent)
            buzzed = buzzes.get(this, ()) if show.fresh else ()
            until = spared_until(buzzed, policy, now)
            rows.extend([row] if until is None else _spared(row, until, buzzed))
    return sorted(rows, key=lambda row: not row.urgent)


def _spared(row: Parcel, until: datetime, buzzed: Sequence[datetime]) -> list[Parcel]:
    """A silent edit now, and one message that buzzes once the phone is spared no longer."""
    edit = replace(row, fresh=False, urgent=False)
    if buzzed[-1] >= until:
        return [edit]
    then = replace(row, id=f"{row.id}.then", key=f"{row.key}.then", created_at=until, due_at=until)
    return [edit, then]


def _merged(
    uow: UnitOfWork, visit: Visit, shows: Iterable[Show], office: tuple[str, ...]
) -> list[Show]:
    """One show for each recipient and slot: the last card, posted afresh if any of them was."""
    merged: dict[tuple[str, str], Show] = {}
    standing: Mapping[str, Sequence[str]] | None = None
    for show in shows:
        if show.recipient == EVERYBODY:
            if standing is None:
                standing = uow.outbox.recipients(visit.school, visit.id)
            holders = dict.fromkeys(standing.get(show.slot, ()))
            holders.update(dict.fromkeys(r for r, slot in merged if slot == show.slot))
            everybody: Iterable[str] = holders
        else:
            everybody = (show.recipient,)
        whole = (office if who == OFFICE else (who,) for who in everybody)
        for recipient in dict.fromkeys(chain.from_iterable(whole)):
            before = merged.get((recipient, show.slot))
            merged[(recipient, show.slot)] = Show(
                recipient,
                show.slot,
                show.card,
                fresh=show.fresh or (before is not None and before.fresh),
                urgent=show.urgent or (before is not None and before.urgent),
                args=show.args or (before.args if before else {}),
            )
    return list(merged.values())


def addresses(recipient: str, setup: Setup, visit: Visit | None = None) -> list[tuple[str, str]]:
    """Channels and addresses of a recipient, the preferred channel first."""
    known: Mapping[str, str]
    if recipient == OFFICE:
        known = setup.reached_for(visit.plan).office if visit else setup.school.office
    else:
        person = setup.school.person(recipient)
        visitor = visit.watch.visitor(recipient) if visit and visit.watch else None
        frozen = visitor.addresses if visitor else {}
        known = {**frozen, **person.addresses} if person else frozen
    return [(channel, known[channel]) for channel in setup.channels if channel in known]
