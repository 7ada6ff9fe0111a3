"""The channels that are tested so far.

A new channel gives a class with these methods and one line in ``RIGS``. It looks at what people
would see (a page, Slack blocks, an adaptive card), and presses through the channel's own way in.
"""

import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from adapters.web.channel import WebChannel
from adapters.web.chats import Chats
from adapters.web.clock import DemoClock
from adapters.web.hub import Hub, Listener
from adapters.web.personas import Cast, Persona
from bot.cards.model import Form
from bot.ports import Answer, Channel, Inbound, Press, Submit
from tests.adapters.web.behind import LONDON, START, Client, School, app_of, flip
from tests.adapters.web.reading import Page
from tests.contract.seen import Rig, RigWithForms, Shown, ShownForm
from tests.contract.slack_rig import slack
from tests.contract.teams_rig import teams
from tests.stories.world import Chat, HeldClock

# --- the stories' double --------------------------------------------------------------------------


@dataclass
class ChatRig:
    channel: Chat
    address: str = "ana"
    unknown: str = "nobody"
    other: str = "sam"
    longest: int = 3001
    longest_label: int = 3001

    async def messages(self, address: str) -> list[str]:
        return [message.ref for message in self.channel.messages.get(address, [])]

    async def shown(self, address: str, reference: str) -> Shown:
        (card,) = [m.card for m in self.channel.messages[address] if m.ref == reference]
        return Shown(card.words, tuple((b.label, b) for b in card.buttons))

    async def buzzes(self, address: str) -> list[str]:
        return [each.card.notification for each in self.channel.posted if each.address == address]

    async def press(self, address: str, press: object) -> Press:
        button: Any = press
        return Press(button.action, button.visit, button.version, button.args)


@asynccontextmanager
async def chat(folder: Path) -> AsyncIterator[ChatRig]:
    double = Chat(HeldClock(START))
    double.dead.add("nobody")
    yield ChatRig(double)


# --- the demo page --------------------------------------------------------------------------------

PLAIN_TAGS = frozenset(
    [
        "article",
        "div",
        "p",
        "h3",
        "dl",
        "dt",
        "dd",
        "ol",
        "ul",
        "li",
        "hr",
        "button",
        "form",
        "fieldset",
        "legend",
        "label",
        "span",
        "input",
        "textarea",
        "select",
        "option",
        "time",
    ]
)
PLAIN_ATTRIBUTES = re.compile(
    r"class|dir|id|for|type|name|value|rows|checked|selected|novalidate|autocomplete|role|tabindex|"
    r"datetime|aria-[a-z]+|data-(card|ref|rev|press|submit)"
)
CHROME = {"needed", "Choose…", "There is nothing to choose from."}


class _Fields(HTMLParser):
    """What stands in each field, as a browser would take it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self.options: dict[str, list[tuple[str, str]]] = {}
        self._select = self._area = ""
        self._option: tuple[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag, given.get("type"):
            case "input", "checkbox" | "radio":
                self._option = (name, given["value"])
                self._choose(name, given["value"], chosen="checked" in given)
            case "input", _:
                self.values[name] = given.get("value", "")
            case "textarea", _:
                self._area = name
                self.values[name] = ""
            case "select", _:
                self._select = name
                self.values.setdefault(name, "")
            case "option", _ if given["value"]:
                self._option = (self._select, given["value"])
                self._choose(self._select, given["value"], chosen="selected" in given)
            case _:
                pass

    def _choose(self, name: str, value: str, *, chosen: bool) -> None:
        before = self.values.setdefault(name, "")
        if chosen:
            self.values[name] = f"{before},{value}" if before else value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data
        elif self._option and data.strip():
            name, value = self._option
            self.options.setdefault(name, []).append((value, data))
            self._option = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops a line break that comes first.
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""


def _strange(page: Page) -> tuple[str, ...]:
    tags = [f"<{tag}>" for tag, _ in page.tags if tag not in PLAIN_TAGS]
    attributes = [
        f"{tag} {name}"
        for tag, attrs in page.tags
        for name in attrs
        if not PLAIN_ATTRIBUTES.fullmatch(name)
    ]
    return (*tags, *attributes)


def _buttons(page: Page) -> tuple[tuple[str, object], ...]:
    """Each button with its words and what pressing it would post."""
    presses = [a["data-press"] for a in page.of("button") if "data-press" in a]
    words = page.said_in("button")[-len(presses) :] if presses else []
    return tuple(zip(words, (json.loads(p or "") for p in presses), strict=True))


@dataclass
class WebRig:
    client: Client
    school: School
    listener: Listener
    address: str = "ana"
    unknown: str = "nobody"
    other: str = "sam"
    longest: int = 3001
    longest_label: int = 3001
    _deliveries: "itertools.count[int]" = field(default_factory=itertools.count)
    _buzzes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def channel(self) -> Channel:
        return self.school.channel

    async def _panes(self) -> dict[str, list[dict[str, Any]]]:
        async with self.client.get("/api/state") as response:
            panes: dict[str, list[dict[str, Any]]] = (await response.json())["panes"]
            return panes

    async def messages(self, address: str) -> list[str]:
        return [message["ref"] for message in (await self._panes()).get(address, [])]

    async def shown(self, address: str, reference: str) -> Shown:
        (html,) = [m["html"] for m in (await self._panes())[address] if m["ref"] == reference]
        whole = Page(html)
        card = Page(html[html.index('<div class="card') :].replace("</article>", ""))
        return Shown(tuple(card.words()), _buttons(card), _strange(whole))

    async def buzzes(self, address: str) -> list[str]:
        while not self.listener._queue.empty():
            event = self.listener._queue.get_nowait()
            if event and event.kind == "post":
                self._buzzes.append((str(event.data["pane"]), str(event.data["notification"])))
        return [words for pane, words in self._buzzes if pane == address]

    async def press(self, address: str, press: object) -> Press:
        assert isinstance(press, dict)
        await self._act(address, kind="press", **press)
        heard = self.school.heard[-1].act
        assert isinstance(heard, Press)
        return heard

    async def form(self, address: str, form: Form) -> ShownForm:
        self.school.answer = Answer(form=form)
        answer = await self._act(address, kind="press", action="any")
        page, fields = Page(answer["form"]), _Fields(answer["form"])
        (whole,) = page.of("form")
        typed = {"textarea"}
        words = [
            text
            for tag, text in page.texts
            if tag not in typed and text not in CHROME and not text.startswith("Not sent yet")
        ]
        submit = json.loads(whole["data-submit"] or "")
        return ShownForm(
            tuple(words), fields.values, fields.options, submit, _buttons(page), _strange(page)
        )

    async def send(self, address: str, shown: ShownForm, values: Mapping[str, str]) -> Submit:
        assert isinstance(shown.submit, dict)
        await self._act(address, kind="submit", values=dict(values), **shown.submit)
        heard = self.school.heard[-1].act
        assert isinstance(heard, Submit)
        return heard

    async def _act(self, address: str, **deed: Any) -> Any:
        body = {"who": address, "delivery": f"delivery-{next(self._deliveries)}", **deed}
        async with self.client.post("/api/act", json=body, headers={"X-Doorstep": "1"}) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    @property
    def heard(self) -> list[Inbound]:
        return self.school.heard


@asynccontextmanager
async def web(folder: Path) -> AsyncIterator[WebRig]:
    cast = Cast([Persona("ana", "Ana Teach", "teacher"), Persona("sam", "Sam Assist", "teacher")])
    clock = DemoClock(folder / "clock.json", lambda: START)
    chats = Chats(folder / "chats.db", flip, flip)
    hub = Hub(room=10_000)
    school = School(clock, WebChannel(chats, hub, cast, clock, LONDON))
    app = app_of(school, folder)
    async with TestClient(TestServer(app)) as client:
        with hub.listening() as listener:
            yield WebRig(client, school, listener)
    chats.close()


Opener = Callable[[Path], AbstractAsyncContextManager[Rig]]
FormOpener = Callable[[Path], AbstractAsyncContextManager[RigWithForms]]
WITH_FORMS: Mapping[str, FormOpener] = {"web": web, "slack": slack, "teams": teams}
RIGS: Mapping[str, Opener] = {"chat": chat, **WITH_FORMS}
