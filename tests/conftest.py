"""What every suite may ask for."""

from collections.abc import Iterator

import pytest

from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, started once, when the first test asks for it."""
    with running_postgres() as server:
        yield server
