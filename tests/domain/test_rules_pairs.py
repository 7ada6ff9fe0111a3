"""In pairs whenever possible: what going alone asks for at each gate, however strict the school."""

from dataclasses import replace

import pytest

from bot.cards.draw import draw
from bot.cards.model import Card, Text
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.plan import Details
from bot.domain.policy import Clause
from bot.domain.rules import errors, held, shortfalls
from bot.domain.rules.case import Case, Gate
from bot.domain.visit import Out, Requested
from tests.domain.examples import DETAILS, SLPS, Play, asked

WAYS = ("free", "asked", "reason", "never")
GATES: tuple[Gate, ...] = ("asking", "approval", "leaving")
NOBODY_ELSE = replace(DETAILS, external=None)


def request(strict: str, *companions: str, details: Details | None = NOBODY_ELSE) -> Play:
    clause = {"pairs": Clause("In twos whenever possible", "The policy")}
    play = asked(*companions, policy=replace(SLPS, pairs_alone=strict, clauses=clause))
    play.visit = replace(play.visit, details=details)
    return play


def case(play: Play) -> Case:
    return Case.of(play.visit, play.facts, play.now)


def texts_of(card: Card) -> list[Text]:
    return [block for block in card.blocks if isinstance(block, Text)]


def said(play: Play) -> list[str]:
    return [each.why for each in shortfalls(case(play)) if each.rule == "pairs"]


def shut(play: Play) -> list[Gate]:
    return [gate for gate in GATES if any(s.rule == "pairs" for s in held(gate, case(play)))]


@pytest.mark.parametrize("strict", WAYS)
def test_nothing_is_said_of_a_pair(strict: str) -> None:
    assert said(request(strict, "sam")) == []


@pytest.mark.parametrize("strict", WAYS)
def test_somebody_from_outside_completes_a_pair_for_the_approval(strict: str) -> None:
    assert said(request(strict, details=DETAILS)) == []


def test_alone_is_in_bold_before_the_approver_with_the_reason_and_the_clause() -> None:
    why = replace(NOBODY_ELSE, why_alone="Nobody is free.")
    for strict, details, words in (
        ("free", NOBODY_ELSE, "Ana Teach would go alone."),
        ("asked", NOBODY_ELSE, "Ana Teach would go alone. No reason is given."),
        ("asked", why, "Ana Teach would go alone. The reason given: Nobody is free."),
        ("reason", why, "Ana Teach would go alone. The reason given: Nobody is free."),
    ):
        play = request(strict, details=details)
        card = draw("approval", View(play.visit, "lee", play.facts, play.now))
        strong = [text.body for text in texts_of(card) if text.style == "strong"]
        assert words in strong
        assert '"In twos whenever possible" (The policy)' in [t.body for t in texts_of(card)]


def test_what_each_way_holds_shut() -> None:
    assert [shut(request(strict)) for strict in WAYS] == [[], [], ["asking"], list(GATES)]
    reason = replace(NOBODY_ELSE, why_alone="Nobody is free.")
    assert shut(request("reason", details=reason)) == []
    assert shut(request("never", details=reason)) == list(GATES)


def test_the_request_comes_back_at_the_field_where_it_can_be_mended() -> None:
    assert errors(case(request("reason"))) == {"why_alone": "You would go alone: can you say why?"}
    assert set(errors(case(request("never")))) == {"companions"}


def test_the_lead_is_asked_once_and_kindly_where_it_may_stay_open() -> None:
    play = request("asked")
    card = draw("mine", View(play.visit, "ana", play.facts, play.now))
    assert "You would go alone: can you say why?" in [text.body for text in texts_of(card)]
    told = draw("mine", View(request("free").visit, "ana", request("free").facts, play.now))
    assert "You would go alone: can you say why?" not in [text.body for text in texts_of(told)]


def test_where_nobody_goes_alone_approval_is_refused_with_the_sentence() -> None:
    play = request("never")
    refused = play.is_refused(c.Approve("lee", play.visit.revision))
    assert refused.why == "At this school nobody goes alone. Who goes with you?"
    assert isinstance(play.visit.phase, Requested)


def test_S1_whoever_is_left_without_the_other_is_refused_and_watched_all_the_same() -> None:
    play = request("never", "sam").approve()
    play.wait(until="14:00")
    assert play.is_refused(c.Depart("ana", ("ana",))).offer == "already_left"
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)


def test_details_that_cannot_be_read_complete_no_pair() -> None:
    assert shut(request("never", details=None)) == list(GATES)
