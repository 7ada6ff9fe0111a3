from dataclasses import fields
from pathlib import Path

import pytest

from adapters.environment import (
    SECRETS,
    BadEnvironment,
    Environment,
    read_environment,
    which_channels,
)

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


def read(dotenv: Path | None = None, /, **names: str) -> Environment:
    return read_environment(names, dotenv)


def refused(dotenv: Path | None = None, /, **names: str) -> BadEnvironment:
    with pytest.raises(BadEnvironment) as bad:
        read(dotenv, **names)
    return bad.value


def test_the_defaults_are_those_of_the_contract() -> None:
    assert read() == Environment(
        database_url="sqlite:///var/doorstep.db",
        config=Path("school.toml"),
        host="127.0.0.1",
        port=3978,
        slack_api_url="https://slack.com/api/",
    )


def test_every_name_is_read() -> None:
    env = read(
        DATABASE_URL="postgresql://u:p@h/n",
        DOORSTEP_CONFIG="etc/ours.toml",
        DOORSTEP_KEY="k1, k2,",
        DOORSTEP_HEARTBEAT_URL="https://beat.example/1",
        HOST="0.0.0.0",
        PORT=" 8000 ",
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_SIGNING_SECRET="s",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:9/api",
        MICROSOFT_APP_ID="id",
        MICROSOFT_APP_PASSWORD="p",
        MICROSOFT_APP_TYPE="singletenant",
        MICROSOFT_APP_TENANT_ID="t",
        MICROSOFT_OPENID_METADATA_URL="https://a.example/m",
        MICROSOFT_TOKEN_ISSUER="https://a.example/i",
        MICROSOFT_LOGIN_URL="https://a.example/l",
        DOORSTEP_TEAMS_AUTH="on",
    )
    assert env == Environment(
        "postgresql://u:p@h/n",
        Path("etc/ours.toml"),
        ("k1", "k2"),
        "https://beat.example/1",
        "0.0.0.0",
        8000,
        "xoxb-1",
        "s",
        "xapp-1",
        "http://127.0.0.1:9/api/",
        "id",
        "p",
        "SingleTenant",
        "t",
        "https://a.example/m",
        "https://a.example/i",
        "https://a.example/l",
    )


def test_p7_no_secret_is_shown_by_repr_or_by_a_mistake(tmp_path: Path) -> None:
    canaries = dict.fromkeys(SECRETS, "CANARY")
    bad = refused(**canaries, **{f"{name}_FILE": "x" for name in SECRETS})
    assert "CANARY" not in str(bad)
    bad = refused(**canaries)
    assert "CANARY" not in str(bad) + repr(bad)
    good = canaries | {
        "DATABASE_URL": "postgresql://u:CANARY@h/n",
        "DOORSTEP_HEARTBEAT_URL": "https://beat.example/CANARY",
    }
    env = read(**good)
    assert sum("CANARY" in str(getattr(env, each.name)) for each in fields(env)) == len(SECRETS)
    assert "CANARY" not in repr(env)


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_may_stand_in_a_file(name: str, tmp_path: Path) -> None:
    value = "https://x.example" if name.endswith("HEARTBEAT_URL") else "sqlite:///a.db"
    file = tmp_path / "secret"
    file.write_text(f"{value}\n", encoding="utf-8")
    assert read(**{f"{name}_FILE": str(file)}) == read(**{name: value})


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_given_twice_is_refused_by_name(name: str) -> None:
    bad = refused(**{name: "sqlite:///a.db", f"{name}_FILE": "x"})
    assert bad.sentences == (
        f"{name} and {name}_FILE are both set; one of the two would be right.",
    )


def test_a_secrets_file_that_is_missing_empty_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in ("missing", "empty", "bytes", "."):
        path = str(tmp_path / name)
        bad = refused(SLACK_BOT_TOKEN_FILE=path)
        assert f"SLACK_BOT_TOKEN_FILE names {path}, " in str(bad)


def test_a_dotenv_is_read_and_never_wins_over_the_real_environment(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "# ours\nexport HOST=0.0.0.0\nPORT='8000'\nDOORSTEP_CONFIG=\n"
        'DOORSTEP_KEY="a${HOST}$b#c"\n',
        encoding="utf-8",
    )
    env = read(dotenv, PORT="9000")
    assert (env.host, env.port) == ("0.0.0.0", 9000)
    assert env.keys == ("a${HOST}$b#c",)
    assert env.config == Path("school.toml")
    assert read(tmp_path / "missing") == read()


def test_a_real_secret_wins_over_a_secrets_file_that_the_dotenv_names(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("DOORSTEP_KEY_FILE=/nowhere\n", encoding="utf-8")
    assert read(dotenv, DOORSTEP_KEY="k").keys == ("k",)
    refused(dotenv)


def test_a_line_of_the_dotenv_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text('HOST=0.0.0.0\nDOORSTEP_KEY="open\n', encoding="utf-8")
    bad = refused(dotenv)
    assert f"{dotenv}, line 2: " in str(bad)
    dotenv.write_bytes(b"HOST=\xff")
    assert f"{dotenv} can't be read" in str(refused(dotenv))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.0", "1e3", "٣", "99999999999"])
def test_a_port_is_a_number_from_1_to_65535(port: str) -> None:
    assert "a number from 1 to 65535 would be right" in str(refused(PORT=port))


@pytest.mark.parametrize(
    "address",
    ["postgres://u:p@h/n", "mysql://h/n", "sqlite://", "sqlite:///", "sqlite:///:memory:", "x.db"],
)
def test_a_database_is_sqlite_in_a_file_or_postgresql(address: str) -> None:
    bad = refused(DATABASE_URL=address)
    assert "postgresql://user:password@host/name would be right" in str(bad)


@pytest.mark.parametrize(
    "name",
    [
        "DOORSTEP_HEARTBEAT_URL",
        "SLACK_API_URL",
        "MICROSOFT_OPENID_METADATA_URL",
        "MICROSOFT_TOKEN_ISSUER",
        "MICROSOFT_LOGIN_URL",
    ],
)
def test_an_address_begins_with_https(name: str) -> None:
    for wrong in ("example.com", "ftp://example.com", "https://", "https://[", "https://a b"):
        assert f"{name} is not an address" in str(refused(**{name: wrong}))


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ({"MICROSOFT_APP_TYPE": "Tenant"}, "MultiTenant, SingleTenant, UserAssignedMSI"),
        ({"DOORSTEP_TEAMS_AUTH": "no"}, "DOORSTEP_TEAMS_AUTH"),
    ],
)
def test_an_unknown_choice_is_refused(names: dict[str, str], word: str) -> None:
    assert word in str(refused(**names))


def test_s15_what_is_right_can_be_used_beside_what_is_wrong() -> None:
    bad = refused(**SLACK, MICROSOFT_APP_PASSWORD_FILE="/nowhere", PORT="x")
    assert len(bad.sentences) == 2
    assert bad.rest is not None
    assert which_channels(bad.rest).names == ("slack",)
    assert bad.rest.port == 3978


def test_s15_no_other_database_is_opened_where_the_right_one_is_not_known(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text('DATABASE_URL="sqlite:///a.db\n', encoding="utf-8")
    assert refused(dotenv).rest is None
    assert refused(DATABASE_URL="x").rest is None
    assert refused(DATABASE_URL_FILE="/nowhere").rest is None
    assert refused(dotenv, DATABASE_URL="sqlite:///b.db").rest == read(
        DATABASE_URL="sqlite:///b.db"
    )
