"""The command line: exit statuses, and sentences that a person can act on."""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from zipfile import ZipFile

import pytest

from adapters.commands.channels import PLUGS
from adapters.main import main
from adapters.plug import Plug
from bot.domain.school_events import Change, FlagSet, PolicyRead, SettingsChanged
from bot.ports import UnitOfWork
from bot.settings import SHIPPED
from storage import Keyring, open_store
from tests.commands.vendors import Asked
from tests.settings.samples import good
from tests.storage.samples import out

KEY = "k" * 20 + "-a-key-of-enough-characters"
PASSWORD = "hunter2-the-password"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1-token", "SLACK_SIGNING_SECRET": "signing-secret"}
COMPLETE = {**SLACK, "DOORSTEP_KEY": KEY}
SECRETS = (KEY, PASSWORD, *SLACK.values())


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


Doorstep = Callable[..., Ended]


@pytest.fixture
def doorstep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Doorstep:
    """Runs a command in an empty folder with this environment and no other."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(PLUGS, "slack", lambda: cast("Plug", Asked))

    def run(*argv: str, env: Mapping[str, str] | None = None) -> Ended:
        with monkeypatch.context() as patch:
            for name in os.environ:
                patch.delenv(name)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            status = main(argv)
        said = capsys.readouterr()
        for secret in SECRETS:
            assert secret not in said.out + said.err
        assert "Traceback" not in said.out + said.err
        return Ended(status, said.out, said.err)

    return run


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "school.toml"
    path.write_text(good())
    return path


def refused(ended: Ended, *words: str) -> None:
    """Exit status 2, and one sentence on standard error."""
    assert ended.status == 2, ended
    assert ended.out == ""
    (line,) = ended.err.splitlines()
    assert line.startswith("doorstep: ")
    for word in words:
        assert word in line


# run


def test_run_without_a_channel_hints_at_the_demo(doorstep: Doorstep, school: Path) -> None:
    ended = doorstep("run", env={"DOORSTEP_KEY": KEY})
    refused(ended, "No channel is configured", "`doorstep demo`")


@pytest.mark.parametrize(
    ("env", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1-token"}, "SLACK_SIGNING_SECRET is missing"),
        ({"SLACK_SIGNING_SECRET": "signing-secret"}, "SLACK_BOT_TOKEN is missing"),
        ({"MICROSOFT_APP_ID": "an-id"}, "MICROSOFT_APP_PASSWORD is missing"),
        ({"MICROSOFT_APP_PASSWORD": PASSWORD}, "MICROSOFT_APP_ID is missing"),
    ],
)
def test_run_names_what_a_half_configured_channel_lacks(
    doorstep: Doorstep, school: Path, env: dict[str, str], missing: str
) -> None:
    refused(doorstep("run", env={"DOORSTEP_KEY": KEY, **env}), "half configured", missing)


def test_run_without_a_key_says_how_to_make_one(doorstep: Doorstep, school: Path) -> None:
    refused(doorstep("run", env=SLACK), "DOORSTEP_KEY is missing", "python")


def test_run_with_a_short_key_does_not_quote_it(doorstep: Doorstep, school: Path) -> None:
    ended = doorstep("run", env={**SLACK, "DOORSTEP_KEY": "tooshort"})
    refused(ended, "DOORSTEP_KEY")
    assert "tooshort" not in ended.err


def test_run_without_a_school_file_names_it(doorstep: Doorstep) -> None:
    refused(doorstep("run", env=COMPLETE), "school.toml", "DOORSTEP_CONFIG")


def test_run_reads_env_files_and_secrets_from_files(
    doorstep: Doorstep, school: Path, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(KEY)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1-token\n")
    refused(doorstep("run", env={"DOORSTEP_KEY_FILE": "key"}), "SLACK_SIGNING_SECRET is missing")


def test_run_names_the_line_and_the_key_of_a_malformed_school_file(
    doorstep: Doorstep, school: Path
) -> None:
    school.write_text(good('timezone = "Europe/London"', 'timezone = "Europe/Londn"'))
    refused(doorstep("run", env=COMPLETE), "school.toml", "school.timezone", "would be right")
    school.write_text(good('timezone = "Europe/London"', "timezone = Europe"))
    refused(doorstep("run", env=COMPLETE), "school.toml", "line 5")


# check


def test_check_is_content_with_a_complete_set_up(doorstep: Doorstep, school: Path) -> None:
    ended = doorstep("check", env=COMPLETE)
    assert ended.status == 0, ended
    assert "slack answers.\n" in ended.out
    assert ended.out.endswith("All is well.\n")
    assert "to mend" not in ended.out
    assert ended.err == ""


def test_check_tells_what_the_vendor_says(
    doorstep: Doorstep, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Asked, "says", ("Slack lacks the scope chat:write.",))
    ended = doorstep("check", env=COMPLETE)
    assert ended.status == 1
    assert "to mend: Slack lacks the scope chat:write.\n1 to mend.\n" in ended.out
    school.write_text("[school]\n")
    ended = doorstep("check", env=COMPLETE)
    assert "slack is configured; it is asked once the school file can be read." in ended.out


def test_check_tells_everything_at_once(doorstep: Doorstep, tmp_path: Path) -> None:
    ended = doorstep("check")
    assert ended.status == 1
    assert ended.err == ""
    for word in ("No channel is configured", "`doorstep demo`", "DOORSTEP_KEY", "school.toml"):
        assert word in ended.out
    assert ended.out.endswith("3 to mend.\n")
    assert list(tmp_path.iterdir()) == []  # looking makes nothing


def test_check_tells_of_a_role_that_nobody_holds(doorstep: Doorstep, school: Path) -> None:
    school.write_text(good('roles = ["head"]', 'roles = ["staff"]'))
    ended = doorstep("check", env=COMPLETE)
    assert "head" in ended.out.replace("school.toml", "")
    assert ended.status in {0, 1}


def test_check_does_not_show_what_is_in_the_databases_address(
    doorstep: Doorstep, school: Path
) -> None:
    url = f"postgresql://user:{PASSWORD}@127.0.0.1:1/school"
    ended = doorstep("check", env={**COMPLETE, "DATABASE_URL": url})
    assert ended.status == 1
    assert "does not answer" in ended.out


def test_check_tells_of_a_bad_variable(doorstep: Doorstep, school: Path) -> None:
    ended = doorstep("check", env={**COMPLETE, "PORT": "many"})
    assert ended.status == 1
    assert "to mend: PORT" in ended.out


# migrate and audit


def test_migrate_makes_the_database_and_then_has_nothing_to_do(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    first = doorstep("migrate")
    assert (first.status, first.out) == (0, "The database is up to date now.\n")
    assert (tmp_path / "var" / "doorstep.db").exists()
    assert doorstep("migrate").out == "The database is up to date.\n"


def test_migrate_copies_an_older_database_and_names_the_copy(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE somebodys (thing TEXT)")
    old.close()
    ended = doorstep("migrate", env={"DATABASE_URL": f"sqlite:///{path}"})
    assert ended.status == 0
    copy = Path(ended.out.partition("A copy is kept as ")[2].removesuffix(".\n"))
    assert copy.exists()


def test_migrate_refuses_a_database_of_a_newer_version(doorstep: Doorstep, tmp_path: Path) -> None:
    doorstep("migrate")
    with sqlite3.connect(tmp_path / "var" / "doorstep.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    refused(doorstep("migrate"), "9999", "newer")


@pytest.mark.parametrize("command", [["migrate"], ["audit", "verify"]])
@pytest.mark.parametrize(
    "url",
    ["mysql://user:hunter2-the-password@h/n", "postgresql://u:hunter2-the-password@127.0.0.1:1/n"],
)
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(
    doorstep: Doorstep, command: list[str], url: str
) -> None:
    refused(doorstep(*command, env={"DOORSTEP_KEY": KEY, "DATABASE_URL": url}), "DATABASE_URL")


def test_audit_verify_of_an_empty_database(doorstep: Doorstep) -> None:
    refused(doorstep("audit", "verify", env={"DOORSTEP_KEY": KEY}), "`doorstep migrate`")
    doorstep("migrate")
    refused(doorstep("audit", "verify"), "DOORSTEP_KEY is missing")
    ended = doorstep("audit", "verify", env={"DOORSTEP_KEY": KEY})
    assert (ended.status, ended.out) == (0, "Every chain verifies.\n")


async def _keep_changes() -> None:
    """One entry of each kind, of a school whose settings are kept."""
    now = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
    changed = SettingsChanged(
        now, (Change("policy.check_in.every", "30m", "25m"), Change("people.ana.phone"))
    )
    flag = FlagSet(now, "okoro", "f0123", now + timedelta(days=30), now)
    read = PolicyRead(now, "ana", "0123456789abcdef")
    store = open_store("sqlite:///var/doorstep.db", Keyring(KEY))

    def work(uow: UnitOfWork) -> None:
        uow.settings.keep("st-example", "text", "sealed", now)
        uow.audit.append("st-example", "", [changed, flag, read])

    await store.transact(work)
    await store.close()


def test_audit_changes_says_what_changed_and_when(doorstep: Doorstep) -> None:
    doorstep("migrate")
    asyncio.run(_keep_changes())
    ended = doorstep("audit", "changes", env={"DOORSTEP_KEY": KEY})
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "st-example: 3 entries",
        "2026-11-24 13:05 UTC  policy.check_in.every: 30m -> 25m",
        "2026-11-24 13:05 UTC  people.ana.phone has changed",
        "2026-11-24 13:05 UTC  okoro flagged an address until 2026-12-24 (flag f0123)",
        "2026-11-24 13:05 UTC  ana has read the policy (text 0123456789ab)",
    ]
    blind = doorstep("audit", "changes", env={"DOORSTEP_KEY": f"{KEY}-another"})
    assert "FlagSet: can't be read under this DOORSTEP_KEY" in blind.out
    assert "25m" not in blind.out


def test_audit_verify_names_an_entry_of_the_schools_own_chain(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    doorstep("migrate")
    asyncio.run(_keep_changes())
    with sqlite3.connect(tmp_path / "var" / "doorstep.db") as database:
        database.execute("DROP TRIGGER school_audit_no_update")
        database.execute("UPDATE school_audit SET by = 'somebody' WHERE seq = 2")
    database.close()
    ended = doorstep("audit", "verify", env={"DOORSTEP_KEY": KEY})
    assert ended.status == 1
    assert "does not verify: school st-example, its own chain, entry 2" in ended.out


def test_audit_verify_names_a_visit_whose_policy_was_altered(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    async def leave() -> None:
        store = open_store("sqlite:///var/doorstep.db", Keyring(KEY))
        await store.transact(lambda uow: uow.visits.add(out(), None))
        await store.close()

    doorstep("migrate")
    asyncio.run(leave())
    with sqlite3.connect(tmp_path / "var" / "doorstep.db") as database:
        database.execute("DROP TRIGGER policies_no_update")
        database.execute("UPDATE policies SET text = replace(text, '300', '900')")
    database.close()
    ended = doorstep("audit", "verify", env={"DOORSTEP_KEY": KEY})
    assert ended.status == 1
    whose = "school st-example, visit visit-1001, the policy that it is watched by"
    assert f"does not verify: {whose}" in ended.out


# policy


@pytest.mark.parametrize("name", SHIPPED)
def test_policy_show_prints_a_file_that_checks(
    doorstep: Doorstep, tmp_path: Path, name: str
) -> None:
    shown = doorstep("policy", "show", name, "--toml")
    assert shown.status == 0
    (tmp_path / "ours.toml").write_text(shown.out)
    assert doorstep("policy", "check", "ours.toml") == Ended(0, "The policy holds.\n", "")
    assert doorstep("policy", "show", "ours.toml", "--toml").out == shown.out


def test_policy_show_without_a_file_is_the_schools_own(doorstep: Doorstep, school: Path) -> None:
    school.write_text(good(more='\n[policy]\ncheck_in.every = "20m"\n'))
    shown = doorstep("policy", "show", "--toml")
    assert 'check_in.every = "20m"' in shown.out
    assert doorstep("policy", "show", str(school), "--toml").out == shown.out


def test_policy_show_prints_plain_english_to_read_and_sign(
    doorstep: Doorstep, school: Path
) -> None:
    school.write_text(good(more='\n[policy]\ncheck_in.every = "20m"\n'))
    shown = doorstep("policy", "show")
    assert shown.status == 0
    assert "How St Example Primary keeps it" in shown.out
    assert "“are you OK?” every 20 minutes" in shown.out
    assert "Signature" in shown.out
    assert "Version " in shown.out
    assert "every 30 minutes" in doorstep("policy", "show", "slps").out


def test_policy_check_says_by_key_what_is_wrong(doorstep: Doorstep, tmp_path: Path) -> None:
    text = doorstep("policy", "show", "slps", "--toml").out
    bad = tmp_path / "bad.toml"
    bad.write_text(text.replace('check_in.every = "30m"', 'check_in.every = "30"'))
    refused(doorstep("policy", "check", "bad.toml"), "bad.toml", "check_in.every")
    bad.write_text("what = is this")
    refused(doorstep("policy", "check", "bad.toml"), "bad.toml", "line 1")


def test_policy_check_refuses_a_policy_by_which_no_prompt_could_come(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    text = doorstep("policy", "show", "slps", "--toml").out
    never = text.replace('check_in.every = "30m"', 'check_in.every = "9h"')
    (tmp_path / "never.toml").write_text(never)
    ended = doorstep("policy", "check", "never.toml")
    assert ended.status in {1, 2}
    assert "check_in" in ended.out + ended.err


def test_policy_check_of_a_school_file_tells_of_a_rung_that_nobody_holds(
    doorstep: Doorstep, school: Path
) -> None:
    assert doorstep("policy", "check").status == 0
    fewer = good('roles = ["senior_leader", "dsl", "admin"]', 'roles = ["admin"]')
    school.write_text(fewer)
    ended = doorstep("policy", "check")
    assert ended.status == 0
    assert 'approval.stages[0]: nobody holds "senior_leader"' in ended.out
    school.write_text(fewer.replace('roles = ["head"]', 'roles = ["staff"]'))
    ended = doorstep("policy", "check")
    assert ended.status == 1
    assert "to mend: " in ended.out
    assert "approval.stages[0]" in ended.out


def test_policy_check_does_not_say_that_a_policy_holds_whose_rules_contradict_each_other(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    text = doorstep("policy", "show", "slps", "--toml").out
    dropped = text.replace('check_in.not_within = "10m"', 'check_in.not_within = "40m"')
    (tmp_path / "ours.toml").write_text(dropped)
    ended = doorstep("policy", "check", "ours.toml")
    assert ended.status == 0
    assert "to know: ours.toml, check_in.not_within" in ended.out
    assert ended.out.endswith("Nothing is to mend. Is what is to know meant so?\n")


def test_policy_check_of_a_school_with_a_hole_in_its_ladder_does_not_say_that_it_holds(
    doorstep: Doorstep, school: Path
) -> None:
    duty = '[[policy.ladder]]\nafter = "0m"\ntell = ["duty_leader"]\n'  # on Mondays only
    school.write_text(good(more=duty))
    ended = doorstep("policy", "check")
    assert ended.status == 1
    assert "The policy holds." not in ended.out
    assert ended.out.count("an alarm would reach nobody but a contact") == 1
    assert ended.out.count("at some moment nobody would be reached") <= 4  # a part of the day each


def test_policy_of_a_file_that_is_not_there(doorstep: Doorstep) -> None:
    refused(doorstep("policy", "show", "nowhere.toml"), "nowhere.toml")


# the others


@pytest.mark.parametrize("argv", [["export"], ["purge"]])
def test_what_comes_later_says_so(doorstep: Doorstep, argv: list[str]) -> None:
    refused(doorstep(*argv), argv[0], "comes with a later version")


APP_ID = "12345678-90ab-cdef-1234-567890abcdef"


def test_manifest_teams_writes_a_package_filled_in_from_the_settings(
    doorstep: Doorstep, tmp_path: Path
) -> None:
    (tmp_path / "school.toml").write_text(good())
    ended = doorstep("manifest", "teams", env={"MICROSOFT_APP_ID": APP_ID})
    assert (ended.status, ended.err) == (0, "")
    assert "doorstep-teams.zip is written" in ended.out
    made = json.loads(ZipFile(tmp_path / "doorstep-teams.zip").read("manifest.json"))
    assert made["id"] == made["bots"][0]["botId"] == APP_ID
    assert made["developer"]["name"] == "St Example Primary"
    assert made["developer"]["websiteUrl"] == "https://school.example/"
    page = "https://www.school.example/doorstep"
    assert doorstep("manifest", "teams", page, env={"MICROSOFT_APP_ID": APP_ID}).status == 0
    made = json.loads(ZipFile(tmp_path / "doorstep-teams.zip").read("manifest.json"))
    assert made["developer"]["privacyUrl"] == page


def test_manifest_teams_says_what_it_lacks(doorstep: Doorstep, tmp_path: Path) -> None:
    refused(doorstep("manifest", "teams"), "MICROSOFT_APP_ID")
    refused(doorstep("manifest", "teams", env={"MICROSOFT_APP_ID": "x"}), "MICROSOFT_APP_ID")
    env = {"MICROSOFT_APP_ID": APP_ID}
    refused(doorstep("manifest", "teams", env=env), "school.toml")
    (tmp_path / "school.toml").write_text(good())
    refused(doorstep("manifest", "teams", "http://x", env=env), "https://")
    assert not (tmp_path / "doorstep-teams.zip").exists()


def test_gallery_prints_examples_without_a_school(doorstep: Doorstep, tmp_path: Path) -> None:
    ended = doorstep("gallery")
    assert ended.status == 0
    for words in ("I'm leaving now", "I need help", "They are safe", "How do you know?"):
        assert words in ended.out
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_not_known_lists_those_that_are(
    doorstep: Doorstep, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["fly"])
    assert stopped.value.code == 2
    assert "demo" in capsys.readouterr().err


def test_the_demo_refuses_other_hosts_and_bad_ports(doorstep: Doorstep, tmp_path: Path) -> None:
    refused(doorstep("demo", env={"HOST": "0.0.0.0"}), "127.0.0.1")
    refused(doorstep("demo", env={"PORT": "http"}), "PORT")
    assert list(tmp_path.iterdir()) == []


def test_the_demo_says_that_a_port_is_taken(doorstep: Doorstep) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(doorstep("demo", env={"PORT": port}), port, "PORT=")


def test_the_installed_command_is_this_one(tmp_path: Path) -> None:
    """As a process: the exit status arrives, and nothing is printed besides the sentence."""
    command = Path(sys.executable).with_name("doorstep")
    if not command.exists():
        pytest.fail("the command is not installed: make .venv/.stamp")
    ended = subprocess.run(
        [command, "run"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    refused(Ended(ended.returncode, ended.stdout, ended.stderr), "`doorstep demo`")
