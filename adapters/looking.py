"""Looking again at what a vendor knows, for as long as a channel is in place."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.engine.faults import where

log = logging.getLogger(__name__)


async def keep_looking(
    awake: asyncio.Event,
    look: Callable[[], Awaitable[bool]],
    vendor: str,
    *,
    again: float,
    soon: float,
) -> None:
    """Look whenever ``awake`` is set, after ``again`` seconds in any case, and after ``soon`` where
    the vendor has not said everything: ``look`` gives whether it has.
    """
    whole = True
    while True:
        try:
            async with asyncio.timeout(again if whole else soon):
                await awake.wait()
        except TimeoutError:
            pass
        awake.clear()
        try:
            whole = await look()
        except Exception as problem:  # noqa: BLE001 - the next look tries again
            log.error("looking at %s broke: %s", vendor, where(problem))  # noqa: TRY400
            whole = False
