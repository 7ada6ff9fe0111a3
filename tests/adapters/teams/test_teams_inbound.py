"""What Teams hands over, replayed in its own form: what of it is somebody's deed, and which."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.inbound import Heard, hear, tenants_of
from adapters.teams.places import learnt
from bot.ports import Press, Say, Submit

REPLAYS = Path(__file__).parent / "activities"
OFFICE = "19:office@thread.tacv2"
ANA = "29:1ana-teach"
OK = Press("ok", "v1", 3, {"alarm": "2"})
LEAVE = Submit(
    "leave",
    {"return_at": "2026-11-24T14:45", "kit": "id,phone", "note": " as typed\n\n "},
    "v1",
    4,
    {"revision": "2"},
)
DEEDS = {
    "message_personal": ("said", "personal", Say("I'm ok & on my way"), False),
    "edited": ("said", "personal", Say("help", changed=True), False),
    "message_empty": ("said", "personal", Say(""), False),
    "message_group_mention": ("mentioned", "groupChat", Say("who is out with Sam Assist?"), False),
    "message_channel_mention": ("mentioned", "channel", Say("where is everyone?"), True),
    "message_other_channel": ("mentioned", "channel", Say("hello"), False),
    "execute_personal": ("invoked", "personal", OK, False),
    "execute_channel": ("invoked", "channel", OK, True),
    "execute_form": ("invoked", "personal", LEAVE, False),
    "execute_refresh": ("looked", "channel", Press("look", "v1", 3), True),
    "submit_personal": ("submitted", "personal", OK, False),
    "submit_form_group": ("submitted", "groupChat", LEAVE, True),
}


def replay(name: str) -> dict[str, Any]:
    found = json.loads((REPLAYS / f"{name}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def heard(activity: dict[str, Any]) -> Heard:
    found = hear(activity, OFFICE)
    assert found is not None
    return found


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_heard_with_where_it_was_done(name: str) -> None:
    kind, place, act, in_office = DEEDS[name]
    found = heard(replay(name))
    assert (found.origin.kind, found.origin.place) == (kind, place)
    assert found.inbound.act == act
    assert found.inbound.in_office is in_office
    assert found.inbound.page_in_chat is (place == "personal")
    assert (found.inbound.channel, found.inbound.sender) == ("teams", ANA)
    if name == "edited":
        assert found.inbound.delivery != "1764000000123", "it has the id of what it was"
    else:
        assert found.inbound.delivery == "1764000000123"


def test_a_message_keeps_its_id_when_it_is_changed() -> None:
    before, after = heard(replay("message_personal")), heard(replay("edited"))
    assert isinstance(before.inbound.act, Say)
    assert isinstance(after.inbound.act, Say)
    assert before.inbound.act.message == after.inbound.act.message == "1764000000123"
    again = heard({**replay("edited"), "text": "help me"})
    assert again.inbound.delivery != after.inbound.delivery
    assert heard(replay("edited")).inbound.delivery == after.inbound.delivery
    brought_back = {**replay("edited"), "channelData": {"eventType": "undeleteMessage"}}
    assert heard(brought_back).inbound.act == Say("help", changed=True)
    assert hear({**replay("edited"), "text": ""}, OFFICE) is None


@pytest.mark.parametrize(
    "kind", ["audio/mp4", "image/*", "application/vnd.microsoft.card.adaptive"]
)
def test_S4_what_has_no_words_is_said_all_the_same(kind: str) -> None:
    brings = {"attachments": [{"contentType": kind}]}
    assert heard({**replay("message_empty"), **brings}).inbound.act == Say("")
    assert heard({**replay("message_personal"), **brings}).inbound.act == Say("I'm ok & on my way")
    named = replay("message_channel_mention")
    named["text"] = named["entities"][0]["text"]
    html = {"attachments": [{"contentType": "text/html", "content": named["text"]}]}
    assert heard({**named, **html}).inbound.act == Press("home"), "our name alone"
    assert heard({**named, **brings}).inbound.act == Say("")
    assert hear({**replay("message_empty"), **brings, "type": "messageUpdate"}, OFFICE) is None


def test_every_other_replay_is_nobodys_deed() -> None:
    others = {path.stem for path in REPLAYS.glob("*.json")} - set(DEEDS)
    assert len(others) > 8
    assert {name for name in others if hear(replay(name), OFFICE)} == set()


def test_an_answer_belongs_to_the_channel_without_its_thread() -> None:
    assert heard(replay("execute_channel")).origin.conversation == OFFICE
    assert heard(replay("execute_channel")).origin.activity == "1763999990001"


def test_P5_no_channel_is_the_office_where_none_is_named() -> None:
    found = hear(replay("message_channel_mention"), "")
    assert found is not None
    assert not found.inbound.in_office


def test_P5_where_nothing_says_who_stands_around_a_press_counts_as_the_offices() -> None:
    activity = replay("execute_channel")
    for said in ({"id": "19:x@thread.v2"}, {"id": "x", "isGroup": True}, {"id": OFFICE}):
        assert heard({**activity, "conversation": said}).inbound.in_office
    alone = heard({**activity, "conversation": {"id": "a:ana"}})
    assert not alone.inbound.in_office


def test_each_delivery_has_a_name_and_what_has_none_is_never_taken_for_a_repeat() -> None:
    activity = replay("execute_personal")
    del activity["id"]
    again = heard(activity).inbound.delivery
    assert again == heard(activity).inbound.delivery
    later = heard({**activity, "timestamp": "2026-11-24T13:50:00Z"}).inbound.delivery
    assert later != again
    del activity["timestamp"]
    assert heard(activity).inbound.delivery != heard(activity).inbound.delivery


def test_every_organisation_that_is_named_counts() -> None:
    activity = replay("message_personal")
    assert tenants_of(activity) == {"00000000-aaaa-4bbb-8ccc-000000000001"}
    activity["channelData"]["tenant"]["id"] = "elsewhere"
    assert len(tenants_of(activity)) == 2
    assert tenants_of({}) == set()


@pytest.mark.parametrize("spoilt", [None, 7, "x", [], [1], {}, {"a": 1}, True])
@pytest.mark.parametrize(
    "name",
    ["from", "recipient", "conversation", "value", "entities", "channelData", "text", "type", "id"],
)
def test_what_makes_no_sense_raises_nothing(name: str, spoilt: object) -> None:
    for replayed in ("message_group_mention", "execute_form", "submit_personal"):
        hear({**replay(replayed), name: spoilt}, OFFICE)
        tenants_of({**replay(replayed), name: spoilt})


def test_a_forged_button_is_nobodys_deed() -> None:
    activity = replay("execute_personal")
    for forged in ({}, {"doorstep": "no json"}, {"doorstep": 7}, {"doorstep": '{"a":""}'}, "x"):
        activity["value"]["action"]["data"] = forged
        assert hear(activity, OFFICE) is None


def test_a_forged_form_has_nothing_but_text_in_its_fields() -> None:
    activity = replay("execute_form")
    activity["value"]["action"]["data"] |= {"note": {"a": 1}, "kit": ["id"], "return_at.time": 7}
    act = heard(activity).inbound.act
    assert isinstance(act, Submit)
    assert act.values == {"return_at": "2026-11-24T", "kit": "", "note": ""}


def test_half_a_pair_of_letters_is_nobodys_id_and_no_place() -> None:
    activity = replay("message_personal")
    assert learnt(activity) is not None
    for part in ("conversation", "from"):
        assert learnt({**activity, part: {**activity[part], "id": "a:\ud800"}}) is None
    assert hear({**activity, "from": {**activity["from"], "id": "29:\ud800"}}, OFFICE) is None
