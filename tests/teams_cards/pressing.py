"""What Teams hands over when somebody presses what stands on a card, in a personal chat."""

from collections.abc import Callable, Mapping
from typing import Any

from adapters.teams.inbound import hear
from bot.ports import Inbound, Press, Say, Submit

Json = dict[str, Any]
Typed = Mapping[str, str]


def frame(**more: Any) -> Json:
    """What every activity says beside what it is."""
    return {
        "id": "f:1",
        "timestamp": "2026-11-24T13:20:00Z",
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {"id": "29:ana", "name": "Ana Teach", "aadObjectId": "a-0001"},
        "recipient": {"id": "28:doorstep", "name": "Doorstep"},
        "conversation": {"id": "a:ana", "conversationType": "personal", "tenantId": "t-0001"},
        "channelData": {"tenant": {"id": "t-0001"}},
        "replyToId": "1764000000001",
        **more,
    }


def invoke(action: Json, typed: Typed, **more: Any) -> Json:
    """By ``Action.Execute``."""
    done = {
        "type": "Action.Execute",
        "id": "",
        "verb": action["verb"],
        "data": action["data"] | dict(typed),
    }
    value = {"action": done, "trigger": "manual"}
    return frame(type="invoke", name="adaptiveCard/action", value=value, **more)


def submit(action: Json, typed: Typed, **more: Any) -> Json:
    """By ``Action.Submit``, from an old client: a message without words."""
    return frame(type="message", value=action["data"] | dict(typed), **more)


def heard(action: Json, typed: Typed | None = None) -> Inbound:
    found = hear(invoke(action, typed or {}), "")
    assert found is not None
    return found.inbound


def pressed(action: Json) -> Press | Submit | Say:
    return heard(action).act


def submitted(action: Json) -> Press | Submit | Say:
    found = hear(submit(action["fallback"], {}), "")
    assert found is not None
    return found.inbound.act


def execute(action: Json, typed: Typed, named: Callable[[str], str]) -> Press | Submit | Say:
    found = hear(invoke(action, typed), "", named)
    assert found is not None
    return found.inbound.act
