"""Who sends this? The token of a message, checked as Microsoft documents. The one file that knows
the Bot Framework's SDK.

Signature, issuer, and expiry with five minutes of skew are the SDK's work, with keys from
``keys``; audience, service address and what must be there at all are checked here. A token of the
Bot Framework alone counts: none of the emulator's, and none of another bot's. Whatever fails, fails
in one way.
"""

from collections.abc import Mapping
from typing import Any

from botframework.connector.auth import VerifyOptions
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from adapters.teams.cloud import Cloud
from adapters.teams.keys import CHANNEL, Keys, claimed

SKEW = 5 * 60
LONGEST = 16 * 1024


class Unauthorized(Exception):
    """Nothing that was said may be believed. The text says why, for whoever mends it; it holds
    nothing of the token.
    """


class Tokens:
    """``check`` returns for a message that the Bot Framework sent to this app, for Teams."""

    def __init__(self, app_id: str, cloud: Cloud, keys: Keys) -> None:
        self._app_id, self._issuer = app_id, cloud.issuer
        options = VerifyOptions(
            issuer=[cloud.issuer],
            audience=None,  # checked below
            clock_tolerance=SKEW,
            ignore_expiration=False,
        )
        self._extractor = JwtTokenExtractor(options, cloud.metadata_url, ["RS256"])
        self._extractor.open_id_metadata = keys  # the SDK's own would be asked otherwise

    async def check(self, header: str, activity: Mapping[str, Any]) -> None:
        """Return, or raise Unauthorized."""
        kind, _, token = header.partition(" ")
        if kind != "Bearer" or not token or len(header) > LONGEST:
            raise Unauthorized("no token")
        if activity.get("channelId") != CHANNEL:
            raise Unauthorized("not from Teams")
        self._for_us(_unchecked(token))  # what isn't waits for no key
        claims = await self._claims(header)
        self._for_us(claims)
        if type(claims.get("exp")) is not int:
            raise Unauthorized("no expiry")
        service_url = claims.get("serviceurl")
        if not service_url or service_url != activity.get("serviceUrl"):
            raise Unauthorized("service address")

    def _for_us(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer:
            raise Unauthorized("issuer")
        if claims.get("aud") != self._app_id:
            raise Unauthorized("audience")

    async def _claims(self, header: str) -> Mapping[str, Any]:
        try:
            identity = await self._extractor.get_identity_from_auth_header(header, CHANNEL)
        except Exception as problem:  # noqa: BLE001 - see below
            # The SDK and what it stands on raise all sorts, and some of their words quote.
            raise Unauthorized(type(problem).__name__) from None
        if identity is None or not identity.is_authenticated:
            raise Unauthorized("issuer")
        claims: Mapping[str, Any] = identity.claims
        return claims


def _unchecked(token: str) -> Mapping[str, Any]:
    """What it claims, whoever wrote it: nothing of this is believed."""
    try:
        return claimed(token)
    except Exception as problem:  # noqa: BLE001 - anybody may send anything
        raise Unauthorized(type(problem).__name__) from None
