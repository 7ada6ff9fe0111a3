"""Socket Mode: it comes back by itself, and nothing pressed is lost."""

import asyncio

import pytest

from adapters.slack import troubles
from bot.cards.general import sentence
from bot.ports import Answer, GiveUp, Press
from tests.adapters.slack.placed import Placed, placed


async def reconnects(there: Placed) -> None:
    async with asyncio.timeout(10):
        await there.double.sockets.connected.wait()


async def test_it_reconnects_when_slack_asks_for_it() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        for reason in ("warning", "refresh_requested"):
            await there.double.sockets.part(reason)
            await reconnects(there)
        assert (await there.double.user("U0ANA").says("ok")).ok
        assert len(there.core.heard) == 1


async def test_it_reconnects_when_the_line_is_cut() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        there.double.sockets.cut()
        await reconnects(there)
        assert (await there.double.user("U0ANA").says("ok")).ok


async def test_it_connects_once_slack_is_there_again() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        for _ in range(2):
            there.double.trouble.once("apps.connections.open", "status")
        there.double.sockets.cut()
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


async def test_a_deed_in_hand_is_acknowledged_on_the_line_that_slack_asked_us_to_leave() -> None:
    async with placed(socket=True) as there:
        await reconnects(there)
        (old,), begun = there.double.sockets.open, asyncio.Event()

        async def slow(_: object) -> Answer:
            begun.set()
            await there.until(lambda: any(line is not old for line in there.double.sockets.open))
            return Answer(card=sentence("Thank you."))

        there.core.handle = slow
        pressing = asyncio.create_task(there.double.user("U0ANA").command("ok"))
        await begun.wait()
        await there.double.sockets.part("warning")
        taken = await pressing
        assert taken.ok
        assert taken.body["text"] == "Thank you."


async def test_a_line_that_breaks_as_soon_as_it_stands_is_not_hammered() -> None:
    async with placed(socket=True) as there:
        for _ in range(3):
            await reconnects(there)
            there.double.sockets.cut()
            await asyncio.sleep(0.05)
        opened = [name for name, _ in there.double.workspace.calls if "connections" in name]
        assert len(opened) < 6
        await reconnects(there)


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


async def test_a_minute_without_a_connection_is_told_and_so_is_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(troubles, "LONG", 0.2)
    async with placed(socket=True) as there:
        await reconnects(there)
        there.double.trouble.always("apps.connections.open", "status")
        there.double.sockets.cut()
        await there.until(lambda: there.core.problems == [troubles.UNHEARD])
        there.double.trouble.over()
        await there.until(lambda: there.core.problems == [troubles.UNHEARD, ""])
        await there.double.sockets.part()
        await reconnects(there)
        assert there.core.problems[2:] == [], "a change of lines is nothing"


async def test_a_token_that_is_revoked_meanwhile_is_told_once() -> None:
    async with placed() as there:
        there.double.workspace.revoked = "token_revoked"
        for key in ("a", "b"):
            with pytest.raises(GiveUp):
                await there.plugged.channel.post("U0ANA", sentence("n"), urgent=True, key=key)
        (said,) = there.core.problems
        assert "SLACK_BOT_TOKEN (token_revoked)" in said
        there.double.workspace.revoked = ""
        await there.plugged.channel.post("U0ANA", sentence("n"), urgent=True, key="a")
        assert there.core.problems == [said, ""]
