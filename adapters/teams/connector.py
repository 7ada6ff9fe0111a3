"""Calling Teams about a place: at the address it was heard from, and where that is dead or knows
nothing of it, at the one that Teams goes by now.

An organisation moves from one of Teams's addresses to another without a word; the next message of
anybody's tells.
"""

from typing import Any

from adapters.teams.api import Api, Refusal, Unanswered
from adapters.teams.places import Place
from adapters.teams.references import References

ELSEWHERE = frozenset({"ConversationNotFound", "InvalidBotApiHost"})
"""The conversation isn't there. A message that is gone is another matter."""


class Connector:
    """``call`` for a conversation, a member, a team."""

    def __init__(self, api: Api, references: References) -> None:
        self._api, self._references = api, references

    async def call(
        self, method: str, place: Place, *path: str, body: Any = None, **query: str
    ) -> dict[str, Any] | list[Any]:
        """Call, and give what was answered; else Refusal, Limited or Unanswered."""
        try:
            return await self._api.call(method, place.service_url, *path, body=body, **query)
        except (Refusal, Unanswered) as problem:
            moved = self._references.moved(place)
            if moved is None or not _may_have_moved(problem):
                raise
        said = await self._api.call(method, moved.service_url, *path, body=body, **query)
        await self._references.follow(moved)
        return said


def _may_have_moved(problem: Refusal | Unanswered) -> bool:
    if isinstance(problem, Unanswered):
        return not problem.reached
    return problem.code in ELSEWHERE
