"""The access token with which this app calls Teams: asked for once, kept, renewed in time.

It is renewed while it still works, so that nobody waits; where it can't be, the old one serves to
its end. Neither it nor the app's secret stands in any words.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiohttp

from adapters.plug import ChannelOff
from adapters.teams.cloud import Cloud
from adapters.teams.web import Web

log = logging.getLogger(__name__)
RENEW_BEFORE = 600.0
SPARE = 30.0
"""Seconds before its end at which a token is no good any more."""
BAD = frozenset({"invalid_client", "unauthorized_client", "invalid_request", "invalid_grant"})
PAUSE = 2.0
REFUSED = (
    "Microsoft refuses MICROSOFT_APP_PASSWORD or MICROSOFT_APP_ID (%s); the app's id, and the "
    "value (not the id) of a client secret that has not expired, would be right."
)
BAD_IDENTITY = (
    "This machine has no managed identity MICROSOFT_APP_ID (%s); the client id of one that is "
    "assigned to it, or MICROSOFT_APP_TYPE=SingleTenant with a client secret, would be right."
)
SILENT = "Teams does not answer; a network that reaches Microsoft's login and Teams would be right."
TURNED_DOWN = (
    "Teams refuses what Microsoft gives out for MICROSOFT_APP_ID, so that nothing can be sent "
    "there; the id of the app that the Azure Bot stands on, and a bot that is neither deleted nor "
    "switched off, would be right."
)
NO_IDENTITY = (
    "Nothing here gives out managed identities; a virtual machine of Azure's, or "
    "MICROSOFT_APP_TYPE=SingleTenant with a client secret, would be right."
)


class NoAccess(Exception):
    """No token. ``certain`` says that asking again won't help until somebody mends something."""

    def __init__(self, why: str, *, certain: bool = False) -> None:
        super().__init__(why)
        self.certain = certain


class Access:
    """``token`` gives one that works now, or raises NoAccess."""

    def __init__(self, web: Web, cloud: Cloud, app_id: str, secret: str) -> None:
        self._web, self._cloud = web, cloud
        self._app_id, self._secret = app_id, secret
        self._token = ""
        self._ends = 0.0
        self._asking: asyncio.Task[None] | None = None
        self._not_before = 0.0
        self._refused = ""
        self._turned_down = False
        self.changed: Callable[[], None] = lambda: None
        """Called when the credentials are no good any more, or are again."""

    async def token(self) -> str:
        """The token; empty for an app without an id, which needs none."""
        if not self._app_id:
            return ""
        now = asyncio.get_running_loop().time()
        good = self._token and now < self._ends - SPARE
        renews = now > self._ends - RENEW_BEFORE and now > self._not_before
        if good and not renews:
            return self._token
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
            self._asking.add_done_callback(_looked_at)
        if not good:
            await asyncio.shield(self._asking)
        return self._token

    def forget(self, token: str) -> None:
        """Teams refused this one."""
        if token == self._token:
            self._token = ""

    @property
    def refused(self) -> str:
        """What to mend where Microsoft, or Teams itself, takes the credentials no longer."""
        bad = BAD_IDENTITY if self._is_identity else REFUSED
        if self._refused:
            return bad % self._refused
        return TURNED_DOWN if self._turned_down else ""

    def taken(self, *, well: bool) -> None:
        """Whether Teams takes what Microsoft gave out just now."""
        if well is self._turned_down:
            self._turned_down = not well
            self.changed()

    def _tells(self, refused: str) -> None:
        if refused != self._refused:
            self._refused = refused
            self.changed()

    @property
    def silent(self) -> str:
        """What to mend where no token can be had, and nobody says why."""
        return NO_IDENTITY if self._is_identity else SILENT

    @property
    def _is_identity(self) -> bool:
        return self._cloud.app_type == "UserAssignedMSI"

    async def begin(self) -> None:
        """Ask ahead of the first message. ChannelOff where the credentials are bad for certain."""
        try:
            await self.token()
        except NoAccess as no:
            if no.certain:
                raise ChannelOff(self.refused) from None
            log.warning("no access token yet: %s", no)

    async def stop(self) -> None:
        """Let go."""
        if self._asking:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        now = asyncio.get_running_loop().time()
        self._not_before = now + PAUSE
        try:
            status, said = await self._call()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as problem:
            raise NoAccess(type(problem).__name__) from None
        token = said.get("access_token")
        if status == 200 and isinstance(token, str) and token:
            self._token, self._ends = token, now + _seconds(said.get("expires_in"))
            self._tells("")
            return
        error = said.get("error")
        word = error if isinstance(error, str) and error.isidentifier() else f"HTTP {status}"
        if word in BAD:
            self._tells(word)
        raise NoAccess(word, certain=word in BAD)

    async def _call(self) -> tuple[int, dict[str, Any]]:
        cloud, session = self._cloud, self._web.session
        if self._is_identity:
            asked = {"api-version": "2018-02-01", "resource": cloud.resource}
            call = session.get(
                cloud.token_url,
                params={**asked, "client_id": self._app_id},
                headers={"Metadata": "true"},
            )
        else:
            call = session.post(
                cloud.token_url,
                data={
                    "grant_type": "client_credentials",
                    "client_id": self._app_id,
                    "client_secret": self._secret,
                    "scope": f"{cloud.resource}/.default",
                },
            )
        async with call as answer:
            said = await answer.json(content_type=None)
            return answer.status, said if isinstance(said, dict) else {}


def _seconds(said: object) -> float:
    try:
        return max(60.0, float(str(said)))
    except ValueError:
        return 3600.0


def _looked_at(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (problem := task.exception()):
        log.warning("the access token could not be had: %s", problem)
