"""The Bot Framework's signing keys, as the SDK asks for them.

The SDK's own would fetch them on the event loop, without a time-out, and never one that is
published later. Here a known key is at hand at once, whatever the key server does, also after a
restart; an unknown one is asked for, at most once in a few seconds and by one request for all who
wait. Whoever comes in between waits for the next request, since Teams says nothing twice; so many
at the most, or garbage would pile up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from jwt.algorithms import RSAAlgorithm

from bot.engine.faults import where

log = logging.getLogger(__name__)
Fetch = Callable[[str], Awaitable[Any]]
"""Gets JSON from an address, with a time-out of its own. May raise anything."""
KEPT = 24 * 3600.0
CHANNEL = "msteams"
AT_MOST_EVERY = 2.5
"""Seconds from one request to the next: little enough that a press which waits for both is answered
before its client gives up.
"""
WAITS = 2.0
"""Seconds that the key server may take."""
MOST_WAITING = 20
TRIES_AGAIN = 15.0
"""Seconds between requests while no key is known at all."""


class Keeper(Protocol):
    """What was last published, over a restart. Each may raise anything."""

    async def recall(self) -> Sequence[Any]: ...

    async def keep(self, published: Sequence[Any], /) -> None: ...


class NoKey(Exception):
    """The key server doesn't publish this key, or not for Teams, or doesn't answer."""


@dataclass(frozen=True, slots=True)
class Key:
    """As the SDK reads it. ``endorsements`` name the channels that this key vouches for."""

    public_key: Any
    endorsements: tuple[str, ...]


class Keys:
    """The keys behind one metadata address. ``start`` recalls those of before, and fetches them
    ahead of the first message; ``changed`` is called when there are some, or turn out to be none.
    """

    def __init__(
        self,
        metadata_url: str,
        fetch: Fetch,
        keeper: Keeper,
        *,
        every: float = AT_MOST_EVERY,
        kept: float = KEPT,
    ) -> None:
        self._url, self._fetch, self._keeper = metadata_url, fetch, keeper
        self._every, self._kept = every, kept
        self._keys: dict[str, Key] = {}
        self._tried = self._fetched = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._waiting = 0
        self._until_known: asyncio.Task[None] | None = None
        self.missing = False
        """Whether no key at all could be had: nobody can be believed."""
        self.changed: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Begin to fetch; nobody waits for it."""
        try:
            self._keys = _read(await self._keeper.recall())
        except Exception as problem:  # noqa: BLE001 - then they are fetched
            log.error("the signing keys of before can't be read: %s", where(problem))  # noqa: TRY400
        self._begin()
        self._until_known = asyncio.create_task(self._ask_until_known())

    async def stop(self) -> None:
        """Let go."""
        tasks = [task for task in (self._until_known, self._fetching) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def look(self) -> bool:
        """Whether there are any, asked for now where there are none."""
        if not self._keys:
            self._begin()
            if self._fetching:
                await asyncio.wait({self._fetching})
        self._say(missing=not self._keys)
        return not self.missing

    async def _ask_until_known(self) -> None:
        while not await self.look():  # noqa: ASYNC110 - the key server tells nobody
            await asyncio.sleep(TRIES_AGAIN)

    def _say(self, *, missing: bool) -> None:
        if missing != self.missing:
            self.missing = missing
            self.changed()

    async def get(self, key_id: object) -> Key:
        """The SDK's question. A known key never waits; keys older than a day are renewed beside."""
        if not isinstance(key_id, str):
            raise NoKey("no key is named")
        if key_id not in self._keys:
            await self._look_for(key_id)
        elif self._fetched + self._kept < _now():
            self._begin()
        known = self._keys.get(key_id)
        if known is None:
            raise NoKey("unknown key")
        if CHANNEL not in known.endorsements:
            raise NoKey("not endorsed")  # the SDK lets a key pass that vouches for nobody
        return known

    async def _look_for(self, key_id: str) -> None:
        """Wait until it is there, or was asked for since now: the last answer may be older."""
        if self._waiting >= MOST_WAITING:
            return
        self._waiting += 1
        came = _now()
        try:
            while key_id not in self._keys:
                if self._fetching and not self._fetching.done():
                    await asyncio.wait({self._fetching})
                elif self._tried >= came:
                    return
                else:
                    await asyncio.sleep(max(0.0, self._tried + self._every - _now()))
                    self._begin()
        finally:
            self._waiting -= 1

    def _begin(self) -> None:
        busy = self._fetching is not None and not self._fetching.done()
        if not busy and self._tried + self._every <= _now():
            self._tried = _now()
            self._fetching = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        """What can't be fetched leaves everything as it was."""
        try:
            async with asyncio.timeout(WAITS):
                metadata = await self._fetch(self._url)
                published = await self._fetch(metadata["jwks_uri"])
                keys = _read(published["keys"])
        except Exception as problem:  # noqa: BLE001 - a stranger's server: anything may come back
            log.warning("the signing keys could not be fetched: %s", type(problem).__name__)
            return
        if not keys:
            return
        self._keys, self._fetched = keys, _now()
        self._say(missing=False)
        try:
            await self._keeper.keep(published["keys"])
        except Exception as problem:  # noqa: BLE001 - they are known all the same
            log.error("the signing keys could not be kept: %s", where(problem))  # noqa: TRY400


def claimed(token: str) -> Mapping[str, Any]:
    """What a token says, whoever wrote it: nothing of this may be believed. May raise anything."""
    claims: Mapping[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def _read(published: Any) -> dict[str, Key]:
    """The keys that can be used; one that can't be read hides no other."""
    found: dict[str, Key] = {}
    for each in published if isinstance(published, list) else ():
        if not isinstance(each, Mapping) or not isinstance(each.get("kid"), str):
            continue
        endorsed = each.get("endorsements")
        names = endorsed if isinstance(endorsed, list) else ()
        try:
            public = RSAAlgorithm.from_jwk(dict(each))
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with it
            log.warning("a signing key can't be read: %s", type(problem).__name__)
            continue
        found[each["kid"]] = Key(public, tuple(n for n in names if isinstance(n, str)))
    return found


def _now() -> float:
    return asyncio.get_running_loop().time()
