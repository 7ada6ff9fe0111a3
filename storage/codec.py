"""The stored form of visits and events: JSON, with the number of its schema.

A reader takes every older form, through the steps below; a newer one is refused in plain words.
All values are written out, also those that equal a default: a default that changes in the code must
not change a visit under way.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast, get_origin

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from bot.domain.plan import Details
from bot.domain.policy import Policy
from bot.domain.visit import Phase, Visit

Stored = dict[str, Any]
Step = Callable[[Stored], Stored]


# Step number n turns form n into form n + 1. Add at the end; never change one that was released.
def _plans_could_not_change(stored: Stored) -> Stored:
    """Since form 2 a plan that changed is kept beside the one before it; until then none was."""
    return {**stored, "earlier": None, "taken_off": []}


def _policies_stood_inside(stored: Stored) -> Stored:
    """Since form 3 a policy stands in a table of its own. One that still stands inside is read."""
    return stored


def _details_could_not_change(stored: Stored) -> Stored:
    return {**stored, "earlier": None}


STATE_STEPS: tuple[Step, ...] = (_plans_could_not_change, _policies_stood_inside)
DETAILS_STEPS: tuple[Step, ...] = (_details_could_not_change,)
POLICY_STEPS: tuple[Step, ...] = ()
SCHEMA = len(STATE_STEPS) + 1


class StoredByNewer(Exception):
    """A newer Doorstep stored this, in a form that this one does not know: run the newer one."""


def write_state(visit: Visit, version: int) -> str:
    """Give everything of a visit that stays readable without a key (P8), as of this version; but
    for its policy, which has a text of its own.
    """
    stored: Stored = _converter.unstructure(
        replace(visit, details=None, policy=None, version=version)
    )
    del stored["details"], stored["policy"]
    return _encode(stored)


def read_state(text: str, schema: int, policy: Policy | None = None) -> Visit:
    """Give the visit under the policy that stands beside it, without its details."""
    stored = upgraded(json.loads(text), schema, STATE_STEPS)
    visit = _converter.structure({**stored, "details": None}, Visit)
    return visit if policy is None else replace(visit, policy=policy)


def write_policy(policy: Policy) -> str:
    """Give a policy, with a schema number of its own."""
    stored: Stored = _converter.unstructure(policy)
    return _encode({"schema": len(POLICY_STEPS) + 1, **stored})


def read_policy(text: str) -> Policy:
    """Give the policy back."""
    stored: Stored = json.loads(text)
    return _converter.structure(upgraded(stored, stored.pop("schema"), POLICY_STEPS), Policy)


def write_details(details: Details) -> bytes:
    """Give the details as they are before sealing, with a schema number of their own."""
    stored: Stored = _converter.unstructure(details)
    return _encode({"schema": len(DETAILS_STEPS) + 1, **stored}).encode()


def read_details(plain: bytes) -> Details:
    """Give the details back."""
    stored: Stored = json.loads(plain)
    return _converter.structure(upgraded(stored, stored.pop("schema"), DETAILS_STEPS), Details)


def write_event(event: object) -> str:
    """Give an event, or any dataclass of the domain, for the audit."""
    return _encode(_converter.unstructure(event))


def write_names(names: Mapping[str, str]) -> str:
    """Give a flat mapping, such as a parcel's arguments, as JSON."""
    return _encode(dict(names))


def read_names(text: str) -> Mapping[str, str]:
    """Give the flat mapping back."""
    return cast("dict[str, str]", json.loads(text))


def upgraded(stored: Stored, schema: int, steps: tuple[Step, ...]) -> Stored:
    """Bring a stored form up to the one this code reads."""
    newest = len(steps) + 1
    if schema > newest:
        raise StoredByNewer(
            f"A newer Doorstep stored this, in form {schema}; this one reads up to form {newest}. "
            "Run the newer one."
        )
    for step in steps[schema - 1 :]:
        stored = step(stored)
    return stored


def _write_moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone can't be stored")
    return moment.astimezone(UTC).isoformat()


def _read_moment(text: str, _type: type) -> datetime:
    return datetime.fromisoformat(text)


def _write_length(length: timedelta) -> float:
    seconds = length.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _read_length(seconds: float, _type: type) -> timedelta:
    return timedelta(seconds=seconds)


def _is_set(kind: Any) -> bool:
    return get_origin(kind) is frozenset


def _build() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook(datetime, _write_moment)
    converter.register_structure_hook(datetime, _read_moment)
    converter.register_unstructure_hook(timedelta, _write_length)
    converter.register_structure_hook(timedelta, _read_length)
    converter.register_unstructure_hook_func(_is_set, sorted)
    configure_tagged_union(Phase, converter, tag_name="is")
    return converter


_converter = _build()
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
