"""What somebody pressed on is before them at once as it then is, on channels where it can be."""

import logging

import pytest

from bot.engine import bundles
from bot.ports import Answer, Inbound, Press
from tests.kit import ticked
from tests.stories.world import REQUEST, Message, World, approved, out, said


async def pressed(
    world: World, who: str, press: Press, on: str, *, office: bool = False, delivery: str = ""
) -> Answer:
    inbound = Inbound(
        "web", delivery or world.delivery(), who, press, in_office=office, pressed_on=on
    )
    return await world.engine.handle(inbound)


def with_button(messages: list[Message], action: str) -> tuple[Message, Press]:
    """The latest of them, and the press."""
    for message in reversed(messages):
        for button in message.card.buttons:
            if button.action == action:
                return message, Press(action, button.visit, button.version, button.args)
    raise AssertionError(action)


async def test_it_is_what_the_message_is_edited_into(world: World) -> None:
    await out(world)
    await world.advance("10m")
    message, ok = with_button(world.ana.messages, "ok")
    before = message.card
    answer = await pressed(world, "ana", ok, message.ref)
    assert answer.fresh is not None
    assert answer.fresh != before
    await world.catch_up()
    assert message.card == answer.fresh


async def test_a_press_that_is_refused_shows_what_stands_there_as_well(world: World) -> None:
    await approved(world)
    message, approve = with_button(world.lee.messages, "withdraw")
    answer = await pressed(world, "lee", Press("approve", approve.visit, 9), message.ref)
    assert answer.fresh == message.card


async def test_the_same_delivery_twice_shows_it_twice(world: World) -> None:
    await out(world)
    message, ok = with_button(world.ana.messages, "ok")
    first = await pressed(world, "ana", ok, message.ref, delivery="twice")
    assert await pressed(world, "ana", ok, message.ref, delivery="twice") == first


async def test_S9_a_list_of_alarms_stays_a_list(world: World) -> None:
    await out(world)
    await world.sam.says("visit")
    times = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00"}
    await world.sam.fills({**REQUEST, **times, "place": "9 Ash Lane", "contact": "bo"})
    await world.priya.presses("Approve")
    await world.sam.presses("I'm leaving now")
    await world.sam.fills(kit=ticked(world.sam.form))
    await world.until("13:50")
    message, on_it = with_button(world.office_messages, "on_it")
    answer = await pressed(world, "olu", on_it, message.ref, office=True)
    assert answer.fresh is not None
    for place in ("14 Oak Road", "9 Ash Lane"):
        assert place in said(answer.fresh)
    await world.catch_up()
    assert message.card == answer.fresh


async def test_P6_nobody_sees_what_stands_before_somebody_else(world: World) -> None:
    await out(world)
    theirs, ok = with_button(world.ana.messages, "ok")
    office, _ = with_button(world.office_messages, "ask_if_ok")
    for who in ("sam", "tom", "olu", "lee"):
        assert (await pressed(world, who, ok, theirs.ref)).fresh is None
        assert (await pressed(world, who, ok, office.ref)).fresh is None, "not from their own chat"
    assert (await pressed(world, "ana", ok, "m999")).fresh is None


async def test_P5_in_the_office_it_is_what_the_office_reads(world: World) -> None:
    await out(world)
    office, ask = with_button(world.office_messages, "ask_if_ok")
    answer = await pressed(world, "olu", ask, office.ref, office=True)
    assert answer.fresh is not None
    await world.catch_up()
    assert office.card == answer.fresh
    assert "Canary" not in said(answer.fresh)
    mine, _ = with_button(world.ana.messages, "ok")
    assert (await pressed(world, "olu", ask, mine.ref, office=True)).fresh is None
    assert (await pressed(world, "tom", ask, office.ref, office=True)).fresh is None


async def test_S3_a_card_that_can_not_be_drawn_undoes_no_deed(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visit = await out(world)
    message, ok = with_button(world.ana.messages, "ok")

    def broken(*_: object) -> None:
        raise LookupError("Canary")

    monkeypatch.setattr(bundles, "draw", broken)
    with caplog.at_level(logging.ERROR):
        answer = await pressed(world, "ana", ok, message.ref)
    assert answer.fresh is None
    assert (await world.visit(visit.id)).version == visit.version + 1
    assert "can't be drawn" in caplog.text
    assert "Canary" not in caplog.text
