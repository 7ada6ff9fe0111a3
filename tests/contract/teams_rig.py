"""Teams before the contract suite: what its double shows, read as a person reads it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.teams.forms import ASIDE, DATE, NOT_SENT, NOTHING_TO_CHOOSE, TIME
from bot.cards.model import Form
from bot.ports import Answer, Channel, Press, Submit
from tests.adapters.teams.placed import Placed, placed
from tests.contract.seen import Shown, ShownForm
from tests.teams_double import reading
from tests.teams_double.tenant import Message
from tests.teams_double.user import User


class TeamsRig:
    address, other, unknown = "29:ana", "29:sam", "29:nobody"
    longest, longest_label = 900, 75

    def __init__(self, there: Placed) -> None:
        self.there = there
        there.double.connector.counts_rates = False
        there.plugged.channel._pacing = _Unpaced()  # type: ignore[assignment]

    @property
    def channel(self) -> Channel:
        return self.there.plugged.channel

    def _user(self, address: str) -> User:
        return self.there.double.user(address)

    async def messages(self, address: str) -> list[str]:
        if address not in self.there.double.tenant.people:
            return []
        return [message.id for message in self._user(address).messages()]

    def _message(self, address: str, reference: str) -> Message:
        (message,) = [m for m in self._user(address).messages() if m.id == reference]
        return message

    async def shown(self, address: str, reference: str) -> Shown:
        message = self._message(address, reference)
        presses = tuple((b["title"], (message, b)) for b in reading.buttons(message.card))
        return Shown(tuple(reading.words(message.card)), presses, reading.strange(message.card))

    async def buzzes(self, address: str) -> list[str]:
        return list(self._user(address).phone)

    async def press(self, address: str, press: object) -> Press:
        assert isinstance(press, tuple)
        message, button = press
        self.there.core.answer = Answer()
        user = self._user(address)
        assert (await user._press(user.chat, message, message.card, button, {})).ok
        heard = self.there.core.heard[-1].act
        assert isinstance(heard, Press)
        return heard

    async def form(self, address: str, form: Form) -> ShownForm:
        user = self._user(address)
        self.there.core.answer = Answer(form=form)
        before = len(user.messages())
        assert (await user.says("a form, please")).ok
        await user.tenant.until(lambda: len(user.messages()) > before, "a form")
        message = user.messages()[-1]
        card = message.card
        values: dict[str, str] = {}
        options: dict[str, list[tuple[str, str]]] = {}
        for each in reading.inputs(card):
            _read(values, each)
            if each["type"] == "Input.ChoiceSet":
                options[each["id"]] = [(c["value"], _meant(c["title"])) for c in each["choices"]]
        send, *others = reading.buttons(card)
        words = [
            _meant(w)
            for w in reading.words(card)
            if not w.endswith(ASIDE) and w not in {NOTHING_TO_CHOOSE, NOT_SENT}
        ]
        presses = tuple((b["title"], (message, b)) for b in others)
        return ShownForm(
            tuple(words), values, options, (message, card, send), presses, reading.strange(card)
        )

    async def send(self, address: str, shown: ShownForm, values: Mapping[str, str]) -> Submit:
        assert isinstance(shown.submit, tuple)
        message, card, button = shown.submit
        typed: dict[str, str] = {}
        for name, value in values.items():
            known = {each["id"] for each in reading.inputs(card)}
            if name in known:
                typed[name] = value
            elif f"{name}{DATE}" in known:
                typed[f"{name}{DATE}"], _, typed[f"{name}{TIME}"] = value.partition("T")
        self.there.core.answer = Answer()
        user = self._user(address)
        assert (await user._press(user.chat, message, card, button, typed)).ok
        heard = self.there.core.heard[-1].act
        assert isinstance(heard, Submit)
        return heard


_LOOKALIKES = str.maketrans("∗＿ˋ［］＜＞＼＆∼‐＋＃․）／", "*_`[]<>\\&~-+#.)/")


def _meant(words: str) -> str:
    """As it is read: marks that some clients would act on stand there as their lookalikes."""
    return words.translate(_LOOKALIKES)


class _Unpaced:
    async def turn(self, place: str, *, urgent: bool) -> None:
        """A suite of hundreds of messages to one person would take an hour."""

    async def answer(self, place: str) -> None:
        """Likewise."""

    def spare(self, place: str) -> bool:
        return True


def _read(values: dict[str, str], each: Mapping[str, Any]) -> None:
    name, value = each["id"], each.get("value", "")
    if name.endswith(DATE):
        values[name.removesuffix(DATE)] = value
    elif name.endswith(TIME):
        field = name.removesuffix(TIME)
        values[field] = f"{values[field]}T{value}" if value else values[field]
    else:
        values[name] = value


@asynccontextmanager
async def teams(folder: Path) -> AsyncIterator[TeamsRig]:
    del folder
    async with placed() as there:
        yield TeamsRig(there)
