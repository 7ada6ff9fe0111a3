"""S7 and S8: owning an alarm is lending attention, and the ladder is never silent."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.cards.draw import draw
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.decide.targets import targets
from bot.domain.school import Absence, Days, Opening
from bot.domain.visit import InAlarm
from tests.domain.examples import (
    DAY,
    EXAMPLES,
    OFFICE,
    SCHOOL,
    SLPS,
    Play,
    approved,
    asked,
    at,
    away,
    helped,
    minutes,
    out,
    owned,
    replace_delivery,
    school,
    silent,
)

EVENING = tuple(Opening(day, time(8), time(14, 20)) for day in range(5))


def rungs(events: tuple[e.Event, ...] | list[e.Event]) -> list[tuple[datetime, int, str]]:
    return [(x.at, x.rung, x.because) for x in events if isinstance(x, e.Escalated)]


def counting(tell: tuple[str, ...], play: Play) -> set[str]:
    return set(targets(tell, play.visit, play.facts, play.now).counting)


def told(tell: tuple[str, ...], play: Play) -> set[str]:
    return set(targets(tell, play.visit, play.facts, play.now).tell)


def test_s8_the_ladder_climbs_by_the_clock_and_is_cumulative() -> None:
    play = silent()
    assert set(play.alarm.told) == {"ana", "bo", OFFICE}
    assert rungs(play.wait(until="14:40")) == [(at("14:40"), 1, "")]
    assert set(play.alarm.told) == {"ana", "bo", OFFICE, "lee", "kit"}
    assert rungs(play.wait(until="14:45")) == [(at("14:45"), 2, "")]
    assert set(play.alarm.told) >= {"ana", "bo", OFFICE, "lee", "kit", "priya", "okoro"}


def test_s8_the_last_rung_repeats_every_five_minutes_until_owned() -> None:
    play = silent()
    play.wait(until="14:46")
    assert [(x.at, x.repeat) for x in play.wait(until="15:00") if isinstance(x, e.Escalated)] == [
        (at("14:50"), True),
        (at("14:55"), True),
        (at("15:00"), True),
    ]
    assert play.told("alarm") >= {OFFICE, "bo", "lee", "priya", "okoro"}, "a repeat buzzes all"
    play.does(c.Acknowledge("priya"))
    assert rungs(play.wait(until="15:09")) == []
    assert rungs(play.wait(until="15:10"))[0] == (at("15:10"), 2, "lapsed")


def test_s8_the_repeat_is_the_policys() -> None:
    play = silent(policy=replace(SLPS, alarm_repeat=minutes(2)))
    play.wait(until="14:45")
    assert [moment for moment, *_ in rungs(play.wait(until="14:50"))] == [at("14:47"), at("14:49")]


def test_s9_a_new_rung_edits_what_earlier_ones_were_sent() -> None:
    play = silent()
    play.wait(until="14:39")
    play.wait(until="14:40")
    assert play.told("alarm") == {"lee", "kit"}
    edited = {s.recipient for s in play.shows if s.card == "alarm" and not s.fresh}
    assert edited >= {"ana", "bo", OFFICE}


def test_s8_an_empty_rung_is_recorded_and_climbed_at_once() -> None:
    play = asked(contact=None, where=replace(SCHOOL, hours=EVENING)).approve()
    play.wait(until="14:00")
    play.does(c.AlreadyLeft("ana"))  # without a backup for when school is closed
    play.does(c.ConfirmWatching("olu"))
    play.wait(until="14:35")
    assert rungs(play.events) == [(at("14:35"), 0, ""), (at("14:35"), 1, "empty")]
    assert OFFICE in play.alarm.told, "told all the same"
    assert play.alarm.counting == ("lee", "kit") or set(play.alarm.counting) == {"lee", "kit"}


def test_s8_where_every_rung_is_empty_the_last_repeats() -> None:
    nobody = school(without=("lee", "kit", "priya", "okoro", "nadia", "bo", "olu"))
    play = approved()
    play.school = replace(nobody, office={})
    play.wait(until="14:00")
    play.does(c.AlreadyLeft("ana"))
    play.wait(until="14:35")
    assert [rung for _, rung, _ in rungs(play.events)] == [0, 1, 2]
    assert rungs(play.wait(until="14:40")) == [(at("14:40"), 2, "")]


def test_s8_a_rung_that_nobody_confirmed_in_a_minute_is_climbed() -> None:
    play = silent()
    play.delivers = False
    assert rungs(play.wait(until="14:35:59")) == []
    assert rungs(play.wait(until="14:37")) == [
        (at("14:36"), 1, "unreached"),
        (at("14:37"), 2, "unreached"),
    ]


def test_s8_a_rung_whose_every_message_failed_is_climbed_at_the_next_look() -> None:
    play = replace_delivery(silent(), delivers=False, failed=("bo", OFFICE))
    play.now = at("14:35:05")
    assert rungs(play.wake()) == [(at("14:35:05"), 1, "unreached")]


def test_s8_one_confirmed_message_is_enough_and_an_uncounted_one_is_not() -> None:
    play = silent()
    assert rungs(play.wait(until="14:39")) == []
    play = silent()
    play.delivers, play.failed = False, ("bo",)
    assert rungs(play.wait(until="14:36")) == [(at("14:36"), 1, "unreached")]


def test_s8_an_office_outside_its_hours_is_told_but_does_not_count() -> None:
    play = out()
    assert counting(("office",), play) == {OFFICE}
    play.now = at("18:00")
    assert counting(("office",), play) == set()
    assert told(("office",), play) == {OFFICE}
    play.now = at("17:59:59")
    assert counting(("office",), play) == {OFFICE}
    play.school = replace(SCHOOL, closed=(Days(DAY, DAY),))
    assert counting(("office",), play) == set()


def test_s8_an_office_staffed_by_visitors_only_does_not_count() -> None:
    play = out("kit", where=school(without=("olu",)))
    assert counting(("office",), play) == set()
    assert counting(("office",), out("kit")) == {OFFICE}, "Olu is there"


def test_s8_an_office_whose_people_are_all_away_or_out_does_not_count() -> None:
    play = out(where=school(away("olu"), away("kit")))
    assert counting(("office",), play) == set()
    play = out(where=school(away("olu"), away("kit", "tom")))
    assert counting(("office",), play) == {OFFICE}, "Tom stands in"
    play = out(where=school(away("olu")))
    play.out_elsewhere = frozenset({"kit"})
    assert counting(("office",), play) == set()
    nobody_named = school(without=("olu", "kit"))
    assert counting(("office",), out(where=nobody_named)) == {OFFICE}, "a channel, and no names"


def test_s7_visitors_never_count_whatever_roles_they_hold() -> None:
    play = silent("kit")
    play.wait(until="14:46")
    for event in play.events:
        if isinstance(event, e.Escalated):
            assert not {"ana", "kit"} & set(event.counting)
            assert not {"ana", "kit"} & set(event.holders)
    assert "kit" in play.alarm.told, "told as a visitor"


def test_s7_nobody_who_is_out_elsewhere_counts() -> None:
    play = out()
    play.out_elsewhere = frozenset({"lee", "bo"})
    assert counting(("senior_leader", "contact"), play) == {"kit"}
    assert told(("senior_leader", "contact"), play) == {"kit", "lee", "bo"}
    play.school = school(duty="lee")
    assert counting(("duty_leader",), play) == set()
    assert told(("duty_leader",), play) == {"lee"}


def test_s8_a_deputy_stands_in_for_an_absent_dsl() -> None:
    there = school(without=("kit",))
    assert told(("dsl",), out(where=there)) == {"okoro"}
    absent = school(away("okoro"), without=("kit",))
    assert told(("dsl",), out(where=absent)) == {"nadia"}
    named = school(away("okoro", "tom"), without=("kit",))
    assert told(("dsl",), out(where=named)) == {"tom"}


def test_s8_where_everybody_is_away_the_absent_are_told_and_do_not_count() -> None:
    play = out(where=school(away("priya")))
    assert told(("head",), play) == {"priya"}
    assert counting(("head",), play) == set()


def test_s8_a_stand_in_is_told_for_whoever_is_away_and_counts() -> None:
    play = out(where=school(away("priya", "tom")))
    assert counting(("head",), play) == {"tom"}


def test_s15_who_holds_a_role_is_looked_up_live() -> None:
    play = silent()
    play.school = school(Absence("lee", Days(DAY, DAY), "tom"))
    play.wait(until="14:40")
    assert "tom" in play.alarm.counting
    assert "lee" not in play.alarm.told


def test_s15_the_policy_and_the_ladder_are_frozen_at_departure() -> None:
    play = out()
    play.policy = replace(
        SLPS,
        check_in_reply_within=minutes(60),
        ladder=SLPS.ladder[:1],
        alarm_owner_holds=minutes(1),
    )
    play.wait(until="14:41")
    assert play.alarm.rung == 1
    play.does(c.Acknowledge("lee"))
    assert play.alarm.owner is not None
    assert play.alarm.owner.until == at("14:51")


def test_s15_an_approved_visit_follows_a_changed_policy() -> None:
    play = approved()
    play.policy = replace(SLPS, approval_valid_for=minutes(5))
    assert play.next_wake == at("14:05")


def test_s15_an_alarm_goes_without_its_details() -> None:
    play = EXAMPLES["out, a pair, unreadable"] if "out, a pair, unreadable" in EXAMPLES else out()
    play = replace(play.copy(), visit=replace(play.visit, details=None))
    play.does(c.AskForHelp("ana"))
    play.wait(11)
    assert play.alarm.rung == 2
    play.does(c.Acknowledge("okoro", "on my way"))
    play.does(c.Write("ana", "hm"))
    play.stand_down("okoro")


def test_s7_an_owner_holds_the_ladder_for_ten_minutes() -> None:
    play = owned()
    assert play.alarm.owner is not None
    assert (play.alarm.owner.id, play.alarm.owner.until) == ("lee", at("14:46"))
    assert play.alarm.climbs_at is None
    assert rungs(play.wait(until="14:45:59")) == []


def test_s7_when_a_hold_lapses_the_next_rung_goes_at_once_naming_the_lapsed() -> None:
    play = owned()
    assert rungs(play.wait(until="14:46")) == [(at("14:46"), 1, "lapsed")]
    assert play.alarm.owner is None
    assert play.alarm.lapsed == ("lee",)
    assert play.told("alarm") >= {OFFICE, "bo", "lee"}, "a lapse buzzes everybody"
    assert rungs(play.wait(until="14:51")) == [(at("14:51"), 2, "")], "later ones keep distance"


def test_s7_a_lapse_on_the_rung_before_the_last_sends_the_999_script_anew() -> None:
    play = silent()
    play.wait(until="14:41")
    play.does(c.Acknowledge("lee"))
    play.wait(until="14:51")
    assert play.alarm.rung == 2
    scripts = {s.recipient for s in play.shows if s.card == "script" and s.fresh and s.urgent}
    assert scripts == set(play.alarm.holders) >= {"priya", "okoro"}
    play.wait(until="14:56")
    assert not play.told("script"), "a repeat edits it"


def test_s7_an_owner_may_renew_once_with_a_note() -> None:
    play = owned()
    play.wait(until="14:40")
    assert play.is_refused(c.Acknowledge("lee")).field == "note"
    assert play.is_refused(c.Acknowledge("lee", "  ")).field == "note"
    play.does(c.Acknowledge("lee", "driving there"))
    assert play.alarm.owner is not None
    assert (play.alarm.owner.since, play.alarm.owner.until) == (at("14:36"), at("14:50"))
    assert "once" in play.is_refused(c.Acknowledge("lee", "still driving")).why
    assert rungs(play.wait(until="14:50")) == [(at("14:50"), 1, "lapsed")]


def test_s7_one_owner_at_a_time_is_named_to_the_others() -> None:
    play = owned()
    assert play.is_refused(c.Acknowledge("priya")).why.startswith("Dan Lee has it, until 14:46")


def test_s7_a_hold_that_has_passed_stops_nobody_when_the_clock_is_late() -> None:
    play = owned()
    play.now = at("14:46")
    play.does(c.Acknowledge("priya"))
    assert play.alarm.owner is not None
    assert play.alarm.owner.id == "priya"
    assert play.alarm.lapsed == ("lee",)


def test_s6_a_stand_down_says_that_nobody_is_safe_who_was_not_heard_of() -> None:
    play = silent("sam")
    play.now += minutes(1)
    play.does(c.CheckIn("ana"))
    card = draw("over", View(play.visit, OFFICE, play.facts, play.now))
    assert card.title == "It's over: Ana Teach is safe."
    both = EXAMPLES["silent, two of two"].copy()
    both.does(c.CheckIn("ana"))
    both.does(c.CheckIn("sam"))
    card = draw("over", View(both.visit, OFFICE, both.facts, both.now))
    assert card.title == "It's over: Ana Teach and Sam Assist are safe."


@pytest.mark.parametrize("by", ["ana", "sam", "kit", "tom", "nadia", "a-stranger"])
def test_s7_visitors_and_outsiders_own_and_end_nothing(by: str) -> None:
    play = helped("sam", "kit")
    alarm = play.alarm
    for command in (
        c.Acknowledge(by),
        c.StandDown(by, alarm.number, alarm.calls, "She is here", over=False),
        c.Ring999(by),
        c.ShowRisks(by),
        c.AskIfOk(by),
    ):
        play.is_refused(command)


def test_s7_whoever_is_out_elsewhere_owns_nothing() -> None:
    play = silent()
    play.out_elsewhere = frozenset({"lee"})
    play.is_refused(c.Acknowledge("lee"))
    play.does(c.Acknowledge("priya"))


def test_s7_new_help_breaks_any_hold() -> None:
    play = owned("sam")
    events = play.does(c.AskForHelp("sam"))
    assert [type(x) for x in events][:2] == [e.HelpAsked, e.OwnershipLapsed]
    assert rungs(events) == [(at("14:36"), 1, "help")]
    assert play.alarm.owner is None
    assert play.alarm.calls == 1
    assert play.told("alarm") >= {OFFICE, "bo", "lee"}


def test_s7_new_help_in_an_open_alarm_buzzes_everybody_again() -> None:
    play = helped("sam")
    play.wait(2)
    events = play.does(c.AskForHelp("sam"))
    assert rungs(events) == [(at("14:12"), 0, "help")]
    assert play.told("alarm") >= {OFFICE, "bo"}
    assert play.alarm.climbs_at == at("14:15"), "and the ladder keeps its time"


def test_s7_risks_are_for_rung_holders_by_name_and_each_opening_is_recorded() -> None:
    play = silent()
    for by in ("olu", "bo", "priya", "tom", "ana"):
        play.is_refused(c.ShowRisks(by))
    play.wait(until="14:46")
    for by in ("lee", "priya", "okoro"):
        assert play.does(c.ShowRisks(by)) == (e.RisksShown(at("14:46"), by),)
    for by in ("olu", "bo", "ana"):
        play.is_refused(c.ShowRisks(by))


def test_one_person_rings_999_and_the_others_are_told() -> None:
    play = EXAMPLES["last rung, ringing 999"]
    assert "Ada Okoro is ringing" in play.is_refused(c.Ring999("priya")).why


def test_s8_a_second_alarm_begins_with_the_first_rung() -> None:
    play = silent()
    play.wait(until="14:41")
    play.stand_down()
    play.wait(until="14:51")
    play.wait(until="14:56")
    assert isinstance(play.visit.phase, InAlarm)
    assert play.alarm.number == 2
    first = next(x for x in play.events[-6:] if isinstance(x, e.Escalated))
    assert first.rung == 0


def test_s8_a_stand_down_tells_everybody_who_was_told() -> None:
    play = silent("sam")
    play.wait(until="14:41")
    play.does(c.Acknowledge("priya"))
    play.stand_down("priya")
    assert play.told("over") == {OFFICE, "bo", "lee", "kit", "priya"}


@pytest.mark.parametrize("how", ["", "  ", "\n"])
def test_s2_they_are_safe_asks_how_they_know(how: str) -> None:
    play = silent()
    assert play.is_refused(c.StandDown("lee", 1, 0, how, over=False)).field == "how"


@pytest.mark.parametrize("hours", [4, 23, 24 * 30])
def test_s8_an_outage_of_any_length_leaves_the_ladder_climbing(hours: int) -> None:
    play = owned()
    play.now += minutes(60 * hours)
    events = play.wake()
    assert [rung for _, rung, _ in rungs(events)] == [1, 2]
    assert play.alarm.climbs_at == play.now + minutes(5)


def test_s7_a_rung_of_nobody_but_whoever_let_it_lapse_is_as_good_as_empty() -> None:
    play = helped()
    play.school = school(away("kit"))
    play.does(c.Acknowledge("lee"))
    card = " ".join(draw("alarm", View(play.visit, "lee", play.facts, play.now)).words)
    assert "If you haven't settled it by then, I ask Priya Shah and Ada Okoro." in card
    assert rungs(play.wait(10)) == [(at("14:20"), 1, "lapsed"), (at("14:20"), 2, "empty")]
    assert {"priya", "okoro"} <= set(play.alarm.told)


def test_s7_what_a_card_says_is_asked_next_is_who_counts() -> None:
    play = helped()
    play.school = school(away("kit"))
    play.out_elsewhere = frozenset({"lee"})
    card = draw("alarm", View(play.visit, OFFICE, play.facts, play.now))
    assert "If nobody takes it by 14:15, I ask Priya Shah and Ada Okoro." in " ".join(card.words)


def test_s7_somebody_out_themselves_is_told_and_asked_for_nothing_they_cannot_do() -> None:
    play = helped()
    play.out_elsewhere = frozenset({"lee"})
    play.wait(10)
    card = draw("alarm", View(play.visit, "lee", play.facts, play.now))
    text = " ".join((card.notification, *card.words))
    assert "lease act" not in text
    assert "You are out yourself" in text
    labels = {button.label for button in card.buttons}
    assert not labels & {"I'm on it", "Show risks"}
    assert "lee" not in play.alarm.holders, "risks and 999 are for whoever can act"
