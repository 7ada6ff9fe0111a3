"""Block Kit and the app manifest as JSON Schema, generated from Slack's own TypeScript packages.

``schema.json`` is committed, one definition a line, so that the quick suite needs no node; a test
in ``tests/e2e`` holds it to the packages. Written anew by ``python -m tests.slack_forms.schema``.
"""

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from tests.slack_forms.packages import HERE, install

FILE = HERE / "schema.json"
ROOTS = ("HomeView", "KnownBlock", "Manifest", "ModalView")
POINTER = "#/definitions/"


def problem(root: str, thing: object) -> str:
    """What is wrong with it, and where; empty where it is well formed. Many blocks are on many
    cards: each is looked at once.
    """
    return _problem(root, json.dumps(thing))


@cache
def _problem(root: str, written: str) -> str:
    found = best_match(_validator(root).iter_errors(json.loads(written)))
    return f"{found.json_path}: {found.message[:400]}" if found else ""


@cache
def _validator(root: str) -> Draft7Validator:
    schema = json.loads(FILE.read_text("utf-8"))
    return Draft7Validator({"$ref": f"{POINTER}{root}", "definitions": schema["definitions"]})


def generated(modules: Path) -> str:
    """The text of ``schema.json`` as the installed packages give it."""
    given = ("--path", "roots.ts", "--type", "Sent", "--no-type-check", "--no-top-ref")
    how = ("--jsDoc", "none", "--minify")
    made = subprocess.run(
        [modules / ".bin" / "ts-json-schema-generator", *given, *how],
        cwd=HERE,
        check=True,
        capture_output=True,
        text=True,
    )
    return written(json.loads(made.stdout)["definitions"])


def written(definitions: dict[str, Any]) -> str:
    """One definition a line, only those that the roots lead to."""
    kept = sorted(_reached(definitions, ROOTS))
    lines = ",\n".join(
        f"{json.dumps(name)}:{json.dumps(definitions[name], separators=(',', ':'))}"
        for name in kept
    )
    return f'{{"definitions":{{\n{lines}\n}}}}\n'


def _reached(definitions: dict[str, Any], names: tuple[str, ...]) -> set[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _named_in(definitions[name])
    return reached


def _named_in(part: object) -> Iterator[str]:
    match part:
        case dict():
            for name, value in part.items():
                if name == "$ref":
                    yield str(value).removeprefix(POINTER)
                else:
                    yield from _named_in(value)
        case list():
            for value in part:
                yield from _named_in(value)


if __name__ == "__main__":
    FILE.write_text(generated(install()), "utf-8")
