"""The gallery has everything, and what is in it reads well."""

import inspect
import re
from collections import Counter
from collections.abc import Callable

from bot.cards import general, written
from bot.cards.draw import ABOUT_NO_VISIT, CARDS
from bot.cards.gallery import Example, gallery, write
from bot.cards.model import Card, Form, Line
from bot.engine.submits import FORMS
from tests.gallery import every_card, named

CARD_EXAMPLES = [e for e in gallery() if isinstance(e.shown, Card)]
FORM_EXAMPLES = [e for e in gallery() if isinstance(e.shown, Form)]
LABELS = [
    "Plan a visit",
    "Approve",
    "Decline",
    "Ask for changes",
    "Withdraw approval",
    "Call them back",
    "Cancel the visit",
    "I'm leaving now",
    "I've already left",
    "I've arrived",
    "I'm OK",
    "I need more time",
    "I'm back",
    "I need help",
    "Gone somewhere else",
    "They phoned: OK",
    "They phoned: back",
    "Ask if they're OK",
    "I'm on it",
    "They are safe",
    "Not over",
    "Show risks",
    "Uneasy, leaving now",
    "I have a concern",
    "I've seen it",
    "Add words",
]
FIELDS = [
    "Kind of visit",
    "Pupil or family",
    "Address",
    "Purpose",
    "Why can't the parent come in?",
    "Who do you need to see?",
    "Leaving at",
    "Expected back",
    "Going with",
    "Someone from outside (such as an Education Welfare Officer)",
    "Their organisation",
    "Their phone",
    "Who does what?",
    "How was the appointment made?",
    "Known risks",
    "Language or other needs",
    "Who knows you are going?",
    "Who is your backup while school is closed?",
]
KINDS = ["Attendance", "Progress", "Invitation", "Welfare", "Safeguarding"]
KINDS += ["Extended leave abroad", "Other"]


def giving(module: object, kind: type) -> set[str]:
    """The public functions of a module that give a card, or a form."""
    found: dict[str, Callable[..., object]] = dict(inspect.getmembers(module, inspect.isfunction))
    return {
        name
        for name, function in found.items()
        if function.__module__ == getattr(module, "__name__", "")
        and inspect.signature(function).return_annotation is kind
        and not name.startswith("_")
    }


def test_every_card_about_a_visit_has_an_example_that_shows_it() -> None:
    refused = general.not_yours()
    shown = {e.of for e in CARD_EXAMPLES if e.shown != refused}
    missing = set(CARDS) - shown
    assert not missing, f"no example in bot/cards/gallery/drawn.py for: {sorted(missing)}"


def test_every_card_about_no_single_visit_has_an_example_that_shows_it() -> None:
    shown = {e.of for e in CARD_EXAMPLES if e.shown != general.not_yours()}
    missing = set(ABOUT_NO_VISIT) - shown
    assert not missing, f"no example in bot/cards/gallery/overviews.py for: {sorted(missing)}"


def test_every_general_card_has_an_example() -> None:
    missing = (giving(general, Card) | giving(written, Card) | {"one_list"}) - {
        e.of for e in CARD_EXAMPLES
    }
    assert not missing, f"no example in bot/cards/gallery/general.py for: {sorted(missing)}"


def test_every_form_has_an_example() -> None:
    shown = {e.shown.name for e in FORM_EXAMPLES if isinstance(e.shown, Form)}
    assert {e.of for e in FORM_EXAMPLES} == shown
    missing = {"plan", *FORMS} - shown
    assert not missing, f"no example in bot/cards/gallery/asked_in_forms.py for: {sorted(missing)}"


def test_each_example_has_a_name_of_its_own() -> None:
    assert [n for n, count in Counter(map(named, gallery())).items() if count > 1] == []


def test_the_words_on_the_buttons_are_those_of_the_contract() -> None:
    labels = {b.label for e in CARD_EXAMPLES if isinstance(e.shown, Card) for b in e.shown.buttons}
    assert set(LABELS) - labels - {"They phoned: OK"} == set()
    assert "I've already left" in {
        b.label for e in FORM_EXAMPLES if isinstance(e.shown, Form) for b in e.shown.extra
    }


def test_the_labels_of_the_request_are_those_of_the_contract() -> None:
    """All of them, in its order; what a policy asks besides may stand between."""
    (plan,) = [e.shown for e in FORM_EXAMPLES if e.name == "a new visit"]
    assert isinstance(plan, Form)
    labels = [field.label for field in plan.fields]
    assert [label for label in labels if label in FIELDS] == FIELDS
    assert len(set(labels)) == len(labels)
    required = [field.label for field in plan.fields if field.required]
    assert set(required) <= set(FIELDS), "what is asked besides is never needed to send a request"
    kinds = plan.fields[0]
    assert not isinstance(kinds, Line)
    assert [label for _, label in getattr(kinds, "options", ())] == KINDS
    safe = next(e.shown for e in FORM_EXAMPLES if e.of == "safe")
    assert isinstance(safe, Form)
    assert [field.label for field in safe.fields] == ["How do you know?", "Is the visit over?"]
    for name in ("decline", "ask_for_changes", "withdraw"):
        form = next(e.shown for e in FORM_EXAMPLES if e.of == name)
        assert isinstance(form, Form)
        assert [field.label for field in form.fields] == ["Reason"]


@every_card
def test_a_notification_is_one_short_line_that_ends_sensibly(example: Example) -> None:
    assert isinstance(example.shown, Card)
    line = example.shown.notification
    assert line == line.strip()
    assert 0 < len(line) <= 120
    assert "\n" not in line
    assert re.search(r"[\w.?!)]$", line), line


AWKWARD = (
    r"\bNone\b(?! known)",
    r"[{}]",
    r"  ",
    r"\.\.",
    r" [.,;:]",
    r"\b(Ana Teach|Sam Assist) are\b(?<! and Sam Assist are)(?<! and Ana Teach are)",
    r"(Ana Teach and Sam Assist|Sam Assist and Ana Teach) (is|was|has)\b",
    r"\b1 minutes\b",
    r"\b(forgot|failed|ignored|should have)\b",
    r"\b(escalat|acknowledg|rung|ladder|overdue|stand-down|audit|version)",
    r"<|>",
)


@every_card
def test_a_card_reads_well(example: Example) -> None:
    assert isinstance(example.shown, Card)
    card = example.shown
    assert re.search(r"[.?!:]$", card.title) or example.of == "how_it_works", card.title
    for words in (card.notification, *card.words):
        if words == "Approve if ...":  # the rest is asked on its form
            continue
        for pattern in AWKWARD:
            assert not re.search(pattern, words), (pattern, words)


def test_names_are_cut_short_in_notifications_alone() -> None:
    from bot.cards.view import few_names

    many = ["Ana Teach", "Sam Assist", "Jo Long", "Kim Cook"]
    assert few_names(many[:3]) == "Ana Teach, Sam Assist and Jo Long"
    assert few_names(many) == "Ana Teach and 3 others"


def test_all_of_it_can_be_printed() -> None:
    for example in gallery():
        text = write(example)
        shown = example.shown
        words = shown.words if isinstance(shown, Card) else (shown.title, *shown.intro)
        assert example.reader in text
        assert [word for word in words if word not in text] == []
