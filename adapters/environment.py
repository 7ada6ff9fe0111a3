"""Reads the environment and ``.env`` into frozen data, and says which channels are on.

What is wrong is told in sentences that a person can act on, and that never show a secret. Somebody
may be out while it is wrong (S15), so ``BadEnvironment.rest`` is what can be used all the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

AppType = Literal["MultiTenant", "SingleTenant", "UserAssignedMSI"]
APP_TYPES: tuple[AppType, ...] = get_args(AppType)

# Each of them may be given as NAME_FILE too, the path of a file that holds it.
SECRETS = (
    "DATABASE_URL",
    "DOORSTEP_KEY",
    "DOORSTEP_HEARTBEAT_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "MICROSOFT_APP_PASSWORD",
)
NO_KEY = (
    "DOORSTEP_KEY is missing; a key as this prints it would be right: "
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())".'
)
NO_CHANNEL = (
    "No channel is configured; SLACK_BOT_TOKEN or MICROSOFT_APP_ID, with what belongs to it, would "
    "be right, and `doorstep demo` runs without either."
)

_DATABASE = re.compile(r"sqlite:///(?!:memory:|\?)\S+|postgresql://\S+")
_MOST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says. Whatever may hold a secret stays out of ``repr``."""

    database_url: str = field(default="sqlite:///var/doorstep.db", repr=False)
    config: Path = Path("school.toml")
    keys: tuple[str, ...] = field(default=(), repr=False)
    heartbeat_url: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 3978
    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    microsoft_app_id: str = ""
    microsoft_app_password: str = field(default="", repr=False)
    microsoft_app_type: AppType = "MultiTenant"
    microsoft_app_tenant_id: str = ""
    microsoft_openid_metadata_url: str = ""
    microsoft_token_issuer: str = ""
    microsoft_login_url: str = ""
    teams_auth: bool = True

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach HOST."""
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host.casefold() == "localhost"


@dataclass(frozen=True, slots=True)
class Channels:
    """Which channels are on. ``problems`` are a sentence each; without any, Doorstep may start."""

    slack: bool = False
    teams: bool = False
    problems: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The channels that are on, as the school file calls them."""
        on = {"slack": self.slack, "teams": self.teams}
        return tuple(name for name, is_on in on.items() if is_on)


class BadEnvironment(Exception):
    """What is wrong, a sentence each. ``rest`` is the rest, None if the database isn't sure."""

    def __init__(self, sentences: Iterable[str], rest: Environment | None = None) -> None:
        self.sentences = tuple(sentences)
        self.rest = rest
        super().__init__(" ".join(self.sentences))


def read_environment(environ: Mapping[str, str], dotenv: Path | None = Path(".env")) -> Environment:
    """Read everything, or raise BadEnvironment with all that is wrong. ``dotenv`` may be missing.

    A variable of the real environment wins over ``.env``, also where only one of the two is a
    NAME_FILE.
    """
    wrong: list[str] = []
    names = _merged(environ, _read_dotenv(dotenv, wrong) if dotenv else {})
    hidden = bool(wrong)  # what can't be read in .env may be where the database is
    secrets = {name: _secret(names, name, wrong) for name in SECRETS}
    database = secrets["DATABASE_URL"]
    if database:
        sure = _DATABASE.fullmatch(database) is not None
    else:
        sure = not hidden and "DATABASE_URL_FILE" not in names
    if database and not sure:
        wrong.append(
            "DATABASE_URL is not the address of a database; sqlite:///var/doorstep.db or "
            "postgresql://user:password@host/name would be right."
        )
    plain = Environment()
    slack_api = _url("SLACK_API_URL", names, wrong) or plain.slack_api_url
    found = Environment(
        database_url=database or plain.database_url,
        config=Path(names.get("DOORSTEP_CONFIG") or plain.config),
        keys=tuple(key for each in secrets["DOORSTEP_KEY"].split(",") if (key := each.strip())),
        heartbeat_url=_url("DOORSTEP_HEARTBEAT_URL", secrets, wrong),
        host=names.get("HOST") or plain.host,
        port=_port(names.get("PORT", ""), wrong) or plain.port,
        slack_bot_token=secrets["SLACK_BOT_TOKEN"],
        slack_signing_secret=secrets["SLACK_SIGNING_SECRET"],
        slack_app_token=secrets["SLACK_APP_TOKEN"],
        slack_api_url=f"{slack_api.rstrip('/')}/",
        microsoft_app_id=names.get("MICROSOFT_APP_ID", ""),
        microsoft_app_password=secrets["MICROSOFT_APP_PASSWORD"],
        microsoft_app_type=_app_type(names, wrong),
        microsoft_app_tenant_id=names.get("MICROSOFT_APP_TENANT_ID", ""),
        microsoft_openid_metadata_url=_url("MICROSOFT_OPENID_METADATA_URL", names, wrong),
        microsoft_token_issuer=_url("MICROSOFT_TOKEN_ISSUER", names, wrong),
        microsoft_login_url=_url("MICROSOFT_LOGIN_URL", names, wrong),
        teams_auth=_teams_auth(names.get("DOORSTEP_TEAMS_AUTH", ""), wrong),
    )
    if wrong:
        raise BadEnvironment(wrong, found if sure else None)
    return found


def which_channels(env: Environment) -> Channels:
    """Say which channels are on, and what keeps the others from it."""
    slack, teams = tuple(_slack(env)), tuple(_teams(env))
    wants_slack = env.slack_bot_token or env.slack_signing_secret or env.slack_app_token
    wants_teams = env.microsoft_app_id or not env.teams_auth
    if not wants_slack and not wants_teams and not teams:
        return Channels(problems=(NO_CHANNEL,))
    return Channels(
        slack=bool(wants_slack and not slack),
        teams=bool(wants_teams and not teams),
        problems=(*slack, *teams),
    )


def _slack(env: Environment) -> Iterator[str]:
    """What is missing for Slack, if any of it is there."""
    second = env.slack_signing_secret or env.slack_app_token
    if second and not env.slack_bot_token:
        yield "Slack is half configured: SLACK_BOT_TOKEN is missing; adding it would be right."
    elif env.slack_bot_token and not second:
        yield (
            "Slack is half configured: SLACK_SIGNING_SECRET is missing; adding it, or "
            "SLACK_APP_TOKEN for Socket Mode, would be right."
        )
    if env.slack_bot_token.startswith("xapp-") or env.slack_app_token.startswith("xoxb-"):
        yield (
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are mixed up; the one that begins with xoxb- as "
            "bot token, the one with xapp- as app token, would be right."
        )


def _teams(env: Environment) -> Iterator[str]:
    """What is missing for Teams, if any of it is there, or what may not be."""
    if not env.teams_auth:
        if not env.is_loopback:
            yield (
                "DOORSTEP_TEAMS_AUTH=off lets anybody who reaches HOST speak for anybody; "
                "HOST=127.0.0.1, or taking it out, would be right."
            )
        if env.microsoft_app_id:
            yield (
                "DOORSTEP_TEAMS_AUTH=off is for Teams without MICROSOFT_APP_ID; taking out one of "
                "the two would be right."
            )
        return
    needed = {
        "MICROSOFT_APP_ID": env.microsoft_app_id,
        "MICROSOFT_APP_PASSWORD": env.microsoft_app_password,
        "MICROSOFT_APP_TENANT_ID": env.microsoft_app_tenant_id,
    }
    if not any(needed.values()):
        return
    if env.microsoft_app_type == "UserAssignedMSI":
        del needed["MICROSOFT_APP_PASSWORD"]
    if env.microsoft_app_type == "MultiTenant":
        del needed["MICROSOFT_APP_TENANT_ID"]
    for name, value in needed.items():
        if not value:
            yield f"Teams is half configured: {name} is missing; adding it would be right."


def _merged(environ: Mapping[str, str], dotenv: Mapping[str, str]) -> dict[str, str]:
    """Let the real environment win, secret by secret; an empty value is none."""
    real = {name: text for name, value in environ.items() if (text := value.strip())}
    taken = {form for name in SECRETS for form in _forms(name) if real.keys() & _forms(name)}
    return {name: value for name, value in dotenv.items() if value and name not in taken} | real


def _forms(name: str) -> set[str]:
    return {name, f"{name}_FILE"}


def _read_dotenv(path: Path, wrong: list[str]) -> dict[str, str]:
    """Read ``.env`` to the letter, expanding nothing. A line that can't be read is told."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        wrong.append(f"{path} can't be read; a text file (UTF-8) that may be read would be right.")
        return {}
    lines = tuple(parse_stream(StringIO(text)))
    wrong.extend(
        f"{path}, line {line.original.line}: this can't be read; NAME=value would be right."
        for line in lines
        if line.error
    )
    return {line.key: (line.value or "").strip() for line in lines if line.key}


def _secret(names: Mapping[str, str], name: str, wrong: list[str]) -> str:
    path = names.get(f"{name}_FILE")
    if path is None:
        return names.get(name, "")
    if names.get(name):
        wrong.append(f"{name} and {name}_FILE are both set; one of the two would be right.")
        return ""
    try:
        text = Path(path).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        text = ""
    if not text:
        wrong.append(
            f"{name}_FILE names {path}, which can't be read or is empty; "
            "a text file that may be read would be right."
        )
    return text


def _port(text: str, wrong: list[str]) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= _MOST_PORT:
        return int(text)
    wrong.append(f"PORT is {text[:20]!r}; a number from 1 to {_MOST_PORT} would be right.")
    return None


def _url(name: str, names: Mapping[str, str], wrong: list[str]) -> str:
    text = names.get(name, "")
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fits = False
    if not text or (fits and not re.search(r"\s", text)):
        return text
    wrong.append(f"{name} is not an address; one that begins with https:// would be right.")
    return ""


def _app_type(names: Mapping[str, str], wrong: list[str]) -> AppType:
    """Without MICROSOFT_APP_TYPE, a tenant's id says that there is a single tenant."""
    text = names.get("MICROSOFT_APP_TYPE", "").casefold()
    found = next((each for each in APP_TYPES if each.casefold() == text), None)
    if found:
        return found
    if text:
        fits = ", ".join(APP_TYPES)
        wrong.append(f"MICROSOFT_APP_TYPE is none that Teams knows; one of {fits} would be right.")
    return "SingleTenant" if names.get("MICROSOFT_APP_TENANT_ID") else "MultiTenant"


def _teams_auth(text: str, wrong: list[str]) -> bool:
    if text.casefold() not in {"", "on", "off"}:
        wrong.append("DOORSTEP_TEAMS_AUTH is neither on nor off; one of them would be right.")
    return text.casefold() != "off"
