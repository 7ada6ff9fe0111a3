import json
import re
from dataclasses import replace

import pytest

from adapters.web.chats import Message
from adapters.web.personas import Cast
from adapters.web.playing import CAST
from adapters.web.render import render_card, render_form, render_message
from bot.cards.model import Button, Buttons, Card, Choice, Facts, Form, Items, Line, Text
from tests.adapters.web.behind import LONDON, PEOPLE, START
from tests.adapters.web.reading import Page
from tests.adapters.web.samples import EVERYTHING, FORM, HOSTILE


def test_every_word_of_a_card_is_shown_in_order_and_nothing_else() -> None:
    assert Page(render_card(EVERYTHING, "r1")).words() == list(EVERYTHING.words)


def test_every_button_is_there_and_says_what_it_means() -> None:
    page = Page(render_card(EVERYTHING, "r1"))
    presses = [json.loads(attrs["data-press"] or "") for attrs in page.of("button")]
    assert presses == [
        {"action": b.action, "visit": b.visit, "version": b.version, "args": dict(b.args)}
        for b in EVERYTHING.buttons
    ]
    assert page.said_in("button") == [button.label for button in EVERYTHING.buttons]


@pytest.mark.parametrize(
    ("card", "slim"),
    [
        (Card("n", "See the newer message below."), True),
        (Card("n", "It's over.", tone="done"), False),
        (Card("n", "Hello Ana.", (Text("Write: visit"),)), False),
    ],
)
def test_a_calm_line_with_no_more_to_it_is_slim_and_keeps_its_words(card: Card, slim: bool) -> None:
    message = Message("ana", "r1", 2, START, START, urgent=True, content=card)
    html = render_message(message, Cast(PEOPLE), LONDON, START.date())
    page = Page(html)
    assert ("is-slim" in (page.of("article")[0]["class"] or "").split()) is slim
    assert card.title in page.words()


def test_whoever_takes_the_alarm_stands_before_whoever_is_asked_last() -> None:
    shown = [persona.id for persona in CAST.people if not persona.spare]
    assert shown == ["ana", "sam", "shah", "lee", "okoro"]


def test_instructions_are_numbered_and_other_lists_are_not() -> None:
    page = Page(render_card(EVERYTHING, "r1"))
    assert [len(page.of(tag)) for tag in ("ol", "ul", "hr")] == [1, 1, 1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_card_is_inert(text: str) -> None:
    card = Card(
        text,
        text,
        (
            Text(text),
            Facts(((text, text),)),
            Items((text,)),
            Buttons((Button(text, text, text, 1, {text: text}),)),
        ),
    )
    page = Page(render_card(card, "r1"))
    assert page.words() == list(card.words)
    assert {tag for tag, _ in page.tags} == {
        "div",
        "h3",
        "p",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "button",
    }
    pressed = json.loads(page.of("button")[0]["data-press"] or "")
    assert pressed == {"action": text, "visit": text, "version": 1, "args": {text: text}}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_form_is_inert(text: str) -> None:
    form = Form(
        text,
        text,
        text,
        (
            Line("a", text, hint=text),
            Line("b", text, several_lines=True),
            Choice("c", text, ((text, text),) * 4),
            Choice("d", text, ((text, text),), several=True),
        ),
        intro=(text,),
        values={"a": text, "b": text, "c": text},
        errors={"a": text, "": text},
    )
    page = Page(render_form(form))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "b"}
    assert len(page.of("form")) == len(page.of("button")) == 1
    assert page.of("input")[0]["value"] == text
    assert page.said_in("textarea") == ["\n" + text]
    assert json.loads(page.of("form")[0]["data-submit"] or "")["form"] == text
    assert text in page.words()


def test_a_form_shows_its_words_and_those_alone() -> None:
    chrome = {"needed", "Choose…"}
    words = [word for word in Page(render_form(FORM)).words() if word not in chrome]
    assert words == [
        "Plan a visit",
        "Mrs Shah is asked.",
        "Pupil or family",
        "Purpose",
        "A line or two.",
        "\n\nfirst",
        "Leaving at",
        *("Kind of visit", "One", "Two", "Six", "Ten"),
        *("Is the visit over?", "No, keep watching", "Yes"),
        *("Going with", "Sam Assist", "Mr Lee"),
        "Send for approval",
        "I've already left",
    ]


def test_each_field_has_a_label_or_a_legend_of_its_own() -> None:
    page = Page(render_form(FORM, "m"))
    fields = [a for tag in ("input", "textarea", "select") for a in page.of(tag)]
    ids = {a["id"] for a in fields if "id" in a}
    assert len(ids) == 4
    assert {a["for"] for a in page.of("label") if "for" in a} == ids
    assert {a["type"] for a in fields if "id" not in a} == {"radio", "checkbox"}
    assert page.said_in("legend") == ["Is the visit over?", "Going with"]
    assert page.said_in("label") == ["Pupil or family", "Purpose", "Leaving at", "Kind of visit"]


def test_the_server_judges_what_is_typed_not_the_browser() -> None:
    html = render_form(FORM)
    assert "novalidate" in html
    assert "maxlength" not in html
    assert not re.search(r"\brequired\b", html)
    assert html.count(">needed<") == 2


def test_what_was_typed_stands_there_again() -> None:
    page = Page(render_form(FORM))
    chosen = [(tag, a["value"]) for tag, a in page.tags if "checked" in a or "selected" in a]
    assert chosen == [("option", "six"), ("input", "yes"), ("input", "lee")]
    moments = [a["value"] for a in page.of("input") if a["type"] == "datetime-local"]
    assert moments == ["2026-11-22T14:05"]


def test_errors_stand_by_their_fields_and_are_announced() -> None:
    wrong = {"pupil": "Whom?", "with": "Somebody must come.", "": "Too late.", "gone": "Old field."}
    page = Page(render_form(replace(FORM, errors=wrong), "m"))
    assert [a.get("role") for a in page.of("div")].count("alert") == 1
    assert {"Whom?", "Somebody must come.", "Too late.", "Old field."} <= set(page.words())
    assert "Not sent yet: 2 answers need another look." in page.words()
    invalid = {tag: a for tag, a in page.tags if a.get("aria-invalid")}
    assert set(invalid) == {"input", "fieldset"}
    ids = {a["id"] for _, a in page.tags if "id" in a}
    described = [a["aria-describedby"] or "" for _, a in page.tags if "aria-describedby" in a]
    assert described
    assert {each for by in described for each in by.split()} <= ids


def test_two_forms_on_one_page_share_no_id() -> None:
    first, second = (
        {a["id"] for _, a in Page(render_form(FORM, mark)).tags if "id" in a} for mark in "xy"
    )
    assert not first & second


def test_an_extra_button_is_a_press_and_the_forms_own_is_not() -> None:
    submit, extra = Page(render_form(FORM)).of("button")
    assert submit["type"] == "submit"
    assert extra["type"] == "button"
    assert json.loads(extra["data-press"] or "")["action"] == "left"


def test_a_choice_without_options_says_so() -> None:
    empty = Form("f", "Title", "Send", (Choice("with", "Going with", (), several=True),))
    assert "There is nothing to choose from." in Page(render_form(empty)).words()
