"""The page on Slack says what the code says: its permissions, its complaints, its school file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.slack.faults import NOBODY
from adapters.slack.manifest import WHAT_FOR
from bot.settings import check_school, errors_of, read_school, shipped
from tests.slack_forms.picture import OF_DOCUMENTS

ROOT = Path(__file__).parents[2]
RAW = (ROOT / "docs" / "slack.md").read_text("utf-8")
PAGE = " ".join(RAW.split())
ADAPTER = ROOT / "adapters" / "slack"


def test_each_scope_stands_there_with_what_it_is_for_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `([a-z_:.]+)` \| (.+) \|$", RAW, re.MULTILINE))
    assert rows == WHAT_FOR


def spoken(said: ast.expr | None) -> str:
    """A sentence as the code has it, with … for what it fills in; without the remedy."""
    match said:
        case ast.Constant(value=str(text)):
            whole = text
        case ast.JoinedStr(values=parts):
            whole = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts
            )
        case _:
            return ""
    return whole.split("; ")[0].split(" (")[0].strip(" .")


def sentences(name: str, function: str, kind: type[ast.Yield | ast.Return]) -> Iterator[str]:
    """What a function yields or returns, in words."""
    tree = ast.parse((ADAPTER / name).read_text("utf-8"))
    (found,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function
    ]
    for node in ast.walk(found):
        if isinstance(node, kind) and (words := spoken(node.value)):
            yield words


COMPLAINTS = [
    "Slack does not answer",
    *sentences("check.py", "_check", ast.Yield),
    *sentences("check.py", "_office", ast.Yield),
    *sentences("check.py", "_everybody", ast.Yield),
    *sentences("office.py", "_why_not", ast.Return),
    "it holds guests",
    "Slack would not say who reads it",
    NOBODY["channel_not_found"].split(",")[0],
    NOBODY["missing_scope"],
    "Slack refuses SLACK_BOT_TOKEN",
]


@pytest.mark.parametrize("words", COMPLAINTS)
def test_every_complaint_of_the_check_is_on_the_page(words: str) -> None:
    wanted = ".+?".join(map(re.escape, words.split("…")))
    assert re.search(wanted, PAGE)


def test_the_complaints_were_found() -> None:
    assert len(COMPLAINTS) >= 16
    assert "it is archived" in COMPLAINTS
    assert "Slack: nobody has the e-mail address of …" in COMPLAINTS


def test_its_school_file_can_be_used_as_it_is() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", RAW, re.DOTALL)
    settings = read_school(text, policies=shipped)
    found = check_school(settings, channels=("slack",))
    assert errors_of(found) == ()
    assert found == errors_of(found), "nothing to know either"


def test_its_pictures_are_there_small_and_described() -> None:
    shown = dict(re.findall(r'<img src="images/slack/(\w+)\.png" width="\d+" alt="([^"]+)">', RAW))
    assert shown.keys() == OF_DOCUMENTS.keys()
    for name, described in shown.items():
        assert len(described) > 30
        assert (ROOT / "docs" / "images" / "slack" / f"{name}.png").stat().st_size < 80 * 1024


def test_the_readme_leads_to_it() -> None:
    assert "(docs/slack.md)" in (ROOT / "README.md").read_text("utf-8")
