"""Sending: what the engine is told of each failure, and what people then have before them."""

import asyncio
import time

import pytest

from adapters.slack.pacing import Pacing
from bot.cards.model import Button, Buttons, Card, Items, Text
from bot.ports import GiveUp, PostAnew, TryLater
from tests.adapters.slack.placed import OFFICE, Placed
from tests.slack_double import reading
from tests.slack_double.trouble import Kind

CARD = Card(
    "Ana Teach is out, due back 14:45",
    "Out: Ana Teach.",
    (Text("Due back 14:45."), Buttons((Button("They phoned: OK", "phoned_ok", "v1", 3),))),
)


async def posts(
    there: Placed, address: str = "U0ANA", *, urgent: bool = False, key: str = "k"
) -> str:
    return await there.plugged.channel.post(address, CARD, urgent=urgent, key=key)


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "cannot_dm_bot",
        "restricted_action",
        "missing_scope",
        "messages_tab_disabled",
    ],
)
async def test_an_address_that_cannot_be_reached_is_given_up(there: Placed, error: str) -> None:
    there.double.trouble.once("chat.postMessage", "error", error=error)
    with pytest.raises(GiveUp, match=error):
        await posts(there)


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_without_a_token_the_ladder_climbs_and_the_rest_waits(
    there: Placed, error: str
) -> None:
    there.double.trouble.always("chat.postMessage", "error", error=error)
    with pytest.raises(GiveUp, match=error):
        await posts(there, urgent=True)
    with pytest.raises(TryLater) as later:
        await posts(there)
    assert later.value.after == 60
    there.double.trouble.over()
    await posts(there)
    assert there.double.user("U0ANA").phone == [CARD.notification]


async def test_a_limit_pauses_the_conversation_for_as_long_as_slack_said(there: Placed) -> None:
    there.double.trouble.once("chat.postMessage", "limit", after=7)
    with pytest.raises(TryLater) as later:
        await posts(there)
    assert later.value.after == 7
    calls = len(there.double.workspace.calls)
    with pytest.raises(TryLater) as again:
        await posts(there, urgent=True)
    assert again.value.after is not None
    assert 6 < again.value.after <= 7
    assert len(there.double.workspace.calls) == calls, "it was not asked again"
    await posts(there, "U0SAM")


@pytest.mark.parametrize("kind", ["status", "drop", "lose", "page"])
async def test_a_routine_send_that_failed_comes_once_in_the_end(there: Placed, kind: Kind) -> None:
    there.double.trouble.once("chat.postMessage", kind)
    with pytest.raises(TryLater):
        await posts(there)
    reference = await posts(there)
    (message,) = there.double.user("U0ANA").messages()
    assert message.ts == reference


@pytest.mark.parametrize("kind", ["status", "drop", "lose", "page"])
@pytest.mark.parametrize("address", ["U0ANA", OFFICE])
async def test_an_urgent_send_whose_answer_was_lost_comes_once_and_at_once(
    there: Placed, kind: Kind, address: str
) -> None:
    there.double.trouble.once("chat.postMessage", kind)
    start = time.monotonic()
    reference = await posts(there, address, urgent=True)
    assert time.monotonic() - start < 3
    channel = OFFICE if address == OFFICE else ""
    (message,) = there.double.user("U0OLU" if channel else "U0ANA").messages(channel)
    assert message.ts == reference


async def test_where_history_may_not_be_read_the_urgent_send_is_repeated(there: Placed) -> None:
    there.double.workspace.scopes = there.double.workspace.scopes.replace("groups:history,", "")
    there.double.trouble.once("chat.postMessage", "lose")
    await posts(there, OFFICE, urgent=True)
    assert len(there.double.user("U0OLU").messages(OFFICE)) == 2, "doubling is harmless"


async def test_the_key_in_the_metadata_names_nobody(there: Placed) -> None:
    await posts(there, key="visit-3.out.ana")
    (message,) = there.double.user("U0ANA").messages()
    assert "ana" not in str(message.metadata)


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
async def test_a_card_that_slack_refuses_goes_as_a_line_of_text(there: Placed, error: str) -> None:
    there.double.trouble.once("chat.postMessage", "error", error=error)
    reference = await posts(there, urgent=True)
    (message,) = there.double.user("U0ANA").messages()
    assert (message.ts, message.blocks) == (reference, [])
    assert "Out: Ana Teach." in message.text


@pytest.mark.parametrize(
    "error", ["message_not_found", "cant_update_message", "edit_window_closed"]
)
async def test_an_edit_of_what_is_gone_asks_for_a_new_post(there: Placed, error: str) -> None:
    reference = await posts(there)
    there.double.trouble.once("chat.update", "error", error=error)
    with pytest.raises(PostAnew):
        await there.plugged.channel.edit("U0ANA", reference, CARD)


async def test_an_edit_that_found_no_answer_is_tried_later(there: Placed) -> None:
    reference = await posts(there)
    for kind in ("status", "drop", "limit"):
        there.double.trouble.once("chat.update", kind)
        with pytest.raises(TryLater):
            await there.plugged.channel.edit("U0ANA", reference, CARD)
    await there.plugged.channel.edit("U0ANA", reference, CARD)


async def test_only_what_is_urgent_mentions_people(there: Placed) -> None:
    await posts(there, "U0ANA", key="routine")
    await posts(there, "U0ANA", key="urgent", urgent=True)
    routine, urgent = there.double.user("U0ANA").messages()
    assert reading.strange(routine.blocks) == []
    assert reading.strange(urgent.blocks) == ["user U0ANA"]
    assert "U0ANA" not in urgent.text


async def test_only_what_is_urgent_lights_up_whoever_is_in_the_office(there: Placed) -> None:
    await posts(there, OFFICE, key="routine")
    await posts(there, OFFICE, key="urgent", urgent=True)
    routine, urgent = there.double.user("U0OLU").messages(OFFICE)
    assert reading.strange(routine.blocks) == []
    assert reading.strange(urgent.blocks) == ["user U0OLU"]


async def test_the_board_is_pinned_and_stands_where_it_cannot_be(there: Placed) -> None:
    board = Card("Who is out", "Who is out.", pinned=True)
    reference = await there.plugged.channel.post(OFFICE, board, urgent=False, key="board")
    assert there.double.workspace.rooms[OFFICE].pins == [reference]
    there.double.trouble.once("pins.add", "error", error="missing_scope")
    await there.plugged.channel.post(OFFICE, board, urgent=False, key="board 2")
    assert len(there.double.user("U0OLU").messages(OFFICE)) == 2


async def test_a_card_that_is_too_long_is_shortened_visibly_and_keeps_its_buttons(
    there: Placed,
) -> None:
    many = tuple(Text(f"{n} {'word ' * 200}") for n in range(80))
    buttons = Buttons(tuple(Button(f"Press {n}", "act", f"v{n}", n) for n in range(40)))
    long = Card("n", "A long one.", (*many, Items(("item " * 100,) * 60), buttons))
    reference = await there.plugged.channel.post("U0ANA", long, urgent=False, key="k")
    (message,) = there.double.user("U0ANA").messages()
    assert message.ts == reference
    assert [b.label for b in reading.buttons(message.blocks)] == [f"Press {n}" for n in range(40)]
    assert "…" in " ".join(reading.words(message.blocks))


async def test_alarms_go_first_where_a_conversation_is_busy(there: Placed) -> None:
    there.plugged.channel._pacing = Pacing(0.2)
    start = time.monotonic()
    routine = [asyncio.create_task(posts(there, key=f"r{n}")) for n in range(8)]
    await asyncio.sleep(0.02)
    await posts(there, key="alarm", urgent=True)
    assert not routine[-1].done(), "what came before it is still in the queue"
    await asyncio.gather(*routine)
    assert time.monotonic() - start > 0.5
    there.plugged.channel._pacing = Pacing(60)
    for number in range(5):
        await posts(there, "U0SAM", key=f"s{number}")
    with pytest.raises(TryLater):
        await posts(there, "U0SAM", key="one too many")


async def test_a_send_that_was_stopped_is_looked_for_before_it_goes_again(there: Placed) -> None:
    there.double.trouble.once("chat.postMessage", "hang", seconds=0.3)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await posts(there)
    await asyncio.sleep(0.5)
    await posts(there)
    assert len(there.double.user("U0ANA").messages()) == 1


async def test_answers_are_counted_with_what_is_routine_and_held_up_by_nothing() -> None:
    pacing, loop = Pacing(0.2), asyncio.get_running_loop()
    began = loop.time()
    for _ in range(6):
        pacing.count("U0ANA")
    await pacing.turn("U0ANA", urgent=True)
    assert loop.time() - began < 0.1
    await pacing.turn("U0ANA", urgent=False)
    assert loop.time() - began > 0.3, "seven messages are ahead of it, and four may be at once"
