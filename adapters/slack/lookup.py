"""Did it arrive? A message whose answer was lost is looked for by the key in its metadata."""

import asyncio
import hashlib
import time
from typing import Any

from adapters.slack.api import Api, Limited, Refusal, Unanswered

EVENT = "doorstep_message"
LOOK_FOR = 2.0
PAUSE = 0.4
BACK = 120.0
"""Seconds to look back, for clocks that differ."""


def tagged(key: str) -> dict[str, Any]:
    """The metadata of a message. The key is hashed: it names people by their ids."""
    return {"event_type": EVENT, "event_payload": {"key": _hash(key)}}


async def look_up(api: Api, place: str, key: str, *, seconds: float = LOOK_FOR) -> str | None:
    """Give the message with this key, or None where it isn't there or can't be looked for."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        try:
            async with asyncio.timeout(max(until - loop.time(), PAUSE)):
                found = await _look(api, place, key)
        except (Refusal, Limited):
            return None
        except (TimeoutError, Unanswered):
            found = None
        if found or loop.time() + PAUSE > until:
            return found
        await asyncio.sleep(PAUSE)


async def _look(api: Api, place: str, key: str) -> str | None:
    answer = await api.call(
        "conversations.history",
        channel=place,
        oldest=f"{time.time() - BACK:.6f}",
        limit="30",
        include_all_metadata="true",
    )
    wanted = tagged(key)
    for message in answer.get("messages", ()):
        if isinstance(message, dict) and message.get("metadata") == wanted:
            return str(message.get("ts", "")) or None
    return None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
