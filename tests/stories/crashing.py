"""Plays a story through a death at a given failpoint: whoever saw a press fail presses again.

A story is a list of deeds, and of times of day to which the clock goes. What was resolved once (the
button that was pressed, the form that was filled) is sent again as it was, since that is what a
platform delivers again, and what stands on somebody's screen.
"""

import logging
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import patch

from bot.cards.words import TELLING
from bot.domain.visit import Visit
from bot.engine.deliver import LEASE
from bot.ports import Parcel, Press, Say, Store, Submit, UnitOfWork
from tests.stories.conftest import Opener
from tests.stories.failpoints import Fate, Killed, MortalChat, MortalStore
from tests.stories.world import START, Actor, HeldClock, World

SCHOOL = "st-example"
FAR = datetime(9000, 1, 1, tzinfo=UTC)
AT_ONCE = timedelta()
BY_CHANCE = re.compile("|".join(TELLING.values()))
"""What a visitor reads depends on which of two sends at one moment was faster."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody writes, presses a button by its words, or fills the form that is before them."""

    who: str
    says: str = ""
    presses: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    office: bool = False

    def act(self, actor: Actor) -> Press | Submit | Say:
        if self.says:
            return Say(self.says)
        if self.fills:
            form = actor.form
            return Submit(form.name, {**form.values, **self.fills}, form.visit, args=form.args)
        button = actor.button(self.presses, office=self.office)
        return Press(button.action, button.visit, button.version, button.args)


Story = tuple[Deed | str, ...]
"""Deeds, and times of day (``13:45``)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: every message by its key, once; those that came twice; the boards that were
    posted, one unless something went wrong; the audit.
    """

    sent: list[str]
    doubles: list[str]
    boards: list[str]
    audit: list[list[str]]


class Player:
    """Lives, dies once at the ``at``-th failpoint, and lives again."""

    def __init__(
        self,
        opener: Opener,
        at: int = 0,
        *,
        anew: bool = False,
        outage: timedelta = AT_ONCE,
        frees: bool = True,
        chat: MortalChat | None = None,
    ) -> None:
        """``anew``: whoever presses again does so under another delivery id, as a person would.
        ``outage``: how long it stays dead. ``frees``: what it had leased is freed at its start; or
        it runs out, and people wait for it. ``chat``: what stands on people's phones already.
        """
        self._opener, self._anew, self._outage = opener, anew, outage
        self.fate, self.died, self._frees = Fate(at), "", frees
        self.may_double: frozenset[str] = frozenset()
        self.owed: frozenset[str] = frozenset()
        self._inner: Store = opener()
        self.chat = chat or MortalChat(HeldClock(START))
        self.chat.fate = self.fate
        self.world = World(self._mortal(), chat=self.chat)

    def _mortal(self) -> MortalStore:
        return MortalStore(self._inner, self.fate, self.chat.unsettled)

    async def play(self, story: Story) -> "Player":
        """To its end, or until it has died, if it stays dead for a while."""
        for step in story:
            await (self._until(step) if isinstance(step, str) else self._do(step))
            await self.somebody_watches()
            if self.died and self._outage:
                break
        return self

    async def _until(self, clock: str) -> None:
        try:
            await self.world.until(clock)
            await self.world.catch_up()
        except Killed:
            await self.starts_again()
            if not self._outage and f"{self.world.clock.now():%H:%M}" < clock:
                await self.world.until(clock)
                await self.world.catch_up()

    async def _do(self, deed: Deed) -> None:
        actor = self.world.people[deed.who]
        act, delivery = deed.act(actor), self.world.delivery()
        try:
            await actor.does(act, office=deed.office, delivery=delivery)
            self.fate.lives()
        except Killed:
            await self.starts_again()
            plans = isinstance(act, Submit) and act.form == "plan"  # again: one more visit
            again = self.world.delivery() if self._anew and not plans else delivery
            await self.world.people[deed.who].does(act, office=deed.office, delivery=again)

    async def starts_again(self) -> None:
        """Everything in memory is gone: another store on the same data, another engine."""
        self.died = self.fate.passed[-1]
        self.may_double = frozenset(self.chat.unsettled)
        await self._inner.close()
        before, self.fate = self.world, Fate()
        self.chat.fate = self.fate
        self._inner = self._opener()
        self.world = World(self._mortal(), before=before)
        for name, actor in self.world.people.items():
            actor.answer = before.people[name].answer
        self.world.clock.moment += self._outage
        self.owed = await self._in_the_outbox()
        if self._frees:
            await self._inner.transact(lambda uow: uow.outbox.free_leases())
        await self.world.advance("0s" if self._frees else f"{LEASE.total_seconds():.0f}s")

    async def somebody_watches(self) -> None:
        """Whatever is live will be woken."""
        live = await self._inner.transact(lambda uow: uow.visits.waiting(SCHOOL))
        woken = await self._inner.transact(lambda uow: uow.visits.due(FAR, 1000))
        assert {v.id for v in live} <= {visit for _, visit in woken}, self.died

    async def _in_the_outbox(self) -> frozenset[str]:
        """Every new message that is still to be sent."""
        found: list[Parcel] = []

        def look(uow: UnitOfWork) -> None:
            found.extend(uow.outbox.lease(FAR, 1000, FAR))
            raise LookupError  # rolled back: nothing is leased

        with suppress(LookupError):
            await self._inner.transact(look)
        return frozenset(f"{each.address} {each.key}" for each in found if each.fresh)

    async def told(self) -> Told:
        """What everybody was told in the end, visits named by their references."""
        return await self._inner.transact(self._told)

    def _told(self, uow: UnitOfWork) -> Told:
        assert uow.audit.broken() == []
        visits = every_visit(uow)
        once: dict[str, str] = {}
        doubles, boards = [], []
        for key, posted in self.chat.sent:
            if posted.card.pinned:  # the board, which is edited in place from then on
                boards.append(key)
                continue
            if key in once:
                doubles.append(key)
                continue
            named = key
            for visit in visits:
                named = named.replace(visit.id, visit.reference)
            line = BY_CHANCE.sub("...", str(posted))
            once[key] = f"{line} [{named}]{' urgent' if posted.urgent else ''}"
        return Told(sorted(once.values()), doubles, boards, audit_of_every_visit(uow))


@contextmanager
def comparable() -> Iterator[None]:
    """Ids in the order of birth, so that lives can be compared; and no log of a thousand deaths."""
    numbers = count(1)
    logging.disable(logging.ERROR)
    with patch("uuid.uuid4", lambda: uuid.UUID(int=next(numbers))):
        yield
    logging.disable(logging.NOTSET)


def is_as_before(player: Player, told: Told, expected: Told) -> None:
    """Every message of a life without a death, at its moment; doubles, and another board, only
    where it died between a send and its settling, under the same key.
    """
    lost = [line for line in expected.sent if line not in told.sent]
    more = [line for line in told.sent if line not in expected.sent]
    assert (lost, more) == ([], []), player.died
    assert told.audit == expected.audit, player.died
    assert set(told.doubles) <= player.may_double, player.died
    assert len(expected.boards) == 1
    assert told.boards, player.died
    assert set(told.boards[1:]) <= player.may_double, player.died


def audit_of_every_visit(uow: UnitOfWork) -> list[list[str]]:
    """When, and what: nothing is recorded twice."""
    return [
        [f"{entry.at:%H:%M:%S} {entry.kind}" for entry in uow.audit.entries(SCHOOL, visit.id)]
        for visit in every_visit(uow)
    ]


def every_visit(uow: UnitOfWork) -> list[Visit]:
    """Live or not, in the order of their references."""
    found = {v.id: v for who in ("ana", "tom") for v in uow.visits.recent_of(SCHOOL, who, 20)}
    return sorted(found.values(), key=lambda visit: visit.reference)
