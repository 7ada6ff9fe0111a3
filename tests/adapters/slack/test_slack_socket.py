"""Socket Mode: it comes back by itself, and nothing pressed is lost."""

import asyncio

from bot.cards.general import sentence
from bot.ports import Answer, Press
from tests.adapters.slack.placed import Placed, placed


async def reconnects(there: Placed) -> None:
    async with asyncio.timeout(10):
        await there.double.sockets.connected.wait()


async def test_it_reconnects_when_slack_asks_for_it() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        for reason in ("warning", "refresh_requested"):
            await there.double.sockets.part(reason)
            await asyncio.sleep(0.05)
            await reconnects(there)
        assert (await there.double.user("U0ANA").says("ok")).ok
        assert len(there.core.heard) == 1


async def test_it_reconnects_when_the_line_is_cut() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        there.double.sockets.cut()
        await asyncio.sleep(0.05)
        await reconnects(there)
        assert (await there.double.user("U0ANA").says("ok")).ok


async def test_it_connects_once_slack_is_there_again() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        for _ in range(2):
            there.double.trouble.once("apps.connections.open", "status")
        there.double.sockets.cut()
        await asyncio.sleep(0.1)
        await reconnects(there)
        assert (await there.double.user("U0ANA").shortcut()).ok


async def test_an_event_that_a_cut_line_swallowed_comes_again_and_is_the_same_deed() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        first = asyncio.Event()

        async def slow(_: object) -> Answer:
            if not first.is_set():
                first.set()
                there.double.sockets.cut()
                await asyncio.sleep(0.1)
            return Answer()

        there.core.handle = slow
        there.double.delivery.within = 1.0
        assert (await there.double.user("U0ANA").says("help")).ok
        assert len({each.delivery for each in there.core.heard}) == 1
        assert len(there.core.heard) >= 2


async def test_a_deed_in_hand_is_acknowledged_before_the_end() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)

        begun = asyncio.Event()

        async def slow(_: object) -> Answer:
            begun.set()
            await asyncio.sleep(0.3)
            return Answer(card=sentence("Thank you."))

        there.core.handle = slow
        pressing = asyncio.create_task(there.double.user("U0ANA").command("ok"))
        await begun.wait()
        await there.plugged.stop()
        taken = await pressing
        assert taken.ok
        assert taken.body["text"] == "Thank you."


async def test_several_at_once_are_taken_side_by_side() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        gate = asyncio.Barrier(3)

        async def together(_: object) -> Answer:
            await gate.wait()
            return Answer()

        there.core.handle = together
        users = [there.double.user(each) for each in ("U0ANA", "U0SAM", "U0OLU")]
        taken = await asyncio.gather(*(user.shortcut() for user in users))
        assert all(each.ok for each in taken)
        assert [each.act for each in there.core.heard] == [Press("plan")] * 3
