"""What a policy wants said in a request: asked kindly, shown to whoever approves, or needed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.cards.by_kind import afterwards
from bot.cards.draw import draw
from bot.cards.forms import plan
from bot.cards.model import Card, Text
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.kinds import KindRules
from bot.domain.plan import Details
from bot.domain.policy import Clause, Policy
from bot.domain.questions import ASKABLE, QUESTIONS
from bot.domain.rules import errors, held, shortfalls
from bot.domain.rules.case import Case
from bot.settings import read_policy, shipped
from tests.domain.examples import DETAILS, SCHOOL, SLPS, Play, asked

EMPTY = Details(place="14 Oak Road", kind="Progress", purpose="Reading")
SAID: Any = {name: "It is said." for name in ASKABLE if name != "contact"}
FULL = replace(EMPTY, **SAID)
names = pytest.mark.parametrize("name", ASKABLE)


def request(policy: Policy, details: Details, *companions: str) -> Play:
    """Where all is said, somebody knows of it too."""
    play = asked(*companions, policy=policy, contact="bo" if details == FULL else None)
    play.visit = replace(play.visit, details=details)
    return play


def case(play: Play) -> Case:
    return Case.of(play.visit, play.facts, play.now)


def missed(play: Play) -> list[str]:
    return [each.field for each in shortfalls(case(play)) if each.field in QUESTIONS]


def strong(card: Card) -> list[str]:
    return [b.body for b in card.blocks if isinstance(b, Text) and b.style == "strong"]


@names
def test_what_is_asked_and_missing_is_in_bold_before_the_approver_with_its_clause(
    name: str,
) -> None:
    question = QUESTIONS[name]
    clauses = {question.rule: Clause("It must be said", "The policy")}
    policy = replace(SLPS, request_asks=(name,), clauses=clauses)
    play = request(policy, EMPTY, "sam")
    assert missed(play) == [name]
    assert held("asking", case(play)) == ()
    card = draw("approval", View(play.visit, "lee", play.facts, play.now))
    assert question.missed in strong(card)
    assert '"It must be said" (The policy)' in card.words
    mine = draw("mine", View(play.visit, "ana", play.facts, play.now))
    assert question.ask in strong(mine)
    assert missed(request(policy, FULL, "sam")) == []


@names
def test_what_is_needed_and_missing_comes_back_at_its_field(name: str) -> None:
    play = request(replace(SLPS, request_needs=(name,)), EMPTY, "sam")
    assert errors(case(play)) == {name: QUESTIONS[name].ask}
    assert held("leaving", case(play)) == ()
    assert missed(request(replace(SLPS, request_needs=(name,)), FULL, "sam")) == []


@names
def test_one_kind_alone_can_ask_for_it(name: str) -> None:
    policy = replace(SLPS, kinds={"progress": KindRules(asks=(name,))})
    assert missed(request(policy, EMPTY, "sam")) == [name]
    assert missed(request(policy, replace(EMPTY, kind="Welfare"), "sam")) == []
    needs = replace(SLPS, kinds={"progress": KindRules(needs=(name,))})
    assert set(errors(case(request(needs, EMPTY, "sam")))) == {name}


def test_who_does_what_is_asked_only_where_several_go() -> None:
    policy = replace(SLPS, request_asks=("who_does_what",))
    assert missed(request(policy, EMPTY)) == []
    assert missed(request(policy, replace(EMPTY, external=DETAILS.external))) == ["who_does_what"]


def test_what_cannot_be_read_is_not_said_to_be_missing() -> None:
    play = request(replace(SLPS, request_asks=ASKABLE), EMPTY, "sam")
    play.visit = replace(play.visit, details=None)
    assert missed(play) == []


@names
def test_every_question_has_its_field_on_the_form(name: str) -> None:
    policy = replace(SLPS, request_asks=(name,))
    form = plan(SCHOOL, "ana", policy=policy, values={})
    assert name in {field.name for field in form.fields}


def test_the_hint_of_a_question_holds_the_sentences_behind_it() -> None:
    policy = read_policy(shipped("slps"))
    form = plan(SCHOOL, "ana", policy=policy, values={})
    (why,) = (field for field in form.fields if field.name == "why_not_in_school")
    assert "if possible, just before or after school." in why.hint
    assert "Ask them to ring you at break or lunchtime" in why.hint


def test_the_fields_of_one_kind_stand_in_the_form_and_are_asked_in_messages_for_that_kind() -> None:
    policy = replace(SLPS, kinds={"progress": KindRules(asks=("follow_up",))})
    for kind, by_name in (("Progress", False), ("Welfare", True), ("", True)):
        (field,) = afterwards(policy, {"kind": kind})
        assert (field.name, field.by_name) == ("follow_up", by_name)
    assert afterwards(SLPS, {"kind": "Progress"}) == ()


def test_each_clause_stands_below_what_it_wants_and_the_buttons_above_the_rest() -> None:
    asks = ("to_see", "needs")
    clauses = {name: Clause(f"The clause of {name}", "The policy") for name in (*asks, "approval")}
    play = request(replace(SLPS, request_asks=asks, clauses=clauses), EMPTY, "sam")
    words = draw("approval", View(play.visit, "lee", play.facts, play.now)).words
    for name in asks:
        missed_at = words.index(QUESTIONS[name].missed)
        assert words[missed_at + 1] == f'"The clause of {name}" (The policy)'
    approve = words.index("Approve")
    assert words[approve - 1] == '"The clause of approval" (The policy)'
    (worst,) = (at for at, line in enumerate(words) if line.startswith("Worst case"))
    assert words.index("Why") < approve < words.index("Knows of it") < worst


def test_a_refused_yes_is_a_sentence_and_not_the_card_once_more() -> None:
    play = request(replace(SLPS, pairs_alone="never"), EMPTY)
    assert play.is_refused(c.Approve("lee", play.visit.revision)).card == ""
