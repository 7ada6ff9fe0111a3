"""Payloads in the form that Slack documents, kept as files, and what the core hears of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.inbound import Origin, hear, teams_of
from bot.ports import Inbound, Press, Say, Submit

FOLDER = Path(__file__).parent / "replay"
OK = Press("ok", "3f1c9a", 7, {"alarm": "2"})
PRESSED = "12345.67890.abcdef.1795442520.123456"
TYPED = {
    "place": "14 Oak Road",
    "risks": "",
    "until": "2026-11-23T14:45",
    "kind": "Welfare",
    "over": "",
    "kit": "phone,identification",
    "companions": "sam,U0TOM",
    "contact": "",
}
HEARD: dict[str, tuple[Inbound, Origin] | None] = {
    "message_im": (
        Inbound("slack", "Ev0EXAMPLE01", "U0ANA", Say("20 more minutes & then home"), forms=False),
        Origin("said", "U0ANA", "D0ANA"),
    ),
    "message_im_in_a_thread": (
        Inbound("slack", "Ev0EXAMPLE01", "U0ANA", Say("ok"), forms=False),
        Origin("said", "U0ANA", "D0ANA", thread="1795442000.000100"),
    ),
    "message_file_share": (
        Inbound("slack", "Ev0EXAMPLE01", "U0ANA", Say("help"), forms=False),
        Origin("said", "U0ANA", "D0ANA"),
    ),
    "message_voice": (
        Inbound("slack", "Ev0EXAMPLE01", "U0ANA", Say(""), forms=False),
        Origin("said", "U0ANA", "D0ANA"),
    ),
    "message_changed": (
        Inbound("slack", "Ev0EXAMPLE01", "U0ANA", Say("help", changed=True), forms=False),
        Origin("said", "U0ANA", "D0ANA"),
    ),
    "app_mention": (
        Inbound("slack", "Ev0EXAMPLE01", "U0OLU", Say("where is everyone"), in_office=True),
        Origin("mentioned", "U0OLU", "C0OFFICE"),
    ),
    "block_actions_in_a_message": (
        Inbound("slack", PRESSED, "U0ANA", OK),
        Origin("pressed", "U0ANA", "D0ANA", "12345.67890.abcdef"),
    ),
    "block_actions_on_an_ephemeral_message": (
        Inbound("slack", PRESSED, "U0ANA", OK, in_office=True),
        Origin("pressed", "U0ANA", "C0OFFICE", "12345.67890.abcdef"),
    ),
    "block_actions_in_a_modal": (
        Inbound("slack", PRESSED, "U0ANA", OK),
        Origin("in_form", "U0ANA", "", "12345.67890.abcdef", "V0EXAMPLE"),
    ),
    "block_actions_on_the_home_tab": (
        Inbound("slack", PRESSED, "U0ANA", OK),
        Origin("at_home", "U0ANA", "", "12345.67890.abcdef", "V0HOME"),
    ),
    "view_submission": (
        Inbound("slack", "", "U0ANA", Submit("leave", TYPED, "3f1c9a", 7)),
        Origin("sent", "U0ANA", "", "12345.67891.abcdef", "V0EXAMPLE"),
    ),
    "shortcut": (
        Inbound("slack", "12345.67892.abcdef", "U0ANA", Press("plan")),
        Origin("shortcut", "U0ANA", "", "12345.67892.abcdef"),
    ),
    "slash_command": (
        Inbound("slack", "12345.67893.abcdef", "U0ANA", Say("back")),
        Origin("command", "U0ANA", "C0OFFICE", "12345.67893.abcdef"),
    ),
    "app_home_opened": None,
    "bot_message": None,
    "message_by_ourselves": None,
    "message_deleted": None,
    "view_closed": None,
}


def replayed(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text())


def who(user: str) -> str:
    return {"U0SAM": "sam"}.get(user, user)


@pytest.mark.parametrize("name", HEARD)
def test_what_is_heard(name: str) -> None:
    heard = hear(replayed(name), "C0OFFICE", who)
    wanted = HEARD[name]
    if wanted is None or heard is None:
        assert heard is None
        assert wanted is None
        return
    inbound, origin = wanted
    assert heard.origin == origin
    assert heard.inbound.act == inbound.act
    assert (heard.inbound.sender, heard.inbound.in_office) == (inbound.sender, inbound.in_office)
    assert heard.inbound.forms == inbound.forms
    assert heard.inbound.delivery.startswith(inbound.delivery or "V0EXAMPLE.")


@pytest.mark.parametrize("name", HEARD)
def test_each_names_its_workspace(name: str) -> None:
    assert teams_of(replayed(name)) == {"T0EXAMPLE"}


def test_every_file_is_replayed() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(HEARD)


@pytest.mark.parametrize("name", [name for name, heard in HEARD.items() if heard])
def test_any_part_may_be_missing_or_strange(name: str) -> None:
    """Nothing that Slack could leave out, or send otherwise, breaks the reading."""
    whole = replayed(name)
    for strange in (None, "x", 7, [], {}, [None], {"id": 3}):
        for key in whole:
            hear({**whole, key: strange}, "C0OFFICE", who)
            teams_of({**whole, key: strange})
            part = whole[key]
            for inner in part if isinstance(part, dict) else ():
                hear({**whole, key: {**part, inner: strange}}, "C0OFFICE", who)
