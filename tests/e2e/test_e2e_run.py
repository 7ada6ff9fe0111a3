"""``doorstep run`` as a real process: how it starts, and S15 while somebody is out."""

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.e2e.served import ENV, KEY, Ear, Served, school_text, until

NOTICE = "Doorstep's settings need mending."
MENDED = "Doorstep's settings are mended."
OTHER_KEY = "another-key-altogether-of-at-least-32-characters"
SECRETS = (KEY, OTHER_KEY, "signing-secret", "xoxb-")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    ear = Ear()
    served = Served(tmp_path, ear)
    yield served
    served.end()
    ear.close()
    assert "Traceback" not in served.log
    for secret in SECRETS:
        assert secret not in served.log


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in ENV.items() if name not in names}


def test_it_serves_beats_and_stops_when_asked(served: Served) -> None:
    served.start({**ENV, "DOORSTEP_HEARTBEAT_URL": f"{served.ear.address}canary-address"})
    assert served.get("/healthz") == (200, '{"alive": true}')
    assert served.get("/readyz") == (200, '{"ready": true, "behind": [], "to_mend": []}')
    assert "doorstep_oldest_due_wake_seconds 0.0" in served.get("/metrics")[1]
    served.goes_out()
    until(lambda: served.ear.beats, lambda: "no heartbeat")
    assert served.stop() == 0
    assert "canary-address" not in served.log
    lines = served.log.splitlines()
    assert lines[-1].startswith("Doorstep serves St Example Primary at http://127.0.0.1:")
    old = served.folder / "var" / "doorstep.db.before-0001"
    old.touch()
    os.utime(old, (time.time() - 31 * 86400,) * 2)
    served.start()
    until(lambda: not old.exists(), lambda: "copies of before an upgrade expire (P8)")
    served.presses("ana", "I'm back")
    served.sees("office", "Ana Teach is back")
    assert served.stop() == 0


def test_a_heartbeat_that_fails_is_logged_without_its_address(served: Served) -> None:
    served.start({**ENV, "DOORSTEP_HEARTBEAT_URL": "http://127.0.0.1:1/canary-address"})
    until(lambda: "the heartbeat was not heard: ClientConnectorError" in served.log)
    assert "canary-address" not in served.log
    assert served.stop() == 0


def test_where_the_port_is_taken_nothing_is_touched(served: Served) -> None:
    """Whoever has it may be Doorstep, at work on this very database."""
    served.start()
    served.goes_out()
    assert served.stop() == 0
    file = served.folder / "var" / "doorstep.db"
    before, heard = file.read_bytes(), len(served.ear.heard)
    with socket.create_server(("127.0.0.1", served.port)):
        status, said = served.ended()
    assert status == 2
    assert said.startswith(f"doorstep: Port {served.port} can't be used")
    assert len(said.splitlines()) == 1
    assert (file.read_bytes(), len(served.ear.heard)) == (before, heard)


BROKEN: Mapping[str, tuple[dict[str, str], str, str]] = {
    "no key": (without("DOORSTEP_KEY"), "", "DOORSTEP_KEY is missing"),
    "a short key": ({**ENV, "DOORSTEP_KEY": "short"}, "", "Key 1 of 1"),
    "another key": ({**ENV, "DOORSTEP_KEY": OTHER_KEY}, "", "DOORSTEP_KEY doesn't open"),
    "half a channel": (without("SLACK_SIGNING_SECRET"), "", "SLACK_SIGNING_SECRET is missing"),
    "no channel": (
        without("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"),
        "",
        "No channel is configured",
    ),
    "a bad token": ({**ENV, "SLACK_BOT_TOKEN": "xoxb-bad"}, "", "SLACK_BOT_TOKEN is no good"),
    "a bad variable": ({**ENV, "DOORSTEP_HEARTBEAT_URL": "nowhere"}, "", "DOORSTEP_HEARTBEAT_URL"),
    "no file": (ENV, "gone", "school.toml: this can't be read"),
    "a file that is no TOML": (ENV, "timezone = Europe", "school.toml, line 3"),
    "a bad policy": (ENV, school_text('\n[policy]\ncheck_in.every = "9h"\n'), "check_in"),
    "another school": (ENV, school_text().replace("st-example", "st-other"), "school.id"),
}


def broken(served: Served, content: str) -> None:
    """The school file as it is to be: gone, or with this content after two good lines."""
    if content == "gone":
        served.school.unlink()
    elif content:
        text = content if "[school]" in content else f"[school]\n# hm\n{content}\n"
        served.school.write_text(text)


@pytest.mark.parametrize("name", BROKEN)
def test_S15_with_nobody_out_it_refuses_to_start_with_a_sentence(
    served: Served, name: str, tmp_path: Path
) -> None:
    env, content, sentence = BROKEN[name]
    served.start()
    assert served.stop() == 0
    broken(served, content)
    status, said = served.ended(env)
    assert status == 2, said
    (line,) = [line for line in said.splitlines() if not line.startswith("20")]
    assert line.startswith("doorstep: ")
    assert sentence in line
    status, said = served.ended(env, "check")
    assert status == 1
    assert f"to mend: {line.removeprefix('doorstep: ')}" in said


@pytest.mark.timeout(300)
def test_S15_with_somebody_out_it_runs_on_what_works_whatever_is_broken(served: Served) -> None:
    served.start()
    served.goes_out()
    assert served.stop() == 0
    good = served.school.read_text()
    shutil.copytree(served.folder / "var", served.folder / "kept")
    for name, (env, content, sentence) in BROKEN.items():
        shutil.rmtree(served.folder / "var")
        shutil.copytree(served.folder / "kept", served.folder / "var")
        for words in (NOTICE, "asked for help"):  # what the process before said, to its very end
            served.forgets(words)
        served.school.write_text(good)
        broken(served, content)
        served.start(env)
        deaf = name in {"half a channel", "no channel", "a bad token"}
        for brief in served.to_mend():
            assert f"to mend: {brief}" in served.log, name
        assert served.to_mend(), name
        assert (sentence in served.log) or not deaf, name
        assert ("no channel works" in served.log) is deaf, name
        ready = json.loads(served.get("/readyz")[1])
        assert ready["ready"] is not deaf
        if not deaf:
            assert sentence in served.sees("olu", NOTICE)["words"], name
            assert sentence not in served.sees("office", NOTICE)["words"]
            served.says("ana", "help")
            alarm = served.sees("office", "Ana Teach asked for help")
            lost = "can't be read just now" in alarm["words"]
            assert lost is (name in {"no key", "a short key", "another key"}), name
            served.ear.heard[:] = [
                m for m in served.ear.heard if "asked for help" not in m["words"]
            ]
        assert served.stop() == 0, name


def test_S15_a_wrong_key_over_two_restarts_and_the_right_one_again(served: Served) -> None:
    served.start()
    served.goes_out()
    served.stop()
    for _ in range(2):
        served.start({**ENV, "DOORSTEP_KEY": OTHER_KEY})
        served.sees("olu", NOTICE, "DOORSTEP_KEY doesn't open")
        assert "I can't take new plans just now" in served.says("bo", "visit")["words"]
        assert "Thank you" in served.says("ana", "ok")["words"]
        assert served.stop() == 0
    assert len([m for m in served.messages("olu") if NOTICE in m["words"]]) == 1
    served.start()
    served.sees("olu", MENDED)
    served.sees("office", MENDED)
    assert served.says("bo", "visit")["form"]
    served.says("ana", "help")
    assert "14 Oak Road" in served.sees("office", "Ana Teach asked for help")["words"]
    assert served.stop() == 0
    status, said = served.ended(command="check")
    assert (status, said.splitlines()[-1]) == (0, "All is well.")


def test_S15_the_file_breaks_and_is_mended_while_somebody_is_out(served: Served) -> None:
    served.start()
    served.goes_out()
    good = served.school.read_text()
    served.school.write_text(good.replace("Etc/UTC", "Etc/UCT0"))
    served.sees("olu", NOTICE, "school.timezone")
    served.sees("office", NOTICE)
    assert served.to_mend() == ["the school file: school.toml school.timezone"]
    served.school.write_text(good.replace("Tom Outside", "Tom Inside"))
    served.sees("olu", MENDED)
    served.sees("office", MENDED)
    assert served.to_mend() == []
    assert "in use: people.name" in served.log
    assert "Tom" not in served.log
    assert "Hello Tom" in served.says("tom", "home")["words"]
    served.has_a_problem("Slack says that the app was removed.")
    served.sees("olu", NOTICE, "the app was removed")
    served.has_a_problem("")
    until(lambda: served.to_mend() == [])
    assert served.stop() == 0


def test_S15_a_file_that_is_written_slowly_or_replaced_is_judged_when_it_is_whole(
    served: Served,
) -> None:
    served.start()
    served.goes_out()
    text = served.school.read_text() + "# the end\n"
    with served.school.open("w") as slowly:
        for piece in (text[:300], text[300:900], text[900:]):
            time.sleep(1.2)
            slowly.write(piece)
            slowly.flush()
    beside = served.folder / "school.toml.new"
    beside.write_text(text.replace("Priya Shah", "Priya Newname"))
    served.school.unlink()
    time.sleep(0.5)
    beside.rename(served.school)
    until(lambda: "in use: people.name" in served.log)
    assert not [m for m in served.ear.heard if NOTICE in m["words"]]
    assert served.stop() == 0
