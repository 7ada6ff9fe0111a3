"""Wait for something that tells of itself in no other way."""

import asyncio
from collections.abc import Callable

PATIENCE = 20.0
"""Seconds that anything may take on a busy machine; most of it takes a few milliseconds."""


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - nothing here tells of it
            await asyncio.sleep(0.005)
