"""Delivering the outbox: lease, draw each card from the visit as it now is, send, settle.

The outbox is the retry; nothing else retries. An address has three lanes, one for what is urgent,
one for the board and one for the rest: an alarm never waits for a routine send that hangs, and no
notice waits for the board. Parcels of one lane go one after another, lanes side by side.
"""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.engine import board
from bot.engine.board import is_board
from bot.engine.bundles import Drawn, bundles, draw_bundle
from bot.engine.faults import where
from bot.engine.settle import fail, sent
from bot.engine.setup import Setup
from bot.ports import Channel, Clock, GiveUp, Parcel, PostAnew, Store, TryLater, UnitOfWork

log = logging.getLogger(__name__)
BATCH = 50
LEASE = timedelta(seconds=60)
SEND_WITHIN = 20.0
SHORTEST_WAIT = 0.5
LONGEST_WAIT = {True: 30.0, False: 300.0}
"""Seconds between tries at the most: urgent, and not."""
JITTER = (0.75, 1.0)
"""Shares of a wait: after an outage not everything comes at the same moment."""
Lane = tuple[str, str, str, bool, bool]
"""A school, a channel, an address on it; whether the lane is of what is urgent, or the board's."""


class Deliverer:
    """``deliver_due`` sends what is due, and says how many parcels it took in hand."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        setup: Callable[[str], Setup],
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._setup = setup
        self._turns: dict[Lane, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def deliver_due(self, *, urgent: bool = False) -> int:
        """Lease, draw, send and settle one batch: of what is urgent, where there is any; of the
        rest only then, and not where what is ``urgent`` alone is asked for. Several may run at
        once: one slow address holds up nobody else.
        """
        now = self._clock.now()
        lease_ends = asyncio.get_running_loop().time() + LEASE.total_seconds()

        def lease(uow: UnitOfWork) -> list[Parcel]:
            first = uow.outbox.lease(now, BATCH, now + LEASE, urgent=True)
            return first if first or urgent else uow.outbox.lease(now, BATCH, now + LEASE)

        parcels = await self._store.transact(lease, background=True)
        lanes: dict[Lane, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            lanes[_lane(parcel)].append(parcel)
        results = await asyncio.gather(
            *(self._deliver_all(lane, group, lease_ends) for lane, group in lanes.items()),
            return_exceptions=True,
        )
        for result in results:
            if isinstance(result, BaseException):
                log.error("a delivery broke; its lease will run out: %s", where(result))
        return len(parcels)

    async def _deliver_all(self, lane: Lane, parcels: list[Parcel], lease_ends: float) -> None:
        """One after another in one lane. What would outlive its lease is left to the next."""
        async with self._turns[lane]:
            for bundle in bundles(parcels):
                if asyncio.get_running_loop().time() + SEND_WITHIN > lease_ends:
                    return
                setup = self._setup(bundle[0].school)
                look = partial(draw_bundle, bundle, setup, self._clock.now())
                await self._send(await self._store.transact(look, background=True))

    async def _send(self, drawn: Drawn) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                reference = await self._post_or_edit(drawn)
        except GiveUp as why:
            log.warning("giving up on parcel %s: %s", drawn.first.id, why)
            await self._settle(drawn, partial(fail, str(why), self._setup_of(drawn)))
        except Exception as why:  # noqa: BLE001 - any other failure is the outbox's to retry
            log.warning("parcel %s later again: %s", drawn.first.id, type(why).__name__)
            asked = why.after if isinstance(why, TryLater) else None
            await self._settle(drawn, partial(self._retry, type(why).__name__, asked))
        else:
            await self._settle(drawn, partial(sent, drawn, reference, self._setup_of(drawn)))

    def _setup_of(self, drawn: Drawn) -> Setup:
        return self._setup(drawn.first.school)

    async def _post_or_edit(self, drawn: Drawn) -> str:
        parcel, card = drawn.first, drawn.card
        if card is None:
            return ""
        channel = self._channels.get(parcel.channel)
        if channel is None:
            msg = f"{parcel.recipient} has no address on a channel that is on"
            raise GiveUp(msg)
        if drawn.edits is not None:
            try:
                await channel.edit(parcel.address, drawn.edits, card)
            except PostAnew:
                if parcel.retire:
                    return ""
            else:
                return drawn.edits
        return await channel.post(parcel.address, card, urgent=parcel.urgent, key=drawn.key)

    def _retry(
        self, why: str, asked: float | None, uow: UnitOfWork, parcel: Parcel, now: datetime
    ) -> None:
        if is_board(parcel):
            board.later(uow, parcel, self._setup(parcel.school), now, asked or 0)
            return
        longest = min(LONGEST_WAIT[parcel.urgent], 2.0 ** min(parcel.attempts, 10))
        backoff = longest * random.uniform(*JITTER)  # noqa: S311 - no secret
        after = backoff if asked is None else max(SHORTEST_WAIT, asked)
        uow.outbox.retry(parcel, now + timedelta(seconds=after), why)

    async def _settle(
        self, drawn: Drawn, settle: Callable[[UnitOfWork, Parcel, datetime], None]
    ) -> None:
        now = self._clock.now()

        def work(uow: UnitOfWork) -> None:
            for parcel in drawn.parcels:
                settle(uow, parcel, now)

        await self._store.transact(work, background=True)


def _lane(parcel: Parcel) -> Lane:
    return (parcel.school, parcel.channel, parcel.address, parcel.urgent, is_board(parcel))
