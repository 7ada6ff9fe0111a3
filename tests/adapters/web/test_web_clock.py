import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.web.clock import DemoClock
from tests.adapters.web.behind import START


class Real:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def real() -> Real:
    return Real()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "demo" / "clock.json"


def test_it_ticks_with_real_time_and_adds_what_was_skipped(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    assert clock.is_new
    assert clock.now() == START
    assert clock.skip(timedelta(minutes=30)) == START + timedelta(minutes=30)
    real.at += timedelta(seconds=9)
    assert clock.now() == START + timedelta(minutes=30, seconds=9)
    assert clock.now().tzinfo is UTC


def test_a_restart_keeps_what_was_skipped(path: Path, real: Real) -> None:
    DemoClock(path, real).skip(timedelta(hours=2))
    real.at += timedelta(minutes=1)
    again = DemoClock(path, real)
    assert not again.is_new
    assert again.now() == START + timedelta(hours=2, minutes=1)


def test_it_never_goes_back_though_the_computers_clock_does(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    clock.skip(timedelta(minutes=5))
    real.at += timedelta(minutes=3)
    shown = clock.now()
    real.at -= timedelta(hours=1)
    assert clock.now() == shown
    again = DemoClock(path, real)
    assert shown <= again.now() <= shown + timedelta(seconds=1)
    assert again.skip(timedelta(minutes=5)) >= shown + timedelta(minutes=5)


def test_setting_it_goes_forward_only(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    assert clock.set_to(START + timedelta(hours=1)) == START + timedelta(hours=1)
    assert clock.set_to(START) == START + timedelta(hours=1)
    with pytest.raises(ValueError, match="forward"):
        clock.skip(timedelta(seconds=-1))


def test_starting_afresh_is_the_one_way_back(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    clock.skip(timedelta(days=1))
    assert clock.restart() == START
    assert clock.restart(START - timedelta(days=2)) == START - timedelta(days=2)
    assert DemoClock(path, real).now() <= START - timedelta(days=2) + timedelta(seconds=1)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"offset": "x", "promised": 1}', '{"offset": 1e99}']
)
def test_a_spoilt_file_is_no_reason_to_stop(path: Path, real: Real, kept: str) -> None:
    path.parent.mkdir()
    path.write_text(kept)
    clock = DemoClock(path, real)
    assert clock.now() == START
    assert clock.is_new


def test_a_full_disk_stops_no_clock(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    path.parent.mkdir()
    path.mkdir()  # nothing can be renamed onto a directory
    assert clock.now() == START
    with pytest.raises(OSError, match="clock"):
        clock.skip(timedelta(minutes=1))
    assert clock.now() == START


def test_the_file_is_whole_at_every_moment(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    for _ in range(5):
        clock.skip(timedelta(minutes=5))
        assert json.loads(path.read_text())["offset"] % 300 == 0
    assert [each.name for each in path.parent.iterdir()] == ["clock.json"]


def test_held_it_stands_still_and_goes_on_from_there(path: Path, real: Real) -> None:
    clock = DemoClock(path, real)
    clock.hold()
    real.at += timedelta(minutes=9)
    assert clock.now() == START
    assert clock.skip(timedelta(minutes=5)) == START + timedelta(minutes=5)
    real.at += timedelta(minutes=9)
    assert clock.now() == START + timedelta(minutes=5)
    clock.let_go()
    assert clock.now() == START + timedelta(minutes=5)
    real.at += timedelta(minutes=2)
    assert clock.now() == START + timedelta(minutes=7)


def test_it_is_held_over_a_restart_and_let_go_by_starting_afresh(path: Path, real: Real) -> None:
    DemoClock(path, real).hold()
    real.at += timedelta(hours=3)
    again = DemoClock(path, real)
    assert again.is_held
    assert START <= again.now() <= START + timedelta(seconds=1)
    again.let_go()
    assert again.now() <= START + timedelta(seconds=1)
    again.hold()
    assert again.restart() == real.at
    assert not again.is_held
