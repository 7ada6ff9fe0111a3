"""The home tab: drawn by role when it is opened, and drawn again when something was said to its
reader since. Whoever has never opened theirs has none.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.blocks import render
from bot.cards.model import Card
from bot.engine.faults import where

log = logging.getLogger(__name__)
SETTLES = 0.5
"""Seconds in which several changes are one."""
MOST = 2000
TRIES = 3
Draw = Callable[[str], Awaitable[Card | None]]


class Homes:
    """``opened`` by an event; ``stale`` when a message went to somebody, or to a channel."""

    def __init__(self, api: Api, draw: Draw) -> None:
        self._api, self._draw = api, draw
        self._shown: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._due: dict[str, asyncio.Task[None]] = {}

    def opened(self, user: str) -> None:
        """Somebody looks at theirs now."""
        self._shown[user] = {}
        self._shown.move_to_end(user)
        while len(self._shown) > MOST:
            self._shown.popitem(last=False)
        self._begin(user, after=0.0)

    def stale(self, address: str) -> None:
        """Something changed for this person; a channel stands for everybody."""
        for user in [address] if address in self._shown else self._all(address):
            if user not in self._due:
                self._begin(user, after=SETTLES)

    async def stop(self) -> None:
        """Draw no more."""
        for task in self._due.values():
            task.cancel()
        await asyncio.gather(*self._due.values(), return_exceptions=True)

    def _all(self, address: str) -> list[str]:
        return list(self._shown) if address[:1] in {"C", "G"} else []

    def _begin(self, user: str, after: float) -> None:
        task = asyncio.create_task(self._publish(user, after))
        self._due[user] = task

        def over(done: "asyncio.Task[None]") -> None:
            if self._due.get(user) is done:
                del self._due[user]

        task.add_done_callback(over)

    async def _publish(self, user: str, after: float) -> None:
        await asyncio.sleep(after)
        self._due.pop(user, None)  # whatever changes from here on is drawn again
        try:
            card = await self._draw(user)
            if card is None:
                return
            view = {"type": "home", "blocks": render(card)}
            if self._shown.get(user) == view:
                return
            await self._send(user, view)
        except Exception as problem:  # noqa: BLE001 - the next opening draws it anew
            log.error("a home tab was not drawn: %s", where(problem))  # noqa: TRY400

    async def _send(self, user: str, view: dict[str, Any]) -> None:
        for attempt in range(TRIES):
            try:
                await self._api.call("views.publish", user_id=user, view=view)
            except Limited as limited:
                await asyncio.sleep(limited.after)
            except Unanswered:
                await asyncio.sleep(2.0**attempt / 2)
            except Refusal as refusal:
                log.warning("a home tab was not shown: %s", refusal)
                return
            else:
                if user in self._shown:
                    self._shown[user] = view
                return
        log.warning("a home tab was not shown: Slack does not answer")
