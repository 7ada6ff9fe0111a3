"""The board (S16): one message of the office, edited in place, that goes on whatever happens."""

import asyncio
from datetime import timedelta

import pytest

from bot.cards import draw
from bot.cards.general import not_yours
from bot.cards.model import Card
from bot.cards.overview import Overview
from bot.engine.board import BOARD
from bot.ports import Parcel, Store, TryLater, UnitOfWork
from tests.kit import KIT
from tests.stories.cast import school_text
from tests.stories.conftest import Opener
from tests.stories.world import Chat, Message, World, asked, out, said

NO_CHANNEL = school_text().replace('web = "office"', "", 1)
FAR = timedelta(days=9)


def board(world: World, address: str = "office") -> Message:
    (message,) = world.chat.boards(address)
    return message


async def shows(world: World, words: str, address: str = "office") -> None:
    """The board shows this, a few seconds after the last change."""
    await world.advance("4s")
    text = said(board(world, address).card)
    assert words in text, text


class _LookedOnly(Exception):
    """Rolls the look back."""


async def waiting(world: World) -> list[Parcel]:
    """The rows of the board that wait in the outbox, the earliest first."""
    found: list[Parcel] = []

    def look(uow: UnitOfWork) -> None:
        then = world.clock.now() + FAR
        found[:] = [p for p in uow.outbox.lease(then, 9999, then) if p.slot == BOARD]
        raise _LookedOnly

    with pytest.raises(_LookedOnly):
        await world.store.transact(look)
    return found


async def test_S16_the_board_is_posted_once_and_edited_with_every_change(world: World) -> None:
    await world.engine.begin()
    await world.catch_up()
    await shows(world, "Nobody is out, as of 13:00.")
    await asked(world)
    await shows(world, "Nobody is out, as of 13:00.")
    await world.priya.presses("Approve")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await shows(world, "1 visit is out.")
    await shows(world, "Ana Teach: 14 Oak Road. Due back 14:00. Last heard 13:15, leaving.")
    await world.advance("5m")
    await world.ana.says("arrived")
    await shows(world, "Last heard 13:20, arriving.")
    await world.ana.says("help")
    await shows(world, "1 visit is in trouble.")
    await shows(world, "Ana Teach asked for help at 13:20. Nobody has it yet.")
    await world.olu.presses("I'm on it", office=True)
    await shows(world, "Olu Desk has it, until 13:30.")
    assert board(world).card.tone == "alarm"
    await world.lee.says("where is everyone")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="yes")
    await shows(world, "Nobody is out, as of 13:20.")
    assert board(world).edits > 5
    assert not board(world).urgent
    assert "Canary" not in said(board(world).card)


async def test_P6_nobody_but_the_office_has_a_board(world: World) -> None:
    await out(world)
    await world.advance("30m")
    assert [who for who in ("office", *world.people) if world.chat.boards(who)] == ["office"]
    world.tom.does_not_see("Oak")


async def test_S16_it_is_refreshed_every_five_minutes_and_leaves_no_trail(world: World) -> None:
    await world.engine.begin()
    await world.catch_up()
    known, first = len(await waiting(world)), board(world)
    for minute in range(5, 60, 5):
        await world.advance("5m")
        await shows(world, f"as of 13:{minute:02}")
        assert len(await waiting(world)) == known == 1
    assert board(world) is first
    assert first.edits == 11


async def test_S16_many_changes_at_one_time_are_one_row_and_one_edit(world: World) -> None:
    await out(world)
    await shows(world, "as of 13:15")
    before = board(world).edits
    for _ in range(5):
        await world.ana.says("ok")
        await world.ana.says("arrived")
    assert len(await waiting(world)) == 2, "the changes, and the next refresh"
    await shows(world, "Last heard 13:15")
    assert board(world).edits == before + 1


async def test_S16_the_next_thing_to_happen_is_one_that_a_person_notices(world: World) -> None:
    await world.engine.begin()
    await world.catch_up()
    refresh = await world.engine.next_moment()
    assert refresh == world.clock.now() + timedelta(minutes=5)
    assert await world.engine.next_moment(board=False) is None


async def test_S16_it_goes_on_after_a_restart(opener: Opener) -> None:
    world = World(opener())
    await out(world)
    await shows(world, "as of 13:15")
    await world.store.close()
    world.outage("20m")
    again = World(opener(), before=world)
    await again.catch_up()
    await shows(again, "as of 13:35")
    await again.advance("5m")
    await shows(again, "as of 13:40")
    assert len(await waiting(again)) == 1


async def test_S16_while_the_channel_is_slow_nothing_piles_up_and_it_is_true_again_after(
    world: World,
) -> None:
    visit = await out(world)
    await shows(world, "as of 13:15")
    world.chat.flaky.add("office")
    for _ in range(12):
        await world.olu.does_on(visit, "ask_if_ok")
        await world.ana.says("ok")
        await world.advance("20s")
    assert len(await waiting(world)) <= 2, "the next try, and the next refresh"
    (message,) = world.chat.boards("office")
    assert "as of 13:15" in said(message.card)
    world.chat.flaky.clear()
    await world.advance("30s")
    await shows(world, "as of 13:19")
    await shows(world, "saying OK")
    assert len(await waiting(world)) == 1


async def test_S16_an_office_channel_that_refuses_stops_no_alarm_and_is_tried_again(
    world: World,
) -> None:
    world.chat.dead.add("office")
    await out(world)
    await world.ana.says("help")
    assert world.bo.sees("asked for help").urgent
    await world.advance("6m")
    world.lee.sees("asked for help")
    assert world.chat.boards("office") == []
    assert len(await waiting(world)) <= 2
    world.chat.dead.clear()
    await world.advance("5m")
    await shows(world, "1 visit is in trouble.")


async def test_S16_a_board_that_cannot_be_drawn_stops_no_alarm_and_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(overview: Overview) -> Card:
        raise ZeroDivisionError(overview.reader)

    sound = draw.ABOUT_NO_VISIT
    monkeypatch.setattr(draw, "ABOUT_NO_VISIT", {**sound, "board": broken})
    await out(world)
    await world.ana.says("help")
    world.office_alarmed("Ana Teach")
    world.office_sees("Out: Ana Teach")
    assert world.chat.boards("office") == []
    monkeypatch.setattr(draw, "ABOUT_NO_VISIT", sound)
    await world.advance("1m")
    await shows(world, "1 visit is in trouble.")
    assert len(await waiting(world)) == 1


async def test_P5_without_an_office_channel_each_holder_of_the_role_has_a_board(
    store: Store,
) -> None:
    world = World(store, text=NO_CHANNEL)
    await out(world)
    await shows(world, "1 visit is out.", "olu")
    assert [who for who in ("office", *world.people) if world.chat.boards(who)] == ["olu"]
    await world.advance("5m")
    await shows(world, "as of 13:20", "olu")


async def test_P6_whoever_leaves_the_office_keeps_no_names_on_an_old_board(store: Store) -> None:
    world = World(store, text=NO_CHANNEL)
    await out(world)
    await shows(world, "1 visit is out.", "olu")
    former = board(world, "olu")
    await world.reads(
        NO_CHANNEL.replace('roles = ["office", "admin"]', 'roles = ["admin"]').replace(
            'id = "tom"\nname = "Tom Outside"\nroles = ["staff"]',
            'id = "tom"\nname = "Tom Outside"\nroles = ["office"]',
        )
    )
    await shows(world, "1 visit is out.", "tom")
    await world.advance("5m")
    assert former.card == not_yours()
    await world.advance("10m")
    await shows(world, "as of 13:30", "tom")
    assert {p.recipient for p in await waiting(world)} == {"tom"}


async def test_S16_two_replicas_keep_one_board(opener: Opener) -> None:
    world = World(opener())
    other = World(opener(), before=world)
    await out(world)
    for _ in range(6):
        world.clock.moment += timedelta(minutes=5)
        both = [each.engine.catch_up() for each in (world, other)]
        await asyncio.gather(world.engine.begin(), other.engine.begin(), *both)
        await world.catch_up()
        await shows(world, f"as of {world.clock.now():%H:%M}")
        assert len(await waiting(world)) == 1
    await other.store.close()


async def test_S16_the_board_that_somebody_deleted_is_posted_again(world: World) -> None:
    await out(world)
    world.chat.messages["office"] = world.chat.told("office")
    await world.advance("5m")
    await shows(world, "as of 13:20")


async def test_S16_a_board_whose_posting_was_not_confirmed_is_not_posted_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = world.chat.post

    async def unsure(address: str, card: Card, *, urgent: bool, key: str) -> str:
        await sound(address, card, urgent=urgent, key=key)
        msg = "it arrived, and the answer was lost"
        raise TryLater(msg)

    await world.engine.begin()
    with monkeypatch.context() as patched:
        patched.setattr(Chat, "post", lambda _, *args, **named: unsure(*args, **named))
        await world.catch_up()
    await world.advance("1m")
    await world.advance("5m")
    await shows(world, "as of 13:06")
