"""Rules that cancel each other out are told by their key, with what would be right."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.kinds import KindRules, Party, Unannounced
from bot.domain.policy import Policy, Rung
from bot.settings import SHIPPED, check_policy, errors_of, read_policy, shipped
from bot.settings.contradictions import SHORTER

SLPS = read_policy(shipped("slps"))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def kinds(**rules: KindRules) -> dict[str, Any]:
    return {"kinds": rules}


def found(policy: Policy) -> dict[str, str]:
    """Problems by key; every one of them says what would be right."""
    mistakes = check_policy(policy)
    assert all(each.remedy.endswith("would be right") for each in mistakes)
    assert errors_of(mistakes) == ()
    return {each.where: each.problem for each in mistakes}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_policies_contradict_nothing(name: str) -> None:
    assert found(read_policy(shipped(name))) == {}


LATE = Unannounced("nobody answered")
TWO = (Rung(minutes(0), ("office",)), Rung(minutes(4), ("head",)))
NOTHING_NEW = (
    Rung(minutes(0), ("office", "head")),
    Rung(minutes(5), ("head",)),
    Rung(minutes(10), ("head", "dsl")),
)
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "asked again too soon": (
        {"check_in_every": minutes(5)},
        "check_in.reply_within",
        "asked again",
    ),
    "every second prompt is dropped": (
        {"check_in_not_within": minutes(40)},
        "check_in.not_within",
        "40m is longer than check_in.every, so after an answer they are asked again only 1h later",
    ),
    "reminder": (
        {"visit_at_most": minutes(60), "return_remind_before": minutes(60)},
        "return.remind_before",
        "could never come",
    ),
    "nudge": ({"approval_valid_for": minutes(10)}, "departure.nudge_after", "lapses before"),
    "small change": (
        {"approval_small_change": minutes(90)},
        "approval.small_change",
        "outlast the approval",
    ),
    "review": ({"flags_at_most": timedelta(days=30)}, "flags.review_every", "a flag ends"),
    "grace": ({"ladder": TWO}, "return.grace", "longer than the whole ladder, which takes 4m"),
    "reply": ({"ladder": TWO}, "check_in.reply_within", "longer than the whole ladder"),
    "grace, one rung": (
        {"ladder": TWO[:1], "return_grace": minutes(55)},
        "return.grace",
        "longer than the whole ladder, which takes 5m",
    ),
    "unreached": (
        {"alarm_unreached_after": minutes(15)},
        "alarm.unreached_after",
        "longer than the whole ladder, which takes 10m",
    ),
    "nothing new": ({"ladder": NOTHING_NEW}, "ladder[1].tell", "tells nobody whom an earlier"),
    "no appointment": (
        {"approval_before_appointment": True, "appointment_needed": "no"},
        "approval.before_appointment",
        "no appointment is needed",
    ),
    "window": (
        {"approval_before_appointment": True, "approval_window": minutes(60)},
        "approval.valid_for",
        "outlasts",
    ),
    "never and unannounced": (
        {"appointment_needed": "always", **kinds(attendance=KindRules(unannounced=LATE))},
        "kinds.attendance.unannounced",
        "that wins",
    ),
    "no appointment and unannounced": (
        {"appointment_needed": "no", **kinds(attendance=KindRules(unannounced=LATE))},
        "kinds.attendance.unannounced",
        "no visit needs an appointment",
    ),
    "risks that are laxer": (
        {"pairs_alone": "never", "pairs_with_risks": "never", "pairs_after_trouble": "never"},
        "pairs.flagged",
        "reason is less strict than pairs.alone",
    ),
    "a kind that is laxer": (
        {"pairs_alone": "reason", **kinds(other=KindRules(alone="asked"))},
        "kinds.other.alone",
        "less strict than pairs.alone",
    ),
    "a kind that says nothing": (
        {"pairs_alone": "never", **kinds(other=KindRules(alone="never"))},
        "kinds.other.alone",
        "says nothing",
    ),
    "an exception that is laxer": (
        kinds(other=KindRules(Party(3), unannounced=Unannounced("x", Party(2)))),
        "kinds.other.unannounced.staff",
        "takes 3 from school",
    ),
}


@pytest.mark.parametrize(("changed", "where", "words"), CASES.values(), ids=CASES)
def test_a_contradiction_is_told_by_its_key(
    changed: dict[str, Any], where: str, words: str
) -> None:
    assert words in found(replace(SLPS, **changed))[where]


def test_every_pair_of_lengths_is_in_the_table_above() -> None:
    told = {where for _, where, _ in CASES.values()}
    assert {path for path, _, _ in SHORTER} <= told


def test_a_prompt_exactly_at_the_margin_comes_and_contradicts_nothing() -> None:
    assert found(replace(SLPS, check_in_not_within=minutes(30))) == {}


def test_a_window_matters_only_where_approval_comes_first() -> None:
    assert found(replace(SLPS, approval_window=minutes(60))) == {}
