"""The page's routes. Deeds go to ``handle``, and its answers come back as HTML."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from adapters.web.channel import WebChannel
from adapters.web.guard import LARGEST_BODY, harden, own_browser_only, plain_errors
from adapters.web.inbound import Unclear, parse_act, parse_json
from adapters.web.moving import Moving
from adapters.web.render import render_form, render_page, render_private
from adapters.web.story.teller import Teller
from adapters.web.stream import stream_events
from bot.cards.model import Button
from bot.ports import Answer, Inbound, Say

_STATIC = Path(__file__).parent / "static"
_FURTHEST = timedelta(days=1)


class _Page:
    """What the routes share."""

    def __init__(
        self,
        *,
        channel: WebChannel,
        handle: Callable[[Inbound], Awaitable[Answer]],
        moving: Moving,
        teller: Teller,
        shown: Mapping[str, Any],
    ) -> None:
        self._channel, self._handle, self._moving = channel, handle, moving
        self._teller, self._shown = teller, shown

    async def page(self, _: web.Request) -> web.Response:
        text = render_page(**self._shown, cast=self._channel.cast, zone=self._channel.zone.key)
        return web.Response(text=text, content_type="text/html")

    async def state(self, _: web.Request) -> web.Response:
        state = await self._channel.state()
        return web.json_response(
            {
                "seq": state.seq,
                **self._moving.time(),
                "panes": state.panes,
                "story": self._teller.shown(),
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        return await stream_events(request, self._channel.hub, self._moving.time)

    async def act(self, request: web.Request) -> web.Response:
        inbound = parse_act(parse_json(await request.read()), self._channel.cast)
        await self._teller.take()  # whoever presses anything plays themselves from here on
        if isinstance(inbound.act, Say):
            place = self._office if inbound.in_office else inbound.sender
            await self._channel.say(place, inbound.sender, inbound.act.text, key=inbound.delivery)
        answer = await self._handle(inbound)
        name = self._channel.cast.name_of(inbound.sender)
        card, form = answer.card, answer.form
        return web.json_response(
            {
                "card": render_private(card, inbound.sender, name) if card else None,
                "form": render_form(form, f"form-{uuid.uuid4().hex[:8]}") if form else None,
            }
        )

    async def skip(self, request: web.Request) -> web.Response:
        length = _length(parse_json(await request.read()).get("skip"))
        await self._teller.take()
        said = await self._moving.advance(length)
        return web.json_response({"said": said, **self._moving.time()})

    async def start_afresh(self, request: web.Request) -> web.Response:
        parse_json(await request.read())
        await self._teller.put_away()
        await self._moving.afresh()
        return web.json_response({"said": "Everything starts afresh.", **self._moving.time()})

    async def story(self, request: web.Request) -> web.Response:
        given = parse_json(await request.read())
        does = {
            "play": self._teller.play,
            "pause": self._teller.pause,
            "next": self._teller.next,
            "take": self._teller.take,
            "close": self._teller.put_away,
        }
        asks = False
        match given.get("do"):
            case "start":
                asks = not await self._teller.start(wipe=given.get("wipe") is True)
            case str(what) if what in does:
                await does[what]()
            case _:
                raise Unclear("A story is started, played, paused, taken over or put away.")
        return web.json_response({"asks": asks})

    async def stop(self, _: web.Application) -> None:
        self._channel.hub.close()

    @property
    def _office(self) -> str:
        return self._channel.cast.offices[0].id


def build_app(
    *,
    channel: WebChannel,
    handle: Callable[[Inbound], Awaitable[Answer]],
    moving: Moving,
    teller: Teller,
    school: str,
    shortcuts: Sequence[Button] = (),
) -> web.Application:
    """Give the demo page as an application.

    ``moving`` skips the clock and starts afresh; ``teller`` plays the story. ``shortcuts`` stand on
    every person's phone, for starting something.
    """
    page = _Page(
        channel=channel,
        handle=handle,
        moving=moving,
        teller=teller,
        shown={"school": school, "shortcuts": shortcuts, "story": teller.story.title},
    )
    app = web.Application(
        middlewares=[plain_errors, own_browser_only], client_max_size=LARGEST_BODY
    )
    app.on_response_prepare.append(harden)
    app.on_shutdown.append(page.stop)
    app.router.add_get("/", page.page)
    app.router.add_get("/api/state", page.state)
    app.router.add_get("/api/events", page.events)
    app.router.add_post("/api/act", page.act)
    app.router.add_post("/api/clock", page.skip)
    app.router.add_post("/api/reset", page.start_afresh)
    app.router.add_post("/api/story", page.story)
    app.router.add_static("/static/", _STATIC)
    return app


def _length(skip: object) -> timedelta | None:
    """``"next"``, or seconds up to a day."""
    if skip == "next":
        return None
    if isinstance(skip, int) and not isinstance(skip, bool):
        seconds = min(max(skip, 0), 10**6)
        if timedelta() < timedelta(seconds=seconds) <= _FURTHEST:
            return timedelta(seconds=seconds)
    raise Unclear('"skip" should be "next", or seconds, at most a day of them.')
