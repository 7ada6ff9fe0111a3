"""The architecture page fails the build when it is out of date."""

import subprocess
import sys

import pytest

from tests.docs.diagram import PAGE, page_with_diagram


def test_the_state_diagram_is_that_of_the_table() -> None:
    page = PAGE.read_text("utf-8")
    assert page == page_with_diagram(page), "run: python -m tests.docs.diagram"


ANY_FIRST = """
import pkgutil, sys
import bot.domain
names = [m.name for m in pkgutil.walk_packages(bot.domain.__path__, "bot.domain.")]
assert len(names) > 50
for name in names:
    for known in [each for each in sys.modules if each.startswith("bot")]:
        del sys.modules[known]
    try:
        __import__(name)
    except ImportError as error:
        sys.exit(f"{name} can't be imported first: {error}")
"""


@pytest.mark.timeout(240)  # it loads the whole domain once for each of its modules
def test_any_module_of_the_domain_can_be_imported_before_the_others() -> None:
    """Rules play ``decide`` ahead, and ``decide`` asks the rules: neither may need the other to be
    there already.
    """
    ended = subprocess.run(
        [sys.executable, "-c", ANY_FIRST], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
