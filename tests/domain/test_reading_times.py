"""Times and lengths as people write them, in the school's zone (S13)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reading.when import Here, Unsure, read_length_words, read_moment_words
from bot.domain.reading.words import MOST_WORDS, split_words

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)
HERE = Here(NOW, LONDON)
"""A Tuesday in winter: London is at UTC."""
TIMES = {
    "2pm": "24 14:00",
    "2 pm": "24 14:00",
    "2 p.m.": "24 14:00",
    "14:05": "24 14:05",
    "3.15": "24 15:15",
    "3:15pm": "24 15:15",
    "1405": "24 14:05",
    "330": "24 15:30",
    "14h05": "24 14:05",
    "half past two": "24 14:30",
    "half two": "24 14:30",
    "half 2": "24 14:30",
    "quarter to 3": "24 14:45",
    "a quarter past three": "24 15:15",
    "twenty past two": "24 14:20",
    "ten to three": "24 14:50",
    "20 to 3": "24 14:40",
    "two o'clock": "24 14:00",
    "three fifteen": "24 15:15",
    "noon": "24 12:00",
    "midnight": "24 00:00",
    "at about 3": "24 15:00",
    "4": "24 16:00",
    "6": "24 18:00",
    "9 in the morning": "24 09:00",
    "09:00": "24 09:00",
    "in half an hour": "24 13:50",
    "in 20 min": "24 13:40",
    "in an hour and a half": "24 14:50",
    "20 minutes from now": "24 13:40",
    "now": "24 13:20",
    "tomorrow at 9": "25 09:00",
    "3pm tomorrow": "25 15:00",
    "tomorrow 2": "25 14:00",
    "mon 9am": "30 09:00",
    "Friday at 14:00": "27 14:00",
    "on thursday at half past nine": "26 09:30",
    "25 nov 2pm": "25 14:00",
    "25th of November at 10": "25 10:00",
    "24/11/2026 14:05": "24 14:05",
    "2026-11-26T14:05": "26 14:05",
}
LENGTHS = {
    "45 min": 45,
    "45m": 45,
    "for 45 minutes": 45,
    "half an hour": 30,
    "an hour": 60,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "1.5 hours": 90,
    "1h30": 90,
    "1h30m": 90,
    "2 hours": 120,
    "2hrs": 120,
    "one hour twenty": 80,
    "1 hr 20 mins": 80,
    "1 hour and 20 minutes": 80,
    "quarter of an hour": 15,
    "three quarters of an hour": 45,
    "forty five minutes": 45,
    "ninety minutes": 90,
}


@pytest.mark.parametrize(("text", "meant"), TIMES.items())
def test_a_time_is_read_as_school_people_mean_it(text: str, meant: str) -> None:
    found = read_moment_words(text, HERE)
    assert isinstance(found, datetime), found
    assert f"{found.astimezone(LONDON):%d %H:%M}" == meant


@pytest.mark.parametrize("hour", range(1, 13))
def test_a_bare_hour_is_never_at_night(hour: int) -> None:
    early = Here(datetime(2026, 11, 24, 0, 30, tzinfo=UTC), LONDON)
    found = read_moment_words(f"at {hour}", early)
    assert isinstance(found, datetime)
    assert 7 <= found.hour <= 18


@pytest.mark.parametrize(("text", "minutes"), LENGTHS.items())
def test_a_length_is_read(text: str, minutes: int) -> None:
    assert read_length_words(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    ["", "oak", "25:00", "13am", "3:75", "٣pm", "5 to 3", "2pm or 3pm", "31/02/2026 10:00", "99"],
)
def test_what_is_no_time_is_not_taken_for_one(text: str) -> None:
    assert not isinstance(read_moment_words(text, HERE), datetime)


@pytest.mark.parametrize("text", ["", "45", "min", "0 minutes", "a while", "999 hours"])
def test_what_is_no_length_is_not_taken_for_one(text: str) -> None:
    assert read_length_words(text) is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("9", ["24 21:00", "25 09:00"]),
        ("at 8.30", ["24 20:30", "25 08:30"]),
        ("tuesday at 3", ["24 15:00", "01 15:00"]),
        ("next friday at 2", ["27 14:00", "04 14:00"]),
        ("tomorrow", []),
    ],
)
def test_what_could_mean_two_things_is_asked(text: str, options: list[str]) -> None:
    found = read_moment_words(text, HERE)
    assert isinstance(found, Unsure)
    assert [f"{moment:%d %H:%M}" for moment in found.options] == options


@pytest.mark.parametrize(
    ("text", "why"),
    [("28 mar 2027 at 01:30", "does not exist"), ("25/10/2026 1.30am", "comes twice")],
)
def test_S13_a_time_that_the_clocks_skip_or_show_twice_is_asked_about(text: str, why: str) -> None:
    for said_at in (datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 10, 24, 23, tzinfo=UTC)):
        found = read_moment_words(text, Here(said_at, LONDON))
        assert isinstance(found, Unsure)
        assert why in found.why


def test_S13_in_half_an_hour_is_half_an_hour_across_the_change_of_the_clocks() -> None:
    for before in (
        datetime(2027, 3, 28, 0, 45, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
    ):
        assert read_moment_words("in half an hour", Here(before, LONDON)) == before + timedelta(
            minutes=30
        )


def test_S13_summer_time_and_a_day_without_a_date_is_today_never_tomorrow() -> None:
    summer = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)
    assert read_moment_words("3.15", Here(summer, LONDON)) == datetime(
        2026, 6, 9, 14, 15, tzinfo=UTC
    )
    late = datetime(2026, 11, 24, 23, 50, tzinfo=UTC)
    assert read_moment_words("in 20 min", Here(late, LONDON)) == late + timedelta(minutes=20)
    assert read_moment_words("2pm", Here(late, LONDON)) == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_however_long_only_the_beginning_of_a_message_is_read() -> None:
    for text in (
        "a " * 10_000,
        "9" * 10_000,
        "half past " * 5_000,
        "\u202e" * 10_000,
        ", " * 9_000,
    ):
        assert len(split_words(text)) <= MOST_WORDS * 2
        assert not isinstance(read_moment_words(text, HERE), datetime)
