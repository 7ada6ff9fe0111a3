"""``doorstep check`` and the manifest: what a workspace must grant, and what is said if not."""

import json
from pathlib import Path

import pytest

from adapters.slack.manifest import EVENTS, WHAT_FOR, manifest, written
from tests.adapters.slack.placed import OFFICE, Placed, placed
from tests.adapters.slack.test_slack_people import WITH_TOM
from tests.slack_double.api import NEEDS
from tests.slack_double.workspace import BOT_USER, SCOPES

ROOT = Path(__file__).parents[3]


async def checked(there: Placed) -> str:
    there.plugged._offices.ask_again()
    return "\n".join(await there.plugged.check())


async def test_all_is_well(both: Placed) -> None:
    assert await checked(both) == ""


@pytest.mark.parametrize("scope", sorted(WHAT_FOR))
async def test_a_scope_that_is_missing_is_named_with_what_it_is_for(scope: str) -> None:
    async with placed() as there:
        scopes = there.double.workspace.scopes.split(",")
        there.double.workspace.scopes = ",".join(each for each in scopes if each != scope)
        said = await checked(there)
        assert f"the scope {scope} is missing ({WHAT_FOR[scope]})" in said


async def test_what_is_wrong_with_the_office_channel_is_said(there: Placed) -> None:
    there.double.workspace.rooms[OFFICE].shared = True
    assert "shared with another organisation" in await checked(there)
    there.double.workspace.rooms[OFFICE].members.discard(BOT_USER)
    assert "Doorstep is not in it" in await checked(there)


async def test_who_cannot_be_reached_is_said(there: Placed) -> None:
    there.double.workspace.people["U0SAM"].is_restricted = True
    del there.double.workspace.people["U0ANA"]
    await there.adopt(WITH_TOM)
    said = await checked(there)
    assert "Sam Assist has a guest" in said
    assert "nobody with the id U0ANA" in said
    assert "nobody has the e-mail address of Tom Outside" in said


async def test_tokens_and_silence_are_said_without_showing_any(both: Placed) -> None:
    both.double.workspace.revoked = "token_revoked"
    said = await checked(both)
    assert "SLACK_BOT_TOKEN" in said
    assert "xoxb" not in said
    both.double.workspace.revoked = ""
    both.double.trouble.always("*", "drop")
    assert "does not answer" in await checked(both)


async def test_an_app_token_that_is_refused_is_said() -> None:
    async with placed(socket=True) as there:
        there.double.workspace.app_token = "xapp-new"
        assert "SLACK_APP_TOKEN (invalid_auth)" in await checked(there)


def test_the_manifest_at_the_top_is_the_one_for_socket_mode() -> None:
    assert (ROOT / "manifest.json").read_text() == written()
    assert manifest()["settings"]["socket_mode_enabled"] is True


def test_the_manifest_for_http_has_the_one_address_everywhere() -> None:
    text = written("https://doorstep.school.example/")
    assert text.count("https://doorstep.school.example/slack/events") == 3
    assert json.loads(text)["settings"]["socket_mode_enabled"] is False


def test_the_manifest_asks_for_what_is_used_and_nothing_more() -> None:
    assert sorted(SCOPES.split(",")) == sorted(WHAT_FOR)
    called = set(NEEDS.values())
    assert called <= set(WHAT_FOR)
    assert set(EVENTS) >= {"message.im", "app_mention", "app_home_opened"}
