"""One test of many things: each of a group is looked at, and every mistake is told, by name."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

import pytest

Thing = TypeVar("Thing")
Check = Callable[[Thing], None]
Test = Callable[[str], None]


def each(
    things: Iterable[Thing], *, named: Callable[[Thing], str], group: Callable[[Thing], str]
) -> Callable[[Check[Thing]], Test]:
    """Make a check of one thing a test for each group of them. A test of its own for each thing
    would cost more than most checks do.
    """
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        groups.setdefault(group(thing), []).append(thing)

    def made(check: Check[Thing]) -> Test:
        @wraps(check)
        def test(of: str) -> None:
            wrong: dict[str, Exception] = {}
            for thing in groups[of]:
                try:
                    check(thing)
                except Exception as mistake:  # noqa: BLE001
                    mistake.add_note(f"This was {named(thing)}.")
                    wrong[named(thing)] = mistake
            if wrong:
                names = "\n".join(f"- {name}" for name in wrong)
                said = f"{len(wrong)} of {len(groups[of])} are wrong:\n{names}\n"
                raise ExceptionGroup(said, list(wrong.values()))

        del test.__wrapped__  # pytest would ask for its arguments
        return pytest.mark.parametrize("of", groups)(test)

    return made
