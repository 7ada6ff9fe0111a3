"""``doorstep`` with a channel of the tests' own in Slack's place: what it sends goes to a local
address, and what people do comes in over HTTP. It is plugged in as every channel is.

``python -m tests.e2e.plugged run``
"""

import sys
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import web

from adapters.commands.channels import PLUGS
from adapters.main import main
from adapters.plug import ChannelOff, Wiring
from bot.cards.model import Card
from bot.domain.school import School
from bot.ports import Channel, Inbound, Press, Say, Submit

GOOD_TOKEN = "xoxb-good"
BAD = "SLACK_BOT_TOKEN is no good; the one of your app would be right."
ACTS = {"say": Say, "press": Press, "submit": Submit}


class Sink:
    """Slack's stand-in. ``SLACK_API_URL`` is where it posts to."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._session: aiohttp.ClientSession | None = None

    @property
    def name(self) -> str:
        return "slack"

    @property
    def channel(self) -> Channel:
        return self

    @property
    def lost_after(self) -> timedelta:
        return timedelta(seconds=15)

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/does", self._does)

    async def start(self) -> None:
        if self._wiring.env.slack_bot_token != GOOD_TOKEN:
            raise ChannelOff(BAD)
        self._session = aiohttp.ClientSession()

    async def known(self, school: School) -> School:
        return school

    async def check(self) -> tuple[str, ...]:
        token = self._wiring.env.slack_bot_token
        return () if token == GOOD_TOKEN else (BAD,)

    async def stop(self) -> None:
        if self._session:
            await self._session.close()

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        await self._send(address, key, card, urgent=urgent)
        return key

    async def edit(self, address: str, reference: str, card: Card) -> None:
        await self._send(address, reference, card, urgent=False)

    async def _send(self, address: str, reference: str, card: Card, *, urgent: bool) -> None:
        assert self._session is not None
        said = {"address": address, "ref": reference, "urgent": urgent, **_plain(card)}
        async with self._session.post(self._wiring.env.slack_api_url, json=said) as answer:
            answer.raise_for_status()

    async def _does(self, request: web.Request) -> web.Response:
        asked: dict[str, Any] = await request.json()
        if asked.get("problem") is not None:
            self._wiring.problem(asked["problem"])
            return web.json_response({})
        act = ACTS[asked["kind"]](**asked["act"])
        answer = await self._wiring.handle(
            Inbound("slack", asked["delivery"], asked["sender"], act, in_office=asked["office"])
        )
        form = answer.form and {
            "name": answer.form.name,
            "visit": answer.form.visit,
            "values": dict(answer.form.values),
            "errors": dict(answer.form.errors),
        }
        return web.json_response({"form": form, **(_plain(answer.card) if answer.card else {})})


def _plain(card: Card) -> dict[str, Any]:
    buttons = [
        {"label": b.label, "action": b.action, "visit": b.visit, "version": b.version}
        | {"args": dict(b.args)}
        for b in card.buttons
    ]
    return {"words": " | ".join((card.notification, *card.words)), "buttons": buttons}


if __name__ == "__main__":
    PLUGS["slack"] = lambda: Sink
    sys.exit(main(sys.argv[1:]))
