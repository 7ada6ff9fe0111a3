"""``doorstep run`` on Slack: the whole main job, over HTTP and over Socket Mode."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.serving import OFFICE, Serving, peopled, slack_id
from tests.kit import KIT
from tests.slack_double.deliver import WITHIN
from tests.slack_double.double import slack
from tests.slack_double.trouble import EVERY_WAY
from tests.slack_double.user import User


@pytest.fixture(params=["HTTP", "Socket Mode"])
async def serving(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Serving]:
    async with slack() as double:
        peopled(double)
        serving = Serving(tmp_path, double, socket=request.param == "Socket Mode")
        try:
            yield serving
        finally:
            serving.end()


async def opens(user: User, label: str) -> None:
    """Press until a form is there, as a person would whose line is bad."""
    for _ in range(4):
        await user.presses("Open the form" if user.button("Open the form") else label)
        for _ in range(40):
            if user.modal is not None:
                return
            await asyncio.sleep(0.1)
    raise AssertionError(f"no form after {label}")


async def asked(serving: Serving) -> None:
    ana = serving.user("ana")
    assert (await ana.command()).ok
    if ana.modal is None:
        await opens(ana, "Open the form")
    await ana.fills(
        family="the Canary-Family household",
        place="14 Oak Road",
        purpose="Canary-Purpose: talk about mornings",
        appointment="agreed by phone",
        risks="Canary-Risk: a loose dog",
        kind="Welfare",
        contact=slack_id("bo"),
    )
    assert ana.errors == {}
    await ana.reads_in_form("is sent for approval")
    ana.closes_form()


async def out(serving: Serving) -> None:
    await asked(serving)
    priya, ana = serving.user("priya"), serving.user("ana")
    await priya.sees("Ana Teach would like to visit 14 Oak Road")
    await priya.presses("Approve")
    await ana.sees("is approved")
    await opens(ana, "I'm leaving now")
    await ana.fills(kit=KIT)
    await ana.reads_in_form("I'm watching now")
    ana.closes_form()


async def test_the_whole_main_job(serving: Serving) -> None:
    await serving.start()
    await main_job(serving)
    assert serving.stop() == 0
    said = serving.said.read_text()
    assert [word for word in ("xoxb", "xapp", "ticket", "Canary", "ERROR") if word in said] == []


async def test_the_whole_main_job_while_a_tenth_of_all_calls_fails(serving: Serving) -> None:
    """Each in another way: Slack's own errors, 5xx, 429, a line that is cut, an answer lost."""
    serving.double.trouble.share(0.1, seed=20261123)
    serving.double.delivery.events_twice = True
    await serving.start()
    await main_job(serving)
    suffered = {kind for _, kind in serving.double.trouble.suffered}
    assert suffered == set(EVERY_WAY)
    for place in serving.double.workspace.rooms.values():
        keys = [str(m.metadata) for m in place.messages.values() if m.metadata]
        assert len(keys) == len(set(keys)), "a message came twice"
    took = sorted(serving.double.delivery.took)
    assert took[len(took) * 9 // 10] < 1.0
    assert took[-1] < WITHIN, "then Slack says that the app doesn't answer"


async def main_job(serving: Serving) -> None:
    ana, lee, olu, bo = map(serving.user, ("ana", "lee", "olu", "bo"))
    await out(serving)
    await olu.sees("Out: Ana Teach, 14 Oak Road.", OFFICE)
    await bo.sees("Out: Ana Teach")
    await ana.presses("I've arrived")
    await ana.sees("Ana, are you OK?")
    await ana.presses("I'm OK")
    await ana.sees("I heard from you at")
    await olu.sees("No answer from Ana Teach. Please ring them now.", OFFICE)
    await lee.sees("Please find out whether Ana Teach is safe")
    await lee.presses("I'm on it")
    await olu.sees("Dan Lee has it, until", OFFICE)
    await opens(lee, "They are safe")
    await lee.fills(how="I spoke to her", over="no")
    await olu.sees("It's over: Ana Teach is safe.", OFFICE)
    await ana.presses("I'm back")
    await olu.sees("Ana Teach is back", OFFICE)
    await bo.sees("Ana Teach is back")
    tom = serving.user("tom")
    assert tom.everything() == ""
    assert "Canary" not in olu.everything(OFFICE)
    assert all("Canary" not in text for _, text in serving.double.workspace.buzzed)


async def test_check_asks_slack_and_reaches_whoever_wants_it(serving: Serving) -> None:
    said = await serving.command("check", "--tell", "tom")
    assert "slack took a message for Tom Outside" in said
    await serving.user("tom").sees("Doorstep can reach you here.")
    serving.double.workspace.rooms[OFFICE].private = False
    serving.double.workspace.person("U0TOM", "Tom Outside", "tom@school.example", deleted=True)
    said = await serving.command("check", "--tell", "tom", status=1)
    assert "it is public" in said
    assert "slack doesn't reach Tom Outside" in said
    assert "xoxb" not in said
