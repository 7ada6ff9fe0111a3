"""In pairs whenever possible: what going alone asks for at each gate, however strict the school."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cards.draw import draw
from bot.cards.model import Card, Text
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.decide import decide
from bot.domain.kinds import KindRules
from bot.domain.known import Flag, Known, Previous
from bot.domain.plan import Details
from bot.domain.policy import Clause
from bot.domain.refused import Refused
from bot.domain.rules import errors, held, shortfalls
from bot.domain.rules.case import Case, Gate
from bot.domain.visit import Out, Requested
from tests.domain.examples import DETAILS, SLPS, Play, asked, at

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
    found = [shut(request(strict)) for strict in WAYS]
    assert found == [[], [], list(GATES), list(GATES)]
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


RISKY = replace(NOBODY_ELSE, risks="A large dog")
CALM = replace(NOBODY_ELSE, risks="")
NOON = at("12:00")
FLAG = Flag("f1", "okoro", NOON, NOON + timedelta(days=9), NOON + timedelta(days=9))
TROUBLE = Previous(asked().visit, NOON, here=True, outcome="over", trouble="alarm")


NOTHING = Known()


def told(details: Details, known: Known = NOTHING, *, policy: Any) -> tuple[str, list[Gate]]:
    """What is said of Ana going alone, where ``pairs.alone`` is free, and what it holds shut."""
    play = asked(policy=replace(SLPS, pairs_alone="free", **policy))
    facts = replace(play.facts, known=known)
    found = shortfalls(Case.of(replace(play.visit, details=details), facts, play.now))
    (one,) = (each for each in found if "alone" in each.why)
    return one.why, [gate for gate in GATES if gate in one.stops]


def test_where_it_may_be_less_safe_a_school_can_be_stricter() -> None:
    flagged, troubled = Known(flags=(FLAG,)), Known(previous=(TROUBLE,))
    for setting, details, known, because in (
        ("pairs_with_risks", RISKY, NOTHING, "Risks are named."),
        ("pairs_flagged", CALM, flagged, "This address is flagged."),
        ("pairs_after_trouble", CALM, troubled, "There was trouble at this address before."),
    ):
        why, stops = told(details, known, policy={setting: "reason"})
        assert why == f"Ana Teach would go alone. {because} No reason is given."
        assert stops == list(GATES)
        assert told(details, known, policy={setting: "never"})[1] == list(GATES)
        assert told(details, known, policy={setting: "asked"})[1] == []
        assert told(CALM, policy={setting: "never"}) == ("Ana Teach would go alone.", [])


def test_an_ended_flag_and_trouble_long_ago_or_elsewhere_ask_for_nothing() -> None:
    ended = replace(FLAG, lifted_at=NOON)
    old = replace(TROUBLE, at=NOON - timedelta(days=500))
    known = Known(flags=(ended,), previous=(old, replace(TROUBLE, here=False)))
    strict = {"pairs_flagged": "never", "pairs_after_trouble": "never"}
    words, stops = told(CALM, known, policy=strict)
    assert (words, stops) == ("Ana Teach would go alone.", [])


def test_the_strictest_counts_and_a_kind_may_be_stricter_than_the_rest() -> None:
    kinds, reason = {"welfare": KindRules(alone="never")}, {"pairs_with_risks": "reason"}
    why, stops = told(RISKY, policy={"kinds": kinds, **reason})
    assert why == "Because the kind of visit is welfare, nobody goes alone. Who goes with you?"
    assert stops == list(GATES)
    other = replace(RISKY, kind="Progress")
    assert told(other, policy={"kinds": kinds, **reason})[1] == list(GATES)
    milder = {"welfare": KindRules(alone="free")}
    assert told(RISKY, policy={"kinds": milder, **reason})[1] == list(GATES)


def test_a_flag_found_after_the_request_was_sent_holds_the_approval_until_there_is_a_reason() -> (
    None
):
    policy = replace(SLPS, pairs_flagged="reason")
    for why, gates in (("", list(GATES)), ("Nobody is free.", [])):
        play = asked(policy=policy)
        play.visit = replace(play.visit, details=replace(CALM, why_alone=why))
        facts = replace(play.facts, known=Known(flags=(FLAG,)))
        case = Case.of(play.visit, facts, play.now)
        assert [gate for gate in GATES if held(gate, case)] == gates
        outcome = decide(play.visit, c.Approve("lee", 1), facts, play.now)
        assert isinstance(outcome, Refused) is bool(gates)


def test_S1_whoever_must_say_why_and_is_left_alone_at_the_door_is_refused_and_watched() -> None:
    play = request("reason", "sam").approve()
    play.wait(until="14:00")
    refused = play.is_refused(c.Depart("ana", ("ana",)))
    assert refused.offer == "already_left"
    assert "Ana Teach would go alone. No reason is given." in refused.why
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)
