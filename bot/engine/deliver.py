"""Delivering the outbox: lease, draw each card from the visit as it now is, send, settle.

The outbox is the retry; nothing else retries. Parcels for one address go one after another, those
for different addresses side by side, urgent ones first.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.cards.draw import draw
from bot.cards.general import retired
from bot.cards.model import Card
from bot.cards.view import View
from bot.engine.carry_out import gather
from bot.engine.faults import where
from bot.engine.setup import Setup
from bot.ports import Channel, Clock, GiveUp, Parcel, PostAnew, Store, TryLater, UnitOfWork

log = logging.getLogger(__name__)
BATCH = 50
LEASE = timedelta(seconds=60)
SEND_WITHIN = 20.0
LONGEST_WAIT = {True: 30.0, False: 300.0}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A parcel with its card, and the slot's present message; without a card there is nothing to do."""

    parcel: Parcel
    card: Card | None
    reference: str | None


class Deliverer:
    """``deliver_due`` sends what is due, and says how many parcels it took in hand."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        setup: Callable[[], Setup],
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._setup = setup
        self._turns: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def deliver_due(self) -> int:
        """Lease, draw, send and settle one batch. Several may run at once: one slow address holds
        up nobody else.
        """
        now = self._clock.now()
        lease_ends = asyncio.get_running_loop().time() + LEASE.total_seconds()
        parcels = await self._store.transact(
            lambda uow: uow.outbox.lease(now, BATCH, now + LEASE), background=True
        )
        by_address: dict[tuple[str, str], list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            by_address[(parcel.channel, parcel.address)].append(parcel)
        results = await asyncio.gather(
            *(self._deliver_all(group, lease_ends) for group in by_address.values()),
            return_exceptions=True,
        )
        for result in results:
            if isinstance(result, BaseException):
                log.error("a delivery broke; its lease will run out: %s", where(result))
        return len(parcels)

    async def _deliver_all(self, parcels: list[Parcel], lease_ends: float) -> None:
        """One after another for one address. What would outlive its lease is left to the next."""
        address = (parcels[0].channel, parcels[0].address)
        async with self._turns[address]:
            for parcel in parcels:
                if asyncio.get_running_loop().time() + SEND_WITHIN > lease_ends:
                    return
                drawn = await self._store.transact(partial(self._draw, parcel), background=True)
                await self._send(drawn)

    def _draw(self, parcel: Parcel, uow: UnitOfWork) -> Drawn:
        if parcel.retire:
            return Drawn(parcel, retired(), parcel.retire)
        reference = uow.outbox.reference(parcel)
        visit = uow.visits.get(parcel.school, parcel.visit)
        if visit is None or (reference is None and not parcel.fresh):
            return Drawn(parcel, None, reference)
        setup = self._setup()
        facts = gather(uow, visit, setup)
        view = View(visit, parcel.recipient, facts, self._clock.now(), parcel.args)
        return Drawn(parcel, draw(parcel.card, view), reference)

    async def _send(self, drawn: Drawn) -> None:
        parcel = drawn.parcel
        try:
            async with asyncio.timeout(SEND_WITHIN):
                reference = await self._post_or_edit(drawn)
        except GiveUp as why:
            log.warning("giving up on parcel %s: %s", parcel.id, why)
            await self._settle(lambda uow, now: self._fail(uow, parcel, now, str(why)))
        except Exception as why:  # noqa: BLE001 - any other failure is the outbox's to retry
            after = self._wait(parcel, why.after if isinstance(why, TryLater) else None)
            log.warning("parcel %s again in %.0f s: %s", parcel.id, after, type(why).__name__)
            await self._settle(
                lambda uow, now: uow.outbox.retry(
                    parcel, now + timedelta(seconds=after), type(why).__name__
                )
            )
        else:
            await self._settle(lambda uow, now: self._sent(uow, drawn, reference, now))

    async def _post_or_edit(self, drawn: Drawn) -> str:
        parcel, card = drawn.parcel, drawn.card
        if card is None:
            return ""
        channel = self._channels.get(parcel.channel)
        if channel is None:
            msg = f"{parcel.recipient} has no address on a channel that is on"
            raise GiveUp(msg)
        if drawn.reference is None or (parcel.fresh and not parcel.retire):
            return await channel.post(
                parcel.address, card, urgent=parcel.urgent, key=parcel.key
            )
        try:
            await channel.edit(parcel.address, drawn.reference, card)
        except PostAnew:
            if parcel.retire:
                return ""
            return await channel.post(
                parcel.address, card, urgent=parcel.urgent, key=parcel.key
            )
        return drawn.reference

    def _sent(self, uow: UnitOfWork, drawn: Drawn, reference: str, now: datetime) -> None:
        """Settle; an older message of the slot is edited into a spent one."""
        parcel = drawn.parcel
        uow.outbox.sent(parcel, reference, now)
        older = drawn.reference
        if parcel.fresh and older and older != reference:
            uow.outbox.put(
                [
                    replace(
                        parcel,
                        id=f"{parcel.id}.retire",
                        key=f"{parcel.key}.retire",
                        retire=older,
                        fresh=False,
                        urgent=False,
                        attempts=0,
                        due_at=now,
                        created_at=now,
                    )
                ]
            )

    def _fail(self, uow: UnitOfWork, parcel: Parcel, now: datetime, why: str) -> None:
        """A permanent failure is for the ladder to know at once (S8)."""
        uow.outbox.failed(parcel, now, why)
        if parcel.slot == "alarm":
            uow.visits.postpone(parcel.school, parcel.visit, now)

    async def _settle(self, settle: Callable[[UnitOfWork, datetime], None]) -> None:
        now = self._clock.now()
        await self._store.transact(lambda uow: settle(uow, now), background=True)

    @staticmethod
    def _wait(parcel: Parcel, asked: float | None) -> float:
        if asked is not None:
            return max(0.5, asked)
        return float(min(LONGEST_WAIT[parcel.urgent], 2.0 ** min(parcel.attempts + 1, 10)))
