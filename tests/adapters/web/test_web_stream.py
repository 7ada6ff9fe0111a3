import json
from typing import Any

from bot.cards.model import Card, Text
from tests.adapters.web.behind import OURS, START, Client, School, act
from tests.adapters.web.samples import EVERYTHING


async def read_events(client: Client, count: int, deed: Any = None) -> list[tuple[str, Any]]:
    """The first events of a page that has just connected; ``deed`` runs once it listens."""
    events: list[tuple[str, Any]] = []
    async with client.get("/api/events") as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        kind = ""
        while len(events) < count:
            line = (await response.content.readline()).decode().strip()
            assert not response.content.at_eof()
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            if name == "data":
                events.append((kind, json.loads(value)))
                if kind == "hello" and deed:
                    await deed()
    return events


async def test_an_open_page_hears_everything_in_order(client: Client, school: School) -> None:
    async def deed() -> None:
        ref = await school.channel.post("ana", EVERYTHING, urgent=True, key="k")
        await school.channel.edit("ana", ref, Card("n", "Line\nbreaks\r\nand \u2028", (Text("x"),)))
        await act(client, kind="say", text="ok")
        await client.post("/api/clock", json={"skip": 300}, headers=OURS)
        await client.post("/api/reset", json={}, headers=OURS)

    events = await read_events(client, 7, deed)
    assert [kind for kind, _ in events] == [
        *("hello", "post", "edit", "post", "clock", "reset", "clock")
    ]
    assert [event["seq"] for _, event in events[1:]] == [1, 2, 3, 4, 5, 6]
    assert events[0][1]["now"] == START.isoformat()


async def test_the_state_says_which_events_it_holds(client: Client, school: School) -> None:
    await school.channel.post("ana", EVERYTHING, urgent=True, key="k")
    async with client.get("/api/state") as response:
        state = await response.json()
        assert response.headers["Cache-Control"] == "no-store"
    assert state["seq"] == 1
    assert len(state["panes"]["ana"]) == 1
    assert state["now"] == START.isoformat()


async def test_stopping_lets_every_page_go_at_once(client: Client, school: School) -> None:
    async with client.get("/api/events") as response:
        assert b"retry" in await response.content.readline()
        assert school.channel.hub.listeners == 1
        school.channel.hub.close()
        assert (await response.content.read()).endswith(b"\n\n")
    assert school.channel.hub.listeners == 0
