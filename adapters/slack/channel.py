"""Slack as the core's Channel: posts and edits cards, and says why not.

1. The conversation is found: a channel, which must be fit for names (P5), or direct messages.
2. Its turn comes (pacing), and the message goes, with its key in its metadata.
3. Where the answer was lost, the key is looked for; what is urgent is then sent again at once.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from adapters.once import Once
from adapters.shortened import cut
from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.blocks import LONGEST_LINE, message
from adapters.slack.faults import TOO_MUCH, outcome
from adapters.slack.inbound import NAME
from adapters.slack.lookup import look_up, tagged
from adapters.slack.office import Offices
from adapters.slack.pacing import Pacing
from adapters.slack.people import AGAIN, People
from adapters.slack.rich import escape
from bot.cards.model import Card
from bot.ports import GiveUp, TryLater

log = logging.getLogger(__name__)


class SlackChannel:
    """``mentioned`` gives whom an urgent message in this channel lights up; ``public`` whether the
    school allows a public office channel.
    """

    def __init__(
        self,
        api: Api,
        people: People,
        offices: Offices,
        mentioned: Callable[[], Sequence[str]],
        public: Callable[[], bool],
    ) -> None:
        self._api, self._people, self._offices = api, people, offices
        self._mentioned, self._public = mentioned, public
        self._pacing = Pacing()
        self._once = Once()
        self._doubtful: set[tuple[str, str]] = set()
        self.told: Callable[[str], None] = lambda _: None
        """Called with the address of each message that has gone, or changed."""

    @property
    def name(self) -> str:
        return NAME

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        """Post a fresh message. The same key again gives the first one's reference."""

        async def make() -> str:
            reference = await self._post(address, card, urgent=urgent, key=key)
            self.told(address)
            return reference

        try:
            return await self._once.post((address, key), make)
        except asyncio.CancelledError:
            self._doubtful.add((address, key))
            raise

    def counts(self, place: str) -> None:
        """Something went there beside what is sent here."""
        self._pacing.count(place)

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Replace what stands in a message; nobody's phone lights up."""
        try:
            await self._is_colleague(address)
            place = await self._people.room(address)
            await self._may_be_told(place)
            await self._update(place, reference, card)
            self.told(address)
        except (Refusal, Limited, Unanswered) as problem:
            raise outcome(problem) from None

    async def _update(self, place: str, reference: str, card: Card) -> None:
        given = {"channel": place, "ts": reference, **message(card)}
        try:
            await self._api.call("chat.update", **given)
        except Refusal as refusal:
            if refusal.error not in TOO_MUCH:
                raise
            _log_refused(refusal)
            await self._api.call("chat.update", **given | _plainest(card))

    async def _post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        try:
            await self._is_colleague(address)
            place = self._people.room_known(address)
            await self._may_be_told(place)
            if (address, key) in self._doubtful:
                found = await self._found(address, key, seconds=0.0)
                if found:
                    return found
            await self._pacing.turn(address, urgent=urgent)
            reference = await self._send(address, place, card, urgent=urgent, key=key)
        except Limited as limited:
            self._pacing.rest(address, limited.after)
            raise outcome(limited) from None
        except (Refusal, Unanswered) as problem:
            raise outcome(problem, urgent=urgent) from None
        if card.pinned:
            await self._pin(self._people.room_known(address), reference)
        return reference

    async def _send(self, address: str, place: str, card: Card, *, urgent: bool, key: str) -> str:
        mentioned = self._whom(address, place) if urgent else ()
        given = {"channel": place, "metadata": tagged(key), **message(card, mentioned)}

        async def go() -> str:
            answer = await self._api.call("chat.postMessage", **given)
            self._people.keep_room(address, str(answer.get("channel", "")))
            self._doubtful.discard((address, key))
            return str(answer["ts"])

        try:
            return await go()
        except Refusal as refusal:
            if refusal.error not in TOO_MUCH:
                raise
            _log_refused(refusal)
            given |= _plainest(card)
            return await go()
        except Unanswered:
            self._doubtful.add((address, key))
            if not urgent:
                raise
            return await self._found(address, key) or await go()

    def _whom(self, address: str, place: str) -> Sequence[str]:
        """Whose phone an urgent message lights up, also where they have muted the conversation."""
        return self._mentioned() if _is_channel(place) else [address]

    async def _found(self, address: str, key: str, **more: float) -> str | None:
        """What was posted all the same."""
        try:
            place = await self._people.room(address)
        except (Refusal, Limited, Unanswered):
            return None
        found = await look_up(self._api, place, key, **more)
        if found:
            self._doubtful.discard((address, key))
        return found

    async def _is_colleague(self, address: str) -> None:
        """Nobody is written to whom Slack hasn't identified, ever; nor whoever is no colleague."""
        if address[:1] not in {"U", "W"}:
            return
        why_not = await self._people.identify(address)
        if why_not is None:
            raise TryLater("Slack does not say yet who that is", AGAIN)
        if why_not:
            raise GiveUp(f"they have {why_not}; a member's account would be right")

    async def _may_be_told(self, place: str) -> None:
        if not _is_channel(place):
            return
        verdict = await self._offices.verdict(place, public=self._public())
        if not verdict.fit:
            raise GiveUp(f"the office channel is told nothing: {verdict.why_not}")

    async def _pin(self, place: str, reference: str) -> None:
        """A place where it is always found; without it the message stands all the same."""
        try:
            await self._api.call("pins.add", channel=place, timestamp=reference)
        except (Refusal, Limited, Unanswered) as problem:
            if str(problem) != "already_pinned":
                log.warning("a message could not be pinned: %s", problem)


def _plainest(card: Card) -> dict[str, Any]:
    """Words are better than silence."""
    words = escape(f"{card.notification}. {card.title}")
    return {"text": cut(words, LONGEST_LINE), "blocks": []}


def _is_channel(place: str) -> bool:
    return place[:1] in {"C", "G"}


def _log_refused(refusal: Refusal) -> None:
    log.error("Slack refuses a message (%s); it goes as a line of text", refusal.error)
