"""A message on Slack opens no form: between the two of us what a form would ask is asked in
messages; in a channel, where others would read the answers, it is not.
"""

import pytest

from adapters.slack.inbound import Heard, hear
from bot.ports import Say


@pytest.mark.parametrize(
    ("place", "heard"),
    [
        ({"channel": "D1"}, True),
        ({"channel": "C1"}, False),
        ({"channel": "C1", "channel_type": "channel"}, False),
        ({"channel": "G1", "channel_type": "mpim"}, False),
    ],
)
def test_a_message_is_heard_where_nobody_else_reads_it(place: dict[str, str], heard: bool) -> None:
    event = {"type": "message", "user": "U1", "text": "ok", **place}
    body = {"type": "event_callback", "event_id": "Ev1", "event": event}
    assert (hear(body, "C0OFFICE") is not None) is heard


@pytest.mark.parametrize(
    ("event", "forms"),
    [
        ({"type": "message", "channel_type": "im", "channel": "D1"}, False),
        ({"type": "app_mention", "channel": "C0OFFICE"}, True),
    ],
)
def test_whether_a_form_can_be_shown_in_answer(event: dict[str, str], forms: bool) -> None:
    body = {
        "type": "event_callback",
        "event_id": "Ev1",
        "event": {"user": "U1", "text": "visit", **event},
    }
    heard = hear(body, "C0OFFICE")
    assert heard is not None
    assert heard.inbound.forms is forms


def changed(now: str, was: str = "hello", **more: object) -> Heard | None:
    plain = {"type": "message", "user": "U1", "ts": "17.1"}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "D1",
        "channel_type": "im",
        "message": {**plain, "text": now, **more},
        "previous_message": {**plain, "text": was},
    }
    return hear({"type": "event_callback", "event_id": "Ev2", "event": event}, "C0OFFICE")


def test_a_message_that_was_changed_is_heard_under_the_id_that_it_had() -> None:
    heard = changed("help", edited={"user": "U1", "ts": "17.5"})
    assert heard is not None
    assert heard.inbound.act == Say("help", changed=True)
    assert isinstance(heard.inbound.act, Say)
    first = {"type": "message", "channel": "D1", "user": "U1", "text": "hello", "ts": "17.1"}
    new = hear({"type": "event_callback", "event_id": "Ev1", "event": first}, "C0OFFICE")
    assert new is not None
    assert isinstance(new.inbound.act, Say)
    assert not new.inbound.act.changed
    assert new.inbound.act.message == heard.inbound.act.message == "D1.17.1"


def test_what_slack_itself_changes_in_a_message_is_nobodys_deed() -> None:
    """It unfolds a link, say; or we edit a card of ours."""
    assert changed("see https://example.org", "see https://example.org") is None
    assert changed("", "help") is None
    assert changed("help", bot_id="B1") is None
    assert changed("help", user="") is None


def test_a_mention_that_was_changed_is_no_new_one() -> None:
    event = {
        "type": "app_mention",
        "user": "U1",
        "channel": "C0OFFICE",
        "text": "help",
        "ts": "17.1",
        "edited": {"user": "U1", "ts": "17.5"},
    }
    heard = hear({"type": "event_callback", "event_id": "Ev3", "event": event}, "C0OFFICE")
    assert heard is not None
    assert heard.inbound.act == Say("help", changed=True)
