"""Everything in ``ways_people_write.txt`` means what stands beside it, and nothing else."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.cards.gallery.school import SCHOOL
from bot.domain.alarming import sounds_alarming
from bot.domain.plain_words import LIFE
from bot.domain.reading.sayings import read_saying
from bot.domain.reading.wish import Wish, read_wish
from bot.domain.school import Person
from tests.each import each

NOW = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)
OTHER_SAM = Person("sam2", "Sam Other", frozenset({"staff"}), "07700 900033")
TWO_SAMS = replace(SCHOOL, people=(*SCHOOL.people, OTHER_SAM))
HERE = Path(__file__).parent / "ways_people_write.txt"
LINES = [
    (text.strip(), meaning.strip())
    for line in HERE.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
    for text, meaning in [line.rsplit(" => ", 1)]
]


def understood(text: str) -> str:
    """What it means, in the spelling of the file."""
    meant = read_saying(text, NOW, SCHOOL.zone)
    if meant is None:
        wish = read_wish(text, TWO_SAMS, "ana", NOW)
        if wish:
            return "request " + "; ".join(sorted(requested(wish)))
        return "alarming" if sounds_alarming(text) else "nothing"
    if meant.unsure:
        return "asks"
    if meant.reference:
        return f"{meant.action} {meant.reference}"
    if "until" in meant.values:
        return f"until {meant.values['until'][-5:]}"
    return " ".join((meant.action, *meant.values.values()))


def requested(wish: Wish) -> list[str]:
    return [
        *(f"{name}={clock(value)}" for name, value in wish.values.items()),
        *(f"?{doubt.field}" for doubt in wish.doubts),
        *(f"-{word}" for word in wish.unread),
    ]


def clock(value: str) -> str:
    if not value.startswith("2026-1"):
        return value
    moment = datetime.fromisoformat(value)
    return f"{moment:%H:%M}" if moment.date() == NOW.date() else f"{moment:%a %H:%M}"


def in_order(meaning: str) -> str:
    head, _, parts = meaning.partition(" ")
    if head != "request":
        return meaning
    return "request " + "; ".join(sorted(part.strip() for part in parts.split(";")))


every = each(LINES, named=" => ".join, group=lambda line: line[1].partition(" ")[0])


@every
def test_S4_it_means_what_it_must(line: tuple[str, str]) -> None:
    text, meaning = line
    assert understood(text) == in_order(meaning)


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(LINES) >= 300
    assert [text for text, count in Counter(text for text, _ in LINES).items() if count > 1] == []


@every
def test_S4_nothing_around_it_turns_a_message_into_ok_or_back(line: tuple[str, str]) -> None:
    text, _ = line
    asks = text.startswith(("can ", "could "))  # "can I have 20 more minutes?" is asked politely
    for other in (
        "not",
        "never",
        "can't",
        "don't",
        "isn't",
        "unless",
        "is he",
        "?",
        "😰",
        '"',
        "/",
    ):
        for whole in (f"{other} {text}", f"{text} {other}"):
            meant = read_saying(whole, NOW, SCHOOL.zone)
            reassures = meant is not None and meant.action in LIFE
            assert not reassures or (asks and other == "?"), json.dumps(whole)
