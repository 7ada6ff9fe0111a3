"""Who may talk to the page, and how it fails: only this computer's own browser, always a sentence.

The page lets whoever opens it act as anybody, so a web site that the newcomer happens to have open
must not reach it: neither by posting across origins nor by a name that resolves to 127.0.0.1.
"""

import logging
import re
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web

from adapters.web.inbound import Unclear
from bot.engine.faults import where

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 64 * 1024
_HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address doesn't take that kind of request.",
    413: "That is more than this page takes at once (64 KB). Please shorten it.",
}


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer whatever goes wrong with a sentence; the log gets an id that the answer shows."""
    try:
        return await handler(request)
    except Unclear as unclear:
        return refusal(400, str(unclear))
    except web.HTTPException as problem:
        if problem.status < web.HTTPBadRequest.status_code:
            raise
        return refusal(problem.status, _SENTENCES.get(problem.status, problem.reason))
    except Exception as problem:  # noqa: BLE001 - the one error boundary
        error_id = uuid.uuid4().hex[:8]
        log.error("error %s: %s", error_id, where(problem))  # noqa: TRY400
        return refusal(
            500, f"Something went wrong inside Doorstep. The log has it as {error_id}.", error_id
        )


@web.middleware
async def own_browser_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts, other origins, and anything but JSON."""
    host = request.headers.get("Host", "")
    if not _HERE.fullmatch(host):
        return refusal(403, "This page answers at 127.0.0.1 and localhost only.")
    if request.method not in {"GET", "HEAD"}:
        origin = request.headers.get("Origin")
        ours = (
            origin.lower() == f"http://{host.lower()}"
            if origin is not None
            else request.headers.get("X-Doorstep") == "1"
        )
        if not ours:
            return refusal(403, "This page takes presses from itself only.")
        if request.content_type != "application/json":
            return refusal(415, "This page takes JSON.")
    return await handler(request)


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Send the headers that keep scripts, frames and other sites out of the page."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    static = request.path.startswith("/static/")
    response.headers.setdefault("Cache-Control", "no-cache" if static else "no-store")


def refusal(status: int, sentence: str, error_id: str = "") -> web.Response:
    """A clear answer to what can't be done."""
    said = {"error": sentence, "error_id": error_id} if error_id else {"error": sentence}
    return web.json_response(said, status=status)
