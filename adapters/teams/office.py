"""Whether the office's channel may be told names and places (P5), as far as Teams tells a bot:
without guests and people of other organisations, and not shared with any.

Whether a team is public to its own organisation is not told to bots; docs/teams.md says so.
"""

from typing import Any

import adapters.offices
from adapters.offices import Verdict
from adapters.teams.api import Limited, Refusal, Unanswered
from adapters.teams.connector import Connector
from adapters.teams.faults import NOBODY
from adapters.teams.people import why_not
from adapters.teams.places import Place
from adapters.teams.references import References

PAGE, MOST_PAGES = "500", 20
OUTSIDE = "Doorstep is not in it; adding Doorstep to the team would be right"


class Offices(adapters.offices.Offices):
    """Asks Teams about a channel or a group chat."""

    silent = (Limited, Unanswered)

    def __init__(self, connector: Connector, references: References, tenant: str) -> None:
        super().__init__()
        self._connector, self._references, self._tenant = connector, references, tenant.casefold()

    async def place(self, channel: str) -> Place | None:
        """Where the channel is written to. One that never spoke is where its neighbours are: Teams
        has one address for all of an organisation. If that is wrong, Teams knows no such channel
        there; it is told nothing, and ``doorstep check`` says so, until it speaks.
        """
        known = await self._references.find(channel)
        near = known or self._references.neighbour(self._tenant)
        if near is None:
            return None
        return known or Place(channel, channel, near.service_url, near.tenant, near.bot)

    async def _ask(self, channel: str, *, public: bool) -> Verdict:
        del public  # a bot isn't told
        place = await self.place(channel)
        if place is None:
            return Verdict(OUTSIDE)
        try:
            if await self._shared(place):
                return Verdict("it is shared with another organisation")
            outsiders = await self._outsiders(place)
        except Refusal as refusal:
            said = NOBODY.get(refusal.code, "Teams would not say who reads it")
            if refusal.code in {"BotNotInConversationRoster", "ForbiddenOperationException"}:
                said = OUTSIDE
            return Verdict(f"{said} ({refusal})")
        return Verdict("it holds guests, or people of another organisation" if outsiders else "")

    async def _shared(self, place: Place) -> bool:
        """A channel's kind stands in its team's list; a chat has no team. Which team is the
        channel's isn't known before it spoke: then every team is asked that Doorstep was added to.
        """
        known = {each.team for each in self._references if each.team}
        for team in [place.team] if place.team else sorted(known):
            said = await self._connector.call("GET", place, "teams", team, "conversations")
            listed = said.get("conversations", ()) if isinstance(said, dict) else ()
            kinds: list[Any] = [c.get("type") for c in listed if c.get("id") == place.address]
            if kinds:
                return "shared" in kinds
        return False

    async def _outsiders(self, place: Place) -> bool:
        tenant = self._tenant or place.tenant
        more: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = await self._connector.call(
                "GET",
                place,
                "conversations",
                place.conversation,
                "pagedmembers",
                pageSize=PAGE,
                **more,
            )
            said = page if isinstance(page, dict) else {}
            if any(why_not(member, tenant) for member in said.get("members", ())):
                return True
            token = said.get("continuationToken")
            if not token:
                return False
            more = {"continuationToken": str(token)}
        return True  # too many to be sure of
