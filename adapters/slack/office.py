"""Whether the office channel may be told names and places (P5): private, of this workspace alone,
without guests; a public one where the school file says so.
"""

import asyncio

import adapters.offices
from adapters.offices import Verdict
from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.faults import NOBODY
from adapters.slack.people import People

MOST_PAGES = 20


class Offices(adapters.offices.Offices):
    """Asks Slack about a channel."""

    silent = (Limited, Unanswered)
    kept = 60.0
    """Slack sends no event when a channel is made public."""

    def __init__(self, api: Api, people: People) -> None:
        super().__init__()
        self._api, self._people = api, people

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
