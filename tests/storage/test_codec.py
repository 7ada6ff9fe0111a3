import json
import typing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from types import NoneType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import events
from bot.domain.plan import Details
from bot.domain.policy import Policy
from bot.domain.visit import Phase, Visit
from storage import codec
from storage.codec import (
    SCHEMA,
    StoredByNewer,
    read_details,
    read_policy,
    read_state,
    write_details,
    write_event,
    write_policy,
    write_state,
)
from storage.policies import KnownPolicies, hash_of
from tests.storage.samples import NOW, details, ended, finished, in_alarm, out, policy, visit

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - made aware by the zones
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-7))]),
)
lengths = st.timedeltas(timedelta(), timedelta(days=400))
st.register_type_strategy(datetime, moments)
st.register_type_strategy(timedelta, lengths)
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.from_type(Visit))
def test_every_visit_comes_back_but_for_its_details(sample: Visit) -> None:
    stored = write_state(sample, sample.version)
    assert read_state(stored, SCHEMA, sample.policy) == replace(sample, details=None)


@QUICK
@given(st.from_type(Policy))
def test_every_policy_comes_back(sample: Policy) -> None:
    assert read_policy(write_policy(sample)) == sample


@QUICK
@given(st.from_type(Details))
def test_all_details_come_back(sample: Details) -> None:
    assert read_details(write_details(sample)) == sample


@pytest.mark.parametrize("kind", typing.get_args(Phase))
def test_every_phase_is_told_apart_by_its_name(kind: type) -> None:
    sample = visit(phase=_minimal(kind))
    stored = write_state(sample, 3)
    assert json.loads(stored)["phase"]["is"] == kind.__name__
    assert read_state(stored, SCHEMA) == replace(sample, details=None, version=3)


def test_a_policy_that_differs_is_never_written_as_another() -> None:
    known, one = KnownPolicies(most=9), policy()
    others = [replace(one, alarm_repeat=timedelta(minutes=n)) for n in range(1, 20)]
    for each in (one, *others, *reversed(others), policy()):
        kept = known.of(each)
        assert read_policy(kept.text) == each
        assert kept.hash == hash_of(kept.text)
        assert known.of(each) is kept


@pytest.mark.parametrize("kind", typing.get_args(events.Event), ids=lambda kind: kind.__name__)
def test_every_event_can_be_written_whole(kind: type) -> None:
    stored = json.loads(write_event(_minimal(kind)))
    assert set(stored) == {field.name for field in fields(kind)}


def test_P8_the_state_holds_none_of_the_details() -> None:
    for sample in (visit(), out(), in_alarm(), finished(), ended()):
        assert "canary" not in write_state(sample, 1)
    assert json.loads(write_state(visit(), 1)).keys() == {
        field.name for field in fields(Visit) if field.name not in {"details", "policy"}
    }


def test_values_that_equal_a_default_are_written_out() -> None:
    stored = json.loads(write_policy(policy()))
    assert stored.keys() == {"schema", *(field.name for field in fields(policy()))}
    assert stored["check_in_every"] == 1800


def test_a_field_that_an_older_form_lacks_takes_its_default() -> None:
    stored = json.loads(write_state(out(), 1))
    del stored["phase"]["watch"]["told"]
    stored["something"] = "that was dropped since"
    found = read_state(json.dumps(stored), SCHEMA, policy())
    assert found == replace(out(), details=None, version=1)
    rules = json.loads(write_policy(policy()))
    del rules["board_refresh"]
    assert read_policy(json.dumps(rules)) == policy()


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        write_state(visit(created_at=NOW.replace(tzinfo=None)), 1)


def test_a_form_of_a_newer_doorstep_is_refused_in_plain_words() -> None:
    with pytest.raises(StoredByNewer, match=r"newer Doorstep stored this, in form 99.*up to form"):
        read_state(write_state(visit(), 1), 99)
    newer = json.dumps({"schema": 99}).encode()
    with pytest.raises(StoredByNewer, match="form 99"):
        read_details(newer)
    with pytest.raises(StoredByNewer, match="form 99"):
        read_policy(newer.decode())


def test_an_older_form_climbs_every_step_from_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(stored: codec.Stored) -> codec.Stored:
        return {**stored, "lead": stored.pop("leader")}

    def shout(stored: codec.Stored) -> codec.Stored:
        return {**stored, "lead": stored["lead"].upper()}

    monkeypatch.setattr(codec, "STATE_STEPS", (rename, shout))
    stored = json.loads(write_state(visit(), 1))
    first = json.dumps({**stored, "leader": stored.pop("lead")})
    assert read_state(first, 1).lead == "SAM"
    assert read_state(write_state(visit(), 1), 2).lead == "SAM"
    assert read_state(write_state(visit(), 1), 3).lead == "sam"


def _minimal(kind: Any) -> Any:
    """The plainest value of a type of the domain."""
    if kind in {str, int, bool}:
        return kind()
    if kind is datetime:
        return NOW
    if kind is Details:
        return details()
    args = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return (_minimal(args[0]),)
    if origin is typing.Literal:
        return args[0]
    if NoneType in args:
        return None
    if origin is not None:
        return {}
    if kind is type(policy()):
        return policy()
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: _minimal(hints[field.name]) for field in fields(kind)})
