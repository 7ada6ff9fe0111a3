import sqlite3
from datetime import datetime
from pathlib import Path

from adapters.web.chats import Chats, Typed
from adapters.web.encoding import decode_card, encode_card
from bot.cards.model import Button, Buttons, Card, Text
from tests.adapters.web.behind import START, flip
from tests.adapters.web.samples import EVERYTHING, HOSTILE

CANARY = "canary-Oak-Road"
CARD = Card(f"note {CANARY}", f"title {CANARY}", (Text(CANARY), Buttons((Button(CANARY, "ok"),))))


def file_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("chats.db*"))


def test_a_card_comes_back_as_it_was() -> None:
    assert decode_card(encode_card(EVERYTHING)) == EVERYTHING
    for text in HOSTILE:
        assert decode_card(encode_card(Card(text, text, (Text(text),)))).title == text


async def test_messages_outlive_a_restart_in_order(tmp_path: Path) -> None:
    chats = Chats(tmp_path / "chats.db", flip, flip)
    await chats.add("ana", CARD, key="1", at=START, urgent=True)
    await chats.add("ana", Typed("ana", "ok"), key="2", at=START)
    await chats.add("shah", CARD, key="1", at=START)
    # No close: what was added must be there after a crash as well.
    again = Chats(tmp_path / "chats.db", flip, flip)
    kept = await again.latest("ana")
    assert [message.content for message in kept] == [CARD, Typed("ana", "ok")]
    assert [message.urgent for message in kept] == [True, False]
    assert kept[0].at == START
    assert len(await again.latest("shah")) == 1
    chats.close()
    again.close()


async def test_p8_nothing_that_anybody_said_stands_in_the_file(
    chats: Chats, tmp_path: Path
) -> None:
    message, _ = await chats.add("ana", CARD, key="1", at=START)
    await chats.add("ana", Typed("ana", CANARY), key="2", at=START)
    await chats.replace("ana", message.ref, CARD, START)
    assert CANARY.encode() not in file_bytes(tmp_path)
    assert flip(CANARY.encode()) in file_bytes(tmp_path)


async def test_the_same_key_is_the_same_message(chats: Chats) -> None:
    first, fresh = await chats.add("ana", CARD, key="1", at=START)
    second, again = await chats.add("ana", EVERYTHING, key="1", at=START)
    other, _ = await chats.add("shah", CARD, key="1", at=START)
    assert (fresh, again) == (True, False)
    assert second == first
    assert other.ref != first.ref
    assert len(await chats.latest("ana")) == 1


async def test_replacing_changes_what_stands_there_and_nothing_else(chats: Chats) -> None:
    first, _ = await chats.add("ana", CARD, key="1", at=START)
    later = datetime.fromisoformat("2026-11-24T14:00:00+00:00")
    changed = await chats.replace("ana", first.ref, EVERYTHING, later)
    assert changed is not None
    assert (changed.content, changed.rev, changed.edited_at) == (EVERYTHING, 2, later)
    assert changed.at == first.at
    assert await chats.replace("shah", first.ref, CARD, later) is None
    assert await chats.replace("ana", "unknown", CARD, later) is None


async def test_the_latest_are_given_oldest_first(chats: Chats) -> None:
    for number in range(5):
        await chats.add("ana", Typed("ana", str(number)), key=str(number), at=START)
    kept = await chats.latest("ana", limit=2)
    assert [message.content for message in kept] == [Typed("ana", "3"), Typed("ana", "4")]


async def test_a_lost_key_hides_the_words_and_keeps_the_rest(tmp_path: Path, chats: Chats) -> None:
    await chats.add("ana", CARD, key="1", at=START)

    def refuse(data: bytes) -> bytes:
        raise ValueError(CANARY)

    stranger = Chats(tmp_path / "chats.db", flip, refuse)
    (message,) = await stranger.latest("ana")
    stranger.close()
    assert message.content is None


async def test_clearing_empties_every_pane(chats: Chats, tmp_path: Path) -> None:
    await chats.add("ana", CARD, key="1", at=START)
    await chats.clear()
    assert await chats.latest("ana") == []
    with sqlite3.connect(tmp_path / "chats.db") as db:
        assert db.execute("SELECT count(*) FROM messages").fetchone() == (0,)
    db.close()
