"""The watcher is watched from outside: an address that is called after each good sweep.

Whoever listens there raises the alarm when the calls stop. The address is a secret, since whoever
knows it could go on calling it: it never stands in a log.
"""

import logging

import aiohttp

log = logging.getLogger(__name__)
WITHIN = 5.0


class Heartbeat:
    """``beat`` calls the address. A call that fails is logged, and stops nothing."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def beat(self) -> None:
        """Call it once."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WITHIN))
        try:
            async with self._session.get(self._url) as answer:
                status = answer.status
        except (TimeoutError, aiohttp.ClientError, ValueError, OSError) as problem:
            log.warning("the heartbeat was not heard: %s", type(problem).__name__)
        else:
            if status >= aiohttp.web.HTTPBadRequest.status_code:
                log.warning("the heartbeat was answered with status %s", status)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._session is not None:
            await self._session.close()
