"""The page on Teams says what the code does, and shows what is there."""

import re
from pathlib import Path

import pytest

from adapters.environment import read_environment
from adapters.teams.package import manifest
from bot.domain.plain_words import understand
from tests.teams_cards.picture import DOCUMENTS, OF_DOCUMENTS

ROOT = Path(__file__).parents[2]
RAW = (ROOT / "docs" / "teams.md").read_text("utf-8")
LARGEST = 80_000


def test_every_picture_is_there_is_small_and_is_told_in_words() -> None:
    shown = dict(
        re.findall(r'<img src="images/teams/([a-z]+)\.png" width="320" alt="([^"]+)">', RAW)
    )
    assert set(shown) == set(OF_DOCUMENTS)
    assert {path.stem for path in DOCUMENTS.glob("*.png")} == set(OF_DOCUMENTS)
    assert all(path.stat().st_size < LARGEST for path in DOCUMENTS.glob("*.png"))
    assert all(len(words) > 40 for words in shown.values())


def test_no_permission_is_what_the_package_asks_for() -> None:
    assert "Which permissions has it? | None" in RAW
    made = manifest("12345678-90ab-cdef-1234-567890abcdef", "A", "https://school.example/")
    assert not {"permissions", "authorization", "webApplicationInfo"} & set(made)


def test_the_environment_on_the_page_is_one_that_is_read() -> None:
    (block,) = re.findall(r"```\n(DOORSTEP_KEY=.*?)```", RAW, re.DOTALL)
    given = dict(line.split("=", 1) for line in block.split())
    found = read_environment(given, dotenv=None)
    assert found.microsoft_app_id == "..."
    assert found.microsoft_app_type == "SingleTenant"


@pytest.mark.parametrize("said", ["plan a visit", "home", "ok", "back", "my visits", "help"])
def test_what_people_write_is_understood(said: str) -> None:
    assert f"`{said}`" in RAW
    assert understand(said) is not None


def test_the_readme_leads_there() -> None:
    assert "(docs/teams.md)" in (ROOT / "README.md").read_text("utf-8")
