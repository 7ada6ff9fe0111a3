"""Every card and form for Teams, by Microsoft's own parser and renderer, as wide as a phone, in a
client that reads markdown and links wherever it may.
"""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from adapters.teams import cards, forms
from adapters.teams.package import manifest
from adapters.teams.rich import unmarked
from bot.cards.gallery import gallery
from bot.cards.model import (
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Form,
    Items,
    Line,
    Moment,
    Text,
)
from bot.ports import Press, Submit
from tests.contract.test_channel import HOSTILE
from tests.gallery import named
from tests.npm import installed
from tests.teams_cards.drawn import HERE, draw, opened
from tests.teams_cards.pressing import heard
from tests.teams_cards.sent import content

BROKEN = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Input.Text"}]}
MACRO = "{{DATE(2026-11-24T12:00:00Z,SHORT)}} {{TIME(2026-11-24T12:00:00Z)}}"
LINKS = (
    "https://evil.example/a?b=c www.evil.com evil.com a@evil.com ![x](y) # h\n- a\n1. b\n"
    "> c ***d*** ~~e~~ <b>f</b> &amp;"
)
TEXTS = {**HOSTILE, "moments": MACRO, "markup": LINKS, "heading": "# h", "number": "1. one"}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = opened(browser)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert wrong == []


def reads(text: str) -> str:
    """As one line; a mark that only keeps a moment from being told is not seen."""
    return " ".join(text.replace("\N{WORD JOINER}", "").split())


def in_order(words: list[str], text: str) -> None:
    at = 0
    for word in filter(None, map(reads, words)):
        found = text.find(word, at)
        assert found >= 0, f"not there, or not in its place: {word}"
        at = found + len(word)


def fine(seen: dict[str, Any]) -> None:
    assert (seen["markup"], seen["tooWide"], seen["outside"]) == ([], [], [])


def told(script: str, given: object) -> Any:
    """What a script of node makes of something."""
    modules = installed(HERE)
    done = subprocess.run(
        ["node", HERE / script],
        input=json.dumps(given),
        cwd=modules.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def test_microsofts_parser_finds_nothing_wrong_with_any_of_them() -> None:
    given: dict[str, Any] = {named(example): content(example) for example in gallery()}
    owned = [e.shown for e in gallery() if isinstance(e.shown, Card) and e.shown.own_view]
    given |= {f"own view {n}": cards.content(c, looking=["29:lee"]) for n, c in enumerate(owned)}
    assert "refresh" in given["own view 0"]
    said = told("check.js", {**given, "broken": BROKEN})
    assert len(said) == len(given) + 1
    assert said.pop("broken") != [], "it can say no"
    assert {name: events for name, events in said.items() if events} == {}


def test_the_apps_manifest_is_what_microsofts_schema_says() -> None:
    made = manifest("12345678-90ab-cdef-1234-567890abcdef", "St Example", "https://school.example/")
    assert told("manifest.js", made) == []
    assert told("manifest.js", {**made, "accentColor": "teal"}) != [], "it can say no"
    assert told("manifest.js", {**made, "surprise": 1}) != []


def test_every_card_is_read_whole_at_320_pixels_and_pressed_as_it_was_meant(page: Page) -> None:
    for example in gallery():
        if not isinstance(card := example.shown, Card):
            continue
        seen = draw(page, content(example))
        try:
            fine(seen)
            in_order(list(card.words), reads(seen["text"]))
            assert seen["buttons"] == [button.label for button in card.buttons]
            for button in {b.label: b for b in reversed(card.buttons)}.values():
                done = page.evaluate("label => press(label)", button.label)
                assert done["kind"] == "Action.Execute"
                meant = Press(button.action, button.visit, button.version, button.args)
                assert heard(done).act == meant
        except AssertionError as wrong:
            raise AssertionError(named(example)) from wrong


def test_every_form_is_read_whole_at_320_pixels(page: Page) -> None:
    for example in gallery():
        if not isinstance(form := example.shown, Form):
            continue
        seen = draw(page, content(example))
        try:
            fine(seen)
            text = reads(seen["text"])
            in_order([form.title, *form.intro], text)
            in_order([field.label for field in form.fields], text)
            assert all(why in text for why in form.errors.values())
            assert seen["buttons"] == [form.submit, *(button.label for button in form.extra)]
        except AssertionError as wrong:
            raise AssertionError(named(example)) from wrong


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text_stays_text_even_where_a_client_reads_markup(page: Page, text: str) -> None:
    text = text[:900]
    body = (Text(text), Text(text, "strong"), Text(text, "quiet"), Facts(((text, text),)))
    more = (Items((text, text)), Divider(), Buttons((Button(text[:30], "act"),)))
    seen = draw(page, cards.content(Card("n", text, (*body, *more), "alarm")))
    assert seen["markup"] == []
    in_order([text] * 8, reads(seen["text"]).replace("• ", ""))
    form = Form(
        "plan",
        text,
        "Send",
        (
            Line("one", text, text, required=True),
            Choice("few", text, tuple((f"v{n}", text) for n in range(3)), several=True),
            Choice("many", text, tuple((f"v{n}", text) for n in range(12))),
        ),
        intro=(text,),
        values={"one": text},
        errors={"one": text, "": text},
    )
    seen = draw(page, forms.content(form))
    assert seen["markup"] == []
    in_order([text] * 5, reads(seen["text"]))
    assert {reads(choice) for choice in seen["choices"]} == {reads(unmarked(text))}


def test_a_form_is_filled_in_and_sent_and_its_other_button_needs_nothing(page: Page) -> None:
    form = Form(
        "leave",
        "Leaving",
        "I'm leaving now",
        (
            Line("note", "A note", required=True),
            Moment("return_at", "Expected back", required=True),
            Choice("kit", "Kit", (("id", "Badge"), ("phone", "Phone")), several=True),
        ),
        visit="v1",
        version=3,
        args={"revision": "2"},
        values={"kit": "id,phone", "return_at": "2026-11-24T14:45"},
        extra=(Button("I've already left", "already_left", "v1", 3),),
    )
    draw(page, forms.content(form))
    assert page.evaluate("press('I\\'m leaving now')") is None, "the client asks for the note first"
    assert "Please fill this in." in page.locator("#cards").inner_text()
    left = page.evaluate("press('I\\'ve already left')")
    assert heard(left).act == Press("already_left", "v1", 3)
    page.evaluate("fill({note: ' as *typed* '})")
    sent = page.evaluate("press('I\\'m leaving now')")
    values = {"note": " as *typed* ", "return_at": "2026-11-24T14:45", "kit": "id,phone"}
    assert heard(sent).act == Submit("leave", values, "v1", 3, {"revision": "2"})
