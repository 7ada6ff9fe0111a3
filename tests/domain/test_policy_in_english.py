"""The policy that a governor reads and signs says everything that the file says."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cards.fit import Room
from bot.cards.model import Card, Text
from bot.cards.policy import in_plain_english
from bot.cards.policy_said import said, version
from bot.cards.policy_sentences import LAST, SECTIONS
from bot.cards.policy_sheet import WIDTH
from bot.cards.policy_sheet import sheet as sheet_of
from bot.domain.duration import parse_duration
from bot.domain.kinds import KindRules, Party, Unannounced
from bot.domain.policy import Clause, Policy, Rung, Tick
from bot.settings import SHIPPED, read_policy, shipped
from bot.settings.policy_keys import ALONE, KEYS, Key

POLICIES = {name: read_policy(shipped(name)) for name in SHIPPED}
TWO_STAGES = POLICIES["pastoral"]
OTHERS: dict[str, Callable[[Any, Key], list[object]]] = {
    "text": lambda value, key: [f"{value} 2"],
    "texts": lambda value, key: [(*value, "Look both ways.")],
    "stages": lambda value, key: [(*value, ("attendance_lead",)), value[:1]],
    "roles": lambda value, key: [("attendance_lead",), ("attendance_lead", "head")],
    "flag": lambda value, key: [not value],
    "duration": lambda value, key: [
        parse_duration(key.least),
        value + timedelta(seconds=61),
    ],
    "ticks": lambda value, key: [(), (*value, Tick("Torch"))],
    "words": lambda value, key: [key.words[:1], key.words[1:3], key.words],
    "choice": lambda value, key: [word for word in key.words if word != value],
}
"""Other values that a key of each kind may have."""

policies = pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
keys = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)


DAY = date(2026, 11, 23)


def sheet(policy: Policy, school: str = "") -> str:
    return sheet_of(policy, DAY, school)


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_key_of_a_policy_has_its_line_of_plain_english_and_no_line_is_about_nothing() -> None:
    named = [key for section in SECTIONS for key in section.says]
    wanted = {key.path for key in KEYS} - {"name", "title"} | {"ladder", "kinds"}
    missing = wanted - set(named)
    assert not missing, f"no line in bot/cards/policy_sentences.py for: {sorted(missing)}"
    assert set(named) - wanted == set()
    assert len(named) == len(set(named))


@keys
def test_another_value_of_a_key_reads_differently(key: Key) -> None:
    value = getattr(TWO_STAGES, key.field)
    others = [other for other in OTHERS[key.kind](value, key) if other != value]
    assert others
    read = [sheet(replace(TWO_STAGES, **{key.field: other})) for other in (value, *others)]
    assert len(read) == len(set(read))


def test_the_rules_of_a_kind_are_said_and_another_value_of_each_reads_differently() -> None:
    text = words(sheet(POLICIES["slps"]))
    assert "A visit of the kind Attendance may go unannounced when nobody answered the" in text
    assert (
        "It then takes at least two from school, one of them the attendance lead. The "
        "request names who authorised it: the Head or a senior leader."
    ) in text
    never = "No kind of visit has an exception by which it may go unannounced."
    assert never in words(sheet(POLICIES["pastoral"]))
    assert never not in text
    pair = Party(2, ("dsl",))
    rules = (
        KindRules(),
        KindRules(pair),
        KindRules(replace(pair, staff=3)),
        KindRules(replace(pair, with_role=())),
        *(KindRules(alone=word) for word in ALONE),
        KindRules(asks=("risks",)),
        KindRules(needs=("risks",)),
        KindRules(unannounced=Unannounced("nobody answered")),
        KindRules(unannounced=Unannounced("nobody answered", pair)),
        KindRules(unannounced=Unannounced("nobody answered", authorised_by=("head",))),
        KindRules(unannounced=Unannounced("nobody was in")),
    )
    read = [sheet(replace(TWO_STAGES, kinds={"welfare": each})) for each in rules]
    assert len(set(read)) == len(read)


def test_an_interval_that_is_not_so_is_not_claimed() -> None:
    """A prompt within ``check_in.not_within`` of the last answer is dropped (S9)."""
    policy = replace(POLICIES["slps"], check_in_not_within=timedelta(minutes=40))
    text = words(sheet(policy))
    assert "“are you OK?” 30 minutes after they left, and 1 hour after each answer." in text
    assert "every 30 minutes, counted" not in text
    assert "every 30 minutes, counted" in words(sheet(POLICIES["slps"]))


def test_another_ladder_reads_differently() -> None:
    later = replace(TWO_STAGES, ladder=(Rung(timedelta(seconds=90), ("dsl", "backup")),))
    text = words(sheet(later))
    assert "After 1 minute 30 seconds Doorstep tells the Designated Safeguarding Lead" in text
    assert "5 minutes Doorstep also tells" not in text


@policies
def test_nothing_is_left_to_fill_in_and_nothing_is_said_in_the_words_of_the_file(
    policy: Policy,
) -> None:
    text = sheet(policy)
    assert not re.search(r"[{}\[\]]|None|True|False|_[a-z]|[a-z]_[a-z]|timedelta", text)
    assert all(len(line) <= WIDTH for line in text.splitlines())


@policies
def test_every_clause_stands_there_once_to_the_letter(policy: Policy) -> None:
    text = words(sheet(policy))
    for clause in policy.clauses.values():
        assert text.count(f"“{clause.text}”") == 1, clause


def test_a_clause_of_a_rule_that_nobody_foresaw_stands_at_the_end() -> None:
    extra = {"tea": Clause("Accept a cup of tea.", "Our Policy, Manners")}
    sections = said(replace(TWO_STAGES, clauses=extra))
    assert sections[-1].heading == LAST
    assert sections[-1].clauses == (extra["tea"],)


def test_a_clause_stands_where_a_kind_or_a_thing_to_have_with_you_names_it() -> None:
    clauses = {name: Clause(f"{name}.", "Ours") for name in ("card", "call")}
    policy = replace(
        TWO_STAGES,
        departure_kit=(Tick("Card", "card"),),
        kinds={"other": KindRules(clause="call")},
        clauses=clauses,
    )
    where = {clause.text: s.heading for s in said(policy) for clause in s.clauses}
    assert where == {"card.": "Preparation", "call.": "Kinds of visit"}


def test_there_is_a_line_to_sign_on_and_the_school_is_named() -> None:
    text = sheet(TWO_STAGES, "St Example Primary")
    assert "How St Example Primary keeps it with Doorstep" in text
    assert "as of 23 November 2026" in words(text)
    last = text.splitlines()[-4:]
    assert [line.split()[0] for line in last if line] == ["Name", "Signature"]
    assert "Role" in last[1]
    assert "Date" in last[3]


def test_a_signature_is_tied_to_the_text_and_the_card_shows_the_same_version() -> None:
    policy = POLICIES["slps"]
    other = replace(policy, check_in_every=timedelta(minutes=29))
    assert re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", version(policy))
    assert version(other) != version(policy)
    assert sheet(policy).split("Read and agreed")[1].count(version(policy)) == 1
    assert f"Version {version(policy)}" in parts(policy)[-1].words
    assert f"Version {version(other)}" in parts(other)[-1].words


def test_where_nobody_goes_alone_a_backup_is_for_whoever_goes_with_an_outsider() -> None:
    text = words(sheet(replace(TWO_STAGES, evening_alone="never")))
    assert "A backup says yes" not in text
    assert "with nobody but somebody from outside has a backup all the same, who says" in text


@policies
def test_reports_are_not_promised(policy: Policy) -> None:
    after = next(section for section in said(policy) if section.heading == "After the visit")
    assert after.sentences[0].startswith("Doorstep doesn't carry the written report yet")


def parts(policy: Policy) -> list[Card]:
    """The card, and whatever Read on leads to."""
    found = [in_plain_english(policy)]
    while onward := [b for b in found[-1].buttons if b.label == "Read on"]:
        assert onward[0].action == "policy"
        found.append(in_plain_english(policy, onward[0].args["part"]))
        assert len(found) < 100
    return found


MANY = {f"rule_{n}": Clause(f"{n}: <b>&</b> " * 90, "Source & all") for n in range(60)}


@pytest.mark.parametrize("policy", [*POLICIES.values(), replace(TWO_STAGES, clauses=MANY)])
def test_the_card_in_chat_is_the_same_text_in_parts_that_messages_can_carry(policy: Policy) -> None:
    cards = parts(policy)
    shown = [word for card in cards for word in card.words]
    for section in said(policy):
        assert section.heading in shown
        for sentence in section.sentences:
            assert shown.count(sentence) == 1
        for clause in section.clauses:
            assert shown.count(f"“{clause.text}” ({clause.source})") == 1
    for card in cards:
        assert Room().fits(card.blocks), card.title
        assert isinstance(card.blocks[0], Text)
        assert card.blocks[0].style == "strong", "a part begins with a heading"
        last = card.blocks[-2]
        assert not (isinstance(last, Text) and last.style == "strong"), "no heading stands last"


def test_a_part_that_is_not_there_is_the_first() -> None:
    first = in_plain_english(TWO_STAGES)
    for wanted in ("", "0", "99", "-1", "x", "١", "9" * 5000):
        assert in_plain_english(TWO_STAGES, wanted) == first
