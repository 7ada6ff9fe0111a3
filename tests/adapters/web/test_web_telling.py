"""The story's controls, as the page uses them; what it tells is a story of three skips."""

from typing import Any

import pytest

from tests.adapters.web.behind import OURS, START, Client, School, act


async def tell(client: Client, **given: Any) -> tuple[int, Any]:
    async with client.post("/api/story", json=given, headers=OURS) as response:
        return response.status, await response.json()


async def shown(client: Client) -> Any:
    async with client.get("/api/state") as response:
        state = await response.json()
    return {"held": state["held"], **state["story"]}


async def test_a_story_is_told_step_by_step(client: Client, school: School) -> None:
    assert (await shown(client))["mode"] == "off"
    assert await tell(client, do="start") == (200, {"asks": False})
    assert await shown(client) == {
        "held": True,
        "mode": "playing",
        "step": "Step 1 of 3",
        "says": "13:12. A.",
        "look": {},
        "controls": ["pause", "next", "take", "start"],
    }
    await tell(client, do="pause")
    assert (await shown(client))["controls"] == ["play", "next", "take", "start"]
    await tell(client, do="next")
    assert (await shown(client))["says"] == "13:19. B."
    assert (await shown(client))["mode"] == "paused"
    await tell(client, do="play")
    ended = await shown(client)
    assert (ended["mode"], ended["held"]) == ("ended", False)
    assert ended["says"] == "13:26. C. That is all."
    await tell(client, do="next")
    assert len(school.skips) == 3
    await tell(client, do="close")
    assert (await shown(client))["mode"] == "off"


@pytest.mark.parametrize("deed", ["press", "say", "skip"])
async def test_whatever_somebody_does_themselves_takes_over_and_is_done(
    client: Client, school: School, deed: str
) -> None:
    await tell(client, do="start")
    if deed == "skip":
        async with client.post("/api/clock", json={"skip": 300}, headers=OURS):
            assert len(school.skips) == 2
    else:
        await act(client, kind=deed, text="ok")
        assert len(school.heard) == 1
    assert (await shown(client))["mode"] == "taken"
    assert (await shown(client))["held"] is False
    await tell(client, do="next")
    assert len(school.skips) <= 2


async def test_what_was_played_is_wiped_only_with_a_yes(client: Client, school: School) -> None:
    await act(client, kind="say", text="hello")
    assert await tell(client, do="start") == (200, {"asks": True})
    assert await tell(client, do="start", wipe="yes") == (200, {"asks": True})
    assert school.resets == 0
    assert (await shown(client))["mode"] == "off"
    assert await tell(client, do="start", wipe=True) == (200, {"asks": False})
    assert school.resets == 1
    assert (await shown(client))["says"] == f"{START:%H}:12. A."


async def test_starting_afresh_puts_the_story_away(client: Client, school: School) -> None:
    await tell(client, do="start")
    async with client.post("/api/reset", json={}, headers=OURS) as response:
        assert response.status == 200
    assert (await shown(client))["mode"] == "off"
    assert school.resets == 1


@pytest.mark.parametrize("given", [{}, {"do": "rewind"}, {"do": 3}, {"do": ["start"]}])
async def test_what_is_no_control_is_refused_with_a_sentence(client: Client, given: Any) -> None:
    status, answer = await tell(client, **given)
    assert status == 400
    assert answer["error"].startswith("A story is started")


async def test_every_page_hears_where_the_story_stands(client: Client, school: School) -> None:
    with school.channel.hub.listening() as listener:
        await tell(client, do="start")
        kinds = []
        while (event := await listener.next(0.01)) is not None:
            kinds.append(event.kind)
            last = event
    assert kinds == ["clock", "story"]
    assert last.data["says"] == "13:12. A."
