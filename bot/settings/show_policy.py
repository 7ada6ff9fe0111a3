"""Prints a policy as the TOML text of a policy file that reads back equal."""

import json
from collections.abc import Iterable, Iterator

from bot.domain.duration import write_duration
from bot.domain.policy import Policy, Tick
from bot.settings.kind_tables import show_kinds
from bot.settings.policy_keys import KEYS, Key


def show_policy(policy: Policy) -> str:
    """Give the text of the policy's file, every key in it, the defaults too."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    group = ""
    for key in KEYS:
        if key.group != group:
            group = key.group
            yield ""
        yield f"{key.path} = {_value(policy, key)}"
    for rung in policy.ladder:
        yield ""
        yield "[[ladder]]"
        yield f"after = {_text(write_duration(rung.after))}"
        yield f"tell = {_list(_text(word) for word in rung.tell)}"
    yield from show_kinds(policy.kinds)
    for rule, clause in policy.clauses.items():
        yield ""
        yield f"[clauses.{rule}]"
        yield f"text = {_text(clause.text)}"
        yield f"source = {_text(clause.source)}"


def _value(policy: Policy, key: Key) -> str:
    value = getattr(policy, key.field)
    match key.kind:
        case "text" | "choice":
            return _text(value)
        case "flag":
            return "true" if value else "false"
        case "duration":
            return _text(write_duration(value))
        case "roles" | "texts" | "words":
            return _list(_text(word) for word in value)
        case "stages":
            return _list(_list(_text(word) for word in stage) for stage in value)
        case "ticks":
            return _list(_tick(tick) for tick in value)


def _tick(tick: Tick) -> str:
    clause = f", clause = {_text(tick.clause)}" if tick.clause else ""
    return f"{{ tick = {_text(tick.text)}{clause} }}"


def _text(value: str) -> str:
    """A basic string of TOML; what JSON escapes, TOML escapes likewise, but for delete."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"
