"""Kinds of visit with rules of their own, and the one way in which a visit may go unannounced."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain.kinds import KindRules, Party, Unannounced
from bot.domain.plan import Details
from bot.domain.policy import Policy
from bot.domain.rules import errors, held, shortfalls
from bot.domain.rules.case import Case, Gate
from bot.domain.visit import Out
from tests.domain.examples import DETAILS, SCHOOL, SLPS, Play, asked, away

GATES: tuple[Gate, ...] = ("asking", "approval", "leaving")
ATTENDANCE = KindRules(
    unannounced=Unannounced(
        "nobody answered the first-day call",
        Party(2, ("attendance_lead",)),
        ("head", "senior_leader"),
        "attendance",
    )
)
ANNOUNCED = replace(DETAILS, kind="Attendance", external=None, appointment="by phone")
SURPRISE = replace(ANNOUNCED, appointment="", unannounced=True, authorised_by="lee")
LEADS = replace(
    SCHOOL,
    people=tuple(
        replace(p, roles=p.roles | {"attendance_lead"}) if p.id == "sam" else p
        for p in SCHOOL.people
    ),
)
"""Sam is the attendance lead."""


def policy(rules: KindRules = ATTENDANCE, needed: str = "whenever_possible") -> Policy:
    return replace(SLPS, kinds={"attendance": rules}, appointment_needed=needed)


def request(details: Details, *companions: str, under: Policy | None = None) -> Play:
    play = asked(*companions, policy=under or policy(), where=LEADS)
    play.visit = replace(play.visit, details=details)
    return play


def case(play: Play) -> Case:
    return Case.of(play.visit, play.facts, play.now)


def said(play: Play, rule: str) -> list[str]:
    return [each.why for each in shortfalls(case(play)) if each.rule == rule]


def shut(play: Play) -> list[Gate]:
    return [gate for gate in GATES if held(gate, case(play))]


def test_an_ordinary_visit_of_a_kind_with_an_exception_takes_nobody_along() -> None:
    play = request(ANNOUNCED)
    assert shut(play) == []
    assert said(play, "attendance") == []


def test_unannounced_two_go_the_attendance_lead_among_them_and_who_authorised_it_is_named() -> None:
    play = request(SURPRISE, "sam")
    assert shut(play) == []
    assert said(play, "attendance") == [
        "Unannounced: nobody answered the first-day call. Dan Lee authorised it, says Ana Teach."
    ]
    assert said(play, "appointment") == []


def test_what_is_missing_of_it_keeps_every_gate_shut_and_comes_back_at_its_field() -> None:
    alone, without_lead = request(SURPRISE), request(SURPRISE, "kit")
    for play in (alone, without_lead):
        assert shut(play) == list(GATES)
        assert set(errors(case(play))) == {"companions"}
    assert "at least two from school, one of them the attendance lead" in str(errors(case(alone)))
    assert "takes the attendance lead along" in str(errors(case(without_lead)))


@pytest.mark.parametrize("who", ["", "ana", "sam", "tom", "somebody-gone"])
def test_it_is_authorised_by_somebody_who_may_and_stays_behind(who: str) -> None:
    play = request(replace(SURPRISE, authorised_by=who), "sam")
    assert set(errors(case(play))) == {"authorised_by"}
    assert shut(play) == list(GATES)


def test_whoever_goes_along_authorises_nothing() -> None:
    play = request(SURPRISE, "sam", "lee")
    assert set(errors(case(play))) == {"authorised_by"}


def test_somebody_from_outside_completes_a_pair_and_is_not_from_school() -> None:
    assert shut(request(replace(SURPRISE, external=DETAILS.external))) == list(GATES)
    pair = policy(KindRules(alone="never"))
    assert shut(request(ANNOUNCED, under=pair)) == list(GATES)
    assert shut(request(replace(ANNOUNCED, external=DETAILS.external), under=pair)) == []


def test_where_there_must_be_an_appointment_no_kind_without_an_exception_goes_unannounced() -> None:
    never = policy(KindRules(), "always")
    play = request(SURPRISE, "sam", under=never)
    assert shut(play) == list(GATES)
    assert set(errors(case(play))) == {"unannounced"}
    excepted = request(SURPRISE, "sam", under=policy(needed="always"))
    assert shut(excepted) == []


def test_a_kind_may_take_more_people_and_a_role_on_every_visit() -> None:
    strict = policy(KindRules(Party(3, ("attendance_lead",)), clause="attendance"))
    assert shut(request(ANNOUNCED, "sam", under=strict)) == list(GATES)
    (words,) = said(request(ANNOUNCED, "sam", under=strict), "attendance")
    assert words == (
        "A visit of the kind Attendance takes at least three from school, one of them the "
        "attendance lead. Who goes along?"
    )
    assert shut(request(ANNOUNCED, "sam", "kit", under=strict)) == []
    other = replace(ANNOUNCED, kind="Welfare")
    assert shut(request(other, under=strict)) == []


def test_S1_whoever_is_left_without_the_lead_is_refused_at_the_door_and_watched_all_the_same() -> (
    None
):
    play = request(SURPRISE, "sam").approve()
    play.wait(until="14:00")
    refused = play.is_refused(c.Depart("ana", ("ana",)))
    assert refused.offer == "already_left"
    assert "at least two from school" in refused.why
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)


def test_S1_no_rule_speaks_of_what_cannot_be_read() -> None:
    play = request(SURPRISE, "sam").approve()
    play.visit = replace(play.visit, details=None)
    play.wait(until="14:00")
    play.does(c.Depart("ana", ("ana", "sam")))
    assert isinstance(play.visit.phase, Out)


def test_whoever_stands_in_for_the_absent_lead_counts() -> None:
    assert shut(request(SURPRISE, "tom")) == list(GATES)
    play = request(SURPRISE, "tom")
    play.school = replace(LEADS, away=(away("sam", instead="tom"),))
    assert shut(play) == []
