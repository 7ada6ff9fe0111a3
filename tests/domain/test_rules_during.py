"""Arriving, being uneasy, two answers that differ, a concern: the rules, one by one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.answers import DIFFER, answer_of, reasons
from bot.domain.visit import InAlarm, Out
from bot.domain.watch import Due
from tests.domain.examples import EXAMPLES, SLPS, Play, at, away, minutes, out, school, silent

SAYS: dict[str, Callable[[str], c.Command]] = {
    "uneasy": c.FeelUneasy,
    "ok": c.CheckIn,
    "arrived": c.Arrive,
    "back": c.ComeBack,
    "help": c.AskForHelp,
}


EVERYBODY_BUT_A_YES = {"bo", "office", "kit", "lee"}
"""The contact hasn't said that they will be reachable, and nobody is on duty."""


def said(*words: tuple[str, str]) -> Play:
    """A pair that is out says these things, a minute apart."""
    play = out("sam")
    for who, what in words:
        play.wait(1)
        play.does(SAYS[what](who))
    return play


def differs(play: Play) -> tuple[str, ...]:
    watch = play.visit.watch
    assert watch is not None
    return next((r.who for r in reasons(watch) if r.kind == "differ"), ())


@pytest.mark.parametrize(
    ("first", "then", "amber"),
    [
        ("uneasy", "uneasy", False),
        ("uneasy", "ok", True),
        ("uneasy", "arrived", True),
        ("uneasy", "back", True),
        ("ok", "uneasy", False),  # it was no answer to the other's word: only the uneasy one counts
        ("back", "ok", True),
        ("back", "arrived", True),
        ("back", "uneasy", True),
        ("back", "back", False),
        ("ok", "back", False),  # the way home
        ("ok", "ok", False),
        ("ok", "help", False),  # the alarm
        ("help", "ok", False),
        ("back", "help", False),
        ("uneasy", "help", False),
    ],
)
@pytest.mark.parametrize(("one", "other"), [("ana", "sam"), ("sam", "ana")])
def test_the_table_of_two_answers(
    first: str, then: str, *, amber: bool, one: str, other: str
) -> None:
    play = said((one, first), (other, then))
    assert bool(differs(play)) is amber


def test_every_two_answers_that_differ_stand_in_the_table_and_no_other() -> None:
    assert set(DIFFER) == {("uneasy", "there"), ("uneasy", "back"), ("back", "there")}


def test_one_ok_and_the_other_silent_is_the_alarm_already() -> None:
    play = silent("sam")
    assert isinstance(play.visit.phase, InAlarm)
    assert [answer_of(v)[0] for v in play.watch.visitors] == ["silent", "there"]
    assert not differs(play)
    assert play.watch.amber is None


def test_nothing_yet_differs_from_nothing() -> None:
    play = said(("ana", "back"))
    assert not differs(play)
    assert answer_of(play.visitor("sam"))[0] == ""


def test_s6_somebody_elses_word_is_no_answer() -> None:
    play = said(("ana", "uneasy"))
    play.does(c.Vouch("olu", "sam", "ok"))
    assert not differs(play), "the office phoned Sam; Sam said nothing"
    play = out("sam")
    play.does(c.Vouch("olu", "ana", "back"))
    play.wait(1)
    play.does(c.CheckIn("sam"))
    assert not differs(play)


def test_it_is_told_once_and_ends_when_the_answers_agree() -> None:
    play = said(("ana", "back"), ("sam", "ok"))
    assert play.told("amber") == EVERYBODY_BUT_A_YES
    first = play.watch.amber
    assert first is not None
    play.wait(2)
    assert not [x for x in play.does(c.CheckIn("sam")) if isinstance(x, e.AmberRaised)]
    events = play.does(c.ComeBack("sam"))
    assert [type(x) for x in events][-1] is e.AmberEased
    assert play.watch.amber is not None
    assert play.watch.amber.over_at == play.now


def test_a_new_disagreement_is_told_again() -> None:
    play = said(("ana", "uneasy"), ("sam", "ok"), ("ana", "ok"))
    assert play.watch.amber is not None
    assert play.watch.amber.over_at is not None
    play.wait(1)
    play.does(c.FeelUneasy("ana"))
    play.wait(1)
    events = play.does(c.CheckIn("sam"))
    assert [x for x in events if isinstance(x, e.AmberRaised)]


def test_uneasy_answers_the_question_and_is_asked_again_by_the_policy() -> None:
    play = out("sam", policy=replace(SLPS, uneasy_ask_after=minutes(3)))
    play.wait(until="14:31")
    play.does(c.FeelUneasy("ana"))
    ana = play.visitor("ana")
    assert (ana.prompt, ana.due, ana.heard) == (None, Due(at("14:34"), "uneasy"), "uneasy")
    assert play.visitor("sam").prompt is not None, "nobody's answer counts for another (S6)"
    for word in (c.Arrive("ana"), c.TakeMoreTime("ana", at("15:50")), c.Move("ana", "the clinic")):
        play.does(word)
        assert play.visitor("ana").due == Due(at("14:34"), "uneasy")
    play.wait(until="14:34")
    prompt = play.visitor("ana").prompt
    assert prompt is not None
    assert (prompt.kind, prompt.reply_by) == ("uneasy", at("14:39"))
    play.wait(until="14:40")
    assert isinstance(play.visit.phase, InAlarm)


def test_uneasy_ends_no_silence_and_no_call_for_help() -> None:
    play = silent("sam")
    play.does(c.FeelUneasy("ana"))
    assert isinstance(play.visit.phase, InAlarm)
    assert play.visitor("ana").silent_since is not None
    play = EXAMPLES["help"].copy()
    play.does(c.FeelUneasy("ana"))
    assert play.visitor("ana").help_at is not None


def test_past_the_return_uneasy_leaves_somebody_who_wakes_us() -> None:
    play = EXAMPLES["out, past the return"].copy()
    play.does(c.FeelUneasy("ana"))
    assert play.visitor("ana").due is not None
    play.wait(11)
    assert isinstance(play.visit.phase, InAlarm)


def test_s8_each_step_of_an_alert_that_reaches_nobody_is_followed_by_the_next() -> None:
    play = out(where=school(away("bo"), leader="lee"))
    play.delivers = False
    events = play.does(c.FeelUneasy("ana"))
    steps = [(x.step, x.because) for x in events if isinstance(x, e.TidingsTold)]
    assert steps == [(0, ""), (1, "empty")], "the contact is away, and nobody is on duty"
    told: list[int] = []
    for _ in range(3):
        play.wait(1)
        assert play.watch.amber is not None
        told.append(play.watch.amber.step)
    assert told == [2, 3, 3]
    assert play.watch.amber is not None
    assert set(play.watch.amber.told) >= {"office", "lee", "priya", "okoro"}
    assert play.watch.amber.again_at is not None


def test_an_alert_that_somebody_got_is_left_to_them() -> None:
    play = out()
    play.does(c.FeelUneasy("ana"))
    play.wait(2)
    assert play.watch.amber is not None
    assert (play.watch.amber.unheard, play.watch.amber.again_at) == (False, None)
    assert set(play.watch.amber.told) == EVERYBODY_BUT_A_YES


def test_a_concern_is_neither_alarm_nor_check_in() -> None:
    play = out("sam")
    play.wait(until="14:31")
    before = play.watch.visitors
    play.does(c.HaveConcern("ana"))
    assert play.watch.visitors == before
    assert isinstance(play.visit.phase, Out)


def test_a_concern_never_goes_to_the_office_or_the_visitors_whatever_the_policy_says() -> None:
    odd = replace(SLPS, concern_tell=("office", "visitors", "contact", "staff", "head"))
    play = out("kit", policy=odd)
    play.does(c.HaveConcern("ana"))
    (concern,) = play.watch.concerns
    assert concern.told == ("priya",)


def test_a_dsl_on_the_visit_is_stood_in_for_and_a_head_who_is_away_does_not_count() -> None:
    where = school(away("okoro"), away("priya"))
    play = out("kit", where=where)  # Kit is a DSL too
    play.does(c.HaveConcern("ana"))
    (concern,) = play.watch.concerns
    assert "nadia" in concern.counting
    assert "kit" not in concern.told


def test_an_empty_step_is_told_and_the_next_at_once() -> None:
    gone = (away("priya"), away("okoro"), away("nadia"))
    play = out(where=school(*gone, without=("kit",)))
    play.does(c.HaveConcern("ana"))
    (concern,) = play.watch.concerns
    assert concern.step == 1
    assert concern.counting == ("lee",)
    assert {"priya", "okoro"} <= set(concern.told), "the absent are told all the same"


def test_words_go_to_ones_own_concern_alone() -> None:
    play = EXAMPLES["out, a concern"].copy()
    play.is_refused(c.ExplainConcern("sam", 1, "hello"))
    play.is_refused(c.ExplainConcern("ana", 2, "hello"))
    assert play.is_refused(c.ExplainConcern("ana", 1, " ")).field == "words"
    play.visit = replace(play.visit, details=None)
    assert "I can't keep your words" in play.is_refused(c.ExplainConcern("ana", 1, "hello")).why


def test_after_the_policys_time_a_concern_is_said_in_person() -> None:
    play = EXAMPLES["finished, a concern"].copy()
    play.does(c.HaveConcern("sam"))
    play.now = at("14:30").replace(day=4)
    assert "speak to Priya Shah or" in play.is_refused(c.HaveConcern("sam")).why


def test_by_when_they_would_leave_comes_from_the_way_there() -> None:
    play = out("sam")
    play.wait(until="14:15")
    play.does(c.Arrive("ana"))  # fifteen minutes there: 15:15
    play.wait(until="14:34")
    play.does(c.CheckIn("sam"))
    play.wait(until="14:52")
    play.does(c.CheckIn("ana"))
    play.does(c.CheckIn("sam"))
    nudged = [x for x in play.wait(until="15:19") if isinstance(x, e.LeaveNudged)]
    assert [(x.at, x.who) for x in nudged] == [(at("15:15"), ("ana",))], "Sam has not arrived"
    assert play.watch.nudged


@pytest.mark.parametrize("change", [{"return_nudge": False}, {"return_nudge_from": minutes(16)}])
def test_a_policy_may_switch_it_off_or_want_a_longer_way(change: dict[str, object]) -> None:
    play = out(policy=replace(SLPS, **change))  # type: ignore[arg-type]
    play.wait(until="14:15")
    play.does(c.Arrive("ana"))
    play.wait(until="14:44")
    play.does(c.CheckIn("ana"))
    assert not [x for x in play.wait(until="15:19") if isinstance(x, e.LeaveNudged)]


def test_s9_somebody_who_is_asked_or_soon_will_be_is_not_nudged() -> None:
    play = out()
    play.wait(until="14:29")
    play.does(c.Arrive("ana"))  # 29 minutes: 15:01, and they are asked at 14:59
    nudged = [x for x in play.wait(until="15:02") if isinstance(x, e.LeaveNudged)]
    assert [x.who for x in nudged] == [()]


def test_said_late_it_would_only_hurry_them() -> None:
    play = out()
    play.wait(until="14:15")
    play.does(c.Arrive("ana"))
    play.sleep(until="15:21")
    play.does(c.CheckIn("ana"))
    nudged = [x for x in play.wake() if isinstance(x, e.LeaveNudged)]
    assert [x.who for x in nudged] == [()]
