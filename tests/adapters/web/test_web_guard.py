import logging
from typing import Any

import pytest

from tests.adapters.web.behind import OURS, PRESS, Client, School, act


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": "stranger"},
        {"who": "office"},
        {"who": 7},
        {"place": "shah"},
        {"place": "nowhere"},
        {"kind": "dance"},
        {"kind": None},
        {"action": ""},
        {"action": ["depart"]},
        {"visit": 1},
        {"version": "4"},
        {"version": -1},
        {"version": True},
        {"version": 10**30},
        {"args": {"a": 1}},
        {"args": []},
        {"delivery": ""},
        {"delivery": "a b"},
        {"kind": "submit", "form": "request", "values": {"with": ["sam"]}},
        {"kind": "submit", "values": {}},
        {"kind": "say", "text": "  "},
        {"kind": "say"},
        {"kind": "say", "text": "\ud800"},
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    client: Client, school: School, wrong: dict[str, Any]
) -> None:
    status, answer = await act(client, **wrong)
    assert status == 400
    assert answer["error"].endswith(".")
    assert school.heard == []
    assert not any((await school.channel.state()).panes.values())


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 20_000, b"9" * 5000])
async def test_malformed_json_is_refused(client: Client, school: School, body: bytes) -> None:
    for path in ("/api/act", "/api/clock", "/api/reset"):
        headers = {**OURS, "Content-Type": "application/json"}
        async with client.post(path, data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["error"]
    assert (school.heard, school.skips, school.resets) == ([], [], 0)


async def test_too_much_is_refused_clearly(client: Client, school: School) -> None:
    status, answer = await act(client, kind="say", text="x" * 70_000)
    assert status == 413
    assert "64 KB" in answer["error"]
    assert school.heard == []


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "[::2]"]
)
async def test_other_hosts_get_nothing(client: Client, host: str) -> None:
    for path in ("/", "/api/state", "/static/main.js", "/api/events"):
        async with client.get(path, headers={"Host": host}) as response:
            assert response.status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "LOCALHOST:8080", "[::1]:8080"])
async def test_this_computers_names_are_fine(client: Client, host: str) -> None:
    async with client.get("/", headers={"Host": host}) as response:
        assert response.status == 200
    headers = {"Host": host, "Origin": f"http://{host.lower()}"}
    async with client.post("/api/act", json=PRESS, headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Doorstep": "0"},
        {"Origin": "http://evil.example", "X-Doorstep": "1"},
        {"Origin": "null", "X-Doorstep": "1"},
        {"Origin": "https://127.0.0.1", "X-Doorstep": "1"},
        {"Origin": "http://127.0.0.1:1", "X-Doorstep": "1"},
    ],
)
async def test_other_sites_press_nothing(
    client: Client, school: School, headers: dict[str, str]
) -> None:
    for path in ("/api/act", "/api/clock", "/api/reset"):
        async with client.post(path, json=PRESS, headers=headers) as response:
            assert response.status == 403
    assert (school.heard, school.skips, school.resets) == ([], [], 0)


async def test_a_form_from_elsewhere_isnt_json(client: Client) -> None:
    async with client.post("/api/act", data="who=ana", headers=OURS) as response:
        assert response.status == 415


async def test_p7_a_crash_is_a_sentence_and_the_log_has_its_id_but_no_words(
    client: Client, school: School, caplog: pytest.LogCaptureFixture
) -> None:
    school.broken = RuntimeError("canary-family")
    with caplog.at_level(logging.DEBUG):
        status, answer = await act(client, kind="say", text="canary-typed")
    assert status == 500
    assert answer["error_id"] in answer["error"]
    assert answer["error_id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text + answer["error"]


async def test_unknown_addresses_and_methods_get_a_sentence(client: Client) -> None:
    async with client.get("/api/nothing") as response:
        assert (response.status, bool((await response.json())["error"])) == (404, True)
    async with client.get("/static/../server.py") as response:
        assert response.status == 404
    async with client.get("/api/act") as response:
        assert response.status == 405


@pytest.mark.parametrize("skip", [0, -5, "soon", None, 1.5, True, 86_401, 10**40, [300]])
async def test_an_absurd_skip_is_refused(client: Client, school: School, skip: object) -> None:
    async with client.post("/api/clock", json={"skip": skip}, headers=OURS) as response:
        assert response.status == 400
    assert school.skips == []
