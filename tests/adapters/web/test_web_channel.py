import asyncio

import pytest

from adapters.web.channel import WebChannel
from adapters.web.hub import Hub
from adapters.web.personas import Cast, Persona
from bot.cards.model import Card, Text
from bot.ports import Channel, GiveUp, PostAnew
from tests.adapters.web.behind import START
from tests.adapters.web.samples import EVERYTHING

CARD = Card("Ana, are you OK?", "Ana, are you <OK>?", (Text("Answer by 14:20."),))


def test_it_is_a_channel(channel: WebChannel) -> None:
    wide: Channel = channel
    assert wide.name == "web"


async def test_a_post_is_kept_and_told(channel: WebChannel) -> None:
    with channel.hub.listening() as page:
        ref = await channel.post("ana", CARD, urgent=True, key="k1")
        event = await page.next(5)
    assert event is not None
    assert (event.kind, event.data["pane"], event.data["ref"]) == ("post", "ana", ref)
    assert event.data["notification"] == "Ana, are you OK?"
    assert event.data["urgent"] is True
    html = str(event.data["html"])
    assert html.startswith("<article")
    assert "Ana, are you &lt;OK&gt;?" in html
    assert "13:05" in html
    state = await channel.state()
    assert [message["ref"] for message in state.panes["ana"]] == [ref]
    assert state.panes["shah"] == []


async def test_the_same_key_is_posted_and_told_once(channel: WebChannel) -> None:
    first = await channel.post("ana", CARD, urgent=False, key="k1")
    seq = channel.hub.seq
    assert await channel.post("ana", CARD, urgent=False, key="k1") == first
    assert channel.hub.seq == seq


async def test_an_edit_changes_the_message_in_place(channel: WebChannel) -> None:
    ref = await channel.post("ana", CARD, urgent=False, key="k1")
    with channel.hub.listening() as page:
        await channel.edit("ana", ref, EVERYTHING)
        event = await page.next(5)
    assert event is not None
    assert (event.kind, event.data["ref"], event.data["rev"]) == ("edit", ref, 2)
    assert "notification" not in event.data
    assert "edited" in str(event.data["html"])
    (message,) = (await channel.state()).panes["ana"]
    assert "No answer from Ana Teach." in str(message["html"])


async def test_who_isnt_there_is_given_up_and_what_isnt_there_posted_anew(
    channel: WebChannel,
) -> None:
    ref = await channel.post("ana", CARD, urgent=False, key="k1")
    for deed in (
        channel.post("stranger", CARD, urgent=False, key="k"),
        channel.edit("stranger", ref, CARD),
        channel.say("stranger", "ana", "ok", key="k"),
    ):
        with pytest.raises(GiveUp):
            await deed
    for address, reference in (("ana", "unknown"), ("shah", ref)):
        with pytest.raises(PostAnew):
            await channel.edit(address, reference, CARD)


async def test_s8_a_spare_phone_gets_its_messages_too(channel: WebChannel) -> None:
    ref = await channel.post("pat", CARD, urgent=True, key="k1")
    assert [message["ref"] for message in (await channel.state()).panes["pat"]] == [ref]


async def test_a_state_is_true_for_exactly_its_number(channel: WebChannel) -> None:
    async def poster(number: int) -> None:
        await channel.post("ana", CARD, urgent=False, key=f"k{number}")

    states = await asyncio.gather(
        *(each for n in range(20) for each in (poster(n), channel.state()))
    )
    for state in states:
        if state is not None:
            assert len(state.panes["ana"]) == state.seq


async def test_clearing_empties_the_panes_and_tells_the_pages(channel: WebChannel) -> None:
    await channel.post("ana", CARD, urgent=False, key="k1")
    with channel.hub.listening() as page:
        await channel.clear()
        event = await page.next(5)
    assert event is not None
    assert event.kind == "reset"
    assert not any((await channel.state()).panes.values())


async def test_a_page_that_falls_behind_is_let_go_and_holds_up_nobody() -> None:
    hub = Hub(room=3)
    with hub.listening() as slow, hub.listening() as quick:
        for number in range(5):
            hub.publish("clock", {"number": number})
            event = await quick.next(5)
            assert event is not None
            assert event.data["number"] == number
        assert slow.gone
        assert await slow.next(5) is None
        assert hub.listeners == 1
    assert hub.listeners == 0


async def test_closing_wakes_every_page() -> None:
    hub = Hub()
    with hub.listening() as page:
        waiting = asyncio.create_task(page.next(30))
        await asyncio.sleep(0)
        hub.close()
        assert await waiting is None
        assert page.gone


def test_a_cast_knows_short_names_and_who_sits_at_the_desk() -> None:
    head = Persona("shah", "Mrs Shah", "Head", above_staff=True)
    ana = Persona("ana", "Ana Teach", "teacher")
    assert [each.short for each in (head, ana)] == ["Mrs Shah", "Ana"]
    assert [each.initials for each in (head, ana)] == ["S", "AT"]
    assert Cast((ana, head)).at_desk == "shah"
    with pytest.raises(ValueError, match="same id"):
        Cast((ana, ana))
    assert START.tzinfo is not None
