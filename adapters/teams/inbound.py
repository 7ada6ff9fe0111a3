"""What Teams hands over, as the core's Inbound, and where its answer can be seen. Pure.

Whatever makes no sense, comes from a bot, or is no person's deed (an installation, somebody added,
a reaction) gives None.
"""

import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from typing import Literal

from adapters.packing import OFFICE, unpack, unpack_press, where
from adapters.payload import Json, id_of, part_of, text_of
from adapters.teams.cards import KEY
from adapters.teams.fields import Named, typed
from adapters.teams.forms import FORM
from bot.ports import Inbound, Press, Say, Submit

Kind = Literal["said", "mentioned", "invoked", "submitted", "looked"]
Place = Literal["personal", "groupChat", "channel"]
NAME = "teams"
ACTION = "adaptiveCard/action"
"""The one invoke that is somebody's press."""
LOOK = "look"
"""What a card's own view is asked for by."""

_AT = re.compile(r"<at[^>]*>(.*?)</at>", re.DOTALL)
_ESCAPES = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Origin:
    """How and where a deed was done. ``activity`` is the message that was pressed on, if any."""

    kind: Kind
    user: str
    conversation: str
    place: Place
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A deed, and where its answer belongs."""

    inbound: Inbound
    origin: Origin


def hear(activity: Json, office: str, named: Named = str) -> Heard | None:
    """Give what an activity says. ``office`` is the id of the office channel; ``named`` gives the
    person with a name.

    A button in any channel or group chat counts as the office's: the strictest reading (P5).
    """
    sender, us = part_of(activity, "from"), text_of(part_of(activity, "recipient"), "id")
    user = id_of(sender, "id")
    if not user or user == us or sender.get("role") == "bot":
        return None
    match activity.get("type"):
        case "message" if KEY in part_of(activity, "value"):
            return _pressed("submitted", activity, part_of(activity, "value"), named)
        case "message" | "messageUpdate" as kind:
            return _said(activity, us, office, changed=kind == "messageUpdate")
        case "invoke" if activity.get("name") == ACTION:
            data = part_of(part_of(part_of(activity, "value"), "action"), "data")
            if is_look(activity):
                return _looked(activity, data)
            return _pressed("invoked", activity, data, named)
        case _:
            return None


def is_look(activity: Json) -> bool:
    """Whether a client asks by itself, and nobody pressed."""
    return text_of(part_of(activity, "value"), "trigger") == "automatic"


def tenants_of(activity: Json) -> set[str]:
    """Every organisation that an activity names as its own, or as its sender's."""
    conversation, sender = part_of(activity, "conversation"), part_of(activity, "from")
    named = (
        part_of(part_of(activity, "channelData"), "tenant").get("id"),
        conversation.get("tenantId"),
        sender.get("tenantId"),
    )
    return {tenant for tenant in named if isinstance(tenant, str) and tenant}


def place_of(activity: Json) -> Place:
    """Who stands around. Where it isn't said, more than one person."""
    conversation = part_of(activity, "conversation")
    match text_of(conversation, "conversationType"):
        case "personal":
            return "personal"
        case "groupChat":
            return "groupChat"
        case "":
            several = conversation.get("isGroup") or text_of(conversation, "id").startswith("19:")
            return "channel" if several else "personal"
        case _:
            return "channel"


def conversation_of(activity: Json) -> str:
    """The id of the chat or channel, without that of a thread in it."""
    return id_of(part_of(activity, "conversation"), "id").partition(";")[0]


def words(activity: Json, us: str) -> tuple[str, bool]:
    """What the person typed, without Teams' marks, and whether it was said to us by name."""
    text, to_us = text_of(activity, "text"), False
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        mark = text_of(entity, "text") if isinstance(entity, dict) else ""
        if not mark or entity.get("type") != "mention":
            continue
        if text_of(part_of(entity, "mentioned"), "id") == us != "":
            text, to_us = text.replace(mark, " "), True
    text = _AT.sub(lambda found: found.group(1), text)
    for escaped, meant in _ESCAPES:
        text = text.replace(escaped, meant)
    return text.replace("\N{NO-BREAK SPACE}", " ").strip(), to_us


def _said(activity: Json, us: str, office: str, *, changed: bool) -> Heard | None:
    """A message, or one whose writer has changed it or brought it back, under the same id. Only our
    name is somebody who knocks; a voice message, a picture, a file or a place has no words.
    """
    place, here = place_of(activity), conversation_of(activity)
    said, to_us = words(activity, us)
    if (place != "personal" and not to_us) or (changed and not said):
        return None
    own = text_of(activity, "id")
    knocks = to_us and not said and not _brings(activity)
    act = Press("home") if knocks else Say(said, own, changed=changed)
    kind: Kind = "said" if place == "personal" else "mentioned"
    return _heard(kind, activity, act, in_office=here == office != "")


def _brings(activity: Json) -> bool:
    """Something beside words, which Teams repeats as an attachment of their own."""
    found = activity.get("attachments")
    brought = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return any(text_of(each, "contentType") != "text/html" for each in brought)


def _looked(activity: Json, data: Json) -> Heard | None:
    """A client asks by itself, and nobody pressed: nothing is done for it but to look."""
    press = unpack_press(text_of(data, KEY))
    if press is None or press.action != LOOK:
        return None
    return _heard("looked", activity, press, in_office=place_of(activity) != "personal")


def _pressed(kind: Kind, activity: Json, data: Json, named: Named) -> Heard | None:
    packed, form = text_of(data, KEY), text_of(data, FORM)
    in_office = place_of(activity) != "personal"
    if not form:
        press = unpack_press(packed)
        return _heard(kind, activity, press, in_office=in_office) if press else None
    carried = unpack(packed)
    values = typed({name: data[name] for name in data if name not in {KEY, FORM}}, named)
    act = Submit(form, values, *where(carried))
    return _heard(kind, activity, act, in_office=in_office or bool(carried.get(OFFICE)))


def _heard(kind: Kind, activity: Json, act: Press | Submit | Say, *, in_office: bool) -> Heard:
    user, place = text_of(part_of(activity, "from"), "id"), place_of(activity)
    here, pressed_on = conversation_of(activity), text_of(activity, "replyToId")
    inbound = Inbound(
        NAME,
        _delivery(activity),
        user,
        act,
        in_office=in_office,
        page_in_chat=place == "personal",
        pressed_on=pressed_on if kind == "invoked" and isinstance(act, Press) else "",
    )
    return Heard(inbound, Origin(kind, user, here, place, pressed_on))


def _delivery(activity: Json) -> str:
    """Teams' own id, which a message that was changed has again: then by what is new. Without an
    id, and without a time, rather twice than not at all.
    """
    own, at = text_of(activity, "id"), text_of(activity, "timestamp")
    if own and activity.get("type") != "messageUpdate":
        return own
    if not at:
        return f"unnamed.{uuid.uuid4().hex}"
    said = json.dumps(activity, sort_keys=True, default=str).encode()
    return f"{at}.{hashlib.sha256(said).hexdigest()[:32]}"
