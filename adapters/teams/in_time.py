"""The answer to a press comes in time, whatever is slow: a client that has waited for five seconds
says that something went wrong, and its person may think that nothing was done, or do it again.

It is then that the press is here and being worked on, and never that it is done. What came of it
follows as a message, or in the form's place.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.teams.answering import WORDS, as_it_stands
from adapters.teams.front import Reply
from adapters.teams.inbound import Heard, is_look
from bot.cards.general import sentence
from bot.engine.faults import where
from bot.ports import Answer

log = logging.getLogger(__name__)
WITHIN = 3.0
"""Seconds from the arrival of a press."""
AT_LEAST = 0.3
FINISH_WITHIN = 3.0
STILL = "I have it and am still working on it. It counts once I say so here. In danger, ring 999"
DONE = "What you pressed is done."


@dataclass
class Waiting:
    """Whether whoever pressed still waits for the answer to the press itself."""

    still: bool = True


class InTime:
    """``answer`` for each activity, ``finish`` at the end."""

    def __init__(self, hear: Callable[[Mapping[str, Any], Waiting], Awaitable[Reply]]) -> None:
        self._hear = hear
        self._works: set[asyncio.Future[Reply]] = set()

    async def answer(self, activity: Mapping[str, Any], came: float) -> Reply:
        """What is made of it; of an invoke that takes long, that it does. ``came`` is when, by the
        loop's clock.
        """
        waiting = Waiting()
        if activity.get("type") != "invoke":
            return await self._hear(activity, waiting)
        work = asyncio.ensure_future(self._hear(activity, waiting))
        self._works.add(work)
        work.add_done_callback(self._works.discard)
        left = came + WITHIN - asyncio.get_running_loop().time()
        done, _ = await asyncio.wait({work}, timeout=max(AT_LEAST, left))
        if done:
            return work.result()
        waiting.still = False
        work.add_done_callback(_looked_at)
        return as_it_stands() if is_look(activity) else _nodded()

    async def finish(self) -> None:
        """Let what is in hand be done."""
        if self._works:
            await asyncio.wait(self._works, timeout=FINISH_WITHIN)


def late(heard: Heard, answer: Answer) -> tuple[Heard, Answer]:
    """The same, for somebody who waits for it no longer: it is told, also where there is no more to
    say than that it is done. Whoever only looked is told nothing.
    """
    if heard.origin.kind == "looked":
        return heard, answer
    if answer.card is None and answer.form is None:
        answer = replace(answer, card=sentence(DONE))
    return replace(heard, origin=replace(heard.origin, kind="submitted")), answer


def _nodded() -> Reply:
    return Reply(200, {"statusCode": 200, "type": WORDS, "value": STILL})


def _looked_at(work: "asyncio.Future[Reply]") -> None:
    if not work.cancelled() and (problem := work.exception()):
        log.error("a press that took long was not taken: %s", where(problem))
