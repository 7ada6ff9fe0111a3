import asyncio
import re
from datetime import timedelta

import pytest

from bot.ports import Answer, Inbound, Press, Say, Submit
from tests.adapters.web.behind import OURS, START, Client, School, act
from tests.adapters.web.reading import Page
from tests.adapters.web.samples import EVERYTHING, FORM


async def test_the_page_is_whole_and_needs_nothing_from_elsewhere(client: Client) -> None:
    async with client.get("/") as response:
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
        html = await response.text()
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    page = Page(html.removeprefix("<!doctype html>"))
    assert not [a for tag, a in page.tags if tag == "style" or "style" in a]
    assert not [a for _, a in page.tags for name in a if name.startswith("on")]
    assert all(a.get("src") for a in page.of("script"))
    linked = [a.get("src") or a.get("href") or "" for _, a in page.tags]
    for address in {each for each in linked if each}:
        assert address[0] in "/#"
        if address[0] == "/":
            async with client.get(address) as response:
                assert response.status == 200, address
                text = await response.text()
                assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), address


async def test_each_pane_is_named_and_labelled(client: Client) -> None:
    async with client.get("/") as response:
        html = await response.text()
    page = Page(html.removeprefix("<!doctype html>"))
    panes = [a for a in page.of("section") if "data-pane" in a]
    assert [a["aria-label"] for a in panes] == [
        "Ana Teach, teacher",
        "Mrs Shah, Head",
        "Pat Desk, office manager",
        "Office channel, the school office",
    ]
    assert ["hidden" in a for a in panes] == [False, False, True, False]
    assert html.count('aria-live="polite"') == 4
    assert "Message as Pat Desk" in html
    chosen = [a["value"] for a in page.of("option") if "selected" in a]
    assert chosen == ["pat"]


async def test_a_press_reaches_the_core_as_what_it_is(client: Client, school: School) -> None:
    assert await act(client) == (200, {"card": None, "form": None})
    press = Press("depart", "v-1", 4, {"alarm": "2"})
    assert school.heard == [Inbound("web", "11111111-2222", "ana", press)]


async def test_a_press_in_the_office_is_made_by_a_person(client: Client, school: School) -> None:
    await act(client, who="shah", place="office")
    assert school.heard[0].sender == "shah"
    assert school.heard[0].in_office


async def test_an_answer_is_shown_to_whoever_acted(client: Client, school: School) -> None:
    school.answer = Answer(card=EVERYTHING, form=FORM)
    _, answer = await act(client, who="shah", place="office")
    assert "Only Mrs Shah can see this" in answer["card"]
    assert 'data-who="shah"' in answer["card"]
    assert set(EVERYTHING.words) <= set(Page(answer["card"]).words())
    assert Page(answer["form"]).said_in("h3") == ["Plan a visit"]
    assert not any((await school.channel.state()).panes.values())


async def test_a_form_is_taken_as_typed(client: Client, school: School) -> None:
    values = {"purpose": "x" * 3000, "with": "sam,lee", "pupil": ""}
    status, _ = await act(client, kind="submit", form="request", values=values)
    assert status == 200
    assert school.heard[0].act == Submit("request", values, "v-1", 4, {"alarm": "2"})


async def test_a_typed_line_stands_in_the_chat_once(client: Client, school: School) -> None:
    for _ in range(2):
        assert (await act(client, kind="say", text="<b>ok</b>"))[0] == 200
    await act(client, who="shah", place="office", kind="say", text="ok", delivery="other-one")
    assert [each.act for each in school.heard] == [Say("<b>ok</b>"), Say("<b>ok</b>"), Say("ok")]
    panes = (await school.channel.state()).panes
    assert [len(panes[pane]) for pane in ("ana", "shah", "office")] == [1, 0, 1]
    assert "&lt;b&gt;ok&lt;/b&gt;" in str(panes["ana"][0]["html"])
    assert "Mrs Shah" in str(panes["office"][0]["html"])


@pytest.mark.parametrize(
    ("skip", "length"), [(300, timedelta(minutes=5)), (1800, timedelta(minutes=30)), ("next", None)]
)
async def test_the_clock_is_skipped(
    client: Client, school: School, skip: object, length: timedelta | None
) -> None:
    async with client.post("/api/clock", json={"skip": skip}, headers=OURS) as response:
        answer = await response.json()
    assert school.skips == [length]
    assert answer["said"] == "Ana is asked whether she is OK."
    assert answer["now"] == (START + (length or timedelta(minutes=7))).isoformat()


async def test_starting_afresh_empties_everything(client: Client, school: School) -> None:
    await school.channel.post("ana", EVERYTHING, urgent=False, key="k")
    school.clock.skip(timedelta(hours=3))
    async with client.post("/api/reset", json={}, headers=OURS) as response:
        assert (await response.json())["now"] == START.isoformat()
    assert school.resets == 1
    assert not any((await school.channel.state()).panes.values())


async def test_moving_the_clock_and_starting_afresh_wait_for_each_other(
    client: Client, school: School
) -> None:
    async def post(path: str, body: dict[str, object]) -> int:
        async with client.post(path, json=body, headers=OURS) as response:
            return response.status

    statuses = await asyncio.gather(
        *(post("/api/clock", {"skip": 300}) for _ in range(5)), post("/api/reset", {})
    )
    assert set(statuses) == {200}
    assert len(school.skips) == 5
