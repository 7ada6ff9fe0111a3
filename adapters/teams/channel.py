"""Teams as the core's Channel: posts and edits cards, and says why not.

1. The conversation is found: a room, which must be fit for names (P5), or a person's chat; a chat
   that nobody has told of yet is opened, which Teams lets us where the app is installed.
2. Its turn comes (pacing), and the message goes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from adapters.once import Once
from adapters.teams import cards
from adapters.teams.api import Limited, Refusal, Unanswered
from adapters.teams.connector import Connector
from adapters.teams.faults import NOBODY, NOT_INSTALLED, NOT_SAID, NotReached, outcome, too_much
from adapters.teams.inbound import NAME
from adapters.teams.office import Offices
from adapters.teams.pacing import Pacing
from adapters.teams.people import People
from adapters.teams.places import Place, is_room
from adapters.teams.references import References
from adapters.teams.stuck import BROKEN, Stuck
from bot.cards.model import Card
from bot.ports import GiveUp, PostAnew, TryLater

log = logging.getLogger(__name__)
ALERTS = {"channelData": {"notification": {"alert": True}}}
"""Beside the chat's own buzz it stands in the person's activity feed, with the ``summary``."""
URGENT_WITHIN = 5.0
Mentioned = Callable[[], Sequence[tuple[str, str]]]


class TeamsChannel:
    """``mentioned`` gives id and name of whom an urgent message in a room lights up; ``addresses``
    gives the ids of people; ``office`` and
    ``public`` say what the school file does of the office's channel; ``fared`` is told of each
    address whether it was reached, and why not; ``bot`` is our own id.
    """

    def __init__(
        self,
        connector: Connector,
        references: References,
        offices: Offices,
        people: People,
        mentioned: Mentioned,
        addresses: Callable[[Sequence[str]], Sequence[str]],
        fared: Callable[[str, str], None],
        office: Callable[[], tuple[str, bool]],
        bot: str,
        tenant: str,
    ) -> None:
        self._connector, self._references, self._offices = connector, references, offices
        self._mentioned, self._addresses = mentioned, addresses
        self._people, self._fared, self._office = people, fared, office
        self._bot, self._tenant = bot, tenant
        self._pacing = Pacing()
        self._once = Once()
        self._stuck = Stuck()

    @property
    def name(self) -> str:
        return NAME

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        """Post a fresh message. The same key again gives the first one's reference."""
        with self._telling(address):
            return await self._once.post(
                (address, key), lambda: self._post(address, card, urgent=urgent)
            )

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Replace what stands in a message; nobody's phone lights up."""
        with self._telling(address):
            await self._edit(address, reference, card)

    async def _edit(self, address: str, reference: str, card: Card) -> None:
        try:
            place = await self._place(address)
            await self._pacing.turn(place.conversation, urgent=False)
            shown = cards.message(card, looking=self._looking(place, card))
            await self.put(place, reference, shown, cards.plain(card))
        except Unanswered as silence:
            if self._stuck.broke(reference, silence.status):
                raise PostAnew(str(silence)) from None
            raise outcome(silence, editing=True) from None
        except (Refusal, Limited) as problem:
            raise outcome(problem, editing=True) from None
        self._stuck.went(reference)

    @contextmanager
    def _telling(self, address: str) -> Iterator[None]:
        try:
            yield
        except NotReached as no:
            self._fared(address, str(no))
            raise
        self._fared(address, "")

    async def say(self, place: Place, *shown: dict[str, Any]) -> str:
        """Post an activity to a place; the next, plainer one where Teams doesn't take the first."""
        path = ("conversations", place.conversation, "activities")
        said = await self._send("POST", place, path, *shown)
        return str(said.get("id", "")) if isinstance(said, dict) else ""

    async def answer(self, place: Place, *shown: dict[str, Any]) -> str:
        """Post an answer, in its turn."""
        await self._pacing.answer(place.conversation)
        return await self.say(place, *shown)

    async def answer_in(self, place: Place, reference: str, *shown: dict[str, Any]) -> None:
        """Put an answer in the place of what stands, in its turn."""
        await self._pacing.answer(place.conversation)
        await self.put(place, reference, *shown)

    async def hint(self, place: Place, activity: dict[str, Any]) -> None:
        """Show what may as well be left out, where there is room for it."""
        if self._pacing.spare(place.conversation):
            await self.say(place, activity)

    async def put(self, place: Place, reference: str, *shown: dict[str, Any]) -> None:
        """Put an activity in the place of one that stands; the next, plainer one as above."""
        path = ("conversations", place.conversation, "activities", reference)
        await self._send("PUT", place, path, *({**each, "id": reference} for each in shown))

    async def _send(
        self,
        method: str,
        place: Place,
        path: tuple[str, ...],
        *shown: dict[str, Any],
    ) -> dict[str, Any] | list[Any]:
        addressed = {
            "from": {"id": place.bot or self._bot},
            "conversation": {"id": place.conversation},
            **({} if place.is_room else {"recipient": {"id": place.address}}),
        }
        for each in shown:
            try:
                return await self._connector.call(method, place, *path, body={**each, **addressed})
            except Limited as limited:
                self._pacing.rest(place.conversation, limited.after or 0.0)
                raise
            except Refusal as refusal:
                if each is shown[-1] or not too_much(refusal):
                    raise
                log.error("Teams refuses a message (%s); it goes plainer", refusal)  # noqa: TRY400
        raise AssertionError

    async def _post(self, address: str, card: Card, *, urgent: bool) -> str:
        try:
            place = await self._place(address)
            await self._pacing.turn(place.conversation, urgent=urgent)
            looking = self._looking(place, card)
            shown = [cards.message(card, looking=looking), cards.plain(card)]
            if urgent and not place.is_room:
                shown = [each | ALERTS for each in shown]
            if urgent and place.is_room and (mentioned := self._mentioned()):
                lit = cards.message(card, mentioned, looking)
                return await self._soon(self._lighting_up(place, lit, shown))
            said = self.say(place, *shown)
            return await (self._soon(said) if urgent else said)
        except (Refusal, Limited, Unanswered) as problem:
            raise outcome(problem, urgent=urgent) from None

    @staticmethod
    async def _soon(post: Awaitable[str]) -> str:
        """What is urgent is tried again sooner than a call that hangs would be given up."""
        try:
            async with asyncio.timeout(URGENT_WITHIN):
                return await post
        except TimeoutError:
            raise Unanswered("no answer in time") from None

    async def _lighting_up(
        self, place: Place, mentioning: dict[str, Any], shown: list[dict[str, Any]]
    ) -> str:
        """Somebody whom Teams doesn't know there, or breaks on, costs the mention, and neither the
        buttons nor any time. Where it was posted all the same, twice is better than late.
        """
        try:
            return await self.say(place, mentioning, *shown)
        except Unanswered as silence:
            if silence.status != BROKEN:
                raise
            log.warning("Teams breaks on a message with mentions; it goes without")
        return await self.say(place, *shown)

    def _looking(self, place: Place, card: Card) -> Sequence[str]:
        """Whose clients ask for a card of their own: where several read, and some otherwise."""
        own = card.own_view if place.is_room else None
        return self._addresses(own.people) if own else ()

    async def _place(self, address: str) -> Place:
        """Where to write, if anywhere."""
        office, public = self._office()
        if address == office or is_room(address):
            verdict = await self._offices.verdict(address, public=public)
            if not verdict.fit:
                raise GiveUp(f"the office channel is told nothing: {verdict.why_not}")
            room = await self._offices.place(address)
            if room is not None:
                return room
        known = await self._references.find(address)
        if known is None:
            near = self._references.neighbour(self._tenant)
            if near is None:
                raise NotReached(NOT_INSTALLED)
            known = await self._open(address, near)
        return await self._colleagues(known)

    async def _colleagues(self, place: Place) -> Place:
        """Nobody is written to whom Teams hasn't identified, ever; nor whoever is no colleague."""
        if not place.is_room and not place.is_identified:
            await self._people.learn(place)
            place = self._references.at(place.address) or place
        if not place.is_room and not place.is_identified:
            refused = self._people.refused.get(place.address)
            raise outcome(refused) if refused and refused.code in NOBODY else TryLater(NOT_SAID)
        if place.why_not:
            raise NotReached(f"they have {place.why_not}; a member's account would be right")
        return place

    async def _open(self, address: str, near: Place) -> Place:
        """Begin a chat with somebody for whom an administrator has installed the app."""
        body = {
            "bot": {"id": near.bot or self._bot},
            "members": [{"id": address}],
            "isGroup": False,
            "tenantId": near.tenant,
            "channelData": {"tenant": {"id": near.tenant}},
        }
        try:
            said = await self._connector.call("POST", near, "conversations", body=body)
        except Refusal as refusal:
            if refusal.status in {400, 403, 404}:
                raise NotReached(f"{NOT_INSTALLED} ({refusal})") from None
            raise
        conversation = str(said.get("id", "")) if isinstance(said, dict) else ""
        entra = "" if ":" in address else address.casefold()
        place = Place(address, conversation, near.service_url, near.tenant, near.bot, entra)
        await self._references.learn(place)
        return place
