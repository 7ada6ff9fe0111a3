"""S2 to S6, S9 and S11: prompts, answers, help, and more time."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.cards.draw import draw
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.school import Opening
from bot.domain.visit import Ended, Finished, InAlarm, Out, Phase
from bot.domain.watch import Due
from tests.domain.examples import (
    EXAMPLES,
    OFFICE,
    SCHOOL,
    SLPS,
    Play,
    approved,
    asked,
    at,
    helped,
    minutes,
    out,
    owned,
    silent,
)


def prompts(play: Play, until: str, person: str = "ana") -> list[tuple[datetime, str]]:
    events = play.wait(until=until)
    return [
        (event.at, event.kind)
        for event in events
        if isinstance(event, e.Prompted) and event.visitor == person
    ]


def at_return(*companions: str) -> Play:
    """Asked about the return at 15:30, everybody heard of before."""
    play = out(*companions)
    for clock in ("14:50", "15:25"):
        play.wait(until=clock) if clock == "15:25" else play.wait(until="14:30")
        for visitor in play.visit.visitors:
            play.does(c.CheckIn(visitor))
        if clock == "14:50":
            play.wait(until="15:00")
            for visitor in play.visit.visitors:
                play.does(c.CheckIn(visitor))
    play.wait(until="15:30")
    return play


def test_s9_prompts_come_every_half_hour_from_departure() -> None:
    play = out()
    assert play.visitor("ana").due == Due(at("14:30"), "routine")
    assert prompts(play, "14:31") == [(at("14:30"), "routine")]


def test_s9_prompts_count_anew_from_each_check_in_of_that_visitor() -> None:
    play = out("sam")
    play.wait(until="14:12")
    play.does(c.CheckIn("ana"))
    assert play.visitor("ana").due == Due(at("14:42"), "routine")
    assert play.visitor("sam").due == Due(at("14:30"), "routine"), "S6: not Sam's"


def test_s9_a_prompt_near_the_return_is_dropped_not_moved() -> None:
    for clock, due in (("14:50", at("15:20")), ("14:51", None), ("15:00", None)):
        play = out()
        play.wait(until="14:30")
        play.does(c.CheckIn("ana"))
        play.wait(until=clock)
        play.does(c.CheckIn("ana"))
        found = play.visitor("ana").due
        assert (found.at if found else None) == due, clock
        assert play.next_wake is not None


def test_s9_a_prompt_near_the_last_check_in_is_dropped_not_moved() -> None:
    often = replace(SLPS, check_in_every=minutes(8))
    play = out(policy=often)
    assert play.visitor("ana").due == Due(at("14:08"), "routine")
    play.wait(until="14:03")
    play.does(c.CheckIn("ana"))
    assert play.visitor("ana").due == Due(at("14:19"), "routine"), "14:11 is dropped"


def test_s9_a_short_visit_has_no_scheduled_prompt_and_is_asked_at_its_return() -> None:
    play = asked(back=at("14:35")).approve()
    play.wait(until="14:00")
    play.does(c.Depart("ana", ("ana",)))
    assert play.visitor("ana").due is None
    assert prompts(play, "14:36") == [(at("14:35"), "return")]


def test_s9_a_visitor_is_chased_inside_the_reply_limit_and_the_office_told_after_it() -> None:
    play = out()
    play.wait(until="14:30")
    prompt = play.visitor("ana").prompt
    assert prompt is not None
    assert (prompt.chase_at, prompt.reply_by) == (at("14:32:30"), at("14:35"))
    (chased,) = play.wait(until="14:33")
    assert chased == e.Chased(at("14:32:30"), "ana")
    assert OFFICE not in {s.recipient for s in play.shows if s.fresh}
    play.wait(until="14:34:59")
    assert isinstance(play.visit.phase, Out)
    play.wait(until="14:35")
    assert isinstance(play.visit.phase, InAlarm)
    assert play.told("alarm") >= {OFFICE, "bo", "ana"}


def test_s9_one_reminder_five_minutes_before_the_return_to_office_and_visitors() -> None:
    play = out("sam")
    for clock in ("14:30", "15:00"):
        play.wait(until=clock)
        play.does(c.CheckIn("ana"))
        play.does(c.CheckIn("sam"))
    (event,) = play.wait(until="15:25")
    assert event == e.ReturnReminded(at("15:25"))
    assert play.told("due") == {OFFICE, "ana", "sam"}


def test_s9_the_return_is_a_prompt_whose_limit_is_the_grace() -> None:
    policy = replace(SLPS, return_grace=minutes(7))
    play = asked(policy=policy, back=at("14:35")).approve()
    play.wait(until="14:00")
    play.does(c.Depart("ana", ("ana",)))
    play.wait(until="14:35")
    prompt = play.visitor("ana").prompt
    assert prompt is not None
    assert (prompt.kind, prompt.reply_by) == ("return", at("14:42"))
    play.wait(until="14:42")
    assert play.alarm.since == at("14:42")


def test_s9_asking_again_never_gives_silence_more_time() -> None:
    play = out()
    play.wait(until="14:34")
    play.does(c.AskIfOk("olu"))
    prompt = play.visitor("ana").prompt
    assert prompt is not None
    assert prompt.reply_by == at("14:35")


def test_s9_what_somebody_asks_comes_all_the_same() -> None:
    play = out()
    play.wait(until="14:10")
    play.does(c.CheckIn("ana"))
    play.does(c.AskIfOk("bo"))
    prompt = play.visitor("ana").prompt
    assert prompt is not None
    assert (prompt.kind, prompt.reply_by) == ("asked", at("14:15"))
    assert {s.recipient for s in play.shows if s.urgent} == {"ana"}


def test_s9_one_alarm_a_visit_is_open_at_a_time() -> None:
    play = out("sam")
    play.wait(until="14:36")
    raised = [event for event in play.events if isinstance(event, e.AlarmRaised)]
    assert [event.number for event in raised] == [1]
    assert {v.id for v in play.watch.troubled} == {"ana", "sam"}


def test_s2_ending_an_alarm_never_ends_the_watch() -> None:
    play = silent().stand_down()
    assert isinstance(play.visit.phase, Out)
    assert play.visitor("ana").due == Due(at("14:45"), "after_alarm")
    assert prompts(play, "14:46") == [(at("14:45"), "after_alarm")]
    play.wait(until="14:50")
    assert play.alarm.number == 2


def test_s2_the_prompt_after_an_alarm_comes_even_next_to_the_return() -> None:
    play = at_return()
    play.wait(until="15:35")
    play.stand_down()
    assert prompts(play, "15:46") == [(at("15:45"), "after_alarm")]


def test_s2_past_the_return_an_ok_asks_for_a_new_return() -> None:
    play = at_return()
    play.does(c.CheckIn("ana"))
    assert play.visitor("ana").resume_at == at("15:35")
    assert play.told("new_return") == {"ana"}
    play.wait(until="15:34:59")
    assert isinstance(play.visit.phase, Out)
    play.wait(until="15:35")
    assert isinstance(play.visit.phase, InAlarm)


def test_s2_a_new_return_stops_the_alarm_from_resuming() -> None:
    play = at_return()
    play.does(c.CheckIn("ana"))
    play.does(c.TakeMoreTime("ana", at("16:00")))
    assert play.visitor("ana").resume_at is None
    assert play.watch.expected_return == at("16:00")
    assert prompts(play, "16:01") == [(at("16:00"), "return")]


def test_s2_one_visitors_new_return_is_not_the_answer_of_another() -> None:
    play = at_return("sam")
    play.does(c.TakeMoreTime("ana", at("16:00")))
    play.wait(until="15:35")
    assert [v.id for v in play.watch.troubled] == ["sam"], "Sam was asked, and has not answered"


def test_s2_the_alarm_resumes_at_the_rung_that_it_had() -> None:
    play = at_return()
    play.wait(until="15:41")
    assert play.alarm.rung == 1
    play.does(c.CheckIn("ana"))
    assert isinstance(play.visit.phase, Out)
    play.wait(until="15:46")
    assert (play.alarm.rung, play.alarm.climbs_at) == (1, at("15:51"))
    assert set(play.alarm.told) >= {OFFICE, "bo", "lee"}, "the lower rungs too"
    play.wait(until="15:51")
    assert play.alarm.rung == 2


def test_s2_a_stand_down_can_be_undone_for_a_quarter_of_an_hour() -> None:
    play = silent().stand_down()
    play.wait(until="14:46")
    play.does(c.CheckIn("ana"))
    play.now = at("14:50:01")
    assert "too late" in play.is_refused(c.Reopen("lee", 1)).why
    play.now = at("14:50")
    play.does(c.Reopen("priya", 1))
    assert isinstance(play.visit.phase, InAlarm)


def test_s2_not_over_stands_again_at_the_rung_reached_for_whoever_was_silent() -> None:
    play = silent("sam")
    play.wait(until="14:41")
    play.stand_down()
    play.does(c.Reopen("lee", 1))
    assert play.alarm.rung == 1
    assert play.alarm.number == 2
    assert [v.id for v in play.watch.troubled] == ["ana"]
    assert play.told("alarm") >= {OFFICE, "bo", "lee"}


def test_s2_not_over_long_after_goes_on_from_that_rung_and_not_with_all_at_once() -> None:
    play = silent().stand_down()
    play.wait(until="14:44")
    play.does(c.Reopen("lee", 1))
    assert (play.alarm.rung, play.alarm.climbs_at) == (0, at("14:49"))
    play.wait(until="14:49")
    assert play.alarm.rung == 1


def test_s2_not_over_after_the_visit_was_said_to_be_over_watches_again() -> None:
    play = silent("sam").stand_down(over=True)
    assert isinstance(play.visit.phase, Finished)
    play.does(c.Reopen("lee", 1))
    assert {v.id for v in play.watch.out} == {"ana", "sam"}
    assert [v.id for v in play.watch.troubled] == ["ana"]


def test_s2_an_undone_stand_down_is_for_that_alarm_only() -> None:
    play = silent().stand_down()
    assert "can't be opened again" in play.is_refused(c.Reopen("lee", 2)).why


@pytest.mark.parametrize("name", ["silent", "out, past the return", "owned", "stood down"])
def test_s3_presses_for_safety_act_on_the_visit_as_it_is_now(name: str) -> None:
    """They carry no version at all: whatever card they were pressed on, they count."""
    for command in (
        c.CheckIn("ana"),
        c.AskForHelp("ana"),
        c.ComeBack("ana"),
        c.TakeMoreTime("ana", at("16:30")),
        c.Arrive("ana"),
    ):
        EXAMPLES[name].copy().does(command)


def test_s3_a_stand_down_meant_for_an_earlier_call_is_refused() -> None:
    play = helped("sam")
    earlier = c.StandDown("lee", play.alarm.number, play.alarm.calls, "I spoke to her", over=False)
    play.does(c.AskForHelp("ana"))
    assert "Something has happened" in play.is_refused(earlier).why
    play.stand_down()
    play.does(c.AskForHelp("sam"))
    assert "Something has happened" in play.is_refused(earlier).why


def test_s3_visitors_are_frozen_at_departure_and_may_act_until_it_closes() -> None:
    play = out("sam")
    phone = play.visitor("sam").phone
    play.school = replace(SCHOOL, people=tuple(p for p in SCHOOL.people if p.id != "sam"))
    play.does(c.CheckIn("sam"))
    play.does(c.AskForHelp("sam"))
    assert play.visitor("sam").phone == phone
    assert play.visitor("sam").name == "Sam Assist"
    assert play.visitor("sam").addresses == {"web": "sam"}


def test_s4_help_from_somebody_out_is_an_alarm_at_once() -> None:
    play = helped("sam")
    assert play.alarm.since == at("14:10")
    assert play.visitor("ana").help_at == at("14:10")
    assert play.told("alarm") >= {OFFICE, "bo"}
    assert all(s.urgent for s in play.shows if s.card == "alarm" and s.fresh)


def test_s4_help_when_approved_counts_four_hours_before_leaving() -> None:
    early = approved()
    early.now = at("10:00")
    early.does(c.AskForHelp("ana"))
    assert isinstance(early.visit.phase, InAlarm)
    assert early.visit.policy == SLPS, "frozen at the press"
    earlier = approved()
    earlier.now = at("09:59")
    assert earlier.is_refused(c.AskForHelp("ana")).offer == "danger"


@pytest.mark.parametrize("name", ["requested, a pair", "changes asked", "declined", "cancelled"])
def test_s4_help_from_anybody_else_is_a_choice_and_danger_an_alarm(name: str) -> None:
    play = EXAMPLES[name].copy()
    assert play.is_refused(c.AskForHelp("ana")).offer == "danger"
    play.does(c.AskForHelp("ana", sure=True))
    assert isinstance(play.visit.phase, InAlarm)
    assert play.watch.breach


def test_s4_a_visit_born_in_danger_is_watched_like_any_other() -> None:
    play = EXAMPLES["help, born in danger"].copy()
    assert play.alarm.rung >= 0
    play.wait(30)
    assert play.alarm.rung == 2
    play.stand_down("okoro")
    assert isinstance(play.visit.phase, Out)


def test_s4_pressed_by_mistake_informs_the_owner_and_ends_nothing() -> None:
    play = owned("sam")
    play.does(c.AskForHelp("ana"))
    play.does(c.Acknowledge("priya"))
    before = play.visit
    play.does(c.ClaimMistake("ana"))
    assert play.visitor("ana").help_at == before.watch.visitor("ana").help_at  # type: ignore[union-attr]
    assert play.visit.alarm == before.alarm
    assert play.told("news") == {"priya"}
    (show,) = [s for s in play.shows if s.card == "news"]
    assert show.args == {"about": "mistake", "by": "ana"}


def test_s4_nobody_is_said_to_have_pressed_by_mistake_who_did_not() -> None:
    play = helped("sam")
    play.does(c.AskForHelp("sam"))
    play.does(c.ClaimMistake("ana"))
    args = next(s.args for s in play.shows if s.card == "news")
    card = draw("news", View(play.visit, "lee", play.facts, play.now, args))
    said = [word for word in card.words if "mistake" in word]
    assert len(said) == 1
    assert said[0].startswith("Ana Teach")
    play.does(c.ComeBack("ana"))
    card = draw("news", View(play.visit, "lee", play.facts, play.now))
    said = [word for word in card.words if "mistake" in word or "I'm back" in word]
    assert len(said) == 2, "neither what they said first nor what they said then is lost"
    alarm = " ".join(draw("alarm", View(play.visit, "okoro", play.facts, play.now)).words)
    assert "Ana Teach says since 14:10 that it was pressed by mistake." in alarm
    play.does(c.AskForHelp("ana"))
    card = draw("alarm", View(play.visit, "okoro", play.facts, play.now))
    assert "mistake" not in " ".join(card.words), "a new call is no mistake"


def test_s4_words_not_understood_are_shown_to_whoever_watches_and_are_no_check_in() -> None:
    play = out("sam")
    play.wait(until="14:31")
    was = play.visitor("ana")
    play.does(c.Write("ana", "can't get back"))
    assert play.visitor("ana") == was
    assert play.told("said") >= {OFFICE, "bo", "lee"}
    assert not play.told("said") & {"ana", "sam"}
    card = draw("said", View(play.visit, OFFICE, play.facts, play.now, {"by": "ana"}))
    assert "can't get back" in " ".join(card.words)


@pytest.mark.parametrize("command", [c.CheckIn("ana"), c.ComeBack("ana"), c.Arrive("ana")])
def test_s5_a_visitors_own_word_never_ends_a_call_for_help(command: c.Command) -> None:
    play = helped("sam")
    play.does(command)
    play.does(c.ComeBack("sam"))
    assert isinstance(play.visit.phase, InAlarm)
    assert play.visitor("ana").help_at == at("14:10")
    play.is_refused(c.StandDown("ana", 1, 1, "It's me", over=True))
    play.is_refused(c.StandDown("sam", 1, 1, "I see her", over=True))
    play.stand_down("olu")
    assert not isinstance(play.visit.phase, InAlarm)


def test_s5_im_back_is_recorded_and_told_to_the_owner() -> None:
    play = helped("sam")
    play.does(c.Acknowledge("lee"))
    play.does(c.ComeBack("ana"))
    assert play.visitor("ana").back_at == at("14:10")
    assert play.told("news") == {"lee"}


def test_s5_back_reassures_nobody_while_the_call_is_open() -> None:
    play = EXAMPLES["help, said back, alone"]
    for name in ("departure", "back"):
        card = draw(name, View(play.visit, OFFICE, play.facts, play.now))
        assert "An alarm is open" in " ".join(card.words)
        assert card.tone != "done"


def test_s5_somebody_elses_word_that_they_are_back_does_not_end_it_either() -> None:
    play = helped()
    play.does(c.Vouch("olu", "ana", "back"))
    play.does(c.Vouch("olu", "ana", "ok")) if play.visitor("ana").is_out else None
    assert isinstance(play.visit.phase, InAlarm)


def test_s5_a_call_for_help_that_stands_again_is_not_ended_by_an_ok_in_between() -> None:
    play = helped("sam").stand_down()
    play.now += minutes(1)
    play.does(c.CheckIn("ana"))
    play.does(c.Reopen("lee", 1))
    assert play.visitor("ana").help_at == at("14:10")
    play.now += minutes(1)
    play.does(c.CheckIn("ana"))
    play.does(c.CheckIn("sam"))
    assert isinstance(play.visit.phase, InAlarm)


def test_s6_nobodys_answer_counts_for_another() -> None:
    play = out("sam")
    play.wait(until="14:32")
    play.does(c.CheckIn("sam"))
    assert play.visitor("ana").prompt is not None
    play.wait(until="14:35")
    assert [v.id for v in play.watch.troubled] == ["ana"]
    play.does(c.CheckIn("sam"))
    assert isinstance(play.visit.phase, InAlarm)


def test_s6_one_back_leaves_the_other_watched() -> None:
    play = out("sam")
    play.does(c.ComeBack("ana"))
    assert isinstance(play.visit.phase, Out)
    assert prompts(play, "14:31", "sam") == [(at("14:30"), "routine")]
    assert play.visitor("ana").prompt is None
    play.does(c.ComeBack("sam"))
    phase: Phase = play.visit.phase
    assert isinstance(phase, Finished)


def test_s6_the_office_and_leaders_speak_for_one_visitor_by_name() -> None:
    for by in ("olu", "lee", "priya", "bo", "okoro"):
        play = silent("sam")
        play.does(c.Vouch(by, "ana", "ok"))
        assert isinstance(play.visit.phase, Out)
        assert (play.visitor("ana").heard, play.visitor("sam").heard) == ("phoned", "ok")
    for by in ("ana", "sam", "tom", "nadia"):
        silent("sam").is_refused(c.Vouch(by, "ana", "ok"))


def test_s6_somebody_reported_back_who_presses_im_ok_is_out_again() -> None:
    play = EXAMPLES["finished, reported back"].copy()
    play.now = at("14:20")
    events = play.does(c.CheckIn("ana"))
    assert [type(event) for event in events][:2] == [e.OutAgain, e.CheckedIn]
    assert isinstance(play.visit.phase, Out)
    assert play.visitor("ana").due == Due(at("14:50"), "routine")
    assert play.told("news") >= {OFFICE, "bo"}
    assert not play.visitor("sam").is_out, "Sam said so himself"
    for command in (c.TakeMoreTime("ana", at("16:00")), c.Move("ana", "20 Elm Street")):
        EXAMPLES["finished, reported back"].copy().does(command)


def test_s6_ones_own_word_that_one_is_back_is_final() -> None:
    play = EXAMPLES["finished, alone"].copy()
    for command in (c.CheckIn("ana"), c.Arrive("ana"), c.Move("ana", "20 Elm Street")):
        play.is_refused(command)
    assert play.is_refused(c.AskForHelp("ana")).offer == "danger"
    play.does(c.AskForHelp("ana", sure=True))
    assert isinstance(play.visit.phase, InAlarm)


def test_s6_a_report_of_long_ago_is_not_taken_back_by_an_ok() -> None:
    play = EXAMPLES["finished, reported back"].copy()
    play.now += timedelta(hours=24, seconds=1)
    assert "long ago" in play.is_refused(c.CheckIn("ana")).why


def test_s11_more_time_is_a_check_in_of_that_visitor_only() -> None:
    play = out("sam")
    play.wait(until="14:31")
    play.does(c.TakeMoreTime("ana", at("16:00")))
    assert play.visitor("ana").prompt is None
    assert play.visitor("sam").prompt is not None
    assert play.watch.expected_return == at("16:00")


def test_s11_more_time_has_a_cumulative_cap_from_the_approved_return() -> None:
    play = out()
    play.does(c.TakeMoreTime("ana", at("16:30")))
    play.does(c.TakeMoreTime("ana", at("17:30")))
    assert play.watch.expected_return == at("17:30")
    events = play.does(c.TakeMoreTime("ana", at("17:30:01")))
    assert [type(event) for event in events] == [e.CheckedIn, e.ExtensionAsked]
    assert play.watch.expected_return == at("17:30"), "the old return stands"
    assert play.told("extension") >= {"lee", "priya"}


def test_s11_past_the_hours_of_cover_an_approver_is_asked() -> None:
    hours = tuple(Opening(day, time(8), time(16)) for day in range(5))
    play = out(where=replace(SCHOOL, hours=hours))
    play.does(c.TakeMoreTime("ana", at("15:59")))
    assert play.watch.expected_return == at("15:59")
    (_, asked_for) = play.does(c.TakeMoreTime("ana", at("16:00")))
    assert isinstance(asked_for, e.ExtensionAsked)
    assert play.watch.expected_return == at("15:59")


def test_s11_an_approver_says_yes_or_no_to_that_request() -> None:
    play = EXAMPLES["out, more time asked"].copy()
    for by in ("ana", "sam", "olu", "bo", "okoro"):
        play.is_refused(c.AllowMoreTime(by, 1))
    play.is_refused(c.AllowMoreTime("lee", 2))
    no, yes = play.copy(), play.copy()
    no.does(c.RefuseMoreTime("lee", 1))
    assert (no.watch.expected_return, no.watch.extension) == (at("15:30"), None)
    yes.does(c.AllowMoreTime("priya", 1))
    assert (yes.watch.expected_return, yes.watch.extension) == (at("17:45"), None)
    yes.is_refused(c.RefuseMoreTime("lee", 1))
    play.now = at("17:45")
    assert "has passed" in play.is_refused(c.AllowMoreTime("lee", 1)).why


def test_s11_a_little_more_time_does_not_drop_the_request_for_a_lot() -> None:
    play = EXAMPLES["out, more time asked"].copy()
    play.does(c.TakeMoreTime("ana", at("15:50")))
    assert play.watch.expected_return == at("15:50")
    assert play.watch.extension is not None
    play.does(c.AllowMoreTime("lee", 1))
    assert play.watch.expected_return == at("17:45")


def test_s11_past_the_return_a_request_for_more_time_lets_the_alarm_resume() -> None:
    play = at_return()
    play.does(c.TakeMoreTime("ana", at("17:45")))
    assert play.visitor("ana").resume_at == at("15:35")
    allowed = play.copy()
    allowed.does(c.AllowMoreTime("lee", 1))
    assert allowed.visitor("ana").resume_at is None
    play.wait(until="15:35")
    assert isinstance(play.visit.phase, InAlarm)


def test_s11_more_time_never_ends_a_call_for_help() -> None:
    play = helped()
    play.does(c.TakeMoreTime("ana", at("16:00")))
    play.does(c.Vouch("olu", "ana", "ok", at("16:10")))
    assert isinstance(play.visit.phase, InAlarm)


@pytest.mark.parametrize("until", [at("14:00"), at("13:59"), at("00:00")])
def test_s11_a_time_that_is_past_is_asked_about(until: datetime) -> None:
    play = out()
    assert play.is_refused(c.TakeMoreTime("ana", until)).field == "until"
    assert play.is_refused(c.Vouch("olu", "ana", "ok", until)).field == "until"


def test_p4_what_people_typed_ends_in_the_sealed_details_alone() -> None:
    for name in ("declined", "withdrawn", "changes asked", "out, wrote", "owned, renewed"):
        play = EXAMPLES[name]
        assert play.visit.details is not None
        assert play.visit.details.notes, name
        unsealed = repr(replace(play.visit, details=None))
        for note in play.visit.details.notes:
            assert note.text not in unsealed


def test_nothing_of_an_ended_visit_comes_back_by_itself() -> None:
    for play in EXAMPLES.values():
        if isinstance(play.visit.phase, Ended):
            assert play.next_wake is None
