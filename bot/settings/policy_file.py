"""Reads a policy file, and the [policy] table of a school file, which overrides it key by key."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.policy import Policy
from bot.settings.check_policy import check_policy
from bot.settings.kind_tables import read_kinds
from bot.settings.mistakes import BadSettings, Notes, errors_of, nearest, one_of
from bot.settings.policy_keys import BY_PATH, GROUPS, KEYS, STAGE_WORDS, Key
from bot.settings.policy_parts import read_clauses, read_kit, read_ladder, read_stages
from bot.settings.table import Table
from bot.settings.toml import parse_toml

# Field of Policy -> value, as far as a file names it.
Values = dict[str, Any]

_BY_NAME = ("kinds", "clauses")
_ALIKE = 0.7
_REQUIRED = ("name", "approval.stages", "ladder")


def read_policy(text: str, *, file: str = "policy.toml") -> Policy:
    """Read a policy file that stands alone, or raise BadSettings with all its mistakes."""
    notes = Notes(file)
    values = read_values(parse_toml(text, file), notes)
    note_missing(values, notes)
    if notes.errors:
        raise BadSettings(notes.errors)
    policy = build(values)
    mistakes = errors_of(check_policy(policy, file=file))
    if mistakes:
        raise BadSettings(mistakes)
    return policy


def build(values: Values) -> Policy:
    """Make the policy; whatever no file names has its default."""
    return Policy(**{"title": values.get("name"), **values})


def note_missing(values: Values, notes: Notes) -> None:
    """Note the keys without which there is no policy."""
    for path in _REQUIRED:
        if path.replace(".", "_") not in values and not any(n.where == path for n in notes.found):
            fits = "at least one [[ladder]]" if path == "ladder" else f"{path} = {_example(path)}"
            notes.wrong(path, "this is missing", f"{fits} would be right")


def read_values(data: Mapping[str, object], notes: Notes, where: str = "") -> Values:
    """Read what a file says of a policy, noting every mistake."""
    top = Table(notes, where, dict(data), None)
    values: Values = {}
    for table, name, path in _paths(top):
        if path == "ladder":
            values["ladder"] = read_ladder(table)
        elif path == "kinds":
            values["kinds"] = read_kinds(table)
        elif path == "clauses":
            values["clauses"] = read_clauses(table)
        elif path in BY_PATH:
            value = _value(table, BY_PATH[path])
            if value is not None:
                values[BY_PATH[path].field] = value
        else:
            table.wrong(name, "this key is unknown", _meant(path))
    return values


def merge(base: Values, overrides: Values) -> Values:
    """Let the overrides win; a clause replaces the clause of the same rule only, and a kind's
    table that of the same kind.
    """
    parts = {name: {**base.get(name, {}), **overrides.get(name, {})} for name in _BY_NAME}
    return {**base, **overrides, **parts}


def keys_of(values: Values) -> frozenset[str]:
    """The keys under which a file says these, a kind and a clause each by itself."""
    named = {f"{name}.{each}" for name in _BY_NAME for each in values.get(name, {})}
    return frozenset(
        named
        | {key.path for key in KEYS if key.field in values}
        | ({"ladder"} if "ladder" in values else set())
    )


def _paths(top: Table) -> Iterator[tuple[Table, str, str]]:
    """Every key that the file has: its table, its name there, and its path."""
    for name, value in top.data.items():
        if name in GROUPS:
            group = Table(top.notes, top.at(name), value, None)
            for leaf in group.data:
                yield group, leaf, f"{name}.{leaf}"
        else:
            yield top, name, name


def _meant(path: str) -> str:
    """What would be right in place of an unknown key: one whose last part is really like it, of
    the same group first; else all that the group has.
    """
    group, _, leaf = path.rpartition(".")
    own = {key.leaf: key.path for key in KEYS if key.group == group}
    if part := [each for each in own if leaf in each or each in leaf]:
        return f"{own[part[0]]} would be right"
    for known in (own, {key.leaf: key.path for key in KEYS}):
        if near := nearest(leaf, known, _ALIKE):
            return f"{known[near]} would be right"
    if group:
        return f"one of {', '.join(own.values())} would be right"
    return one_of(path, (*BY_PATH, "ladder", "kinds", "clauses"))


def _example(path: str) -> str:
    key = BY_PATH[path]
    return f'"{key.example}"' if key.kind in {"text", "choice"} else key.example


def _value(table: Table, key: Key) -> object:
    """Read one value by its kind; None with a note if it isn't right."""
    match key.kind:
        case "text":
            return table.text(key.leaf, key.example)
        case "flag":
            return table.flag(key.leaf)
        case "duration":
            return table.duration(key.leaf, key.example, key.least, key.most)
        case "roles":
            return table.words(key.leaf, key.words or STAGE_WORDS, key.example)
        case "stages":
            return read_stages(table, key)
        case "choice":
            return table.choice(key.leaf, key.words)
        case "texts":
            return table.texts(key.leaf, key.example)
        case "words":
            return table.words(key.leaf, key.words, key.example)
        case "ticks":
            return read_kit(table, key)
