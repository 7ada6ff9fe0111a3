"""S1, S10 and S12: approval, the gate that never ends the watch, and who is really going."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.draw import draw
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.visit import Approved, ChangesAsked, Ended, Out, Requested
from tests.domain.examples import (
    DETAILS,
    EXAMPLES,
    OFFICE,
    PASTORAL,
    Play,
    approved,
    asked,
    at,
    away,
    minutes,
    out,
    school,
)

GATE = ("requested, a pair", "changes asked", "declined", "withdrawn", "expired, never approved")


@pytest.mark.parametrize("name", GATE)
def test_s1_whoever_is_refused_at_the_door_is_watched_all_the_same(name: str) -> None:
    play = EXAMPLES[name].copy()
    refusal = c.Depart("ana", ("ana", "sam"))
    if not isinstance(play.visit.phase, Requested):
        assert play.is_refused(refusal).offer == "already_left"
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)
    assert play.watch.breach
    assert play.told("otherwise") >= {OFFICE, "lee", "priya"}, "approvers, office and Head"
    assert play.told("departure") >= {OFFICE, "bo"}
    assert play.next_wake is not None


def test_s1_departure_before_approval_asks_the_approvers_again() -> None:
    play = asked("sam")
    (event,) = play.does(c.Depart("ana", ()))
    assert event == e.ApproversReminded(play.now, by="ana")
    assert play.told("approval") >= {"lee", "priya"}
    assert isinstance(play.visit.phase, Requested)


def test_s1_every_refusal_of_a_visitor_at_departure_leaves_already_left_open() -> None:
    for name, original in EXAMPLES.items():
        play = original.copy()
        if play.visit.watch or name == "help, born in danger":
            continue
        play.does(c.AlreadyLeft(play.visit.visitors[-1]))
        assert isinstance(play.visit.phase, Out), name


def test_s1_a_companion_may_say_so_too_and_nobody_else_may() -> None:
    play = asked("sam")
    play.is_refused(c.AlreadyLeft("lee"))
    play.is_refused(c.AlreadyLeft("tom"))
    play.does(c.AlreadyLeft("sam"))
    assert play.visit.visitors == ("ana", "sam")


def test_s1_an_approved_visit_that_left_without_pressing_is_no_breach() -> None:
    play = approved()
    play.wait(until="14:20")
    play.does(c.AlreadyLeft("ana"))
    assert not play.watch.breach
    assert play.watch.expected_return == at("15:30")


def test_s1_a_lapsed_approval_is_a_breach_and_the_watch_gets_a_new_return() -> None:
    play = approved()
    play.wait(until="15:40")
    play.does(c.AlreadyLeft("ana"))
    assert play.watch.breach
    assert play.watch.expected_return == at("15:40") + minutes(90)


def test_s10_only_those_ticked_are_watched_and_fewer_than_planned_is_told() -> None:
    play = approved("sam", "kit")
    play.wait(until="14:00")
    play.does(c.Depart("ana", ("ana", "kit")))
    assert play.visit.visitors == ("ana", "kit")
    assert "lee" in play.told("otherwise")
    play.is_refused(c.CheckIn("sam"))


@pytest.mark.parametrize("going", [(), ("sam",), ("ana", "tom"), ("tom",)])
def test_s10_a_tick_for_nobody_a_stranger_or_without_the_lead_is_asked_about(
    going: tuple[str, ...],
) -> None:
    play = approved("sam")
    play.wait(until="14:00")
    assert play.is_refused(c.Depart("ana", going)).field == "going"


def test_s10_somebody_from_outside_is_not_prompted_and_both_phones_stand_on_the_alarm() -> None:
    play = EXAMPLES["silent"]
    assert play.visit.visitors == ("ana",)
    words = " ".join(draw("alarm", View(play.visit, "lee", play.facts, play.now)).words)
    assert "07700 900777" in words
    assert play.visitor("ana").phone in words
    assert "the county" not in words


def test_s10_the_office_names_who_phoned() -> None:
    play = out("sam")
    assert play.is_refused(c.Vouch("olu", "tom", "ok")).field == "visitor"
    assert play.is_refused(c.Vouch("olu", "", "back")).field == "visitor"


def test_s12_any_holder_of_the_stages_roles_approves() -> None:
    for by in ("priya", "lee"):
        play = asked()
        play.does(c.Approve(by, 1))
        assert isinstance(play.visit.phase, Approved)


def test_s12_nobody_approves_a_visit_that_they_asked_for_or_go_on() -> None:
    play = asked("kit")  # Kit is a senior leader
    for by in ("kit", "ana"):
        assert "nobody approves" in play.is_refused(c.Approve(by, 1)).why
    for by in ("okoro", "olu", "bo", "tom"):
        play.is_refused(c.Approve(by, 1))


def test_s12_two_stages_need_two_different_people() -> None:
    play = asked(policy=PASTORAL)
    play.does(c.Approve("lee", 1))
    assert isinstance(play.visit.phase, Requested)
    assert "Somebody else's word" in play.is_refused(c.Approve("lee", 1)).why
    play.does(c.Approve("okoro", 1))
    assert isinstance(play.visit.phase, Approved)
    assert {(v.stage, v.by) for v in play.visit.phase.votes} == {(0, "lee"), (1, "okoro")}


def test_s12_somebody_who_could_fill_both_fills_the_one_that_fewer_others_could() -> None:
    """Ana's own leader is the DSL; with a second DSL in the file either may come first."""
    both = school(leader="okoro")
    play = asked(policy=PASTORAL, where=both)
    play.does(c.Approve("okoro", 1))
    play.is_refused(c.Approve("okoro", 1))
    assert isinstance(play.visit.phase, Requested)
    play = asked(policy=replace(PASTORAL, approval_same_person=True), where=both)
    play.does(c.Approve("okoro", 1))
    assert isinstance(play.visit.phase, Approved)
    play = asked(policy=replace(PASTORAL, approval_stages=(("senior_leader", "dsl"), ("dsl",))))
    play.does(c.Approve("okoro", 1))
    play.does(c.Approve("lee", 1))
    assert isinstance(play.visit.phase, Approved)


def test_s12_the_leads_own_leader_is_asked_else_any_senior_leader() -> None:
    for where, asked_people in (
        (school(), {"lee", "kit"}),
        (school(leader="priya"), {"priya"}),
        (school(away("priya"), leader="priya"), {"lee", "kit"}),
        (school(away("priya", "bo"), leader="priya"), {"bo"}),
        (school(away("priya", "bo"), away("bo"), leader="priya"), {"lee", "kit"}),
    ):
        play = asked(policy=PASTORAL, where=where)
        (event,) = play.events
        leaders = {p.id for p in where.leaders_of("ana", play.now)}
        assert leaders == asked_people
        assert isinstance(event, e.Asked)


def test_s12_a_deputy_stands_in_for_an_absent_dsl_and_only_then() -> None:
    play = asked(policy=PASTORAL, where=school(away("okoro")))
    kit_is_dsl = replace(play.school, people=tuple(p for p in play.school.people if p.id != "kit"))
    play.school = kit_is_dsl
    play.does(c.Approve("lee", 1))
    play.does(c.Approve("nadia", 1))
    assert isinstance(play.visit.phase, Approved)
    there = asked(policy=PASTORAL)
    there.is_refused(c.Approve("nadia", 1))


def test_s12_approvals_are_for_the_plan_of_their_revision() -> None:
    play = asked()
    play.does(c.AskForChanges("lee", 1, "Go in pairs"))
    assert isinstance(play.visit.phase, ChangesAsked)
    plan = replace(play.visit.plan, companions=("sam",))
    play.does(c.Ask("ana", plan, DETAILS, 1))
    assert play.visit.revision == 2
    assert "The plan has changed" in play.is_refused(c.Approve("lee", 1)).why
    assert "The plan has changed" in play.is_refused(c.Decline("priya", 1, "No")).why
    play.does(c.Approve("priya", 2))
    assert isinstance(play.visit.phase, Approved)


def test_s12_a_changed_plan_asks_everybody_again() -> None:
    play = asked(policy=PASTORAL)
    play.does(c.Approve("lee", 1))
    play.does(c.AskForChanges("okoro", 1, "Go in pairs"))
    play.does(c.Ask("ana", play.visit.plan, DETAILS, 1))
    phase = play.visit.phase
    assert isinstance(phase, Requested)
    assert phase.votes == ()
    assert play.told("approval") >= {"lee", "okoro"}


def test_s12_every_no_carries_a_reason() -> None:
    play = asked()
    for command in (c.Decline("lee", 1, " \n"), c.AskForChanges("lee", 1, "")):
        assert play.is_refused(command).field == "reason"
    assert approved().is_refused(c.Withdraw("lee", "")).field == "reason"


def test_s12_an_approval_lapses_an_hour_after_the_leaving_time() -> None:
    play = approved()
    play.now = at("15:00")
    play.does(c.Depart("ana", ("ana",), at("16:00")))
    late = approved()
    late.now = at("15:00") + timedelta(seconds=1)
    assert late.is_refused(c.Depart("ana", ("ana",), at("16:00"))).offer == "already_left"
    late.wake()
    assert isinstance(late.visit.phase, Ended)
    assert late.told("not_left") == {OFFICE, "bo"}, "the office makes sure"


def test_s12_leaving_late_asks_for_a_new_return() -> None:
    play = approved()
    play.now = at("14:15")
    on_time = play.copy()
    on_time.does(c.Depart("ana", ("ana",)))
    assert on_time.watch.expected_return == at("15:30")
    play.now = at("14:16")
    assert play.is_refused(c.Depart("ana", ("ana",))).field == "until"
    assert play.is_refused(c.Depart("ana", ("ana",), at("14:16"))).field == "until"
    play.does(c.Depart("ana", ("ana",), at("15:45")))
    assert play.watch.expected_return == at("15:45")
    assert play.watch.approved_return == at("15:30"), "the cap counts from what was approved"


def test_s12_an_approval_does_not_cover_hours_before() -> None:
    play = approved()
    play.now = at("12:59")
    assert play.is_refused(c.Depart("ana", ("ana",))).offer == "already_left"
    gone = play.copy()
    gone.does(c.AlreadyLeft("ana"))
    assert gone.watch.breach
    assert gone.watch.expected_return == at("14:29"), "never left unwatched until tomorrow"
    play.now = at("13:00")
    play.does(c.Depart("ana", ("ana",)))


def test_s12_a_return_beyond_the_cap_at_the_door_needs_a_new_approval() -> None:
    play = approved()
    play.now = at("14:00")
    assert play.is_refused(c.Depart("ana", ("ana",), at("17:31"))).offer == "already_left"
    play.does(c.Depart("ana", ("ana",), at("17:30")))


def test_s12_approvers_withdraw_before_departure_and_call_back_after_it() -> None:
    play = approved("sam")
    play.is_refused(c.Withdraw("olu", "No"))
    gone = play.copy()
    gone.does(c.Withdraw("priya", "The family rang"))
    assert isinstance(gone.visit.phase, Ended)
    play.leave()
    assert "call them back" in play.is_refused(c.Withdraw("priya", "No")).why
    for by in ("priya", "lee", "okoro", "olu"):
        called = play.copy()
        events = called.does(c.CallBack(by))
        kinds = [event.kind for event in events if isinstance(event, e.Prompted)]
        assert kinds == ["call_back", "call_back"]
        assert {s.recipient for s in called.shows if s.urgent} == {"ana", "sam"}
    for by in ("bo", "ana", "sam", "tom", "kit-not-here"):
        play.is_refused(c.CallBack(by))


def test_s12_somebody_of_the_office_marked_away_can_still_call_them_back() -> None:
    play = out(where=school(away("olu")))
    play.does(c.CallBack("olu"))


def test_s12_a_visit_that_is_out_cannot_be_cancelled() -> None:
    assert "can't be cancelled" in out().is_refused(c.Cancel("ana")).why
    play = approved("sam")
    play.is_refused(c.Cancel("sam"))
    play.is_refused(c.Cancel("lee"))
    play.does(c.Cancel("ana"))


def _told_of(play: Play) -> set[str]:
    play.wait(until="14:00")
    play.does(c.Depart("ana", play.visit.visitors))
    return set(play.watch.told)


def test_a_senior_leader_and_the_contact_are_told_of_a_departure_and_never_a_visitor() -> None:
    assert _told_of(approved()) == {"lee", "kit", "bo"}
    assert _told_of(approved("kit")) == {"lee", "bo"}
    assert _told_of(approved(where=school(leader="priya"))) == {"priya", "bo"}
    alone = school(without=("lee", "kit"), duty="okoro")
    play = asked(where=alone)
    play.does(c.Approve("priya", 1))
    assert _told_of(play) == {"okoro", "bo"}, "else the duty leader"
    nobody = school(without=("lee", "kit"))
    play = asked(where=nobody)
    play.does(c.Approve("priya", 1))
    assert _told_of(play) == {"priya", "bo"}, "else whoever approved"
