"""Whatever is written: reading it takes work in proportion to its length, and reassures nobody.

Work is counted in steps of the interpreter, which do not depend on how busy the machine is; a
regular expression that blows up runs into the time limit instead.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest

from bot.cards.gallery.school import SCHOOL
from bot.domain.alarming import sounds_alarming
from bot.domain.plain_words import LIFE
from bot.domain.reading.likeliest import likeliest
from bot.domain.reading.sayings import perhaps, read_saying
from bot.domain.reading.wish import read_wish

NOW = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)
MOST_STEPS = 400_000
HOSTILE = {
    "long": "ok " * 3_400,
    "one word": "x" * 10_000,
    "figures": "1" * 10_000,
    "times": "at 2pm " * 1_500,
    "names": "visit 1 A Road with " + "Sam and " * 1_250,
    "commas": "visit " + "," * 10_000,
    "visits": "visit 14 Oak Road at 2pm " * 400,
    "half past": "half past " * 1_000,
    "control characters": "".join(map(chr, range(32))) * 300,
    "right to left": "\u202eko\u202d " * 2_000,
    "emoji": "👩‍👩‍👧‍👦 " * 1_200,
    "markup": "<script>alert(1)</script>**ok**" * 320,
    "mentions": "@channel <!here> <@U123> @everyone ok " * 260,
    "quotes": '"' * 5_000 + "ok" + '"' * 5_000,
    "dashes": "visit 1-2-3-4-5-6-7-8-9-" * 400,
    "not ok": "not " * 2_500 + "ok",
    "nulls": "visit\x00 14 Oak\x00 Road at 2pm\x00" * 300,
    "combining": "o\u0301k" * 3_000,
    "apostrophes": "'" * 10_000,
}


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python it runs."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_bounded_work_and_reassures_nobody(name: str) -> None:
    text = HOSTILE[name]
    meant = read_saying(text, NOW, SCHOOL.zone)
    assert meant is None or meant.action not in LIFE

    def work() -> None:
        read_saying(text, NOW, SCHOOL.zone)
        read_wish(text, SCHOOL, "ana", NOW)
        sounds_alarming(text)
        perhaps(text, NOW, SCHOOL.zone)
        likeliest(text, ("ok", "back", "plan", "help", "more_time"))

    assert steps(work) < MOST_STEPS


def test_a_hundred_times_the_text_is_not_more_work() -> None:
    def work(length: int) -> int:
        text = "visit 14 Oak Road at 2pm with Sam and Bo for half an hour, " * length
        return steps(lambda: read_wish(text, SCHOOL, "ana", NOW))

    assert work(1_000) < 2 * work(10)
