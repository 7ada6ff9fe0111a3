"""The page as a Channel: it keeps what is posted, then tells every open page.

Keeping and telling happen under one lock, so that the pages hear of things in the order in which
they were kept, and a state that is read is true for exactly one event number.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from adapters.web.chats import Chats, Message, Typed
from adapters.web.hub import Hub
from adapters.web.personas import Cast
from adapters.web.render import render_message
from bot.cards.model import Card
from bot.ports import Clock, GiveUp, PostAnew


@dataclass(frozen=True, slots=True)
class State:
    """All panes as they are after event ``seq``."""

    seq: int
    panes: dict[str, list[dict[str, object]]]


class WebChannel:
    """Posts and edits cards on the panes; ``address`` is a persona's id."""

    def __init__(self, chats: Chats, hub: Hub, cast: Cast, clock: Clock, zone: ZoneInfo) -> None:
        self.hub, self.cast, self.zone = hub, cast, zone
        self._chats, self._clock = chats, clock
        self._order = asyncio.Lock()

    @property
    def name(self) -> str:
        return "web"

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        """Post a fresh message; the same key again gives the first one's reference."""
        return await self._add(address, card, key=f"card:{key}", urgent=urgent)

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Replace what stands in a message."""
        self._known(address)
        async with self._order:
            message = await self._chats.replace(address, reference, card, self._clock.now())
            if message is None:
                raise PostAnew("this message is no longer on the page")
            self.hub.publish("edit", self._shown([message])[0])

    async def say(self, address: str, who: str, text: str, *, key: str) -> str:
        """Show what a person typed, once for each key."""
        return await self._add(address, Typed(who, text), key=f"say:{key}", urgent=False)

    async def cards(self, address: str) -> list[tuple[str, Card]]:
        """Give the cards of a pane as they stand now, each by its reference, the newest first."""
        messages = await self._chats.latest(address)
        return [(m.ref, m.content) for m in reversed(messages) if isinstance(m.content, Card)]

    async def state(self) -> State:
        """Give what every pane shows, and the number of the event it is true for."""
        async with self._order:
            panes = {
                persona.id: self._shown(await self._chats.latest(persona.id))
                for persona in self.cast.everybody
            }
            return State(self.hub.seq, panes)

    async def clear(self) -> None:
        """Empty every pane, on the pages too. A reset calls this once its own data is gone."""
        async with self._order:
            await self._chats.clear()
            self.hub.publish("reset", {})

    async def _add(self, address: str, content: Card | Typed, *, key: str, urgent: bool) -> str:
        self._known(address)
        async with self._order:
            message, fresh = await self._chats.add(
                address, content, key=key, at=self._clock.now(), urgent=urgent
            )
            if fresh:
                told = content.notification if isinstance(content, Card) else ""
                shown = self._shown([message])[0]
                self.hub.publish("post", {**shown, "notification": told, "urgent": urgent})
            return message.ref

    def _known(self, address: str) -> None:
        if self.cast.get(address) is None:
            raise GiveUp(f"there is nobody with the address {address!r} on the demo page")

    def _shown(self, messages: Sequence[Message]) -> list[dict[str, object]]:
        today = self._clock.now().astimezone(self.zone).date()
        return [
            {
                "pane": message.pane,
                "ref": message.ref,
                "rev": message.rev,
                "html": render_message(message, self.cast, self.zone, today),
            }
            for message in messages
        ]
