"""Server-sent events: one long answer to each open page."""

import json
from collections.abc import Callable, Mapping

from aiohttp import web

from adapters.web.hub import Hub

_HEARTBEAT = 10.0
"""Seconds. A page that has slept sees the right time soon; one that has gone is noticed."""


async def stream_events(
    request: web.Request, hub: Hub, time: Callable[[], Mapping[str, object]]
) -> web.StreamResponse:
    """Send a ``hello``, at which the page fetches the state, and then everything that happens.

    The listener stands before the hello is sent, so nothing falls between the two.
    """
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    with hub.listening() as listener:
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n" + _event("hello", time()))
            while not listener.gone:
                event = await listener.next(_HEARTBEAT)
                await response.write(event.lines() if event else _event("tick", time()))
        except ConnectionError:
            pass  # the page was closed
    return response


def _event(kind: str, time: Mapping[str, object]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(dict(time))}\n\n".encode()
