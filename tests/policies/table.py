"""Makes ``docs/policies.md`` from ``docs/policies.toml`` and the policy files:
``python -m tests.policies.table``.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.domain.policy import Policy
from bot.settings import SHIPPED, read_policy, shipped

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "policies.md"
HOW = {
    "gate": "gate",
    "question": "question",
    "reminder": "reminder",
    "card": "card",
    "record": "record",
    "alert": "alert",
    "people": "left to people",
    "later": "comes with reports",
    "aim": "asks for nothing",
}
CARRIED = frozenset({"gate", "question", "reminder", "card", "record", "alert"})


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of a written policy, and what Doorstep does with it."""

    under: str
    says: str
    how: str
    does: str
    rule: str = ""
    tests: tuple[str, ...] = ()
    holds: Mapping[str, Any] = field(default_factory=dict)
    """What the shipped policy file must say for it: a key and its value, or an item of its list."""


def rows(policy: str) -> tuple[Row, ...]:
    """The rows of one policy, in the order of its text."""
    return tuple(Row(**{**row, "tests": tuple(row.get("tests", ()))}) for row in _data()[policy])


@cache
def _data() -> Mapping[str, Any]:
    with (DOCS / "policies.toml").open("rb") as file:
        return tomllib.load(file)


def page() -> str:
    """The whole page."""
    return "\n".join((*_introduction(), *(line for name in SHIPPED for line in _part(name)))) + "\n"


def _introduction() -> Iterator[str]:
    yield "# Both policies, sentence by sentence"
    yield ""
    yield "<!-- Made by python -m tests.policies.table from docs/policies.toml. -->"
    yield ""
    yield from _data()["introduction"].strip().splitlines()


def _part(name: str) -> Iterator[str]:
    policy, all_ = read_policy(shipped(name)), rows(name)
    count = Counter(HOW[row.how] for row in all_)
    yield ""
    yield f"## {policy.title} (`{name}`)"
    yield ""
    said = ", ".join(f"{count[how]} {how}" for how in HOW.values() if count[how])
    yield f"{len(all_)} sentences: {said}."
    for under, group in groupby(all_, key=lambda row: row.under):
        yield ""
        yield f"### {under or 'Purpose'}"
        yield ""
        yield "| Clause | What Doorstep does | How | Shown as | Tests |"
        yield "|---|---|---|---|---|"
        yield from (_line(row, policy) for row in group)


def _line(row: Row, policy: Policy) -> str:
    shown = f"`{row.rule}`" if policy.clause(row.rule) else ""
    rests = f" Rests on {', '.join(f'`{key}`' for key in row.holds)}." if row.holds else ""
    return _cells((row.says, row.does + rests, HOW[row.how], shown, _tests(row.tests)))


def _tests(names: Iterable[str]) -> str:
    """Each test by its name, as a link to its file."""
    links = []
    for name in names:
        file, _, test = name.partition("::")
        links.append(f"[`{test}`](../{file})")
    return "<br>".join(links)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
