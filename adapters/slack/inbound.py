"""What Slack hands over, as the core's Inbound, and where its answer can be seen. Pure.

Whatever makes no sense, comes from a bot, or is for somebody else's workspace gives None.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Literal

from adapters.packing import OFFICE, unpack, unpack_press, where
from adapters.payload import Json, part_of, text_of
from adapters.slack.fields import Who, typed
from bot.ports import Inbound, Press, Say, Submit

Kind = Literal["said", "mentioned", "pressed", "in_form", "at_home", "command", "shortcut", "sent"]
NAME = "slack"
SHORTCUTS = {"plan_visit": "plan"}
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(\|[^>]*)?>")
_LINK = re.compile(r"<(?:mailto:|tel:)?[^<>|]+\|([^<>|]+)>|<((?:https?|tel|mailto):[^<>|]+)>")
PEOPLE_WROTE = frozenset({"", "file_share", "thread_broadcast"})
"""Subtypes of messages in which a person says something; the others tell of edits and the like."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How and where a deed was done. ``trigger`` opens one form, within 3 seconds."""

    kind: Kind
    user: str
    channel: str = ""
    trigger: str = ""
    view: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A deed, and where its answer belongs."""

    inbound: Inbound
    origin: Origin


def hear(body: Json, office: str, who: Who = str) -> Heard | None:
    """Give what a payload says. ``office`` is the id of the office channel; ``who`` gives the
    person of a Slack id.

    A button in any channel counts as the office's: that is the strictest reading (P5).
    """
    match body.get("type"):
        case "event_callback":
            return _event(body, part_of(body, "event"), office)
        case "block_actions":
            return _press(body)
        case "view_submission":
            return _submit(body, who)
        case "shortcut":
            return _shortcut(body)
        case _:
            return _command(body) if body.get("command") else None


def teams_of(body: Json) -> set[str]:
    """Every workspace that a payload names as its own, or as its sender's."""
    event, user = part_of(body, "event"), part_of(body, "user")
    named = (
        body.get("team_id"),
        part_of(body, "team").get("id"),
        user.get("team_id"),
        event.get("user_team"),
        event.get("source_team"),
        event.get("team") if event.get("type") in {"message", "app_mention"} else None,
        part_of(event, "message").get("team"),
    )
    return {team for team in named if isinstance(team, str) and team}


def _event(body: Json, event: Json, office: str) -> Heard | None:
    kind, channel, message = text_of(event, "type"), text_of(event, "channel"), _written(event)
    user = text_of(message, "user")
    if not user or message.get("bot_id") or text_of(message, "subtype") not in PEOPLE_WROTE:
        return None
    between_us = event.get("channel_type", "im") == "im" and channel.startswith("D")
    if kind != "app_mention" and (kind != "message" or not between_us):
        return None
    written, changed = text_of(message, "text"), message is not event or "edited" in event
    said = words(written)
    if changed and (not said or said == words(text_of(part_of(event, "previous_message"), "text"))):
        return None  # a picture was added, say: Slack tells of that as well
    # Only our name is somebody who knocks; a voice message, a picture or a file has no words.
    knocks = bool(written) and not said and not message.get("files")
    act = Press("home") if knocks else Say(said, f"{channel}.{text_of(message, 'ts')}", changed)
    here: Kind = "mentioned" if kind == "app_mention" else "said"
    # A message opens no form: in direct messages it is asked field by field; in a channel a button
    # offers it, since every word there would have to be a mention.
    inbound = _inbound(
        text_of(body, "event_id"),
        user,
        act,
        in_office=channel == office != "",
        forms=here == "mentioned",
    )
    return Heard(inbound, Origin(here, user, channel, thread=text_of(message, "thread_ts")))


def _written(event: Json) -> Json:
    """What a person wrote; where they have changed it since, as it now is. A mention that was
    changed comes as the mention that it now is.
    """
    return part_of(event, "message") if event.get("subtype") == "message_changed" else event


def _press(body: Json) -> Heard | None:
    user = text_of(part_of(body, "user"), "id")
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not user or not isinstance(action, dict) or action.get("type") != "button":
        return None
    press = unpack_press(text_of(action, "value"))
    if press is None:
        return None
    channel = text_of(part_of(body, "channel"), "id")
    view = part_of(body, "view")
    kind: Kind = "pressed"
    if view:
        kind = "at_home" if view.get("type") == "home" else "in_form"
    delivery = f"{text_of(body, 'trigger_id')}.{text_of(action, 'action_ts')}"
    thread = text_of(part_of(body, "message"), "thread_ts")
    origin = Origin(kind, user, channel, text_of(body, "trigger_id"), text_of(view, "id"), thread)
    in_channel = channel[:1] in {"C", "G"}
    return Heard(_inbound(delivery, user, press, in_office=in_channel), origin)


def _submit(body: Json, who: Who) -> Heard | None:
    user, view = text_of(part_of(body, "user"), "id"), part_of(body, "view")
    form = text_of(view, "callback_id")
    if not user or not form:
        return None
    values = typed(part_of(view, "state").get("values"), who)
    carried = unpack(text_of(view, "private_metadata"))
    visit, version, args = where(carried)
    # The same form with the same words, sent twice by a nervous thumb, is one deed.
    said = json.dumps(values, sort_keys=True).encode()
    delivery = f"{text_of(view, 'id')}.{hashlib.sha256(said).hexdigest()[:32]}"
    act = Submit(form, values, visit, version, args)
    origin = Origin("sent", user, trigger=text_of(body, "trigger_id"), view=text_of(view, "id"))
    return Heard(_inbound(delivery, user, act, in_office=bool(carried.get(OFFICE))), origin)


def _shortcut(body: Json) -> Heard | None:
    user = text_of(part_of(body, "user"), "id")
    action = SHORTCUTS.get(text_of(body, "callback_id"))
    if not user or action is None:
        return None
    trigger = text_of(body, "trigger_id")
    return Heard(_inbound(trigger, user, Press(action)), Origin("shortcut", user, trigger=trigger))


def _command(body: Json) -> Heard | None:
    """Alone it begins a request. It is private wherever it is typed: never the office's."""
    user, said = text_of(body, "user_id"), words(text_of(body, "text"))
    if not user:
        return None
    act: Press | Say = Say(said)
    if not said:
        act = Press("plan")
    elif said.casefold() == "status":
        act = Press("mine")
    trigger = text_of(body, "trigger_id")
    origin = Origin("command", user, text_of(body, "channel_id"), trigger)
    return Heard(_inbound(trigger, user, act), origin)


def words(text: str) -> str:
    """What the person typed: without Slack's escapes, links as they were, mentions taken out."""
    text = _MENTION.sub(" ", text)
    text = _LINK.sub(lambda m: m.group(1) or re.sub("^(tel|mailto):", "", m.group(2)), text)
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, plain)
    return text.strip()


def _inbound(
    delivery: str,
    user: str,
    act: Press | Submit | Say,
    *,
    in_office: bool = False,
    forms: bool = True,
) -> Inbound:
    return Inbound(NAME, delivery, user, act, in_office=in_office, forms=forms)
