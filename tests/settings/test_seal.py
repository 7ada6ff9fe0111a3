import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.settings import BadSettings, put_back, seal_out, shipped
from tests.settings.samples import GOOD, good, read

CASES = (
    GOOD,
    good('"2026-12-21"', "2026-12-21"),
    good('phone = "07700 900004"\n', ""),
    good('car = "blue Fiesta AB12 CDE"\n', ""),
    good(more='[policy]\ncheck_in.every = "20m"\n[policy.clauses.office]\ntext="a"\nsource="b"\n'),
)


@pytest.mark.parametrize("text", CASES)
def test_s15_what_is_kept_gives_the_same_settings(text: str) -> None:
    assert put_back(*seal_out(text, policies=shipped)) == read(text)


@pytest.mark.parametrize("text", CASES)
def test_s15_without_a_key_everything_but_the_sealed_parts_is_there(text: str) -> None:
    kept, _ = seal_out(text, policies=shipped)
    full = read(text)
    people = tuple(replace(each, emergency=None, car=None) for each in full.school.people)
    assert put_back(kept, None) == replace(full, school=replace(full.school, people=people))


def test_p8_emergency_contacts_and_cars_are_in_the_sealed_part_alone() -> None:
    kept, sealed = seal_out(GOOD + "# CANARY: Jo Shah's flat\n", policies=shipped)
    for secret in ("Jo Shah", "900002", "Fiesta", "AB12"):
        assert secret not in kept
        assert secret in sealed
    assert "CANARY" not in kept + sealed
    assert set(json.loads(sealed)) == {"priya"}


def test_s15_what_is_kept_does_not_need_the_policys_file() -> None:
    ours = shipped("slps").replace('"30m"', '"25m"')
    there: Callable[[str], str] = {"slps": ours}.__getitem__
    kept, sealed = seal_out(GOOD, policies=there)
    assert put_back(kept, sealed).policy.check_in_every.total_seconds() == 25 * 60


def test_the_same_file_is_always_kept_as_the_same_text() -> None:
    swapped = good('name = "St Example Primary"\n', "").replace(
        "[school]\n", '[school]\nname = "St Example Primary"\n'
    )
    assert seal_out(swapped, policies=shipped) == seal_out(GOOD, policies=shipped)


def test_a_bad_file_is_not_kept() -> None:
    with pytest.raises(BadSettings, match=r"school\.name"):
        seal_out(good('name = "St Example Primary"\n', ""), policies=shipped)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "{}", '{"file":"x","policy":null,"school":{"people":[]}}']
)
def test_what_was_kept_badly_is_a_mistake_and_no_crash(kept: str) -> None:
    with pytest.raises(BadSettings) as bad:
        put_back(kept, None)
    assert bad.value.mistakes
