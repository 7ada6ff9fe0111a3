"""The SDK stands in one file and its keys in another; what is relied on there fails loudly where it
has moved. ``docs/dependencies.md`` says what its successor would take.
"""

import ast
import inspect
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from botframework.connector.auth import VerifyOptions, jwt_token_extractor

from adapters.teams.sdk_auth import Tokens

ROOT = Path(__file__).parents[3]
LOOKED_INTO = "4.17.1"
PLACES = {
    "botbuilder": set[str](),
    "botframework": {"adapters/teams/sdk_auth.py"},
    "msrest": set[str](),
    "msal": set[str](),
    "jwt": {"adapters/teams/keys.py"},
}
"""By package, the files that import it."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_the_sdk_stands_in_one_file_and_its_keys_in_another() -> None:
    found = {package: set[str]() for package in PLACES}
    for folder in ("adapters", "bot", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for package in found.keys() & set(imported(path)):
                found[package].add(path.relative_to(ROOT).as_posix())
    assert found == PLACES


def test_the_sdk_is_the_one_that_was_looked_into() -> None:
    """Another version means: read its token checks again, then change this line."""
    assert version("botframework-connector") == version("botbuilder-core") == LOOKED_INTO


def test_it_is_pinned() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for package in ("botbuilder-core", "botbuilder-integration-aiohttp"):
        assert f"{package}=={LOOKED_INTO}" in wanted
    assert f"botframework-connector=={LOOKED_INTO} " in lock


def test_the_names_that_are_relied_on_are_where_they_were() -> None:
    extractor = jwt_token_extractor.JwtTokenExtractor(
        VerifyOptions([], None, 300, ignore_expiration=False), "https://login.example", ["RS256"]
    )
    assert type(extractor.open_id_metadata) is jwt_token_extractor._OpenIdMetadata
    assert "self.open_id_metadata.get(key_id)" in inspect.getsource(type(extractor))
    assert list(inspect.signature(extractor.open_id_metadata.get).parameters) == ["key_id"]
    given = jwt_token_extractor._OpenIdConfig("key", [])
    assert vars(given).keys() == {"public_key", "endorsements"}
    asked = inspect.signature(extractor.get_identity_from_auth_header).parameters
    assert list(asked) == ["auth_header", "channel_id", "required_endorsements"]
    assert "open_id_metadata = keys" in inspect.getsource(Tokens)
