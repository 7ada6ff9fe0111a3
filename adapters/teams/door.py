"""Whose words are believed: the Bot Framework's tokens, and our own organisation's people."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from adapters.environment import Environment
from adapters.teams.cloud import Cloud
from adapters.teams.front import Refused
from adapters.teams.inbound import tenants_of
from adapters.teams.keys import Fetch, Keeper, Keys
from adapters.teams.sdk_auth import Tokens, Unauthorized

log = logging.getLogger(__name__)
OPEN = (
    "DOORSTEP_TEAMS_AUTH=off: whoever reaches this machine's own address %s can speak for anybody. "
    "That is for trying things out, never for a school."
)

NO_KEYS = (
    "Microsoft's signing keys can't be fetched, so no message from Teams can be believed; a "
    "network that reaches %s would be right."
)
SAYS_EVERY = 60.0
FROM_ELSEWHERE = frozenset({"forwarded", "x-forwarded-for", "x-real-ip", "via", "origin"})
_HERE = re.compile(r"(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)


class Door:
    """``check`` for each activity. ``start`` fetches keys ahead."""

    def __init__(self, env: Environment, cloud: Cloud, fetch: Fetch, keeper: Keeper) -> None:
        self._env = env
        self._said: dict[str, float] = {}
        self._tenant = env.microsoft_app_tenant_id.casefold()
        self._keys = Keys(cloud.metadata_url, fetch, keeper)
        self._server = urlsplit(cloud.metadata_url).hostname or cloud.metadata_url
        self._tokens = Tokens(env.microsoft_app_id, cloud, self._keys)

    async def start(self) -> None:
        """Say so loudly where the door stands open; refuse to where others could reach it."""
        if self._env.teams_auth:
            await self._keys.start()
            return
        if not self._env.is_loopback:
            raise AssertionError("unauthenticated Teams is for loopback alone")
        log.warning(OPEN, f"{self._env.host}:{self._env.port}")

    async def stop(self) -> None:
        """Let go."""
        await self._keys.stop()

    def watch(self, changed: Callable[[], None]) -> None:
        """Have it called when ``unheard`` is another."""
        self._keys.changed = changed

    @property
    def unheard(self) -> str:
        """Why nobody can be believed, and so nobody be heard; empty where they can."""
        return NO_KEYS % self._server if self._keys.missing else ""

    async def look(self) -> str:
        """The same, asked now."""
        if self._env.teams_auth:
            await self._keys.look()
        return self.unheard

    def lets_in(self, headers: Mapping[str, str]) -> bool:
        """Whether it may be read at all. Where the door stands open, nothing counts that came
        through a proxy, from a page in a browser, or under a name that only resolves to here.
        """
        if self._env.teams_auth:
            return True
        return not FROM_ELSEWHERE & {name.casefold() for name in headers} and bool(
            _HERE.fullmatch(headers.get("Host", ""))
        )

    async def check(self, header: str, activity: Mapping[str, Any]) -> None:
        """Return, or raise Refused."""
        if self._env.teams_auth:
            try:
                await self._tokens.check(header, activity)
            except Unauthorized as why:
                self._says(str(why))
                raise Refused("token") from None
        if self._tenant and {each.casefold() for each in tenants_of(activity)} - {self._tenant}:
            raise Refused("organisation")

    def _says(self, why: str) -> None:
        """A wrong clock or app id turns everybody away: whoever wonders finds why in the log. Each
        reason once in a while, since anybody may knock.
        """
        now = asyncio.get_running_loop().time()
        if self._said.get(why, float("-inf")) + SAYS_EVERY <= now:
            self._said[why] = now
            log.warning("a message to Teams's door was turned away: %s", why)
