"""What the ladder played ahead promises is what happens, under any policy, hours and absences."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.ahead import Ahead, unreached, worst
from bot.domain.policy import Policy, Rung
from bot.domain.school import Absence, Days, Duty, Opening, School
from bot.domain.visit import InAlarm
from bot.settings.policy_keys import TELL_WORDS
from tests.domain.examples import DAY, SCHOOL, SLPS, Play, asked, at, minutes

TOMORROW = DAY + timedelta(days=1)
HELD = [p.id for p in SCHOOL.people]


def ahead(play: Play) -> Ahead:
    return worst(play.visit, replace(play.facts, busy=play.out_elsewhere))


def nowhere(play: Play) -> list[tuple[datetime, datetime]]:
    return list(unreached(play.visit, replace(play.facts, busy=play.out_elsewhere)))


def left(play: Play) -> Play:
    """They leave as planned; whether they may is another question."""
    play.now = play.visit.plan.leaving_at
    play.does(c.AlreadyLeft("ana"))
    return play


def silence(play: Play, heard: datetime) -> list[e.Escalated]:
    """Every prompt is answered at once; they are last heard of at this moment, and nobody does
    anything until the last rung has been told.
    """
    left(play)
    while (due := play.next_wake) and due < heard:
        play.now = due
        play.wake()
        for visitor in play.watch.out:
            if visitor.prompt:
                play.does(c.CheckIn(visitor.id))
    if heard > play.now or heard > play.visit.plan.leaving_at:
        play.now = heard
        for person in play.visit.visitors:
            play.does(c.CheckIn(person))
    return climbs(play)


def climbs(play: Play) -> list[e.Escalated]:
    last = len(play.policy.ladder) - 1
    while not (isinstance(play.visit.phase, InAlarm) and play.alarm.rung == last):
        due = play.next_wake
        assert due is not None
        play.now = max(play.now, due)
        play.wake()
    return [event for event in play.events if isinstance(event, e.Escalated)]


def test_the_longest_silence_begins_just_too_late_for_one_more_prompt() -> None:
    """Due back at 15:30, asked every 30 minutes, and not in the last ten."""
    play = asked("sam")
    play.does(c.StandBy("bo"))
    played = ahead(play)
    assert played.heard - at("14:50") == timedelta(microseconds=1)
    assert list(played.first_told) == [
        (at("15:35"), ("bo", "office")),
        (at("15:40"), ("kit", "lee")),
        (at("15:45"), ("priya", "okoro")),
    ]
    assert minutes(54) < played.length < minutes(55)


def test_a_contact_who_has_not_said_yes_is_told_and_not_promised() -> None:
    played = ahead(asked("sam"))
    assert next(who for _, who in played.first_told) == ("office",)
    assert "bo" in played.told[0].tell


def test_who_can_not_be_reached_is_not_promised() -> None:
    busy = asked("kit", contact=None)
    busy.out_elsewhere = frozenset({"lee"})
    assert [who for _, who in ahead(busy).first_told] == [("office",), ("priya", "okoro")]


def test_a_rung_that_reaches_nobody_is_not_waited_for() -> None:
    late = asked(leaving=at("19:00"), back=at("20:00"), now=at("18:30"), contact=None)
    (first, who), *_ = ahead(late).first_told
    assert (first, who) == (at("20:05"), ("kit", "lee"))


def test_hours_that_end_in_the_middle_make_another_silence_the_longest() -> None:
    """Nobody but the office is on the first rung, and the second comes an hour later."""
    rungs = (Rung(minutes(0), ("office",)), Rung(minutes(60), ("office", "head")))
    policy = replace(SLPS, ladder=rungs)
    play = asked(leaving=at("16:00"), back=at("18:30"), now=at("15:00"), policy=policy)
    played = ahead(play)
    assert played.reaches is not None
    assert played.reaches - played.heard <= minutes(45)
    assert nowhere(play) == []


def test_hours_that_end_in_the_middle_leave_nobody() -> None:
    policy = replace(SLPS, ladder=(Rung(minutes(0), ("visitors", "office")),))
    play = asked(leaving=at("16:30"), back=at("18:30"), now=at("15:00"), policy=policy)
    assert nowhere(play) == [(at("18:00"), at("18:35"))]
    early = asked(leaving=at("07:30"), back=at("08:30"), now=at("07:00"), policy=policy)
    assert nowhere(early) == [(at("07:30"), at("08:00") - timedelta(microseconds=1))]


def test_a_rung_that_falls_into_short_hours_makes_another_silence_the_longest() -> None:
    """Only from 08:00 to 08:30 does the office count, and hold up the Head by half an hour."""
    rungs = ((0, "dsl"), (60, "office"), (90, "head"))
    ladder = tuple(Rung(minutes(after), (who,)) for after, who in rungs)
    policy = replace(SLPS, ladder=ladder, check_in_not_within=minutes(0))
    hours = tuple(Opening(day, time(8), time(8, 30)) for day in range(5))
    play = asked(
        leaving=at("06:00"),
        back=at("09:00"),
        now=at("05:00"),
        policy=policy,
        where=replace(SCHOOL, hours=hours),
    )
    played = ahead(play)
    assert [told.at for told in played.told] == [at("07:00"), at("08:00"), at("08:30")]
    assert played.length == minutes(125)


def test_an_absence_that_begins_in_the_middle_leaves_nobody() -> None:
    policy = replace(SLPS, ladder=(Rung(minutes(0), ("head",)), Rung(minutes(5), ("head",))))
    gone = replace(SCHOOL, away=(Absence("priya", Days(TOMORROW, TOMORROW)),))
    play = asked(
        leaving=at("23:30"), back=at("00:30", TOMORROW), now=at("23:00"), policy=policy, where=gone
    )
    ((first, last),) = nowhere(play)
    assert first == at("00:00", TOMORROW)
    assert last == at("00:35", TOMORROW)
    replaced = replace(SCHOOL, away=(Absence("priya", Days(TOMORROW, TOMORROW), "lee"),))
    play.school = replaced
    assert nowhere(play) == []


BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)
"""The nights on which the clocks change, at 01:00 UTC."""


@pytest.mark.parametrize(
    ("day", "hours", "nobody"),
    [
        (BACK, (time(1, 15), time(1, 45)), [("00:00", "00:15"), ("00:45", "01:15"), ("01:45", "")]),
        (FORWARD, (time(1, 30), time(4)), [("00:00", "01:00")]),
        (FORWARD, (time(0), time(1, 30)), [("01:00", "")]),
    ],
    ids=["hours that come twice", "hours that begin in the gap", "hours that end in the gap"],
)
def test_S13_the_nights_on_which_the_clocks_change(
    day: date, hours: tuple[time, time], nobody: list[tuple[str, str]]
) -> None:
    play = asked(
        leaving=at("00:00", day),
        back=at("02:00", day),
        now=at("23:00", day - timedelta(days=1)),
        policy=replace(SLPS, ladder=(Rung(minutes(0), ("office",)),)),
        where=replace(SCHOOL, hours=(Opening(6, *hours),)),
    )
    instant = timedelta(microseconds=1)
    assert nowhere(play) == [
        (at(first, day), at(until, day) - instant if until else at("02:05", day))
        for first, until in nobody
    ]


def test_everybody_with_the_role_is_on_the_visit() -> None:
    policy = replace(SLPS, ladder=(Rung(minutes(0), ("senior_leader",)),))
    play = asked("kit", "lee", policy=policy)
    assert nowhere(play) == [(at("14:00"), at("15:35"))]


@st.composite
def schools(draw: st.DrawFn) -> School:
    opens, closes = draw(st.integers(0, 20)), draw(st.integers(1, 3))
    hours = draw(st.sampled_from([(), SCHOOL.hours, None]))
    if hours is None:
        hours = tuple(Opening(day, time(opens, 20), time(opens + closes)) for day in range(6))
    people = st.sampled_from(HELD)
    days = st.sampled_from([Days(DAY, DAY), Days(TOMORROW, TOMORROW), Days(DAY, TOMORROW)])
    absences = st.builds(Absence, people, days, st.none() | people)
    gone = draw(st.lists(absences, max_size=5, unique_by=lambda each: each.person))
    duty = draw(st.lists(st.builds(Duty, st.integers(1, 2), people), max_size=2))
    closed = draw(st.sampled_from([(), (Days(TOMORROW, TOMORROW),)]))
    office = draw(st.sampled_from([SCHOOL.office, {}]))
    return replace(
        SCHOOL, hours=hours, away=tuple(gone), duty=tuple(duty), closed=closed, office=office
    )


LENGTHS = {
    "check_in_every": (1, 70),
    "check_in_reply_within": (1, 20),
    "check_in_not_within": (0, 30),
    "return_grace": (1, 20),
    "return_remind_before": (1, 20),
    "alarm_unreached_after": (1, 5),
    "alarm_repeat": (1, 10),
}


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    afters = draw(st.lists(st.integers(0, 90), min_size=1, max_size=4, unique=True))
    words = st.lists(st.sampled_from(TELL_WORDS), min_size=1, max_size=3, unique=True)
    ladder = tuple(Rung(minutes(after), tuple(draw(words))) for after in sorted(afters))
    lengths: dict[str, Any] = {
        name: minutes(draw(st.integers(least, most))) for name, (least, most) in LENGTHS.items()
    }
    return replace(SLPS, ladder=ladder, **lengths)


@st.composite
def plays(draw: st.DrawFn) -> Play:
    leaving = at("00:00") + minutes(draw(st.integers(0, 36 * 60)))
    companions = draw(st.lists(st.sampled_from(HELD[1:]), max_size=2, unique=True))
    rest = [person for person in HELD[1:] if person not in companions]
    play = asked(
        *companions,
        policy=draw(policies()),
        where=draw(schools()),
        leaving=leaving,
        back=leaving + minutes(draw(st.integers(5, 180))),
        now=leaving - minutes(10),
        contact=draw(st.none() | st.sampled_from(rest)),
    )
    play.out_elsewhere = frozenset(draw(st.lists(st.sampled_from(rest), max_size=3)))
    return play


@settings(deadline=None, max_examples=80)
@given(plays(), st.integers(0, 180 * 60))
def test_what_is_played_ahead_happens_and_no_other_silence_takes_longer(
    play: Play, second: int
) -> None:
    promised = ahead(play)
    climbed = silence(play.copy(), promised.heard)
    assert [(t.at, t.tell, t.counting) for t in promised.told] == [
        (rung.at, rung.tell, rung.counting) for rung in climbed
    ]
    plan = play.visit.plan
    heard = plan.leaving_at + timedelta(seconds=second)
    if heard < plan.return_at:
        assert wait(heard, silence(play.copy(), heard)) <= wait(promised.heard, climbed)


def wait(heard: datetime, climbed: list[e.Escalated]) -> tuple[timedelta, timedelta]:
    """How long until somebody is reached, and until everybody has been told."""
    reached = next((rung.at - heard for rung in climbed if rung.counting), timedelta.max)
    return reached, climbed[-1].at - heard


@settings(deadline=None, max_examples=80)
@given(plays(), st.integers(0, 200 * 60))
def test_a_call_for_help_reaches_nobody_exactly_when_it_is_said_so(play: Play, second: int) -> None:
    plan = play.visit.plan
    moment = plan.leaving_at + timedelta(seconds=second)
    if moment > plan.return_at + play.policy.return_grace:
        return
    stretches = nowhere(play)
    left(play)
    play.now = moment
    play.does(c.AskForHelp("ana"))
    reached = any(rung.counting for rung in climbs(play))
    assert reached is not any(first <= moment <= last for first, last in stretches)
