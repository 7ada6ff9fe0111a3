"""S13, S14 and S16: midnight, both clock changes, two visits at once, doing without Doorstep."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.cards import forms
from bot.cards.board import board
from bot.cards.draw import draw
from bot.cards.overview import Overview
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.facts import Elsewhere
from bot.domain.school import Absence, Days
from bot.domain.visit import InAlarm, Requested
from tests.domain.examples import (
    EXAMPLES,
    OFFICE,
    SCHOOL,
    SLPS,
    Play,
    asked,
    at,
    minutes,
    out,
    school,
    silent,
)

AT_NIGHT = replace(SLPS, evening_alone="free")
"""These are about the clock, not about who stands by."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def leaves(start: str, end: str) -> Play:
    """Asked half an hour before, and left on time."""
    begins, ends = utc(start), utc(end)
    play = asked(leaving=begins, back=ends, now=begins - minutes(30), policy=AT_NIGHT).approve()
    play.now = begins
    play.does(c.Depart("ana", ("ana",)))
    return play


def follow(play: Play) -> list[tuple[datetime, str]]:
    """Answer every prompt at once, and give when and why it came, until the return."""
    seen: list[tuple[datetime, str]] = []
    while (due := play.next_wake) is not None and due <= play.watch.expected_return:
        play.now = max(play.now, due)
        for event in play.wake():
            if isinstance(event, e.Prompted):
                seen.append((event.at, event.kind))
                if event.kind != "return":
                    play.does(c.CheckIn("ana"))
    return seen


def words(play: Play, card: str, reader: str) -> str:
    return " ".join(draw(card, View(play.visit, reader, play.facts, play.now)).words)


def test_s13_a_visit_over_midnight_is_watched_and_says_which_day() -> None:
    play = leaves("2026-11-03T23:15", "2026-11-04T00:45")
    assert "Due back 00:45 on Wed 4 Nov" in words(play, "departure", OFFICE)
    assert follow(play) == [
        (utc("2026-11-03T23:45"), "routine"),
        (utc("2026-11-04T00:15"), "routine"),
        (utc("2026-11-04T00:45"), "return"),
    ]
    play.now += minutes(5)
    play.wake()
    assert isinstance(play.visit.phase, InAlarm)
    assert "Due back 00:45." in words(play, "departure", OFFICE), "today, by now"


def test_s13_when_the_clocks_go_back_prompts_come_in_real_half_hours() -> None:
    """25 October 2026: at 02:00 in London it is 01:00 once more."""
    play = leaves("2026-10-24T23:30", "2026-10-25T01:30")
    assert follow(play) == [
        (utc("2026-10-25T00:00"), "routine"),
        (utc("2026-10-25T00:30"), "routine"),
        (utc("2026-10-25T01:00"), "routine"),
        (utc("2026-10-25T01:30"), "return"),
    ]
    assert play.visit.plan.length == timedelta(hours=2)
    assert "Due back 01:30" in words(play, "departure", OFFICE)


def test_s13_when_the_clocks_go_forward_prompts_come_in_real_half_hours() -> None:
    """28 March 2027: at 01:00 in London it is 02:00 at once."""
    play = leaves("2027-03-28T00:15", "2027-03-28T01:45")
    assert follow(play) == [
        (utc("2027-03-28T00:45"), "routine"),
        (utc("2027-03-28T01:15"), "routine"),
        (utc("2027-03-28T01:45"), "return"),
    ]
    assert "Due back 02:45" in words(play, "departure", OFFICE)


def test_s13_the_reply_limit_and_the_ladder_run_through_both_clock_changes() -> None:
    for start in ("2026-10-25T00:25", "2027-03-28T00:25"):
        begins = utc(start)
        before, ends = begins - minutes(5), begins + minutes(90)
        play = asked(leaving=begins, back=ends, now=before, policy=AT_NIGHT).approve()
        play.now = begins
        play.does(c.Depart("ana", ("ana",)))
        for _ in range(30):
            due = play.next_wake
            assert due is not None
            if due > begins + minutes(45):
                break
            play.now = max(play.now, due)
            play.wake()
        raised = [event.at - begins for event in play.events if isinstance(event, e.AlarmRaised)]
        assert raised == [minutes(35)]


def test_s13_the_offices_hours_and_absences_are_local() -> None:
    summer = utc("2026-07-01T07:00")
    assert SCHOOL.staffed(summer), "eight o'clock in London"
    assert not SCHOOL.staffed(summer - timedelta(seconds=1))
    assert not SCHOOL.staffed(utc("2026-07-01T17:00"))
    assert not SCHOOL.staffed(utc("2026-07-04T12:00")), "a Saturday"
    day = date(2026, 7, 1)
    gone = replace(school(), away=(Absence("priya", Days(day, day)),))
    assert not gone.is_away("priya", utc("2026-06-30T22:59"))
    assert gone.is_away("priya", utc("2026-06-30T23:00")), "midnight in London"
    assert gone.is_away("priya", utc("2026-07-01T22:59"))
    assert not gone.is_away("priya", utc("2026-07-01T23:00"))


def test_s13_an_approval_that_lapses_in_the_hour_that_comes_twice_lapses_once() -> None:
    play = asked(
        leaving=utc("2026-10-25T00:10"), back=utc("2026-10-25T02:00"), now=utc("2026-10-24T23:30")
    ).approve()
    play.now = utc("2026-10-25T01:09:59")
    play.wake()
    assert play.next_wake == utc("2026-10-25T01:10")


def test_s14_responders_see_where_they_really_are() -> None:
    play = silent("sam")
    play.does(c.Move("sam", "  20 Elm Street "))
    assert "20 Elm Street" in words(play, "alarm", "lee")
    assert "20 Elm Street" in words(play, "departure", OFFICE)
    assert play.told("moved") >= {OFFICE, "bo", "lee"}
    assert all(s.urgent for s in play.shows if s.card == "moved"), "in an alarm it can't wait"


def test_s14_moving_is_a_sign_of_life_of_whoever_says_so() -> None:
    play = silent("sam")
    play.does(c.Move("sam", "20 Elm Street"))
    assert isinstance(play.visit.phase, InAlarm)
    play.does(c.Move("ana", "20 Elm Street"))
    assert not isinstance(play.visit.phase, InAlarm)
    assert play.is_refused(c.Move("ana", "\n ")).field == "place"


def test_s14_two_visits_at_once_stand_before_whoever_asks_and_approves() -> None:
    play = asked("sam")
    for start, end, doubled in (
        ("14:30", "16:00", True),
        ("13:00", "14:00", False),
        ("15:30", "16:00", False),
        ("14:30", "14:40", True),
    ):
        play.others = (Elsewhere("v9", "V-9", at(start), at(end), ("sam",)),)
        for card, reader in (("approval", "lee"), ("mine", "ana")):
            said = words(play, card, reader)
            assert ("Sam Assist would be on two visits at once" in said) == doubled, start
            assert "V-9" not in said or doubled


def test_s16_the_departure_notice_says_what_to_do_should_doorstep_say_nothing() -> None:
    play = out("sam")
    phone = play.visitor("ana").phone
    assert f"If Doorstep says nothing by 15:40, ring Ana Teach on {phone}" in words(
        play, "departure", OFFICE
    )
    play.does(c.TakeMoreTime("ana", at("16:00")))
    assert "by 16:10" in words(play, "departure", OFFICE)
    play.does(c.ComeBack("ana"))
    assert "ring Sam Assist" in words(play, "departure", OFFICE)


def test_s16_a_visitor_without_a_phone_is_still_named() -> None:
    play = asked()
    play.school = replace(SCHOOL, people=tuple(replace(p, phone=None) for p in SCHOOL.people))
    play.approve().leave()
    assert "no phone known" in words(play, "departure", OFFICE)
    assert "ring Ana Teach." in words(play, "departure", OFFICE)


def test_s12_the_form_at_the_door_offers_a_later_return_to_whoever_leaves_late() -> None:
    play = asked().approve()
    play.now = at("14:30")
    form = forms.leave(View(play.visit, "ana", play.facts, play.now))
    assert form.values["until"] == "2026-11-03T16:00"
    assert form.intro


def test_outcomes_are_said_of_every_phase() -> None:
    for name, play in EXAMPLES.items():
        if isinstance(play.visit.phase, Requested):
            assert "Waiting for approval" in words(play, "mine", play.visit.lead), name


def test_s16_a_moment_that_is_about_to_come_is_said_to_the_second() -> None:
    now = at("13:15:41")
    assert SCHOOL.clock(at("13:15:50"), now) == "13:15:50"
    assert SCHOOL.clock(at("13:16:00"), now) == "13:16"
    assert SCHOOL.clock(at("13:17:50"), now) == "13:17", "two minutes ahead a minute is true enough"
    assert SCHOOL.clock(at("13:15:30"), now) == "13:15", "nor is anything gained by what is past"
    play = out(
        policy=replace(
            SLPS,
            check_in_every=minutes(40 / 60),
            check_in_reply_within=minutes(10 / 60),
            check_in_not_within=minutes(0),
        )
    )
    play.wait(41 / 60)
    assert "I raise the alarm at 14:00:50." in words(play, "prompt", "ana")


def test_b9_nobody_says_that_there_are_no_risks_where_none_were_asked_about() -> None:
    play = asked()
    assert play.visit.details is not None
    play.visit = replace(play.visit, details=replace(play.visit.details, risks=""))
    assert "Nothing said about risks by Ana Teach" in words(play, "approval", "lee")
    play.approve().leave()
    play.does(c.AskForHelp("ana"))
    play.wait(11)
    script = words(play, "script", "priya")
    assert "Nothing said about risks by Ana Teach" in script
    assert "None known" not in script


def test_s14_the_other_address_stands_with_whoever_may_be_there_with_them() -> None:
    play = out("sam")
    away = Elsewhere(
        "v9", "V-9", at("14:00"), at("15:00"), ("sam",), "5 Elm", (("Bo Buddy", "07"),)
    )
    play.others = (away,)
    play.does(c.AskForHelp("sam"))
    assert "5 Elm (Sam Assist, V-9; with Bo Buddy 07)" in words(play, "alarm", OFFICE)


def test_s4_words_drawn_again_still_say_whose_they_are() -> None:
    play = out("sam")
    play.does(c.Write("sam", "he won't let us go"))
    assert "Please read this: Sam Assist, who is out" in words(play, "said", OFFICE)
    play.does(c.ComeBack("sam"))
    assert "Please read this: Sam Assist, who was out" in words(play, "said", OFFICE)


def test_s5_an_alarm_for_somebody_back_is_said_once_and_they_are_not_due() -> None:
    play = EXAMPLES["help, said back, alone"]
    card = words(play, "back", OFFICE)
    assert card.count("An alarm is open") == 1
    view = View(play.visit, OFFICE, play.facts, play.now)
    shown = board(Overview(play.school, play.policy, OFFICE, play.now, out=(view,)))
    text = " ".join(shown.words)
    assert "1 visit is in trouble. Nobody is out" in text
    assert "Due back" not in text


def test_s12_a_call_back_that_cannot_ring_them_shows_the_alarm_instead() -> None:
    play = out()
    play.does(c.AskForHelp("ana"))
    refused = play.is_refused(c.CallBack("lee"))
    assert refused.card == "alarm"
    assert "I'm on it" not in refused.why
