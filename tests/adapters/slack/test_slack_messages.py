"""A message on Slack opens no form: between the two of us what a form would ask is asked in
messages; in a channel, where others would read the answers, it is not.
"""

import pytest

from adapters.slack.inbound import hear


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
