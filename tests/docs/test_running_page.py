"""The page on running it names every variable that is read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
READ = (ROOT / "adapters" / "environment.py").read_text("utf-8")


def test_every_variable_of_the_environment_is_on_the_page() -> None:
    names = set(re.findall(r'"((?:[A-Z]+_)+[A-Z]+|HOST|PORT)"', READ))
    names = {name for name in names if not name.endswith("_FILE")}
    assert len(names) > 15
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []
