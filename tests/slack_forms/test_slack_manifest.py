"""The manifest, for both ways in, is what Slack's own type says, and no longer than it takes."""

import json
import re
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from tests.slack_forms import schema

AT_THE_TOP = Path(__file__).parents[2] / "manifest.json"
MODES = {
    "the file": json.loads(AT_THE_TOP.read_text("utf-8")),
    "Socket Mode": manifest(),
    "HTTP": manifest("https://doorstep.school.example"),
}
every = pytest.mark.parametrize("mode", MODES)


@every
def test_it_is_what_the_schema_says(mode: str) -> None:
    assert schema.problem("Manifest", MODES[mode]) == ""


def test_the_schema_can_say_no() -> None:
    wrong = manifest()
    wrong["features"]["bot_user"] = {"name": "Doorstep"}
    assert "bot_user" in schema.problem("Manifest", wrong)
    wrong = manifest()
    wrong["settings"]["event_subscriptions"]["bot_events"].append("message.nowhere")
    assert "message.nowhere" in schema.problem("Manifest", wrong)
    wrong = manifest()
    wrong["oauth_config"]["scopes"]["bot"].append("chat:shout")
    assert "chat:shout" in schema.problem("Manifest", wrong)


@every
def test_nothing_in_it_is_longer_than_slack_takes(mode: str) -> None:
    told = MODES[mode]["display_information"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 175 <= len(told["long_description"]) <= 4000
    assert re.fullmatch("#[0-9a-f]{6}", told["background_color"])
    features = MODES[mode]["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert re.fullmatch("/[a-z0-9_-]{1,31}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
