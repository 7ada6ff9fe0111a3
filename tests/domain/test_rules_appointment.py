"""An appointment: always, whenever possible, or nothing asked; and who put their name to none."""

from dataclasses import replace

import pytest

from bot.cards.draw import draw
from bot.cards.model import Facts, Text
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.plan import Details
from bot.domain.policy import Clause
from bot.domain.rules import held, shortfalls
from bot.domain.rules.case import Case, Gate
from bot.domain.visit import Approved, Out
from tests.domain.examples import DETAILS, SLPS, Play, asked

GATES: tuple[Gate, ...] = ("asking", "approval", "leaving")
RULES = {"appointment", "unannounced"}
CLAUSES = {
    "appointment": Clause("Make an appointment.", "The policy"),
    "unannounced": Clause("Never without prior notice.", "The policy"),
}
MADE = replace(DETAILS, appointment="by phone")


def request(needed: str, details: Details | None = DETAILS) -> Play:
    play = asked("sam", policy=replace(SLPS, appointment_needed=needed, clauses=CLAUSES))
    play.visit = replace(play.visit, details=details)
    return play


def case(play: Play) -> Case:
    return Case.of(play.visit, play.facts, play.now)


def said(play: Play) -> list[str]:
    return [each.why for each in shortfalls(case(play)) if each.rule in RULES]


def shut(play: Play) -> list[Gate]:
    return [gate for gate in GATES if any(s.rule in RULES for s in held(gate, case(play)))]


def shown(play: Play, card: str, reader: str) -> list[Text]:
    drawn = draw(card, View(play.visit, reader, play.facts, play.now))
    return [block for block in drawn.blocks if isinstance(block, Text)]


def test_what_was_typed_into_the_request_is_an_appointment_where_none_is_recorded() -> None:
    typed, recorded = MADE, replace(MADE, recorded=True)
    for needed in ("whenever_possible", "no"):
        assert said(request(needed, typed)) == []
    assert shut(request("always", typed)) == ["leaving"]
    for needed in ("always", "whenever_possible", "no"):
        assert said(request(needed, recorded)) == []


@pytest.mark.parametrize(
    "words",
    [
        *("none", "No.", "no", "-", "?", "n/a", "N/A", "NA", "not made yet", "Not yet", "tbc"),
        *("none, could not reach them", "couldn’t reach them", "No answer", "to be made", ""),
        *("tried twice, no answer", "Will ring tomorrow", "left a voicemail", "unannounced"),
        *("rang, but no reply", "  x ", "haven't yet", "An appointment is still to be agreed"),
    ],
)
def test_words_that_say_none_are_none(words: str) -> None:
    details = replace(DETAILS, appointment=words)
    assert said(request("whenever_possible", details)) == [
        "No appointment is made: Ana Teach would go unannounced."
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("agreed by phone", "by letter of 3 November", "rung this morning", "Yes", "Norma rang"),
        *("with both parents, by phone", "No problem: she asked us to come", "Will (dad) agreed"),
    ],
)
def test_words_that_say_how_are_an_appointment(words: str) -> None:
    assert said(request("whenever_possible", replace(DETAILS, appointment=words))) == []


def test_a_school_that_asks_for_none_hears_of_none() -> None:
    assert said(request("no")) == []


def test_without_one_nobody_leaves_where_there_must_always_be_one() -> None:
    assert shut(request("always")) == ["leaving"]
    assert shut(request("whenever_possible")) == []


def test_before_the_yes_one_that_comes_after_it_is_not_missed() -> None:
    play = request("always")
    card = draw("approval", View(play.visit, "lee", play.facts, play.now))
    assert "No appointment" not in " ".join(card.words)
    rows = [row for block in card.blocks if isinstance(block, Facts) for row in block.rows]
    assert ("Appointment", "Recorded once this is approved") in rows


def test_what_cannot_be_read_is_no_appointment() -> None:
    assert shut(request("always", details=None)) == ["leaving"]


def test_it_is_in_bold_before_the_approver_with_its_clause() -> None:
    texts = shown(request("whenever_possible"), "approval", "lee")
    words = "No appointment is made: Ana Teach would go unannounced."
    assert words in [text.body for text in texts if text.style == "strong"]
    assert '"Make an appointment." (The policy)' in [text.body for text in texts]


def test_the_lead_is_asked_for_it_once() -> None:
    asks = [text.body for text in shown(request("whenever_possible"), "mine", "ana")]
    assert sum("appointment is made" in words for words in asks) == 1
    for needed in ("always", "no"):
        asks = [text.body for text in shown(request(needed), "mine", "ana")]
        assert not [words for words in asks if "ppointment is made" in words]
    approved = [text.body for text in shown(request("always").approve(), "mine", "ana")]
    assert "Before you can leave: No appointment with the family is recorded, and nobody goes " in (
        " ".join(approved)
    )


def test_whoever_says_yes_to_none_stands_in_the_record_as_who_authorised_it() -> None:
    play = request("whenever_possible")
    (stage, _) = play.does(c.Approve("lee", play.visit.revision))
    assert isinstance(stage, e.StageApproved)
    assert stage.unannounced
    assert isinstance(play.visit.phase, Approved)
    assert play.visit.phase.votes[0].unannounced
    words = "Dan Lee authorised going without an appointment."
    for card, reader in (("mine", "ana"), ("mine", "sam"), ("approval", "priya")):
        assert words in [text.body for text in shown(play, card, reader)]


@pytest.mark.parametrize(("needed", "details"), [("whenever_possible", MADE), ("no", DETAILS)])
def test_nobody_authorises_what_is_no_exception(needed: str, details: Details) -> None:
    play = request(needed, details).approve()
    assert isinstance(play.visit.phase, Approved)
    assert not play.visit.phase.votes[0].unannounced
    assert not [text for text in shown(play, "mine", "ana") if "authorised" in text.body]


def test_S1_refused_before_the_form_is_filled_in_and_watched_all_the_same() -> None:
    play = request("always").approve()
    play.wait(until="14:00")
    for going in ((), ("ana", "sam")):
        refused = play.is_refused(c.Depart("ana", going))
        assert refused.offer == "already_left"
        assert "No appointment with the family is recorded" in refused.why
    (left,) = play.does(c.AlreadyLeft("ana"))
    assert isinstance(left, e.Departed)
    assert isinstance(play.visit.phase, Out)
    assert (left.breach, left.unmet) == (True, True)
    assert {"lee", "priya", "office"} <= play.told("otherwise")


def test_S1_what_they_left_without_is_named_without_giving_the_family_away() -> None:
    play = request("always").approve()
    play.wait(until="14:00")
    play.does(c.AlreadyLeft("ana"))
    for card, reader in (("departure", "office"), ("otherwise", "priya"), ("out", "ana")):
        view = View(play.visit, reader, play.facts, play.now)
        words = " ".join(draw(card, view).words)
        assert "left without something that the policy asks for" in words
        assert "approval" not in words.replace("The approvers", "")


def test_S1_a_breach_of_the_approval_itself_is_told_as_that() -> None:
    play = request("always")
    (left,) = play.does(c.AlreadyLeft("ana"))
    assert isinstance(left, e.Departed)
    assert (left.breach, left.unmet) == (True, False)
    view = View(play.visit, "office", play.facts, play.now)
    assert "They left without approval." in " ".join(draw("departure", view).words)


def test_whoever_leaves_as_the_policy_wants_breaches_nothing() -> None:
    play = request("always", replace(MADE, recorded=True)).approve()
    play.wait(until="14:00")
    (left,) = play.does(c.Depart("ana", ("ana", "sam")))
    assert isinstance(left, e.Departed)
    assert (left.breach, left.unmet) == (False, False)
