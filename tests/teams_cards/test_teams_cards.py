"""Every card and form on Teams is what a reviewer has read, small enough, and inert."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.payload import as_sent
from adapters.shortened import MORE
from adapters.teams import cards, forms
from adapters.teams.rich import unmarked
from bot.cards.gallery import Example
from bot.cards.model import Button, Buttons, Card, Choice, Form, Items, Line, Text
from bot.ports import Press, Submit
from tests.gallery import every
from tests.teams_cards.golden import GOLDEN
from tests.teams_cards.pressing import execute, pressed, submitted
from tests.teams_cards.sent import activity, content

HOLDS = 24 * 1024
EXTRA = ("msteams", "entities", "url", "iconUrl", "selectAction", "refresh", "authentication")


def walk(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from walk(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from walk(each)


def size(given: Any) -> int:
    return len(as_sent(given))


def said(shown: Any) -> str:
    return " ".join(each["text"] for each in walk(shown) if each.get("type") == "TextRun")


def titles(shown: Any) -> list[str]:
    return [action["title"] for action in actions(shown)]


def actions(shown: Any) -> list[dict[str, Any]]:
    rows = (each for each in walk(shown["body"]) if each.get("type") == "ActionSet")
    return [action for row in rows for action in row["actions"]]


def test_it_is_what_a_reviewer_has_read() -> None:
    GOLDEN.is_what_was_read()


@every
def test_it_is_a_card_alone_with_a_summary_of_its_own_and_room_to_spare(example: Example) -> None:
    given = activity(example)
    assert set(given) == {"type", "summary", "attachments"}, "text beside a card is split off"
    (card,) = given["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["version"] == "1.5"
    assert given["summary"] == card["content"]["fallbackText"]
    assert size(given) < HOLDS


@every
def test_P1_the_summary_is_the_notification_and_a_forms_says_nothing(example: Example) -> None:
    summary = activity(example)["summary"]
    if isinstance(example.shown, Card):
        assert summary == example.shown.notification
    else:
        assert summary == "A form for you to fill in"


@every
def test_words_stand_only_where_no_client_reads_markup(example: Example) -> None:
    kinds = {each.get("type") for each in walk(content(example)["body"])}
    assert not kinds & {"TextBlock", "FactSet", "Image", "Media"}
    assert not [name for each in walk(content(example)) for name in EXTRA if name in each]


@every
def test_every_button_has_what_old_clients_fall_back_on_and_means_the_same(
    example: Example,
) -> None:
    for action in actions(content(example)):
        assert action["type"] == "Action.Execute"
        fallback = action["fallback"]
        assert fallback["type"] == "Action.Submit"
        assert "verb" not in fallback
        assert fallback["data"] == action["data"]
        assert pressed(action) == submitted(action)


@every
def test_a_press_comes_back_as_it_was_meant(example: Example) -> None:
    shown, found = example.shown, actions(content(example))
    if isinstance(shown, Card):
        assert [pressed(action) for action in found] == [meant(b) for b in shown.buttons]
    else:
        sent = Submit(shown.name, {}, shown.visit, shown.version, shown.args)
        assert [pressed(action) for action in found] == [sent, *map(meant, shown.extra)]
        assert all(action["associatedInputs"] == "none" for action in found[1:])


def meant(button: Button) -> Press:
    return Press(button.action, button.visit, button.version, button.args)


def test_a_long_card_is_shortened_visibly_and_keeps_its_buttons() -> None:
    buttons = tuple(Button(f"Press {n}", f"act_{n}", "v1", 3) for n in range(6))
    many = tuple(Text(f"{n} " + "words " * 300) for n in range(20))
    card = Card("n", "Title.", (Text("Short."), *many, Buttons(buttons)))
    given = cards.message(card)
    assert size(given) < HOLDS
    shown = given["attachments"][0]["content"]
    assert titles(shown) == [button.label for button in buttons]
    assert "Title." in said(shown)
    assert "Short." in said(shown)
    assert said(shown).count("…") == 20


@pytest.mark.parametrize("letter", ["x", "ü", "\N{DOG FACE}"])
def test_a_card_of_too_many_paragraphs_says_that_there_is_more(letter: str) -> None:
    card = Card(letter * 9000, letter * 9000, (Items(tuple(letter * 60 for _ in range(500))),))
    card = replace(card, blocks=(*[Text(letter * 90)] * 500, *card.blocks))
    card = replace(card, blocks=(*card.blocks, Buttons((Button("Press", "act", "v1", 3),))))
    given = cards.message(card)
    assert size(given) < HOLDS
    shown = given["attachments"][0]["content"]
    assert MORE in said(shown)
    assert titles(shown) == ["Press"]


def test_rows_of_buttons_are_no_wider_than_a_phone() -> None:
    labels = ("I've arrived", "I'm OK", "I need more time", "I'm back", "Gone somewhere else")
    card = Card("n", "t", (Buttons(tuple(Button(label, "act") for label in labels)),))
    rows = [[a["title"] for a in row["actions"]] for row in cards.content(card)["body"][1:]]
    assert [label for row in rows for label in row] == list(labels)
    assert all(len("".join(row)) < 30 and len(row) <= 6 for row in rows)


def test_only_whoever_is_to_be_lit_up_is_mentioned() -> None:
    card = Card("n", "t", (Text("<at>everybody</at>"),))
    shown = cards.content(card, [("29:olu", "Olu [x](y) *Desk*")])
    assert shown["body"][-1]["text"] == "For <at>Olu xy Desk</at>"
    (entity,) = shown["msteams"]["entities"]
    assert entity["mentioned"]["id"] == "29:olu"
    assert entity["text"] in shown["body"][-1]["text"]


def test_the_title_of_a_choice_is_changed_only_where_a_client_could_read_markup() -> None:
    for plain in (
        "Ana Teach",
        "Mr. O'Neil-Smith (Year 6)",
        "14 Oak Road, 14:05",
        "V-1042, due 15.30",
    ):
        assert unmarked(plain) == plain
    assert unmarked("*b* [x](y) evil.com //z") == "∗b∗ ［x］(y) evil․com ／／z"
    assert unmarked("# h") == "＃ h"
    assert unmarked("1. one") == "1․ one"


# --- forms ----------------------------------------------------------------------------------------


def form(**more: Any) -> Form:
    people = tuple((f"p{n}", f"Person Number{n}") for n in range(300))
    fields = (
        Line("why", "Why?", longest=500),
        Choice("companions", "Going with", people, several=True),
        Choice("contact", "Who knows?", people, "Somebody who stays.", required=True),
    )
    return Form("plan", "Plan", "Send", fields, **more)


def test_more_people_than_a_card_holds_are_asked_for_by_name_and_understood() -> None:
    values = {"companions": "p1,p2", "contact": "p9"}
    given = forms.message(form(values=values, errors={"contact": "Somebody else."}))
    assert size(given) < HOLDS
    shown = given["attachments"][0]["content"]
    inputs = {each["id"]: each for each in walk(shown) if "label" in each}
    assert inputs["companions.names"]["value"] == "Person Number1, Person Number2"
    assert inputs["contact.names"]["isRequired"] is True
    assert "Somebody else." in said(shown)
    known = {"Person Number1": "p1", "Person Number2": "p2"}
    typed = {"companions.names": "Person Number1 and Person Number2", "contact.names": "X"}
    (send,) = actions(shown)
    sent = execute(send, typed, lambda name: known.get(name, name))
    assert isinstance(sent, Submit)
    assert sent.values == {"companions": "p1,p2", "contact": "X"}


def test_what_is_far_too_long_is_cut_to_what_its_field_allows_before_anything_is_lost() -> None:
    fields = tuple(Line(f"f{n}", f"Field {n}", longest=500) for n in range(12))
    values = {f.name: "w" * 2900 for f in fields}
    given = forms.message(Form("plan", "Plan", "Send", fields, values=values))
    assert size(given) < HOLDS
    inputs = [each for each in walk(given) if each.get("type") == "Input.Text"]
    assert [len(each["value"]) for each in inputs] == [500] * 12
    assert said(given).count(forms.WAS_CUT) == 12


def test_P5_a_form_that_was_asked_for_in_the_office_comes_back_as_the_offices() -> None:
    from tests.teams_cards.pressing import heard

    for asked_there in (True, False):
        (send,) = actions(forms.content(form(), in_office=asked_there))
        assert heard(send).in_office is asked_there
