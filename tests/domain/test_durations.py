"""Durations as people write, read and hear them."""

from datetime import timedelta

import pytest

from bot.domain.duration import parse_duration, say_duration, write_duration

GOOD = {
    "90s": 90,
    "30m": 1800,
    "2h": 7200,
    "1h30m": 5400,
    "3d": 259_200,
    " 5m ": 300,
    "1H30M": 5400,
    "0m": 0,
    "1d2h3m4s": 93_784,
}
BAD = (
    "", " ", "5", "m", "5 m", "-5m", "1.5h", "5m5m", "30m1h", "1h 30m", "5min", "h5", "99999d",
    "\u00bdh", "5m;", "0x5m", "None",
)  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), GOOD.items())
def test_a_duration_is_read(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_duration_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 90s, 30m, 2h, 1h30m or 3d"):
        parse_duration(text)


def test_what_is_written_reads_back_as_the_same_length() -> None:
    for seconds in (0, 1, 59, 60, 61, 90, 3599, 3600, 5400, 86_399, 86_400, 93_784, 863_999_999):
        length = timedelta(seconds=seconds)
        assert parse_duration(write_duration(length)) == length


def test_a_length_is_said_as_a_person_would() -> None:
    said = {
        0: "0 minutes",
        1: "1 second",
        20: "20 seconds",
        60: "1 minute",
        119: "1 minute",
        2700: "45 minutes",
        5400: "1 hour 30 minutes",
        7200: "2 hours",
        90_000: "1 day 1 hour",
        -60: "0 minutes",
    }
    for seconds, words in said.items():
        assert say_duration(timedelta(seconds=seconds)) == words
