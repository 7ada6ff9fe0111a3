"""One way to call Teams, and three ways in which a call can fail.

What is known after each of them differs, and so does what may be done next: a refusal did nothing,
a limit did nothing yet, and after silence nobody knows. No token stands in any of their words.
"""

import email.utils
import time
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.payload import as_sent
from adapters.teams.access import Access, NoAccess
from adapters.teams.web import Web

BUSY = frozenset({412, 429})
"""Documented as: come again. Nothing was done."""


class Refusal(Exception):
    """Teams said no, with a status and a word of its own, and did nothing."""

    def __init__(self, status: int, code: str, certain: str = "") -> None:
        super().__init__(f"{status} {code}".strip())
        self.status, self.code, self.certain = status, code, certain


class Limited(Exception):
    """Too many calls. Nothing was done; ``after`` seconds it may be, where Teams said so."""

    def __init__(self, after: float | None) -> None:
        super().__init__("rate limited" if after is None else f"rate limited for {after:g} s")
        self.after = after


class Unanswered(Exception):
    """Silence, a line that was cut, or a server that broke: it may have been done, or not.
    ``status`` is what a server said that broke; ``reached`` is false where nobody was there.
    """

    def __init__(
        self, why: str, after: float | None = None, *, status: int = 0, reached: bool = True
    ) -> None:
        super().__init__(why)
        self.after, self.status, self.reached = after, status, reached


class Api:
    """Calls the connector at the address that a conversation came from."""

    def __init__(self, web: Web, access: Access) -> None:
        self._web, self._access = web, access

    async def call(
        self, method: str, service_url: str, *path: str, body: Any = None, **query: str
    ) -> dict[str, Any] | list[Any]:
        """Call, and give what was answered; else Refusal, Limited or Unanswered."""
        url = service_url.rstrip("/") + "/v3/" + "/".join(quote(part, safe="") for part in path)
        for last in (False, True):
            token = await self._token()
            try:
                said = await self._once(method, url, token, body, query)
            except Refusal as refusal:
                if refusal.status != 401:
                    raise
                self._access.forget(token)
                if last:
                    self._access.taken(well=False)
                    raise
            else:
                self._access.taken(well=True)
                return said
        raise AssertionError

    async def _token(self) -> str:
        try:
            return await self._access.token()
        except NoAccess as no:
            if no.certain:
                raise Refusal(401, str(no), "no token") from None
            raise Unanswered(f"no access token: {no}") from None

    async def _once(
        self, method: str, url: str, token: str, body: Any, query: dict[str, str]
    ) -> dict[str, Any] | list[Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sent = None if body is None else as_sent(body)
        if sent is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            async with self._web.session.request(
                method, URL(url, encoded=True), data=sent, params=query, headers=headers
            ) as answer:
                if answer.status < 300:
                    return await _json(answer)
                raise await _named(answer)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as problem:
            reached = not isinstance(problem, aiohttp.ClientConnectorError)
            raise Unanswered(type(problem).__name__, reached=reached) from None


async def _json(answer: aiohttp.ClientResponse) -> dict[str, Any] | list[Any]:
    """What it says; an answer without words is one too."""
    said = await answer.json(content_type=None) if await answer.read() else {}
    return said if isinstance(said, dict | list) else {}


async def _named(answer: aiohttp.ClientResponse) -> Exception:
    """Which of the three it is."""
    after = _seconds(answer.headers.get("Retry-After"))
    if answer.status in BUSY:
        return Limited(after)
    if answer.status >= 500:
        return Unanswered(f"HTTP {answer.status}", after, status=answer.status)
    try:
        said = await _json(answer)
    except ValueError:
        said = {}
    error = said.get("error") if isinstance(said, dict) else None
    inner = error.get("innerHttpError") if isinstance(error, dict) else None
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    if isinstance(inner, dict) and isinstance(inner.get("body"), dict):
        code = str(inner["body"].get("code", code))
    return Refusal(answer.status, "".join(c for c in code[:60] if c.isalnum()))


def _seconds(text: str | None) -> float | None:
    """Seconds, or a date."""
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
