"""One way to call Slack, and three ways in which a call can fail.

What is known after each of them differs, and so does what may be done next: a refusal did nothing,
a limit did nothing yet, and after silence nobody knows. No token stands in any of their words.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.payload import Json

WITHIN = 6.0
"""Seconds for one call, connecting included."""
NO_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
"""The token is no good: nothing goes, to nobody, until somebody mends it."""
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""Slack's own words for: something broke here, and it may have been done."""

NO_ANSWER = (TimeoutError, aiohttp.ClientError, OSError, ValueError, AttributeError)
"""The SDK stumbles with the last one over an answer that is no JSON object: a proxy's page, say."""


class Refusal(Exception):
    """Slack said no, in a word of its own, and did nothing."""

    def __init__(self, error: str, needed: str = "", why: str = "") -> None:
        super().__init__(error)
        self.error, self.needed, self.why = error, needed, why


class Limited(Exception):
    """Too many calls. Nothing was done; ``after`` seconds it may be."""

    def __init__(self, after: float) -> None:
        super().__init__(f"rate limited for {after:g} s")
        self.after = after


class Unanswered(Exception):
    """Silence, a line that was cut, or a server that broke: it may have been done, or not."""


class Api:
    """Calls Slack's Web API with one token. ``close`` at the end."""

    def __init__(self, token: str, url: str) -> None:
        self._token, self._url = token, url
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._calls, self._idle = 0, asyncio.Event()
        self._idle.set()
        self.token_is: Callable[[str], None] = lambda _: None
        """Called with Slack's word when the token is refused, and with none when it is taken."""
        self.scopes: frozenset[str] = frozenset()
        """What the token may do, as Slack said with its last answer."""

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client, made at the first call, since it needs a running loop."""
        if self._client is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WITHIN))
            # The outbox is the retry. The SDK's own would send what had arrived a second time.
            self._client = AsyncWebClient(
                self._token, self._url, session=self._session, retry_handlers=[]
            )
        return self._client

    async def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Call a method, and give what Slack answered; else Refusal, Limited or Unanswered."""
        self._calls += 1
        self._idle.clear()
        try:
            # Reading methods take no JSON, so that what is plain goes as a form.
            nested = any(isinstance(value, dict | list) for value in given.values())
            body: dict[str, Any] = {"json": given} if nested else {"data": given}
            answer = await self.client.api_call(method, **body)
        except SlackApiError as problem:
            named = _named(problem)
            if isinstance(named, Refusal) and named.error in NO_TOKEN:
                self.token_is(named.error)
            raise named from None
        except NO_ANSWER as problem:
            raise Unanswered(type(problem).__name__) from None
        finally:
            self._calls -= 1
            if not self._calls:
                self._idle.set()
        self.token_is("")
        said = answer.headers.get("X-OAuth-Scopes") or answer.headers.get("x-oauth-scopes") or ""
        if said:
            self.scopes = frozenset(scope.strip() for scope in said.split(","))
        data = answer.data
        return dict(data) if isinstance(data, dict) else {}

    async def close(self) -> None:
        """Let what is being said be answered, and let go of the connections."""
        if self._session is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(WITHIN):
                    await self._idle.wait()
            await self._session.close()


def _named(problem: SlackApiError) -> Exception:
    """Which of the three it is."""
    answer = problem.response
    status = getattr(answer, "status_code", 0) or getattr(answer, "status", 0)
    headers = getattr(answer, "headers", {})
    data = getattr(answer, "data", None)
    said: Json = data if isinstance(data, dict) else {}
    error = str(said.get("error", ""))
    if status == 429 or error in {"ratelimited", "rate_limited"}:
        return Limited(_seconds(headers.get("Retry-After") or headers.get("retry-after")))
    if not error or error in UNSURE or status >= 500:
        return Unanswered(f"HTTP {status}" if status else "no answer")
    messages = (said.get("response_metadata") or {}).get("messages") or ()
    return Refusal(error, str(said.get("needed", "")), "; ".join(map(str, messages)))


def _seconds(text: str | None) -> float:
    try:
        return max(0.0, float(text or 1))
    except ValueError:
        return 1.0
