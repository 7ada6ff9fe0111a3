"""Who is who on Teams: asked once of each person's chat, and again after a few hours.

Guests and people of other organisations are nobody's colleagues, and nobody is one before Teams has
said who they are; who has been identified stays so while Teams says nothing. An e-mail address
counts only where the organisation is ours for certain; a sign-in name counts anywhere, since nobody
can have one under another's domain. Display names are never matched.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from adapters.hashed import hashed
from adapters.teams.api import Limited, Refusal, Unanswered
from adapters.teams.connector import Connector
from adapters.teams.places import Place
from adapters.teams.references import References

KEPT = 4 * 3600.0
AT_ONCE = 6
GUEST = "a guest"
FOREIGN = "an account of another organisation"


def why_not(member: Mapping[str, Any], tenant: str) -> str:
    """Why this member is nobody's colleague; empty for one that may be."""
    role, name = member.get("userRole"), str(member.get("userPrincipalName") or "")
    theirs = str(member.get("tenantId") or "").casefold()
    if role in {"guest", "anonymous"} or "#ext#" in name.casefold():
        return GUEST
    if tenant and theirs and theirs != tenant.casefold():
        return FOREIGN
    return ""


class People:
    """``tenant`` is ours, where the settings say."""

    def __init__(self, connector: Connector, references: References, tenant: str) -> None:
        self._connector, self._references, self._tenant = connector, references, tenant.casefold()
        self._asked: dict[str, float] = {}
        self._met_in_rooms: dict[str, float] = {}
        self.refused: dict[str, Refusal] = {}
        """By address, what Teams said of a chat that was there once."""
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def learn(self, place: Place) -> bool:
        """Ask who this is, unless that was asked lately. False where Teams doesn't answer."""
        now = asyncio.get_running_loop().time()
        lately = self._asked.get(place.address, float("-inf")) + KEPT > now
        if place.is_room or (lately and place.is_identified):
            return True
        try:
            async with self._turns:
                said = await self._connector.call(
                    "GET",
                    place,
                    "conversations",
                    place.conversation,
                    "members",
                    place.address,
                )
        except Refusal as refusal:
            self.refused[place.address] = refusal
            return True  # not ours to ask: asking again won't help before something changes
        except (Limited, Unanswered):
            return False
        self.refused.pop(place.address, None)
        if not isinstance(said, dict) or not said.get("id"):
            return False
        self._asked[place.address] = now
        await self._references.identify(place, *self._read(said, place))
        return True

    async def is_colleague_in(self, room: Place, user: str) -> bool:
        """Whether somebody whose own chat isn't known is a colleague, as the room's roster has
        them. No where Teams doesn't say.
        """
        now = asyncio.get_running_loop().time()
        if self._met_in_rooms.get(user, float("-inf")) + KEPT > now:
            return True
        path = ("conversations", room.conversation, "members", user)
        try:
            said = await self._connector.call("GET", room, *path)
        except (Refusal, Limited, Unanswered):
            return False
        if not isinstance(said, dict) or not said.get("id"):
            return False
        if why_not(said, self._tenant or room.tenant):
            return False
        self._met_in_rooms[user] = now
        return True

    async def learn_all(self) -> bool:
        """Ask about everybody; False where Teams didn't say it all."""
        return all(await asyncio.gather(*map(self.learn, self._references)))

    def _read(self, member: Mapping[str, Any], place: Place) -> tuple[str, str, str]:
        tenant = self._tenant or place.tenant
        trusted = [member.get("userPrincipalName")]
        if self._tenant and str(member.get("tenantId") or "").casefold() == self._tenant:
            trusted.append(member.get("email"))
        names = {hashed(name) for name in trusted if isinstance(name, str) and name.strip()}
        entra = str(member.get("aadObjectId") or member.get("objectId") or "").casefold()
        return ",".join(sorted(names)), entra, why_not(member, tenant)
