"""``docs/policies.md`` is whole and true: every sentence of both written policies has its row, and
what a row names exists.
"""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.settings import SHIPPED, read_policy, shipped
from tests.policies.table import CARRIED, HOW, PAGE, page, rows
from tests.policies.written import sentences

ROOT = Path(__file__).parents[2]
policies = pytest.mark.parametrize("name", SHIPPED)


@policies
def test_every_sentence_of_the_written_policy_has_its_row(name: str) -> None:
    assert [(row.under, row.says) for row in rows(name)] == [
        (sentence.under, sentence.text) for sentence in sentences(name)
    ]


@policies
def test_every_row_says_what_doorstep_does_and_how(name: str) -> None:
    for row in rows(name):
        assert row.how in HOW, row.says
        assert row.does.endswith("."), row.says
        assert bool(row.tests) == (row.how in CARRIED), row.says


@policies
def test_every_test_that_a_row_names_is_there(name: str) -> None:
    missing = [test for row in rows(name) for test in row.tests if not _is_there(test)]
    assert missing == []


@policies
def test_a_clause_that_a_row_names_stands_in_the_policy_file(name: str) -> None:
    clauses = read_policy(shipped(name)).clauses
    named = {row.rule for row in rows(name) if row.how in CARRIED and row.rule}
    assert named - set(clauses) == set()


@policies
def test_the_policy_file_says_what_a_row_rests_on(name: str) -> None:
    """Take a tick, a question or a stage out of a shipped policy, and its row is no longer true."""
    data = tomllib.loads(shipped(name))
    untrue = [
        f"{row.says}: {key} = {value!r}"
        for row in rows(name)
        for key, wanted in row.holds.items()
        for value in (wanted if _is_several(wanted) else [wanted])
        if not _says(data, key, value)
    ]
    assert untrue == []


def _is_several(wanted: object) -> bool:
    return isinstance(wanted, list) and all(isinstance(each, str) for each in wanted)


def _says(data: Any, key: str, value: object) -> bool:
    """Whether it is the value of this key, an item of its list, or the tick of one."""
    for part in key.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    if isinstance(data, list) and data != value:
        return any(value == (each["tick"] if isinstance(each, dict) else each) for each in data)
    return bool(data == value)


@policies
def test_every_clause_of_the_policy_file_is_in_the_table_in_its_own_words(name: str) -> None:
    named = {row.rule for row in rows(name)}
    for rule, clause in read_policy(shipped(name)).clauses.items():
        assert rule in named, rule
        said = (row.says for row in rows(name))
        assert any(says in clause.text or clause.text in says for says in said), rule


@policies
def test_every_clause_is_shown_where_it_bites(name: str) -> None:
    """Something in the code, or in the policy's own tables, asks for it by its name; those that
    come with reports wait.
    """
    data = tomllib.loads(shipped(name))
    elsewhere = repr({key: value for key, value in data.items() if key != "clauses"})
    code = _names_in_the_code()
    later = {row.rule for row in rows(name) if row.how == "later"}
    unused = [
        rule
        for rule in data["clauses"]
        if rule not in code | later and f"'{rule}'" not in elsewhere
    ]
    assert unused == []


def test_the_page_is_made_from_the_rows() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.policies.table"


@cache
def _tests_of(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _is_there(name: str) -> bool:
    file, _, test = name.partition("::")
    return test.startswith("test_") and test in _tests_of(file)


@cache
def _names_in_the_code() -> frozenset[str]:
    """Every string in the code of cards and rules, but for the page that lists all clauses."""
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        if path.name == "policy_sentences.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)
