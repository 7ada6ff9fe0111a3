"""One HTTP session, made at the first call, since it needs a running loop; and plain JSON."""

import asyncio
from typing import Any

import aiohttp

LARGEST = 1024 * 1024


class Web:
    """``session`` for whoever calls; ``json`` gets a document, or raises. ``close`` at the end."""

    def __init__(self, within: float) -> None:
        self._within = within
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def session(self) -> aiohttp.ClientSession:
        """Open until ``close``; whoever asks after it is told that nobody answers."""
        if self._closed:
            raise aiohttp.ClientConnectionError
        if self._session is None:
            limit = aiohttp.ClientTimeout(total=self._within)
            self._session = aiohttp.ClientSession(timeout=limit)
        return self._session

    async def json(self, url: str) -> Any:
        """What stands there."""
        async with self.session.get(url) as answer:
            answer.raise_for_status()
            if (answer.content_length or 0) > LARGEST:
                raise ValueError
            return await answer.json(content_type=None)

    async def close(self) -> None:
        """Let go of the connections, for good."""
        self._closed = True
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(0)
