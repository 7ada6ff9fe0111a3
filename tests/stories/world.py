"""The real wiring with a clock that the test holds: expect, fast-forward, expect.

``Chat`` is a channel that keeps what it was told, can be told to fail, and refuses what a real one
would: an edit of a message that isn't there.
"""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.cards.general import not_yours
from bot.cards.model import Button, Card, Form
from bot.domain.duration import parse_duration
from bot.domain.visit import Visit
from bot.engine.engine import Engine
from bot.engine.renewal import Renewal
from bot.engine.setup import Setup
from bot.ports import (
    Answer,
    Channel,
    GiveUp,
    Inbound,
    PostAnew,
    Press,
    Say,
    Store,
    Submit,
    TryLater,
)
from bot.settings import Files, Found, Judged, judge, read_school, shipped
from tests.kit import ticked
from tests.stories.cast import school_text

LONGEST_CHAIN = 60
"""More wakes and deliveries at one moment than any story needs."""
START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""A Monday in term, one o'clock."""


class HeldClock:
    """A clock that only the test moves."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment


@dataclass(slots=True)
class Message:
    ref: str
    card: Card
    urgent: bool
    at: datetime
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """A new message as it buzzed: what later became of it is in ``Chat.messages``."""

    at: datetime
    address: str
    card: Card
    urgent: bool

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.address}: {self.card.title}"


@dataclass(slots=True)
class Chat:
    """Implements ``bot.ports.Channel`` in memory.

    ``log`` and ``told`` leave out what is pinned: a story in which somebody must be told is never
    satisfied by a board that nobody may be looking at.
    """

    clock: HeldClock
    name: str = "web"
    messages: dict[str, list[Message]] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    flaky: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _keys: dict[tuple[str, str], str] = field(default_factory=dict)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        self._fail(address)
        if (address, key) in self._keys:
            return self._keys[(address, key)]
        ref = f"m{next(self._numbers)}"
        self._keys[(address, key)] = ref
        self.messages.setdefault(address, []).append(Message(ref, card, urgent, self.clock.now()))
        self.posted.append(Posted(self.clock.now(), address, card, urgent))
        return ref

    async def edit(self, address: str, reference: str, card: Card) -> None:
        self._fail(address)
        for message in self.messages.get(address, []):
            if message.ref == reference:
                message.card = card
                message.edits += 1
                return
        raise PostAnew(reference)

    @property
    def log(self) -> list[Posted]:
        """Every message that was meant to be noticed, in order."""
        return [each for each in self.posted if not each.card.pinned]

    def told(self, address: str) -> list[Message]:
        """What stands in a chat, but for a board."""
        return [each for each in self.messages.get(address, []) if not each.card.pinned]

    def boards(self, address: str) -> list[Message]:
        """The boards that stand in a chat: one, unless something went wrong."""
        return [each for each in self.messages.get(address, []) if each.card.pinned]

    def _fail(self, address: str) -> None:
        if address in self.dead:
            msg = f"{address} can't be reached"
            raise GiveUp(msg)
        if address in self.flaky:
            msg = f"{address} is slow"
            raise TryLater(msg)


@cache
def read_setup(text: str, channels: tuple[str, ...] = ("web",)) -> Setup:
    """The school and its policy, as ``doorstep run`` reads them."""
    settings = read_school(text, policies=shipped)
    return Setup(settings.school, settings.policy, channels)


def judged(text: str, channels: tuple[str, ...] = ("web",)) -> Judged:
    """What ``doorstep run`` makes of a school file that has changed."""
    files = Files("school.toml", Found(text.encode()))
    return judge(files, channels=channels, known="st-example")


class World:
    """A school, its people, and the time."""

    channels: tuple[str, ...] = ("web",)

    def __init__(
        self,
        store: Store,
        *,
        policy: str = "slps",
        extra: str = "",
        start: datetime = START,
        text: str = "",
        before: "World | None" = None,
        setup: Setup | None = None,
        chat: Chat | None = None,
    ) -> None:
        """``text`` is a whole school file; ``before`` this world, before a restart; ``setup`` what
        it runs on, where that isn't what the file says.
        """
        clock = before.clock if before else chat.clock if chat else HeldClock(start)
        self.clock: HeldClock = clock
        self.chat: Chat = before.chat if before else chat or Chat(clock)
        self.text: str = text or (before.text if before else school_text(policy, extra))
        self.store = store
        setup = setup or read_setup(self.read(self.text), self.channels)
        self.engine = Engine(store, self.senders(), setup, self.clock)
        self.renewal = Renewal(self.engine, store, self.clock)
        self._turn = asyncio.Lock()
        self._deliveries: itertools.count[int] = (
            before._deliveries if before else itertools.count(1)
        )
        self.people = {p.id: Actor(self, p.id) for p in setup.school.people}

    def senders(self) -> Mapping[str, Channel]:
        """What sends, by the channel's name."""
        return {self.chat.name: self.chat}

    async def reads(self, text: str) -> None:
        """The school file has changed, and is read again."""
        self.text = text
        await self.renewal.take(judged(self.read(text), self.channels))
        await self.catch_up()

    def read(self, text: str) -> str:
        """The school file as it is on this world's channel."""
        return text

    async def hears(
        self,
        person: str,
        act: Press | Submit | Say,
        *,
        delivery: str,
        office: bool = False,
        forms: bool = True,
    ) -> Answer:
        """What somebody did, as the channel hands it over."""
        on = self.pressed_on(person, act, office=office)
        inbound = Inbound(
            "web", delivery, person, act, in_office=office, forms=forms, pressed_on=on
        )
        return await self.engine.handle(inbound)

    def pressed_on(self, person: str, act: Press | Submit | Say, *, office: bool) -> str:
        """The latest message before them with this button."""
        if not isinstance(act, Press):
            return ""
        pressed = (act.action, act.visit, act.args)
        there = self.chat.told("office" if office else person)
        return next(
            (
                message.ref
                for message in reversed(there)
                for button in message.card.buttons
                if (button.action, button.visit, button.args) == pressed
            ),
            "",
        )

    def __getattr__(self, person: str) -> "Actor":
        try:
            return self.people[person]
        except KeyError:
            raise AttributeError(person) from None

    def delivery(self) -> str:
        return f"d{next(self._deliveries)}"

    async def advance(self, length: str) -> None:
        """Let time pass, and everything happen at its own moment."""
        end = self.clock.moment + parse_duration(length)
        while (following := await self.catch_up()) and following <= end:
            self.clock.moment = following
        self.clock.moment = end
        await self.catch_up()

    async def until(self, clock: str) -> None:
        """Let time pass until this time of day: ``14:05``, or ``14:05:30``."""
        hour, minute, second, *_ = (*map(int, clock.split(":")), 0)
        then = self.clock.moment.replace(hour=hour, minute=minute, second=second)
        assert then >= self.clock.moment, "that is past"
        await self.advance(f"{int((then - self.clock.moment).total_seconds())}s")

    async def catch_up(self) -> datetime | None:
        """What ``Engine.catch_up`` does, but a test fails where that would never end. Give the next
        moment at which a person would notice anything. One at a time: what another has in work is
        still due, and would be asked about again and again.
        """
        async with self._turn:
            for _ in range(LONGEST_CHAIN):
                following = await self.engine.next_moment()
                if following is None or following > self.clock.moment:
                    return await self.engine.next_moment(board=False)
                await self.engine.wake_due()
                await self.engine.deliver_due()
        msg = f"at {self.clock.moment:%H:%M:%S} something is due again and again"
        raise AssertionError(msg)

    async def nothing_more(self, length: str) -> None:
        """Let time pass in which nobody is told anything."""
        known = len(self.chat.log)
        await self.advance(length)
        assert self.posts(known) == []

    def posts(self, known: int = 0) -> list[str]:
        """Every new message, in order, after the first ``known``."""
        return [str(posted) for posted in self.chat.log[known:]]

    def moments(self, known: int = 0) -> list[str]:
        """When and whom, sorted, without the wording: ``13:50:00 office``."""
        return sorted(f"{p.at:%H:%M:%S} {p.address}" for p in self.chat.log[known:])

    def outage(self, length: str) -> None:
        """Time passes while Doorstep does not run."""
        self.clock.moment += parse_duration(length)

    def office_sees(self, words: str) -> Message:
        return find(self.chat.told("office"), words, "the office")

    def office_alarmed(self, *names: str) -> Message:
        """The latest message of the office that is a real alarm about these people."""
        return alarmed(self.office_messages, names, "the office")

    def office_does_not_see(self, words: str) -> None:
        for message in self.chat.told("office"):
            assert words not in said(message.card), said(message.card)

    @property
    def office_messages(self) -> list[Message]:
        return self.chat.told("office")

    async def visits(self) -> list[Visit]:
        """Every live visit."""
        return await self.store.transact(lambda uow: uow.visits.waiting("st-example"))

    async def visit(self, visit_id: str) -> Visit:
        found = await self.store.transact(lambda uow: uow.visits.get("st-example", visit_id))
        assert found is not None
        return found

    async def only_visit(self) -> Visit:
        (visit,) = await self.visits()
        return visit


class Actor:
    """One person with a phone."""

    def __init__(self, world: World, person_id: str) -> None:
        self.world, self.id = world, person_id
        self.answer = Answer()
        self.forms = True
        """Whether their channel can show forms."""
        self.said = ""
        """The message that they wrote last."""

    @property
    def messages(self) -> list[Message]:
        return self.world.chat.told(self.id)

    async def does(
        self, act: Press | Submit | Say, *, office: bool = False, delivery: str = ""
    ) -> Answer:
        """Anything at all, as the channel would hand it over."""
        self.answer = await self.world.hears(
            self.id,
            act,
            office=office,
            delivery=delivery or self.world.delivery(),
            forms=self.forms,
        )
        await self.world.catch_up()
        return self.answer

    async def says(self, text: str) -> Answer:
        self.said = self.world.delivery()
        return await self.does(Say(text, self.said), delivery=self.said)

    async def changes(self, to: str, said: str = "") -> Answer:
        """Change what they wrote last, or another message of theirs, into this."""
        return await self.does(Say(to, said or self.said, changed=True))

    async def presses(self, label: str, *, office: bool = False) -> Answer:
        """Press a button that stands on a form, an answer, or the latest message that has it."""
        button = self.button(label, office=office)
        return await self.does(
            Press(button.action, button.visit, button.version, button.args), office=office
        )

    async def does_on(self, visit: Visit, action: str) -> Answer:
        """Press a button of a visit, wherever it stands."""
        return await self.does(Press(action, visit.id, visit.version))

    def has_button(self, label: str) -> bool:
        return any(b.label == label for m in self.messages for b in m.card.buttons)

    def has_answer(self, label: str) -> bool:
        """Whether this button stands on what they were just answered."""
        card = self.answer.card
        return card is not None and any(b.label == label for b in card.buttons)

    def button(self, label: str, *, office: bool = False) -> Button:
        chat = self.world.chat.told("office" if office else self.id)
        shown: list[Button] = [b for m in chat for b in m.card.buttons]
        if self.answer.card and not office:
            shown.extend(self.answer.card.buttons)
        if self.answer.form:
            shown.extend(self.answer.form.extra)
        found = [b for b in shown if b.label == label]
        assert found, f"{self.id} has no button {label!r}; there are {[b.label for b in shown]}"
        return found[-1]

    async def fills(self, values: Mapping[str, str] | None = None, **more: str) -> Answer:
        """Send the form before them, with these fields changed."""
        form = self.form
        filled = {**form.values, **(values or {}), **more}
        return await self.does(Submit(form.name, filled, form.visit, form.version, form.args))

    @property
    def form(self) -> Form:
        assert self.answer.form is not None, self.answer
        return self.answer.form

    @property
    def turned_away(self) -> bool:
        """Whether the answer is the one polite sentence for whom it isn't (P6)."""
        return self.answer.card == not_yours()

    @property
    def told(self) -> str:
        """The words of the answer."""
        assert self.answer.card is not None, self.answer
        return " ".join(self.answer.card.words)

    def sees(self, words: str) -> Message:
        return find(self.messages, words, self.id)

    def does_not_see(self, words: str) -> None:
        for message in self.messages:
            assert words not in said(message.card), said(message.card)


def said(card: Card) -> str:
    return " ".join((card.notification, *card.words))


def alarmed(messages: list[Message], names: Sequence[str], who: str) -> Message:
    for message in reversed(messages):
        open_ = message.card.tone == "alarm" and any(
            button.label == "I'm on it" for button in message.card.buttons
        )
        if open_ and all(name in said(message.card) for name in names):
            return message
    everything = "\n".join(said(m.card) for m in messages)
    msg = f"{who} has no alarm about {names} in:\n{everything}"
    raise AssertionError(msg)


def find(messages: list[Message], words: str, who: str) -> Message:
    for message in reversed(messages):
        if words in said(message.card):
            return message
    everything = "\n".join(said(m.card) for m in messages)
    msg = f"{who} does not see {words!r} in:\n{everything}"
    raise AssertionError(msg)


REQUEST = {
    "kind": "Attendance",
    "family": "the Canary-Family household",
    "place": "14 Oak Road",
    "purpose": "Canary-Purpose: talk about mornings",
    "risks": "Canary-Risk: a loose dog",
    "appointment": "agreed by phone",
    "leaving_at": "2026-11-23T13:15",
    "return_at": "2026-11-23T14:00",
    "contact": "bo",
}


async def asked(world: World, **changes: str) -> Visit:
    """Ana asks for a visit: leaving 13:15, back 14:00."""
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, **changes})
    assert world.ana.answer.form is None, world.ana.answer.form
    return (await world.visits())[-1]


async def approved(world: World, **changes: str) -> Visit:
    visit = await asked(world, **changes)
    await world.priya.presses("Approve")
    return await world.visit(visit.id)


async def agrees(world: World) -> None:
    """Once it is approved, Ana agrees the planned time with the family, and records it."""
    await world.ana.presses("Record the appointment")
    await world.ana.fills(how="phone", whom="Canary-Family", told="purpose,suits")
    assert world.ana.answer.form is None, world.ana.answer.form


async def left(world: World, **changes: str) -> Visit:
    """Ana is out since 13:15, and nobody has said yet that they are watching."""
    visit = await approved(world, **changes)
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    assert world.ana.answer.form is None, world.ana.answer.form
    return await world.visit(visit.id)


async def out(world: World, **changes: str) -> Visit:
    """Ana is out since 13:15, and the office is watching."""
    visit = await left(world, **changes)
    await world.olu.does_on(visit, "watching")
    return await world.visit(visit.id)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
