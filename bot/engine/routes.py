"""From shows to parcels: who is everybody, and at which address each recipient is reached.

Routine messages go to one channel of a person, urgent ones to all of theirs. Visitors keep the
addresses frozen at departure, should they have left the school file (S3). Without a channel of its
own the office is each holder of the role (P5). A recipient without an address gets a parcel that
fails at once and loudly, so that the ladder climbs (S8). Nobody's phone is flooded (S9).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from bot.domain.decide.targets import office_for
from bot.domain.roles import OFFICE
from bot.domain.shows import EVERYBODY, Show
from bot.domain.visit import Visit
from bot.engine.setup import Setup
from bot.ports import Parcel, UnitOfWork

NOWHERE = "nowhere"
"""The channel of a parcel whose recipient has no address on any channel that is on."""

MOST_BUZZES, A_WHILE = 5, timedelta(minutes=1)
"""So often may presses let one thing buzz one phone in this time; then its message is edited,
silently (S9). What the clock brings about is never silenced, however short a policy's times (S8).
"""


def parcels(
    uow: UnitOfWork,
    visit: Visit,
    shows: Iterable[Show],
    setup: Setup,
    now: datetime,
    *,
    sparing: bool = False,
) -> list[Parcel]:
    """Give the outbox rows of one change, urgent first: one a recipient, slot and channel.

    ``sparing`` where it comes from a press that somebody may be repeating.
    """
    rows: list[Parcel] = []
    buzzes = uow.outbox.buzzes(visit.school, visit.id, now - A_WHILE) if sparing else {}
    for show in _merged(uow, visit, shows, office_for(visit, setup.reached, now)):
        known = addresses(show.recipient, setup, visit)
        chosen = known if show.urgent else known[:1]
        if not show.fresh:
            chosen = known  # an edit goes wherever the slot stands
        if not chosen and show.fresh:
            chosen = [(NOWHERE, "")]
        for channel, address in chosen:
            buzzed = buzzes.get((show.slot, show.recipient, channel, show.urgent), 0)
            calm = show.fresh and buzzed >= MOST_BUZZES
            key = f"{visit.id}.{visit.version}.{show.slot}.{show.recipient}"
            rows.append(
                Parcel(
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
                    urgent=show.urgent and not calm,
                    fresh=show.fresh and not calm,
                    args=show.args,
                )
            )
    return sorted(rows, key=lambda row: not row.urgent)


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
        known = setup.school.office
    else:
        person = setup.school.person(recipient)
        visitor = visit.watch.visitor(recipient) if visit and visit.watch else None
        frozen = visitor.addresses if visitor else {}
        known = {**frozen, **person.addresses} if person else frozen
    return [(channel, known[channel]) for channel in setup.channels if channel in known]
