"""Every thing of a group is looked at, also after a mistake, and every mistake has a name."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.each import each

WORDS = ("ant", "arm", "bee", "axe")
seen: list[str] = []


@each(WORDS, named=str.upper, group=lambda word: word[0])
def test_no_word_is_longer_than_three(word: str) -> None:
    seen.append(word)
    assert len(word) <= 3


def test_all_were_looked_at() -> None:
    seen.clear()
    for of in ("a", "b"):
        test_no_word_is_longer_than_three(of)
    assert sorted(seen) == sorted(WORDS)


def marks(test: Callable[..., Any]) -> Any:
    (mark,) = test.pytestmark  # type: ignore[attr-defined]
    return list(mark.args[1])


def test_every_mistake_is_told_by_its_name() -> None:
    @each(WORDS, named=str.upper, group=lambda word: word[0])
    def test_it_ends_in_e(word: str) -> None:
        assert word.endswith("e"), word

    assert marks(test_it_ends_in_e) == ["a", "b"]
    assert test_it_ends_in_e.__name__ == "test_it_ends_in_e"
    test_it_ends_in_e("b")
    with pytest.raises(ExceptionGroup) as told:
        test_it_ends_in_e("a")
    assert "2 of 3 are wrong:\n- ANT\n- ARM\n" in str(told.value)
    assert [mistake.__notes__ for mistake in told.value.exceptions] == [
        ["This was ANT."],
        ["This was ARM."],
    ]
