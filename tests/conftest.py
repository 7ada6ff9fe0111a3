"""What every suite may ask for."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, started once, when the first test asks for it."""
    with running_postgres() as server:
        yield server


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from tests.together import EndToEndTogether

    config.option.loadscopereorder = False
    return EndToEndTogether(config, log)
