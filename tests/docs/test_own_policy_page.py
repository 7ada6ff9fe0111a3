"""The page on a policy of one's own, and the example school: what they show works."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.cards.policy_sheet import sheet
from bot.settings import (
    CHANNELS,
    Settings,
    check_policy,
    check_school,
    policies_beside,
    prove,
    read_policy,
    read_school,
    unheard,
)
from tests.settings.samples import good, read

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
PAGE = (DOCS / "policies-own.md").read_text("utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
TERM = datetime(2026, 11, 25, 9, tzinfo=UTC)


def brackenfield() -> Settings:
    text = (EXAMPLES / "brackenfield-school.toml").read_text("utf-8")
    return read_school(text, policies=policies_beside(EXAMPLES))


def test_the_least_that_is_a_policy_is_one_with_a_clause_or_without() -> None:
    least, clause, _ = BLOCKS
    assert check_policy(read_policy(least)) == ()
    assert read_policy(least + clause).clauses["pairs"].text.startswith("Staff visit in pairs")


def test_what_differs_can_stand_in_the_school_file() -> None:
    *_, overrides = BLOCKS
    assert read(good(more=overrides)).policy.pairs_alone == "reason"


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", PAGE))
def test_what_the_page_leads_to_is_there(link: str) -> None:
    assert (DOCS / link).is_file()


def test_the_example_has_nothing_to_mend_and_nothing_to_know() -> None:
    settings = brackenfield()
    assert check_policy(settings.policy) == ()
    assert check_school(settings) == ()
    assert prove(settings, CHANNELS) == ()
    assert list(unheard(settings, TERM)) == []


def test_a_governor_can_read_it() -> None:
    settings = brackenfield()
    text = " ".join(sheet(settings.policy, date(2026, 11, 23), settings.school.name).split())
    for words in (
        "How Brackenfield Academy keeps it",
        "by the visitor's senior leader, and also by the Designated Safeguarding Lead or",
        "Nobody goes alone.",
        "While the school is closed nobody goes alone",
        "every 20 minutes",
        "After 15 minutes Doorstep also tells the Head.",
        "“Park so that you can leave at once.”",
    ):
        assert words in text
    assert "The written policy says besides" not in text
