"""The engine: one door in (``handle``), and what the clock asks for."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.cards import general
from bot.domain.commands import Wake
from bot.engine.acts import act, again
from bot.engine.afresh import afresh
from bot.engine.board import BOARD, at_once
from bot.engine.carry_out import carry_out
from bot.engine.deliver import Deliverer
from bot.engine.faults import where
from bot.engine.flags import ask_authors
from bot.engine.rewritten import keep_what_it_was
from bot.engine.scene import Reply, Scene
from bot.engine.setup import Setup
from bot.engine.unheard import LostAfter, listens
from bot.engine.unsure import unsure
from bot.engine.unwoken import LONGEST_PUSH_BACK, Unwoken
from bot.engine.who import sender
from bot.ports import Answer, Channel, Clock, Inbound, Store, UnitOfWork

log = logging.getLogger(__name__)
BATCH = 50
CHUNK = 8
"""So many visits are woken side by side; what they have to say goes out before the next are."""
TIDY = 100
KEEP_SETTLED = timedelta(days=30)
KEEP_DELIVERIES = timedelta(days=7)
"""Far longer than any channel tries to deliver the same thing again."""


class _NothingDone(Exception):
    """Rolls the transaction back: the deed changed nothing, so it leaves no trace."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Engine:
    """Everything that happens to visits goes through here, in transactions of its own."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        setup: Setup,
        clock: Clock,
        *others: Setup,
    ) -> None:
        """``others`` are further schools on the same database; an inbound deed says which it is
        for, where it isn't the first.
        """
        self.setup = setup
        self._others = {each.school.id: each for each in others}
        self.on_change: Callable[[], None] = lambda: None
        """Called after each committed change: there may be something to send, or a new wake."""
        self._store = store
        self._clock = clock
        self._unwoken = Unwoken()
        self._deliverer = Deliverer(store, channels, clock, self._setup_of)

    def _setup_of(self, school: str) -> Setup:
        """A school that is served here; LookupError for any other."""
        return self.setup if school in {"", self.setup.school.id} else self._others[school]

    async def adopt(self, setup: Setup) -> None:
        """Go on with changed settings; every visit is looked at again at once (S15): whether it may
        still leave, and whether those who stand by or watch still can.
        """
        self.setup = setup
        now = self._clock.now()

        def wake(uow: UnitOfWork) -> None:
            for visit in uow.visits.waiting(setup.school.id):
                uow.visits.rouse(visit.school, visit.id, now)

            uow.outbox.put(at_once(setup, now))

        await self._store.transact(wake)
        self.on_change()

    async def begin(self) -> None:
        """Show the office at once that Doorstep runs: with the first board, or a fresh one."""
        rows = at_once(self.setup, self._clock.now())
        await self._store.transact(lambda uow: uow.outbox.put(rows))

    async def listens(self, lost_after: LostAfter, *, begins: bool = False) -> None:
        """People are heard from now on, or still: whoever may have sent something while nobody
        listened is asked for it once more.
        """
        setup, now = self.setup, self._clock.now()

        def say(uow: UnitOfWork) -> bool:
            return listens(uow, setup, lost_after, now, begins=begins)

        if await self._store.transact(say, background=True):
            self.on_change()

    async def handle(self, inbound: Inbound) -> Answer:
        """Do what a person asks, durably, and give what they see. Never raises."""
        now = self._clock.now()
        try:
            answer = await self._store.transact(lambda uow: self._work(uow, inbound, now))
        except _NothingDone as nothing:
            return nothing.answer
        except Exception as problem:  # noqa: BLE001 - the one error boundary
            error_id = uuid.uuid4().hex[:8]
            log.error("error %s on %s: %s", error_id, inbound.channel, where(problem))  # noqa: TRY400
            return Answer(card=general.went_wrong(error_id), undone=True)
        self.on_change()
        return answer

    def _work(self, uow: UnitOfWork, inbound: Inbound, now: datetime) -> Answer:
        setup = self._setup_of(inbound.school)
        school = setup.school.id
        person = sender(uow, setup, inbound)
        if person is None:
            raise _NothingDone(Answer(card=general.stranger()))
        uow.inbox.take_turn(school, person.id)
        scene = Scene(uow, setup, now, inbound, person, lambda: uuid.uuid4().hex)
        delivery = f"{person.id}.{inbound.delivery}"  # nobody is answered with another's answer
        if not uow.inbox.claim(school, inbound.channel, delivery, now):
            memory = uow.inbox.recall(school, inbound.channel, delivery) or {}
            if memory.get("form"):
                raise _NothingDone(_answered(scene, again(scene, memory["form"])))
            raise _NothingDone(_answered(scene, Reply.from_memory(memory)))
        reply = unsure(scene, act) if inbound.unsure else act(scene)
        if not scene.changed:
            raise _NothingDone(_answered(scene, reply))
        uow.inbox.remember(school, inbound.channel, delivery, reply.as_memory())
        keep_what_it_was(scene)
        return _answered(scene, reply)

    async def wake_due(self) -> int:
        """Wake every visit that is due, each in a transaction of its own; give how many.

        One that raises is pushed back a little and logged; it can't stop the others.
        """
        now = self._clock.now()
        due = await self._store.transact(lambda uow: uow.visits.due(now, BATCH), background=True)
        for few in (due[n : n + CHUNK] for n in range(0, len(due), CHUNK)):
            await asyncio.gather(*(self._wake_one(school, visit, now) for school, visit in few))
            self.on_change()
        return len(due) + await self._ask_authors(now)

    async def _ask_authors(self, now: datetime) -> int:
        """Ask whoever set a flag whether it still holds, each in a transaction of its own."""
        due = await self._store.transact(lambda uow: uow.flags.due(now, BATCH), background=True)
        for school, flag in due:
            try:
                ask = partial(self._ask_author, school, flag, now)
                await self._store.transact(ask, background=True)
            except Exception as problem:  # noqa: BLE001 - one flag can't stop the others
                log.error("asking about a flag failed, again later: %s", where(problem))  # noqa: TRY400
                later = partial(_ask_later, school, flag, now + LONGEST_PUSH_BACK)
                await self._store.transact(later, background=True)
        if due:
            self.on_change()
        return len(due)

    def _ask_author(self, school: str, flag: str, now: datetime, uow: UnitOfWork) -> None:
        ask_authors(uow, flag, self._setup_of(school), now)

    async def _wake_one(self, school: str, visit: str, now: datetime) -> None:
        try:
            await self._store.transact(partial(self._wake, school, visit, now), background=True)
        except Exception as problem:  # noqa: BLE001 - one visit can't stop the others
            log.error("waking %s failed, again later: %s", visit, where(problem))  # noqa: TRY400
            again = self._unwoken.failed((school, visit), now)
            later = partial(_push_back, school, visit, again)
            await self._store.transact(later, background=True)
        else:
            self._unwoken.woken((school, visit))

    def unwoken(self) -> timedelta:
        """For how long, at the worst, a visit has been due whose waking fails."""
        return self._unwoken.longest(self._clock.now())

    def _wake(self, school: str, visit: str, now: datetime, uow: UnitOfWork) -> None:
        # A school that is served elsewhere raises: put off, or it would be due for ever.
        carry_out(uow, visit, Wake(), self._setup_of(school), now)

    async def deliver_due(self, *, urgent: bool = False) -> int:
        """Send one batch of what is due, or of what is urgent alone; give how many parcels."""
        return await self._deliverer.deliver_due(urgent=urgent)

    async def next_moment(self, *, board: bool = True) -> datetime | None:
        """When something next falls due: a visit's wake, or a parcel; without the board's, what a
        person would next notice.
        """
        now = self._clock.now()

        def look(uow: UnitOfWork) -> datetime | None:
            due = uow.outbox.next_due(now, but="" if board else BOARD)
            moments = (uow.visits.next_wake(), uow.flags.next_due(), due)
            return min((m for m in moments if m), default=None)

        return await self._store.transact(look, background=True)

    async def tidy(self) -> None:
        """Forget what was settled and done long ago, a little in each transaction, so that nobody's
        press waits for it.
        """
        now = self._clock.now()

        def forget(uow: UnitOfWork) -> int:
            return uow.outbox.forget_before(now - KEEP_SETTLED, TIDY) + uow.inbox.forget_before(
                now - KEEP_DELIVERIES, TIDY
            )

        while await self._store.transact(forget, background=True):
            pass
        for setup in (self.setup, *self._others.values()):
            await self._remember(setup, now)

    async def _remember(self, setup: Setup, now: datetime) -> None:
        """Destroy flags that ended long ago; make the hashes that older visits lack."""
        school, shown_until = setup.school.id, now - setup.policy.flags_shown_after

        def forget(uow: UnitOfWork) -> int:
            return uow.flags.forget_before(school, shown_until, TIDY)

        while await self._store.transact(forget, background=True):
            pass
        last = ""
        while last := await self._store.transact(partial(_mark, school, last), background=True):
            pass

    async def catch_up(self) -> None:
        """Do everything that is due now, and what follows from it at once."""
        while await self.wake_due() + await self.deliver_due():
            pass


def _answered(scene: Scene, reply: Reply) -> Answer:
    """What they see, and what they pressed on as it is by now."""
    fresh = None if scene.inbound.unsure else afresh(scene)
    return replace(scene.answer(reply), fresh=fresh)


def _mark(school: str, after: str, uow: UnitOfWork) -> str:
    return uow.visits.mark_older(school, after, TIDY)


def _ask_later(school: str, flag: str, until: datetime, uow: UnitOfWork) -> None:
    uow.flags.ask(school, flag, until)


def _push_back(school: str, visit: str, until: datetime, uow: UnitOfWork) -> None:
    uow.visits.rouse(school, visit, until)
