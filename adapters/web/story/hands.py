"""Does what a step says, as a person would: by the words on the buttons that stand on the page."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import assert_never

from adapters.web.channel import WebChannel
from adapters.web.moving import Moving
from adapters.web.story.steps import Deed, Look, Presses, TimePasses, Until
from bot.cards.model import Button, Card
from bot.domain.moments import write_moment
from bot.ports import Answer, Clock, Inbound, Press, Submit

LOOKS = 20
"""How many moments a story waits for what it expects; it takes two or three."""


class CannotGoOn(Exception):
    """What the story expects is not there: somebody changed the story, or Doorstep."""


class Hands:
    """The people of a story."""

    def __init__(
        self,
        channel: WebChannel,
        handle: Callable[[Inbound], Awaitable[Answer]],
        moving: Moving,
        clock: Clock,
        shortcuts: Sequence[Button],
    ) -> None:
        self._channel, self._handle, self._moving = channel, handle, moving
        self._clock, self._shortcuts = clock, shortcuts

    async def do(self, deed: Deed) -> None:
        """Do it, and let everything that follows at once happen."""
        match deed:
            case Presses():
                await self._press(deed)
                await self._moving.advance(timedelta())
            case TimePasses(length=length):
                await self._moving.advance(length)
            case Until():
                await self._until(deed)
            case _:
                assert_never(deed)

    async def see(self, look: Look) -> str:
        """Give the reference of the message that is meant."""
        for ref, card in await self._channel.cards(look.pane):
            if _says(card, look.words):
                return ref
        raise CannotGoOn

    async def _press(self, deed: Presses) -> None:
        button = await self._button(deed)
        press = Press(button.action, button.visit, button.version, button.args)
        form = (await self._handle(_by(deed.who, press))).form
        if form is None:
            return
        values = {**form.values, **self._typed(deed.fills)}
        sent = Submit(form.name, values, form.visit, form.version, form.args)
        again = (await self._handle(_by(deed.who, sent))).form
        if again is not None and again.errors:
            raise CannotGoOn

    async def _button(self, deed: Presses) -> Button:
        for _, card in await self._channel.cards(deed.who):
            for button in card.buttons:
                if button.label == deed.label:
                    return button
        for button in self._shortcuts:
            if button.label == deed.label:
                return button
        raise CannotGoOn

    def _typed(self, fills: Mapping[str, str | timedelta]) -> dict[str, str]:
        now, zone = self._clock.now(), self._channel.zone
        return {
            name: said if isinstance(said, str) else write_moment(now + said, zone)
            for name, said in fills.items()
        }

    async def _until(self, deed: Until) -> None:
        for _ in range(LOOKS):
            cards = await self._channel.cards(deed.pane)
            if any(_says(card, deed.words) for _, card in cards):
                return
            await self._moving.advance(None)
        raise CannotGoOn


def _says(card: Card, words: str) -> bool:
    return any(words in word for word in card.words)


def _by(who: str, act: Press | Submit) -> Inbound:
    return Inbound("web", uuid.uuid4().hex, who, act)
