"""Every card, home tab and form of the gallery is what Slack takes, by three opinions, and is what
a reviewer has read.
"""

import json
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.cards.gallery import Example, gallery
from tests.gallery import every
from tests.slack_double.blocks import Refused, check_message, check_view
from tests.slack_forms import schema
from tests.slack_forms.golden import GOLDEN
from tests.slack_forms.sent import sent, views

ROOTS = {"home": "HomeView", "modal": "ModalView"}


def blocks(given: dict[str, Any]) -> list[dict[str, Any]]:
    found = given["blocks"]
    assert isinstance(found, list)
    return found


@every
def test_it_is_what_the_schema_says(example: Example) -> None:
    given = sent(example)
    for number, block in enumerate(blocks(given)):
        assert schema.problem("KnownBlock", block) == "", f"block {number}: {json.dumps(block)}"
    if "type" in given:
        assert schema.problem(ROOTS[given["type"]], given) == ""


def test_an_answer_in_a_form_is_what_the_schema_says() -> None:
    (answer,) = views(next(e for e in gallery() if e.of == "went_wrong"))
    assert schema.problem("ModalView", answer) == ""
    assert "blocks" in schema.problem("ModalView", {**answer, "blocks": "none"})


@every
def test_slacks_own_models_know_all_of_it_and_find_nothing_too_long(example: Example) -> None:
    given = blocks(sent(example))
    models = Block.parse_all(given)
    assert [model.to_dict() for model in models] == given, "the models lose nothing of it"
    for model in models:
        model.validate_json()
    for view in views(example):
        View(**view).validate_json()


@every
def test_it_keeps_to_every_count_and_length(example: Example) -> None:
    given = sent(example)
    if "type" not in given:
        check_message(given["blocks"])
    for view in views(example):
        check_view(view)


def test_the_three_opinions_can_say_no() -> None:
    """Broken blocks are found, each by whom it should be."""
    (fine, *_) = blocks(sent(gallery()[0]))
    assert schema.problem("KnownBlock", fine) == ""
    assert "type" in schema.problem("KnownBlock", {"type": "rich_txt", "elements": []})
    assert schema.problem("KnownBlock", {**fine, "colour": "red"}) != ""
    long: dict[str, Any] = {"type": "plain_text", "text": "a" * 25, "emoji": False}
    view: dict[str, Any] = {"type": "modal", "title": long, "blocks": [fine]}
    with pytest.raises(Exception, match="title"):
        View(**view).validate_json()
    with pytest.raises(Refused, match="50 items"):
        check_message([fine] * 51)


def test_it_is_what_a_reviewer_has_read() -> None:
    GOLDEN.is_what_was_read()
