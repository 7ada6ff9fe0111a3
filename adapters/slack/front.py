"""The door that Slack knocks at: signatures, whose workspace it is, and then the core.

Bolt reads payloads; whatever it is, it is heard by one function. Signatures are checked before, by
the SDK's verifier, so that even a header which that one stumbles over is a plain 401. What is
refused leaves no trace but a number. Nothing is acknowledged before it is committed.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from prometheus_client import Counter
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.identity import Identity
from adapters.slack.inbound import teams_of
from bot.engine.faults import where

log = logging.getLogger(__name__)
Hear = Callable[[Mapping[str, Any], AsyncAck], Awaitable[None]]
ANYTHING = re.compile(".*")
PATH = "/slack/events"
LARGEST = 1024 * 1024
BAD = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What Bolt stumbles over in a body that is no text, no JSON or no object, and the verifier in a
time that is no number or a signature that is no ASCII: none of Slack's.
"""


class Front:
    """Takes payloads over HTTP (``take``) and from a socket (``take_envelope``)."""

    def __init__(self, hear: Hear, identity: Identity, secret: str, turned_away: Counter) -> None:
        self._turned_away = turned_away
        self._verifier = SignatureVerifier(secret) if secret else None
        app = AsyncApp(
            logger=_quiet(),
            name="doorstep",
            process_before_response=True,
            signing_secret=secret or "none: Socket Mode alone",
            request_verification_enabled=False,  # done in ``take``
            ssl_check_enabled=False,  # it would answer whoever knocks without a signature
            client=AsyncWebClient(),  # holds no token: nothing is called but through ``Api``
            authorize=_authorizing(identity),
            attaching_function_token_enabled=False,
        )

        @app.middleware
        async def ours(
            body: dict[str, Any],
            next: Callable[[], Awaitable[BoltResponse]],
        ) -> BoltResponse:
            """Another workspace's people never reach this school, however well it is signed.

            Before Slack has once said who we are, the signature alone vouches for the workspace.
            """
            if identity.team and teams_of(body) - {identity.team}:
                turned_away.labels("workspace").inc()
                return BoltResponse(status=200, body="")
            return await next()

        @app.error
        async def error(error: Exception) -> BoltResponse:
            log.error("a payload was not taken: %s", where(error))
            return BoltResponse(status=500, body="")

        async def listener(body: dict[str, Any], ack: AsyncAck) -> None:
            await hear(body, ack)

        for way_in in (app.event, app.action, app.view, app.shortcut, app.command):
            way_in(ANYTHING)(listener)
        self._app = app

    async def take(self, request: web.Request) -> web.Response:
        """``POST /slack/events``."""
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        try:
            asked = await to_bolt_request(request)
            signed = self._signed(asked.raw_body, request.headers)
        except BAD:
            signed = False
        if not signed:
            self._turned_away.labels("signature").inc()
            return web.Response(status=web.HTTPUnauthorized.status_code)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    def _signed(self, body: str, headers: Mapping[str, str]) -> bool:
        """By Slack, in the last five minutes."""
        at, signature = (
            headers.get("X-Slack-Request-Timestamp", ""),
            headers.get("X-Slack-Signature", ""),
        )
        return self._verifier is not None and self._verifier.is_valid(body, at, signature)

    async def take_envelope(self, payload: dict[str, Any]) -> BoltResponse:
        """One payload from a socket, which Slack has authenticated."""
        request = AsyncBoltRequest(mode="socket_mode", body=payload)
        return await self._app.async_dispatch(request)


def _authorizing(identity: Identity) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Known from the start, without asking Slack: nothing is called before the answer."""

    async def authorize(
        enterprise_id: str | None, team_id: str | None, user_id: str | None
    ) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_token="",
            bot_user_id=identity.user,
            bot_id=identity.bot,
        )

    return authorize


def _quiet() -> logging.Logger:
    """Bolt's own words may hold payloads (P7)."""
    logger = logging.getLogger("adapters.slack.bolt")
    logger.setLevel(logging.ERROR)
    return logger
