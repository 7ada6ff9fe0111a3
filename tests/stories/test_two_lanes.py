"""An alarm never waits for a routine send, and what is sent side by side ends up right."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.cards.model import Card
from bot.domain.commands import Acknowledge, Arrive, AskForHelp, Command, StandDown
from bot.engine.carry_out import carry_out
from bot.ports import PostAnew, Store
from tests.stories.world import Chat, World, out, said
from tests.waiting import until

SOON = 10.0
"""Seconds of real time in which something that doesn't wait is done, on a busy machine too. What
hangs does so until it is let go.
"""


@dataclass(slots=True)
class Stuck(Chat):
    """Sends of one kind to the office hang until they are let go."""

    routine: bool = False
    board: bool = False
    alarms: bool = False
    gone: bool = False
    hung: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        kind = self.board if card.pinned else self.alarms if urgent else self.routine
        await self._hang(address, kind)
        return await Chat.post(self, address, card, urgent=urgent, key=key)

    async def edit(self, address: str, reference: str, card: Card) -> None:
        hung = await self._hang(address, self.board if card.pinned else self.routine)
        if hung and self.gone:
            raise PostAnew(reference)
        await Chat.edit(self, address, reference, card)

    async def _hang(self, address: str, stuck: bool) -> bool:
        if stuck and address == "office":
            self.hung.set()
            await self.let_go.wait()
            return True
        return False


def stuck(store: Store) -> tuple[World, Stuck]:
    before = World(store)
    chat = Stuck(before.clock)
    before.chat = chat
    return World(store, before=before), chat


async def hangs(chat: Stuck) -> None:
    async with asyncio.timeout(SOON):
        await chat.hung.wait()


def alarmed(chat: Chat, known: int) -> bool:
    """The office, by a new message, after the first ``known``."""
    return any(p.address == "office" and p.urgent for p in chat.log[known:])


async def does(world: World, visit: str, command: Command) -> None:
    """What a press does, without sending anything."""
    setup, now = world.engine.setup, world.clock.now()
    done = await world.store.transact(lambda uow: carry_out(uow, visit, command, setup, now))
    assert done is not None
    assert done.refused is None, done.refused


async def test_S16_neither_an_alarm_nor_a_notice_waits_for_a_board_that_hangs(
    store: Store,
) -> None:
    world, chat = stuck(store)
    visit = await out(world)
    chat.board = True
    await world.engine.begin()
    hanging = asyncio.create_task(world.engine.deliver_due())
    async with asyncio.timeout(SOON):
        await hangs(chat)
        await does(world, visit.id, Arrive("ana"))
        await world.engine.deliver_due()
        world.office_sees("arriv")
        await does(world, visit.id, AskForHelp("ana"))
        await world.engine.deliver_due()
        world.office_alarmed("Ana Teach")
    chat.let_go.set()
    await hanging


async def test_S8_an_alarm_does_not_wait_for_routine_sends_that_hang(store: Store) -> None:
    world, chat = stuck(store)
    visit = await out(world)
    chat.routine = True
    await does(world, visit.id, Arrive("ana"))  # the office's notice follows, and hangs
    sending = [asyncio.create_task(world.engine.deliver_due())]
    await hangs(chat)
    await does(world, visit.id, AskForHelp("ana"))
    known = len(chat.log)
    sending.append(asyncio.create_task(world.engine.deliver_due()))
    await until(lambda: alarmed(chat, known))
    assert not sending[0].done()
    assert "Ana Teach asked for help" in said(world.office_alarmed("Ana Teach").card)
    chat.let_go.set()
    await asyncio.gather(*sending)


@pytest.mark.parametrize("gone", [False, True])
async def test_S9_an_edit_that_ends_late_does_not_take_the_slot_back(
    store: Store, *, gone: bool
) -> None:
    world, chat = stuck(store)
    visit = await out(world)
    await does(world, visit.id, AskForHelp("ana"))
    await world.catch_up()
    chat.routine, chat.gone = True, gone
    await does(world, visit.id, Acknowledge("bo"))
    editing = asyncio.create_task(world.engine.deliver_due())
    await hangs(chat)
    await does(world, visit.id, AskForHelp("ana"))  # a new message, past the edit that hangs
    known = len(chat.log)
    await asyncio.wait_for(world.engine.deliver_due(), SOON)
    assert alarmed(chat, known)
    assert not editing.done()
    chat.let_go.set()
    await editing
    chat.gone = False
    await over(world, visit.id)


async def test_S9_an_alarm_that_ends_while_its_message_is_on_the_way_is_mended(
    store: Store,
) -> None:
    world, chat = stuck(store)
    visit = await out(world)
    chat.alarms = True
    await does(world, visit.id, AskForHelp("ana"))
    posting = asyncio.create_task(world.engine.deliver_due())
    await hangs(chat)
    await does(world, visit.id, StandDown("lee", 1, 1, "seen", over=False))
    await asyncio.wait_for(world.engine.deliver_due(), SOON)  # before the message is there
    chat.let_go.set()
    await posting
    await world.catch_up()
    assert not [m for m in world.office_messages if m.card.tone == "alarm"]


async def over(world: World, visit_id: str) -> None:
    """End the alarm: no message of it may go on asking anybody to act."""
    alarm = (await world.visit(visit_id)).alarm
    assert alarm is not None
    await does(world, visit_id, StandDown("lee", alarm.number, alarm.calls, "seen", over=False))
    await world.catch_up()
    assert not [m for m in world.office_messages if m.card.tone == "alarm"]
