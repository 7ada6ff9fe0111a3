"""Local times as people give them, both clock changes included (S13)."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.moments import BadMoment, likely_start, read_moment, write_moment

LONDON = ZoneInfo("Europe/London")
GOOD = {
    "2026-11-22T14:05": "2026-11-22T14:05",
    " 2026-11-22T14:05 ": "2026-11-22T14:05",
    "2026-11-22 14:05": "2026-11-22T14:05",
    "2026-07-01T14:05": "2026-07-01T13:05",
    "2026-07-01T00:30": "2026-06-30T23:30",
    "2026-11-22T14:05+01:00": "2026-11-22T13:05",
    "2028-02-29T09:00": "2028-02-29T09:00",
    # The clocks go back at 02:00 on 25 October 2026, and forward at 01:00 on 28 March 2027.
    "2026-10-25T00:59": "2026-10-24T23:59",
    "2026-10-25T02:00": "2026-10-25T02:00",
    "2027-03-28T00:59": "2027-03-28T00:59",
    "2027-03-28T02:00": "2027-03-28T01:00",
}
BAD = {
    "": "date and a time",
    "tomorrow": "date and a time",
    "14:05": "date and a time",
    "2026-11-22": "date and a time",
    "20261122": "date and a time",
    "2026-02-29T14:05": "date and a time",
    "2026-11-22T25:05": "date and a time",
    "2026-13-01T14:05": "date and a time",
    "22/11/2026 14:05": "date and a time",
    "2026-10-25T01:00": "comes twice",
    "2026-10-25T01:59": "comes twice",
    "2027-03-28T01:00": "does not exist",
    "2027-03-28T01:59": "does not exist",
    "0001-01-01T00:00+14:00": "near today",
    "9999-12-31T23:59-14:00": "near today",
}


@pytest.mark.parametrize(("text", "utc"), GOOD.items())
def test_a_moment_is_read_in_the_schools_zone(text: str, utc: str) -> None:
    assert read_moment(text, LONDON) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "why"), BAD.items())
def test_s13_what_is_no_moment_is_asked_about(text: str, why: str) -> None:
    with pytest.raises(BadMoment, match=why):
        read_moment(text, LONDON)


def test_the_edge_of_the_calendar_in_a_far_zone_is_no_crash() -> None:
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        for text in ("0001-01-01T00:00", "9999-12-31T23:59"):
            with contextlib.suppress(BadMoment):
                assert read_moment(text, ZoneInfo(zone)).tzinfo is UTC


def test_what_is_written_reads_back() -> None:
    for day in ("2026-11-22T14:05", "2026-07-01T00:30", "2026-10-25T02:00", "2027-03-28T02:00"):
        assert write_moment(read_moment(day, LONDON), LONDON) == day


def test_a_likely_start_is_a_full_five_minutes_ten_to_fifteen_minutes_ahead() -> None:
    for minute in range(60):
        now = datetime(2026, 11, 3, 13, minute, 7, tzinfo=UTC)
        start = likely_start(now)
        assert start.minute % 5 == 0
        assert (start.second, start.microsecond) == (0, 0)
        assert timedelta(minutes=10) <= start - now < timedelta(minutes=15)
