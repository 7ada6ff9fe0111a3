"""Whether the office channel may be told names and places (P5): private, of this workspace alone,
without guests; a public one where the school file says so.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.faults import NOBODY
from adapters.slack.people import People

KEPT = 300.0
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """``why_not`` is empty for a channel that may be told."""

    why_not: str = ""

    @property
    def fit(self) -> bool:
        """Whether names and places may stand there."""
        return not self.why_not


class Offices:
    """Asks Slack about a channel, and remembers for five minutes, or until an event says more."""

    def __init__(self, api: Api, people: People) -> None:
        self._api, self._people = api, people
        self._verdicts: dict[tuple[str, bool], tuple[Verdict, float]] = {}
        self._turn = asyncio.Lock()
        self.changed: Callable[[], None] = lambda: None
        """Called when Slack says otherwise than before."""

    async def verdict(self, channel: str, *, public: bool) -> Verdict:
        """Give it. Where Slack doesn't answer, the last one holds; without one, as ``Api.call``."""
        async with self._turn:
            now = asyncio.get_running_loop().time()
            known = self._verdicts.get((channel, public))
            if known and known[1] > now:
                return known[0]
            try:
                verdict = await self._ask(channel, public=public)
            except (Limited, Unanswered):
                if known:
                    return known[0]
                raise
            self._verdicts[(channel, public)] = (verdict, now + KEPT)
            if known and known[0] != verdict:
                self.changed()
            return verdict

    def last(self, channel: str, *, public: bool) -> Verdict | None:
        """What was last known."""
        known = self._verdicts.get((channel, public))
        return known[0] if known else None

    def ask_again(self) -> None:
        """Something about a channel has changed: what is known holds until asked."""
        self._verdicts = {place: (verdict, 0.0) for place, (verdict, _) in self._verdicts.items()}

    async def _ask(self, channel: str, *, public: bool) -> Verdict:
        try:
            info = (await self._api.call("conversations.info", channel=channel)).get(
                "channel"
            ) or {}
            if why := _why_not(info, public=public):
                return Verdict(why)
            guests = await self._guests(channel)
        except Refusal as refusal:
            said = NOBODY.get(refusal.error, "Slack would not say who reads it")
            more = f": {refusal.needed}" if refusal.needed else ""
            return Verdict(f"{said} ({refusal.error}{more})")
        return Verdict("it holds guests" if guests else "")

    async def _guests(self, channel: str) -> bool:
        """Whether anybody in it is a guest or of another workspace."""
        cursor = ""
        for _ in range(MOST_PAGES):
            given = {"cursor": cursor} if cursor else {}
            page = await self._api.call(
                "conversations.members", channel=channel, limit="200", **given
            )
            asked = map(self._people.account, page.get("members", ()))
            for account in await asyncio.gather(*asked):
                if account is None or account.why_not in {
                    "a guest",
                    "an account of another workspace",
                }:
                    return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return False
        return True  # too many to be sure of


def _why_not(info: dict[str, object], *, public: bool) -> str:
    if info.get("is_archived"):
        return "it is archived"
    if not info.get("is_member", True):
        return "Doorstep is not in it; /invite @Doorstep would be right"
    if info.get("is_ext_shared") or info.get("is_pending_ext_shared"):
        return "it is shared with another organisation"
    if info.get("is_org_shared") or info.get("is_shared"):
        return "it is shared with another workspace"
    if not info.get("is_private") and not public:
        return "it is public; a private one, or public = true under [office], would be right"
    return ""
