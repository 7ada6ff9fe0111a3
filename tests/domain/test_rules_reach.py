"""A visit for which some moment reaches nobody isn't approved before that is mended (S1, S8)."""

from dataclasses import replace

import pytest

from bot.cards.draw import draw
from bot.cards.model import Card, Text
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.policy import Clause, Policy, Rung
from bot.domain.rules import held, shortfalls
from bot.domain.rules.case import Case
from bot.domain.school import School
from bot.domain.visit import Approved, Out, Requested
from tests.domain.examples import SCHOOL, SLPS, Play, asked, at, away, minutes, school

CLAUSE = {"reach": Clause("THINK about your own safety.", "SLPS")}
LEADERS = replace(
    SLPS, ladder=(Rung(minutes(0), ("contact", "office", "senior_leader")),), clauses=CLAUSE
)
"""A ladder of one rung: the contact, the office, and the senior leaders Dan Lee and Kit Many."""


def evening(
    *companions: str, where: School = SCHOOL, contact: str | None = None, policy: Policy = LEADERS
) -> Play:
    """Asked for at 18:00 for 19:00 to 20:00, when the office is empty."""
    return asked(
        *companions,
        policy=policy,
        where=where,
        leaving=at("19:00"),
        back=at("20:00"),
        now=at("18:00"),
        contact=contact,
    )


def agreed(play: Play) -> Play:
    """The contact has said yes."""
    play.does(c.StandBy("bo"))
    return play


def why(play: Play) -> str:
    found = [s.why for s in shortfalls(Case.of(play.visit, play.facts, play.now))]
    return next((each for each in found if "nobody would be reached" in each), "")


def strong(card: Card) -> list[str]:
    return [b.body for b in card.blocks if isinstance(b, Text) and b.style == "strong"]


def test_it_is_silent_where_somebody_is_always_reached() -> None:
    assert why(evening()) == ""
    assert why(evening("kit")) == ""
    assert why(asked(policy=replace(LEADERS, ladder=(Rung(minutes(0), ("office",)),)))) == ""


def test_it_says_who_is_away_who_goes_and_what_would_mend_it() -> None:
    play = evening("kit", where=school(away("lee")))
    assert why(play) == (
        "If something happened on this visit, nobody would be reached: nobody is named who knows "
        "of it; the office isn't staffed; Kit Many is on the visit; Dan Lee is away. To mend it, "
        "name somebody who says yes to being reachable then: Sam Assist, Priya Shah, Ada Okoro, "
        "say, or have the office name who stands in for Dan Lee, or go at another time, or with "
        "others."
    )


@pytest.mark.parametrize(
    "mended",
    [
        agreed(evening("kit", where=school(away("lee")), contact="bo")),
        evening("kit", where=school(away("lee", "priya"))),
        evening("sam", where=school(away("lee"))),
    ],
    ids=["a contact", "a stand-in", "others go"],
)
def test_what_it_says_would_mend_it_does(mended: Play) -> None:
    assert why(mended) == ""
    mended.does(c.Approve("priya", 1))
    assert isinstance(mended.visit.phase, Approved)


def test_a_contact_who_was_merely_named_reaches_nobody() -> None:
    play = evening("kit", where=school(away("lee")), contact="bo")
    assert "Bo Buddy hasn't said yes yet" in why(play)
    assert "To mend it, have Bo Buddy say that they will be reachable, or name" in why(play)
    play.is_refused(c.Approve("priya", 1))
    play.does(c.StandBy("bo"))
    assert why(play) == ""
    play.does(c.CannotStandBy("bo"))
    assert why(play) != ""


def test_where_the_time_is_still_to_be_agreed_only_leaving_waits_for_the_contact() -> None:
    play = evening("kit", where=school(away("lee")), contact="bo")
    likely = replace(play.visit, plan=replace(play.visit.plan, fixed=False))
    case = Case.of(likely, play.facts, play.now)
    assert [s.rule for s in held("approval", case)] == []
    assert "reach" in [s.rule for s in held("leaving", case)]
    nobody = replace(likely, plan=replace(likely.plan, contact=None))
    assert "reach" in [s.rule for s in held("approval", Case.of(nobody, play.facts, play.now))]


def test_whoever_is_on_another_visit_then_is_not_reached_and_nobody_is_told_why() -> None:
    play = evening("kit")
    facts = replace(play.facts, busy=frozenset({"lee"}))
    found = shortfalls(Case.of(play.visit, facts, play.now))
    (said,) = (each.why for each in found if each.rule == "reach")
    assert "Dan Lee can't be reached then" in said
    assert "another visit" not in said


def test_it_names_the_time_where_it_is_not_the_whole_visit() -> None:
    policy = replace(LEADERS, ladder=(Rung(minutes(0), ("office",)),))
    late = asked(policy=policy, leaving=at("17:00"), back=at("18:30"), now=at("16:00"))
    assert why(late).startswith("If something happened from 18:00 on, nobody would be reached")
    early = asked(policy=policy, leaving=at("07:30"), back=at("08:30"), now=at("07:00"))
    assert why(early).startswith("If something happened before 08:00, nobody would be reached")


def test_S8_approval_is_refused_with_the_sentence_which_stands_in_bold_with_its_clause() -> None:
    play = evening("kit", where=school(away("lee")))
    refused = play.is_refused(c.Approve("priya", 1))
    assert refused.why == why(play)
    assert isinstance(play.visit.phase, Requested)
    card = draw("approval", View(play.visit, "priya", play.facts, play.now))
    assert why(play) in strong(card)
    assert '"THINK about your own safety." (SLPS)' in card.words
    assert not any("Worst case" in word for word in card.words)
    lead = draw("mine", View(play.visit, "ana", play.facts, play.now))
    assert why(play) in strong(lead)


def test_details_that_cannot_be_read_change_nothing_of_it() -> None:
    play = evening("kit", where=school(away("lee")))
    play.visit = replace(play.visit, details=None)
    assert why(play)


def test_S1_an_absence_after_the_approval_shuts_the_door_and_the_watch_is_offered() -> None:
    play = evening("kit")
    play.does(c.Approve("priya", 1))
    play.wait(until="19:00")
    play.school = school(away("lee"))
    refused = play.is_refused(c.Depart("ana", ("ana", "kit")))
    assert refused.offer == "already_left"
    assert "Dan Lee is away" in refused.why
    play.does(c.AlreadyLeft("ana"))
    assert isinstance(play.visit.phase, Out)
    assert play.watch.left_in_breach


def test_S1_leaving_late_it_is_looked_at_for_the_time_that_they_will_be_out() -> None:
    policy = replace(LEADERS, ladder=(Rung(minutes(0), ("office",)),))
    play = asked("sam", policy=policy, leaving=at("16:45"), back=at("17:30"), now=at("16:00"))
    assert why(play) == ""
    play.does(c.Approve("priya", 1))
    play.wait(until="17:20")
    late = c.Depart("ana", ("ana", "sam"), until=at("18:20"))
    refused = play.is_refused(late)
    assert refused.offer == "already_left"
    assert refused.why.startswith("If something happened from 18:00 on, nobody would be reached")
    in_hours = play.copy()
    in_hours.does(replace(late, until=at("17:50")))
    assert not in_hours.watch.left_in_breach
    play.wait(until="17:35")
    play.does(c.AlreadyLeft("ana"))
    assert play.watch.expected_return == at("18:20")
    assert play.watch.left_in_breach


def test_who_must_not_know_of_it_is_not_named_as_somebody_to_stand_by() -> None:
    play = evening("kit", where=school(away("lee")))
    play.visit = replace(play.visit, plan=replace(play.visit.plan, kept_from=("sam",)))
    assert "Priya Shah, Ada Okoro" in why(play)
    assert "Sam Assist" not in why(play)


def test_S1_nobody_who_is_out_is_ever_asked_about_it() -> None:
    play = evening("kit", where=school(away("lee")))
    play.wait(until="19:00")
    play.does(c.AlreadyLeft("ana"))
    assert held("leaving", Case.of(play.visit, play.facts, play.now)) == ()
    play.does(c.CheckIn("ana"))


def test_whoever_decides_and_the_lead_read_the_worst_case() -> None:
    play = agreed(asked("sam"))
    said = (
        "Worst case, silent from 14:50: I tell Bo Buddy and the office by 15:35, Kit Many and Dan "
        "Lee 15:40, Priya Shah and Ada Okoro 15:45; 55 minutes."
    )
    for card, reader in (("approval", "lee"), ("mine", "ana")):
        assert said in draw(card, View(play.visit, reader, play.facts, play.now)).words
    assert said not in draw("mine", View(play.visit, "sam", play.facts, play.now)).words
    play.approve()
    assert said in draw("mine", View(play.visit, "ana", play.facts, play.now)).words
    assert said not in draw("approval", View(play.visit, "lee", play.facts, play.now)).words
