"""Slack before the contract suite: what a workspace double shows, read as a person reads it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

from bot.cards.model import Form
from bot.ports import Answer, Channel, Press, Submit
from tests.adapters.slack.placed import Placed, placed
from tests.contract.seen import Shown, ShownForm
from tests.slack_double import filling, reading
from tests.slack_double.user import User
from tests.slack_double.workspace import View


class SlackRig:
    address, other, unknown = "U0ANA", "U0SAM", "U0NOBODY"
    longest, longest_label = 900, 75

    def __init__(self, there: Placed) -> None:
        self.there = there

    @property
    def channel(self) -> Channel:
        return self.there.plugged.channel

    def _user(self, address: str) -> User:
        return self.there.double.user(address)

    async def messages(self, address: str) -> list[str]:
        if address not in self.there.double.workspace.people:
            return []
        return [message.ts for message in self._user(address).messages()]

    async def shown(self, address: str, reference: str) -> Shown:
        (blocks,) = [m.blocks for m in self._user(address).messages() if m.ts == reference]
        presses = tuple((b.label, (reference, b)) for b in reading.buttons(blocks))
        return Shown(tuple(reading.words(blocks)), presses, tuple(reading.strange(blocks)))

    async def buzzes(self, address: str) -> list[str]:
        return [unescape(text) for text in self._user(address).phone]

    async def press(self, address: str, press: object) -> Press:
        assert isinstance(press, tuple)
        where, button = press
        user = self._user(address)
        self.there.core.answer = Answer()
        if isinstance(where, View):
            taken = await user.press_in_view(where, button)
        else:
            (message,) = [m for m in user.messages() if m.ts == where]
            taken = await user.press(message, button, user.im.id)
        assert taken.ok
        heard = self.there.core.heard[-1].act
        assert isinstance(heard, Press)
        return heard

    async def form(self, address: str, form: Form) -> ShownForm:
        user = self._user(address)
        user.closes_form()
        self.there.core.answer = Answer(form=form)
        assert (await user.shortcut()).ok
        view = await user.form()
        given, state = view.given, filling.start(view.given)
        words = [given["submit"]["text"], *_words(given)]
        values: dict[str, str] = {}
        options: dict[str, list[tuple[str, str]]] = {}
        for block in given["blocks"]:
            if block["type"] == "input":
                name = block["element"]["action_id"]
                offered = reading.options(block["element"])
                if offered:
                    options[name] = [(o["value"], o["text"]["text"]) for o in offered]
                held = state[block["block_id"]][name]
                _read(values, name, held)
        presses = tuple((b.label, (view, b)) for b in reading.buttons(given["blocks"]))
        strange = tuple(reading.strange(given["blocks"]))
        return ShownForm(tuple(words), values, options, view, presses, strange)

    async def send(self, address: str, shown: ShownForm, values: Mapping[str, str]) -> Submit:
        view, user = shown.submit, self._user(address)
        assert isinstance(view, View)
        self.there.core.answer = Answer()
        self.there.double.workspace.stacks[address] = [view.id]
        view.state = filling.start(view.given)
        for name, value in values.items():
            for block in view.given["blocks"]:
                if block["type"] == "input" and block["block_id"].split(".")[0] == name:
                    filling.put(view.state, block, value)
        assert (await user.submits()).ok
        heard = self.there.core.heard[-1].act
        assert isinstance(heard, Submit)
        return heard


def _words(given: Mapping[str, object]) -> list[str]:
    """The form's own words: a field's second picker, and a title that stands in the form, aside."""
    title = given["title"]["text"]  # type: ignore[index]
    blocks = given["blocks"]
    assert isinstance(blocks, list)
    labels = {b["label"]["text"] for b in blocks if b["type"] == "input"}
    pickers = {f"{label}{filling.ASIDE}" for label in labels}
    chrome = {*pickers, "There is nothing to choose from."}
    words = [word for word in reading.words(blocks) if word not in chrome]
    return [*([title] if title != "Doorstep" else []), *(word.strip() for word in words)]


def _read(values: dict[str, str], name: str, held: Mapping[str, object]) -> None:
    field, _, part = name.partition(".")
    chosen = held.get("selected_options")
    one = held.get("selected_option")
    if part == "date":
        values[field] = str(held["selected_date"] or "")
    elif part == "time":
        clock = held["selected_time"]
        values[field] = f"{values[field]}T{clock}" if clock else values[field]
    elif isinstance(chosen, list):
        values[field] = ",".join(option["value"] for option in chosen)
    elif isinstance(one, dict):
        values[field] = one["value"]
    else:
        values[field] = str(held.get("value") or "")


@asynccontextmanager
async def slack(folder: Path) -> AsyncIterator[SlackRig]:
    del folder
    async with placed() as there:
        yield SlackRig(there)
