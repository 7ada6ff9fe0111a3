"""What every suite may ask for, and how several processes share the tests (``-n``)."""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.postgres import Postgres, running_postgres


class EndToEndTogether(LoadScopeScheduling):
    """All that starts real processes is played by one of ours, one after another, as if alone; the
    others take the rest, a test with all its parameters at a time.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "e2e" if nodeid.startswith("tests/e2e/") else nodeid.partition("[")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> EndToEndTogether:
    config.option.loadscopereorder = False
    return EndToEndTogether(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, started once, when the first test asks for it."""
    with running_postgres() as server:
        yield server
