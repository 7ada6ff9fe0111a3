"""Changing a plan before departure (S12): what asks again, what does not, and what is kept."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.draw import draw
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.covered import is_small
from bot.domain.decide import decide
from bot.domain.duty import attended
from bot.domain.evolve import evolve
from bot.domain.plan import Details
from bot.domain.refused import Refused
from bot.domain.visit import Approved, ChangesAsked, InAlarm, Out, Requested
from tests.domain.examples import (
    DETAILS,
    PASTORAL,
    SLPS,
    Play,
    approved,
    asked,
    at,
    away,
    minutes,
    out,
    school,
    shifted,
)


def change(play: Play, *, later: float = 0, stretch: float = 0, **what: Any) -> c.Ask:
    plan = shifted(play.visit.plan, later)
    plan = replace(plan, return_at=plan.return_at + minutes(stretch))
    details = replace(DETAILS, **what)
    return c.Ask(play.visit.lead, plan, details, play.visit.revision)


def card(play: Play, name: str, reader: str) -> str:
    drawn = draw(name, View(play.visit, reader, play.facts, play.now))
    return " ".join((drawn.notification, *drawn.words))


def waits(play: Play) -> Requested:
    assert isinstance(play.visit.phase, Requested)
    return play.visit.phase


def test_s12_a_small_shift_of_an_approved_plan_asks_nobody_and_tells_everybody() -> None:
    play = approved("sam")
    (event,) = play.does(change(play, later=15))
    assert isinstance(event, e.Adjusted)
    assert isinstance(play.visit.phase, Approved)
    assert play.visit.plan.leaving_at == at("14:15")
    assert play.told("approval") == {"lee"}, "who gave their word; nobody is asked"
    assert play.told("mine") == {"sam"}
    assert "was today 14:00 to 15:30; now today 14:15 to 15:45" in card(play, "approval", "priya")


@pytest.mark.parametrize(
    ("later", "stretch"), [(16, 0), (-16, 0), (0, 16), (10, 6), (-10, -6), (60, 0)]
)
def test_s12_more_than_a_small_shift_asks_again(later: float, stretch: float) -> None:
    play = approved("sam")
    play.does(change(play, later=later, stretch=stretch))
    assert waits(play).votes == ()
    assert play.told("approval") == {"lee", "priya", "kit"}
    assert play.is_refused(c.Approve("lee", 1)).card == "approval"


def test_s12_many_small_shifts_never_add_up_to_a_big_one() -> None:
    play = approved("sam")
    play.does(change(play, later=10))
    play.does(change(play, later=5))
    assert isinstance(play.visit.phase, Approved)
    play.does(change(play, later=1))
    waits(play)
    assert "was today 14:00 to 15:30; now today 14:16 to 15:46" in card(play, "approval", "lee")
    back = approved("sam")
    for later in (10, -10, 15, -15, -15):
        back.does(change(back, later=later))
    assert isinstance(back.visit.phase, Approved)
    assert back.visit.agreed.leaving_at == at("14:00")


@settings(deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-10, 10)), max_size=12))
def test_s12_whatever_the_shifts_what_is_approved_is_near_what_was(
    shifts: list[tuple[int, int]],
) -> None:
    play = approved("sam")
    for later, stretch in shifts:
        decided = decide(
            play.visit, change(play, later=later, stretch=stretch), play.facts, play.now
        )
        if isinstance(decided, Refused) or not isinstance(decided[0], e.Adjusted):
            continue
        play.visit = evolve(play.visit, decided[0])
        assert abs(play.visit.plan.leaving_at - at("14:00")) <= SLPS.approval_small_change
        assert abs(play.visit.plan.return_at - at("15:30")) <= SLPS.approval_small_change


def test_s12_no_gate_opens_further_by_a_small_shift() -> None:
    play = approved("sam")
    play.does(change(play, later=15))
    late = play.copy()
    late.now = at("15:00") + timedelta(seconds=1)
    assert late.is_refused(c.Depart("ana", ("ana", "sam"), at("16:00"))).offer == "already_left"
    gone = play.copy()
    gone.now = at("14:15")
    over = gone.is_refused(c.Depart("ana", ("ana", "sam"), at("17:31")))
    assert over.field == "until", "the cap counts from the approved return, not the shifted one"
    gone.does(c.Depart("ana", ("ana", "sam")))
    assert gone.watch.approved_return == at("15:30")
    assert gone.watch.expected_return == at("15:45")


def test_s12_a_small_shift_into_hours_without_cover_asks_again() -> None:
    play = asked("sam", leaving=at("16:00"), back=at("17:50")).approve()
    play.does(change(play, later=9))
    assert isinstance(play.visit.phase, Approved)
    play.does(change(play, later=2))
    waits(play)


def test_s12_a_shift_past_the_validity_of_the_approval_asks_again() -> None:
    strict = replace(SLPS, approval_valid_for=minutes(5))
    play = approved("sam", policy=strict)
    play.does(change(play, later=6))
    waits(play)


@pytest.mark.parametrize("field", ["place", "purpose", "risks", "kind", "needs"])
def test_s12_anything_but_the_times_asks_again_also_with_a_small_shift(field: str) -> None:
    play = approved("sam")
    other: dict[str, Any] = {field: "Welfare visit to 20 Elm Street"}
    play.does(change(play, later=5, **other))
    waits(play)
    assert "now Welfare visit to 20 Elm Street" in card(play, "approval", "lee")


def test_s12_another_contact_or_guest_asks_again() -> None:
    play = approved("sam")
    plan = replace(play.visit.plan, contact="tom")
    play.does(c.Ask("ana", plan, DETAILS, 1))
    assert "Knows of it was Bo Buddy; now Tom Outsider" in card(play, "approval", "lee")
    other = approved("sam")
    other.does(c.Ask("ana", other.visit.plan, replace(DETAILS, external=None), 1))
    waits(other)
    assert "was Ed Welfare, the county, 07700 900777; now nobody" in card(other, "approval", "lee")


def test_s12_a_plan_that_is_as_it_was_asks_nobody() -> None:
    play = approved("sam", "kit")
    plan = replace(play.visit.plan, companions=("kit", "sam"))
    assert "Nothing is changed" in play.is_refused(c.Ask("ana", plan, DETAILS, 1)).why
    waiting = asked("sam")
    assert waiting.is_refused(change(waiting)).card == "mine"


def test_s12_every_word_given_for_an_earlier_plan_is_said() -> None:
    play = asked("sam", policy=PASTORAL)
    play.does(c.Approve("lee", 1))
    play.wait(2)
    play.does(change(play, later=40))
    assert waits(play).votes == ()
    assert "Approved by you at 13:30, before these changes:" in card(play, "approval", "lee")
    play.does(c.Approve("okoro", 2))
    play.does(change(play, risks="Two dogs"))
    said = card(play, "approval", "priya")
    assert (
        said == "Sorry, that isn't here for you: please ask your office if you think it should "
        "be. Sorry, that isn't here for you: please ask your office if you think it should be."
    )
    said = card(play, "approval", "okoro")
    assert "Approved by Dan Lee at 13:30 and you at 13:32, before these changes:" in said
    assert "was today 14:00 to 15:30; now today 14:40 to 16:10" in said, "the widest difference"
    assert "Risks was A large dog; now Two dogs" in said


def test_s12_a_word_given_before_changes_were_asked_for_is_said_too() -> None:
    play = asked("sam", policy=PASTORAL)
    play.does(c.Approve("lee", 1))
    play.does(c.AskForChanges("okoro", 1, "Later, please"))
    assert "Approved by Dan Lee at 13:30 as it was." in card(play, "mine", "ana")
    play.does(change(play, later=40))
    assert "Approved by Dan Lee at 13:30, before these changes:" in card(play, "approval", "okoro")


def test_s12_once_approved_again_the_new_plan_is_what_counts() -> None:
    play = approved("sam")
    play.does(change(play, later=40, risks="Two dogs"))
    play.does(c.Approve("priya", 2))
    assert play.visit.earlier is None
    assert play.visit.details is not None
    assert play.visit.details.earlier is None, "kept no longer than it is needed"
    play.does(change(play, later=15, risks="Two dogs"))
    assert isinstance(play.visit.phase, Approved)


def test_s12_a_policy_that_wants_more_is_asked_about_the_shifted_plan() -> None:
    play = approved("sam")
    play.does(change(play, later=15))
    play.policy = replace(SLPS, approval_stages=(("head", "senior_leader"), ("dsl",)))
    play.wake()
    assert [vote.by for vote in waits(play).votes] == ["lee"]
    play.does(c.Approve("okoro", play.visit.revision))
    assert play.visit.agreed.leaving_at == at("14:00"), "the older word was for 14:00"


def test_s12_only_the_lead_changes_the_plan() -> None:
    play = approved("sam")
    for by in ("sam", "lee", "olu", "tom", "a-stranger"):
        plan = shifted(play.visit.plan, 5)
        assert "Only the person who asked" in play.is_refused(c.Ask(by, plan, DETAILS, 1)).why


def test_s12_a_change_typed_for_an_older_plan_comes_back() -> None:
    play = approved("sam", "kit")
    old = change(play, later=5)
    play.does(c.DropOut("sam"))
    assert play.is_refused(old).field == "revision", "or Sam would be on it again"
    assert play.visit.plan.companions == ("kit",)


def test_s12_once_they_have_left_no_plan_is_changed() -> None:
    play = out("sam")
    assert "I need more time" in play.is_refused(change(play, later=5)).why
    assert "I'm back" in play.is_refused(c.DropOut("sam")).why
    assert "their own buttons" in play.is_refused(c.HandOver("sam", "sam", 1)).why


def test_s1_asked_again_means_the_gate_is_shut_and_the_watch_is_there() -> None:
    play = approved("sam")
    play.does(change(play, later=20))
    play.now = at("14:20")
    (event,) = play.does(c.Depart("ana", ("ana", "sam")))
    assert isinstance(event, e.ApproversReminded), "asked once more, and nobody has left"
    play.does(c.AlreadyLeft("ana"))
    assert play.watch.breach
    assert isinstance(play.visit.phase, Out)


def test_s4_help_from_somebody_asked_again_is_help_all_the_same() -> None:
    play = approved("sam")
    play.does(change(play, later=20))
    play.now = at("14:20")
    play.does(c.AskForHelp("ana"))
    assert isinstance(play.visit.phase, InAlarm)
    never = asked("sam")
    never.does(change(never, later=20))
    assert never.is_refused(c.AskForHelp("ana")).offer == "danger"


def test_a_lead_who_shifts_the_leaving_time_is_asked_then_whether_they_have_left() -> None:
    play = approved()
    play.wait(until="14:10")
    assert isinstance(play.visit.phase, Approved)
    assert play.visit.phase.nudged
    play.does(change(play, later=15))
    (event,) = play.wait(until="14:25")
    assert isinstance(event, e.Nudged)


def test_s12_a_companion_drops_out_and_it_is_asked_again() -> None:
    play = approved("sam")
    play.does(c.DropOut("sam"))
    assert play.visit.visitors == ("ana",)
    assert play.told("mine") == {"ana", "sam"}
    assert play.told("approval") == {"lee", "priya", "kit"}
    said = card(play, "approval", "lee")
    assert "Who goes was Ana Teach with Sam Assist; now Ana Teach with nobody else" in said
    assert "You are no longer on visit" in card(play, "mine", "sam")
    assert "not on this visit" in play.is_refused(c.DropOut("sam")).why
    assert "hand it over" in play.is_refused(c.DropOut("ana")).why


def test_s12_where_nobody_can_be_asked_a_drop_out_shuts_the_gate_all_the_same() -> None:
    play = approved("sam")
    play.school = school(without=("lee", "priya", "kit"))
    play.does(c.DropOut("sam"))
    waits(play)
    assert "Nobody here can give one of the approvals" in card(play, "mine", "ana")
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)


def test_a_visit_that_went_back_stays_with_its_lead_when_somebody_drops_out() -> None:
    play = asked("sam")
    play.does(c.AskForChanges("lee", 1, "Later, please"))
    play.does(c.DropOut("sam"))
    assert isinstance(play.visit.phase, ChangesAsked)
    assert "Ana Teach with nobody else" in card(play, "mine", "ana")
    play.does(c.HandOver("lee", "bo", play.visit.revision))
    assert isinstance(play.visit.phase, ChangesAsked)
    assert "Later, please" in card(play, "mine", "bo")


def test_s12_the_lead_hands_over_and_it_is_asked_again() -> None:
    play = approved("sam")
    play.does(c.HandOver("ana", "bo", 1))
    assert play.visit.lead == "bo"
    assert play.visit.visitors == ("bo", "sam")
    assert play.visit.plan.contact is None, "whoever knows of it must stay behind"
    assert play.told("mine") == {"ana", "bo", "sam"}
    assert "You are no longer on visit" in card(play, "mine", "ana")
    play.does(c.Approve("lee", 2))
    play.now = at("14:00")
    assert "not on this visit" in play.is_refused(c.Depart("ana", ("ana",))).why
    play.does(c.Depart("bo", ("bo", "sam")))


def test_s12_a_companion_takes_over_from_a_lead_who_is_ill_and_names_nobody_else() -> None:
    play = approved("sam", "kit")
    assert play.is_refused(c.HandOver("sam", "kit", 1)).field == "to"
    play.does(c.HandOver("sam", "sam", 1))
    assert play.visit.visitors == ("sam", "kit")
    play.does(c.Approve("lee", 2))
    play.now = at("14:00")
    play.does(c.Depart("sam", ("sam", "kit")))


def test_p2_whoever_may_not_see_everything_hands_nothing_over() -> None:
    """Whoever leads sees everything, so the office can't make somebody a lead."""
    for by in ("olu", "bo", "tom", "nadia", "a-stranger"):
        play = approved("sam")
        assert "You can't hand" in play.is_refused(c.HandOver(by, by, 1)).why
    for by in ("lee", "priya", "okoro"):
        play = approved("sam")
        play.does(c.HandOver(by, "bo", 1))
        assert play.visit.lead == "bo"


def test_s12_only_somebody_who_can_be_rung_and_is_there_leads() -> None:
    play = approved("sam")
    for to in ("", "ana", "a-stranger"):
        assert play.is_refused(c.HandOver("ana", to, 1)).field == "to"
    play.school = school(away("bo"))
    assert "away that day" in play.is_refused(c.HandOver("ana", "bo", 1)).why
    people = tuple(replace(p, phone=None) if p.id == "bo" else p for p in school().people)
    play.school = replace(school(), people=people)
    assert "no phone number" in play.is_refused(c.HandOver("ana", "bo", 1)).why
    assert play.is_refused(c.HandOver("ana", "tom", 0)).card == "mine"
    assert play.is_refused(c.HandOver("lee", "tom", 0)).card == "approval"


def test_s15_a_change_to_details_that_cannot_be_read_says_that_it_cannot_be_compared() -> None:
    play = approved("sam")
    play.visit = replace(play.visit, details=None)
    play.does(change(play))
    waits(play)
    assert "What else is different can't be read just now." in card(play, "approval", "lee")


def test_a_long_text_shows_the_part_that_changed() -> None:
    start = "They have a yard with a gate. " * 20
    play = asked("sam")
    play.does(change(play, risks=f"{start}The dog is tied up."))
    play.does(c.Approve("lee", 2))
    play.does(change(play, risks=f"{start}The dog runs free."))
    said = card(play, "approval", "lee")
    row = said[said.index("Risks was") :].split(" With ")[0]
    assert "is tied up" in row
    assert "runs free" in row
    assert len(row) < 250


def test_p8_the_earlier_plan_keeps_where_and_why_in_the_sealed_details() -> None:
    play = approved("sam")
    play.does(change(play, place="20 Elm Street"))
    assert isinstance(play.visit.details, Details)
    assert play.visit.details.earlier == DETAILS
    assert "Oak" not in repr(play.visit.earlier)


def test_s1_whoever_is_taken_off_by_others_may_have_left_already() -> None:
    play = approved("sam", "kit")
    play.does(c.HandOver("sam", "sam", 1))
    assert play.visit.taken_off == ("ana",)
    assert "If you have left already, say so" in card(play, "mine", "ana")
    play.does(c.AlreadyLeft("ana"))
    assert play.visit.visitors == ("ana",), "she speaks for herself alone"
    assert play.watch.breach
    assert play.told("otherwise") >= {"lee", "priya", "office"}
    assert "left on visit V-1042 without you" in card(play, "mine", "sam")
    play.does(c.AlreadyLeft("sam"))
    assert [v.id for v in play.watch.visitors] == ["ana", "sam"]


def test_s1_also_by_a_changed_plan_and_once_the_others_have_left() -> None:
    play = approved("sam")
    plan = replace(play.visit.plan, companions=("kit",))
    play.does(c.Ask("ana", plan, DETAILS, 1))
    play.does(c.Approve("lee", 2))
    play.now = at("14:00")
    play.does(c.Depart("ana", ("ana", "kit")))
    play.does(c.AlreadyLeft("sam"))
    assert play.visit.visitors == ("ana", "kit", "sam")


def test_whoever_goes_by_themselves_or_is_back_on_the_plan_was_not_taken_off() -> None:
    play = approved("sam")
    play.does(c.DropOut("sam"))
    assert play.visit.taken_off == ()
    assert "not on this visit" in play.is_refused(c.AlreadyLeft("sam")).why
    again = approved("sam")
    again.does(c.Ask("ana", replace(again.visit.plan, companions=()), DETAILS, 1))
    assert again.visit.taken_off == ("sam",)
    again.does(c.Ask("ana", replace(again.visit.plan, companions=("sam",)), DETAILS, 2))
    assert not again.visit.taken_off


@pytest.mark.parametrize("gone", ["out", "away"])
def test_S11_more_time_and_a_small_shift_have_one_answer_to_who_covers_it(gone: str) -> None:
    """The backup said yes; then they went out, or are away, and nothing has looked at it yet."""
    play = asked(leaving=at("19:00"), back=at("20:00"), now=at("18:50"), backup="bo")
    play.does(c.StandBy("bo"))
    play.approve()
    plan = shifted(play.visit.plan, 10)
    small = partial(is_small, play.visit, plan, play.policy)
    assert small(play.facts, at("19:05"))
    assert attended(play.visit, play.facts, plan.return_at, at("19:05"))
    if gone == "out":
        play.out_elsewhere = frozenset({"bo"})
        facts = play.facts
    else:
        facts = replace(play.facts, school=school(away("bo")))
    assert not small(facts, at("19:05"))
    assert not attended(play.visit, facts, plan.return_at, at("19:05"))
