"""What a card says of an address: never that nothing is known, and never more than fits."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards.draw import draw
from bot.cards.view import View
from bot.domain.flagging import asked_about, confirmed, lengths, lifted, new_flag, read_flag
from bot.domain.known import Flag, Known, looked_for, marks
from bot.domain.plan import Details, Home, Note
from bot.domain.school import Days
from bot.domain.term import term_began
from tests.domain.examples import SCHOOL, SLPS, asked, at

NOW = at("12:00")
DAY = timedelta(days=1)
FLAG = Flag("f1", "okoro", NOW - DAY, NOW + 5 * DAY, NOW + 9 * DAY, "14 Oak Road", "A dog")


def words(known: Known, reader: str = "lee") -> str:
    play = asked()
    facts = replace(play.facts, known=known)
    return " ".join(draw("approval", View(play.visit, reader, facts, play.now)).words)


def test_not_found_and_not_looked_are_two_things_and_neither_is_no_concerns() -> None:
    assert "Nothing found under this address as it is written." in words(Known(looked=True))
    assert "I could not look" in words(Known())
    assert "Nothing found" not in words(Known())
    assert "Nothing found" not in words(Known(looked=True, flags=(FLAG,)))
    for known in (Known(), Known(looked=True)):
        assert "no concern" not in words(known).lower()


def test_a_reason_that_cannot_be_read_binds_and_says_so() -> None:
    said = words(Known(looked=True, flags=(replace(FLAG, place=None, reason=None),)))
    assert "Known risk at this address" in said
    assert "can't be read" in said


def test_many_flags_fit_a_card_and_are_counted() -> None:
    flags = tuple(replace(FLAG, id=f"f{n}", reason=f"reason {n}") for n in range(9))
    said = words(Known(looked=True, flags=flags))
    assert "reason 2" in said
    assert "reason 3" not in said
    assert "And 6 more" in said


def test_a_flag_binds_until_it_ends_or_is_lifted() -> None:
    assert FLAG.binds(FLAG.until - timedelta(seconds=1))
    assert not FLAG.binds(FLAG.until)
    assert not lifted(FLAG, "lee", NOW).binds(NOW)
    assert Known(flags=(FLAG, lifted(FLAG, "lee", NOW))).binding(NOW) == (FLAG,)


def test_no_flag_holds_longer_than_the_policy_lets_it_and_confirming_lengthens_nothing() -> None:
    short = replace(SLPS, flags_at_most=40 * DAY, flags_review_every=30 * DAY)
    assert lengths(short) == (30 * DAY, 40 * DAY)
    assert isinstance(read_flag("14 Oak Road", "A dog", str(90 * 86_400), short), dict)
    wanted = read_flag("14 Oak Road", "A dog", str(40 * 86_400), short)
    assert not isinstance(wanted, dict)
    made = new_flag("f1", "lee", wanted, short, NOW)
    assert (made.until, made.review_at) == (NOW + 40 * DAY, NOW + 30 * DAY)
    after = confirmed(made, "okoro", short, NOW + 30 * DAY)
    assert (after.until, after.review_at) == (made.until, made.until)


def test_the_author_is_asked_and_the_dsl_where_they_may_no_longer_say() -> None:
    assert asked_about(replace(FLAG, by="lee"), SCHOOL, SLPS, NOW) == ("lee",)
    dsl = tuple(person.id for person in SCHOOL.with_role("dsl"))
    assert asked_about(replace(FLAG, by="somebody-gone"), SCHOOL, SLPS, NOW) == dsl


def test_every_home_of_a_round_and_wherever_they_went_is_remembered() -> None:
    details = Details(
        place="14 Oak Road",
        family="Example",
        further=(Home("3 Elm Close", "Sample"),),
        notes=(Note(NOW, "ana", "moved", "7 Ash Way"),),
    )
    kept = marks(details)
    for place in ("14 Oak Rd", "3 elm close", "7 Ash Way"):
        assert kept.places & looked_for(Details(place=place)).places, place
    assert kept.families == {"example", "sample"}


def test_a_term_began_with_the_end_of_a_week_without_school_at_the_latest_so_long_ago() -> None:
    today = NOW.date()

    def began(first: int, last: int) -> datetime:
        closed = (Days(today + first * DAY, today + last * DAY),)
        return term_began(replace(SCHOOL, closed=closed), 120 * DAY, NOW)

    assert began(-10, -4).date() == today - 3 * DAY, "seven days"
    assert began(-9, -4) == NOW - 120 * DAY, "six days are half term's, maybe"
    assert began(-5, 4) == NOW - 120 * DAY, "it isn't over"
    assert began(-300, -200) == NOW - 120 * DAY, "that was long ago"
