"""Who gets in: signatures, workspaces, and what is never written down."""

import json
import time
from collections.abc import Mapping

import aiohttp
import pytest

from bot.cards.general import sentence
from bot.ports import Answer, Say
from tests.adapters.slack.placed import OFFICE, Placed, placed
from tests.slack_double.workspace import SECRET, TEAM

EVENT = json.dumps(
    {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev1",
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": "D1",
            "user": "U0ANA",
            "text": "Canary words",
            "ts": "1.1",
        },
    }
)


async def post(there: Placed, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    whole = {"Content-Type": "application/json", **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(there.double.delivery.target, data=body, headers=whole) as answer,
    ):
        return answer.status, await answer.text()


async def test_a_right_signature_gets_in(there: Placed) -> None:
    status, _ = await post(there, EVENT, there.double.delivery.signed(EVENT))
    assert status == 200
    assert [each.act for each in there.core.heard] == [Say("Canary words")]


@pytest.mark.parametrize(
    "wrong",
    [
        "missing",
        "of another body",
        "of another secret",
        "old",
        "new",
        "at no time",
        "in no letters",
    ],
)
async def test_any_other_gets_401_and_leaves_nothing_but_a_number(
    there: Placed, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    caplog.clear()
    delivery = there.double.delivery
    headers: dict[str, str] = {}
    match wrong:
        case "of another body":
            headers = delivery.signed(f"{EVENT} ")
        case "of another secret":
            delivery.workspace.secret = "another"
            headers = delivery.signed(EVENT)
        case "old":
            headers = delivery.signed(EVENT, time.time() - 301)
        case "new":
            headers = delivery.signed(EVENT, time.time() + 301)
        case "at no time":
            headers = {**delivery.signed(EVENT), "X-Slack-Request-Timestamp": "yesterday"}
        case "in no letters":
            headers = {**delivery.signed(EVENT), "X-Slack-Signature": "v0=é"}
        case _:
            pass
    turned_away = there.turned_away("signature")
    status, said = await post(there, EVENT, headers)
    assert (status, said) == (401, "")
    assert there.core.heard == []
    assert there.turned_away("signature") == turned_away + 1
    assert [r for r in caplog.records if "slack" in r.name] == []


async def test_another_workspace_never_reaches_this_school(both: Placed) -> None:
    delivery, ana = both.double.delivery, both.double.user("U0ANA")
    both.double.workspace.people["U0SAM"].team = "T0OTHER"
    assert (await delivery.event(json.loads(EVENT)["event"], team="T0OTHER")).ok
    assert (await both.double.user("U0SAM").says("help")).ok
    await both.double.user("U0SAM").shortcut()
    assert both.core.heard == []
    assert both.turned_away("workspace") == 3
    await ana.says("help")
    assert len(both.core.heard) == 1


async def test_slack_asks_whether_the_address_is_ours(there: Placed) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"})
    status, said = await post(there, body, there.double.delivery.signed(body))
    assert status == 200
    assert json.loads(said) == {"challenge": "c"}


async def test_what_bots_and_slack_itself_say_is_not_heard(both: Placed) -> None:
    delivery, im = both.double.delivery, both.double.user("U0ANA").im.id
    for strange in (
        {"bot_id": "B1", "user": "U0ANA"},
        {"subtype": "message_changed", "user": "U0ANA"},
        {"subtype": "message_deleted"},
        {"user": "U0DOORSTEP"},
        {"channel_type": "channel", "channel": OFFICE, "user": "U0ANA"},
        {"type": "reaction_added", "user": "U0ANA"},
    ):
        event = {"type": "message", "channel_type": "im", "channel": im, "text": "ok", **strange}
        assert (await delivery.event(event)).ok
    assert both.core.heard == []


async def test_nothing_that_people_wrote_and_no_secret_is_logged(
    both: Placed, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: object) -> Answer:
        raise RuntimeError("Canary of the core")

    both.core.answer = Answer(card=sentence("Canary answer"))
    ana = both.double.user("U0ANA")
    await ana.says("Canary words")
    await ana.sees("Canary answer")
    both.double.trouble.once("chat.postMessage", "error", error="channel_not_found")
    await ana.says("Canary again")
    both.core.handle = broken
    both.double.trouble.once("chat.postMessage", "drop")
    await both.double.user("U0SAM").command("Canary command")
    await both.plugged.stop()
    for secret in ("Canary", "xoxb", "xapp", SECRET, "ticket"):
        assert secret not in caplog.text
        for thing in (both.env, both.plugged, both.plugged.channel, both.plugged._api):
            assert secret not in repr(thing)


async def test_a_deed_that_breaks_is_not_acknowledged_so_that_an_event_comes_again(
    both: Placed,
) -> None:
    tries: list[str] = []

    async def broken_once(inbound: object) -> Answer:
        tries.append("try")
        if len(tries) == 1:
            raise RuntimeError("broken")
        return Answer()

    both.core.handle = broken_once
    both.double.delivery.within = 0.3
    assert (await both.double.user("U0ANA").says("ok")).ok
    first, second = both.core.heard
    assert first == second


async def test_without_a_secret_there_is_no_way_in_over_http() -> None:
    async with placed(socket=True) as there:
        assert there.double.delivery.target == ""
        assert there.env.slack_signing_secret == ""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe{", "application/json"),
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=%FF%FE", "application/x-www-form-urlencoded"),
        (b"{}", "application/json; charset=no-such-thing"),
        (b"[]", "application/json"),
        (b"7", "application/json"),
        (b"", "application/json"),
        (b"payload=7", "application/x-www-form-urlencoded"),
        (b'{"type": "url_verification", "challenge": "x"}', "application/json"),
        (b"ssl_check=1&token=t", "application/x-www-form-urlencoded"),
    ],
)
async def test_rubbish_leaves_no_trace_either(
    there: Placed, body: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    headers = {"Content-Type": kind}
    async with (
        aiohttp.ClientSession() as session,
        session.post(there.double.delivery.target, data=body, headers=headers) as answer,
    ):
        assert answer.status == 401
    assert there.core.heard == []
    assert caplog.records == []
