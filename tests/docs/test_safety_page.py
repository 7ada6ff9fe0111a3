"""The safety page fails the build when a rule, its code or its tests are not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "safety.md").read_text("utf-8")
RULES = [*(f"S{n}" for n in range(1, 17)), *(f"P{n}" for n in range(1, 9))]
TESTS = "\n".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py"))


def paragraph(rule: str) -> str:
    (found,) = re.findall(
        rf"^\*\*{rule} .*?(?=^\*\*[SP]\d|^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    return str(found)


@pytest.mark.parametrize("rule", RULES)
def test_the_code_that_holds_a_rule_exists(rule: str) -> None:
    (code,) = re.findall(r"^Code: (.*?)\. Tests:", paragraph(rule), re.MULTILINE)
    files = re.findall(r"`([^`]+)`", code)
    assert files
    assert [file for file in files if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_test_is_named_after_the_rule(rule: str) -> None:
    assert f"Tests: `test_{rule}_`" in paragraph(rule)
    assert re.search(rf"def test_(?:[SP]\d+_)*{rule}_", TESTS)
