"""Reading a request: what is taken, and what comes back with a sentence on the right field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.asking import LONGEST, Asking, read_request, tidy
from bot.domain.plan import External
from bot.domain.school import School
from tests.domain.examples import PEOPLE, SCHOOL, SLPS, at

NOW = at("13:30")
FULL: Mapping[str, str] = {
    "kind": "Welfare",
    "family": "The Brown family",
    "place": "14 Oak Road",
    "purpose": "Attendance",
    "why_not_in_school": "No car",
    "to_see": "Both parents",
    "leaving_at": "2026-11-03T14:00",
    "return_at": "2026-11-03T15:30",
    "companions": "sam,kit",
    "external_name": "Ed Welfare",
    "external_organisation": "the county",
    "external_phone": "07700 900777",
    "who_does_what": "Sam takes notes",
    "why_alone": "Nobody is free",
    "follow_up": "By phone, in a week",
    "more_help": "The library",
    "unannounced": "yes",
    "authorised_by": "lee",
    "appointment": "By phone",
    "risks": "A large dog",
    "needs": "Welsh",
    "contact": "bo",
}
LEAST: Mapping[str, str] = {
    "kind": "Other",
    **{name: FULL[name] for name in ("place", "purpose", "leaving_at", "return_at")},
}


def read(changes: Mapping[str, str], school: School = SCHOOL) -> Asking:
    asking = read_request({**LEAST, **changes}, "ana", school, SLPS, NOW)
    assert isinstance(asking, Asking), asking
    return asking


def wrong(
    changes: Mapping[str, str], school: School = SCHOOL, now: datetime = NOW
) -> dict[str, str]:
    """The errors of the least request with these changes."""
    found = read_request({**LEAST, **changes}, "ana", school, SLPS, now)
    assert isinstance(found, dict), found
    assert all(found.values())
    return found


def test_a_full_request_is_taken_whole() -> None:
    asking = read(FULL)
    assert asking.plan.companions == ("sam", "kit")
    assert asking.plan.contact == "bo"
    assert (asking.plan.leaving_at, asking.plan.return_at) == (at("14:00"), at("15:30"))
    assert asking.details.external == External("Ed Welfare", "the county", "07700 900777")
    for name in ("kind", "family", "place", "purpose", "to_see", "risks", "needs", "appointment"):
        assert getattr(asking.details, name) == FULL[name]


def test_the_least_request_is_taken() -> None:
    asking = read({})
    assert asking.plan.companions == ()
    assert asking.plan.contact is None
    assert asking.details.external is None
    assert asking.details.kind == "Other"


def test_the_kind_is_asked_for_unless_somebody_says_other() -> None:
    assert "choose Other" in wrong({"kind": ""})["kind"]


@pytest.mark.parametrize("field", ["external_organisation", "external_phone"])
def test_somebody_from_outside_without_a_name_is_asked_about(field: str) -> None:
    assert set(wrong({field: "the county"})) == {"external_name"}


def test_a_companion_named_twice_goes_once() -> None:
    assert read({"companions": "sam,sam,"}).plan.companions == ("sam",)


def test_control_characters_are_dropped_and_line_breaks_kept() -> None:
    assert tidy(" a\x00b\u202ec\x1b[0m\nd\te\u200b ") == "abc[0m\nd\te"
    assert read({"place": "14\x00 Oak\x07 Road\u202e"}).details.place == "14 Oak Road"
    assert "place" in wrong({"place": "\x00\u200b \u202e"})


def test_what_is_missing_is_said_on_its_field() -> None:
    for name in LEAST:
        assert set(wrong({name: ""})) == {name}
        assert set(wrong({name: "  "})) == {name}
    assert set(read_errors({})) == set(LEAST)


def read_errors(values: Mapping[str, str]) -> dict[str, str]:
    found = read_request(values, "ana", SCHOOL, SLPS, NOW)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("name", "most"), LONGEST.items())
def test_what_is_too_long_is_said_and_never_cut(name: str, most: int) -> None:
    assert set(wrong({"external_name": "x", name: "x" * (most + 1)})) == {name}
    if name not in LEAST or name in {"place", "purpose"}:
        read({name: "x" * most, "external_name": "x"} if name != "external_name" else {name: "x"})


BAD: tuple[tuple[str, str, str], ...] = (
    ("kind", "Nonsense", "one of the kinds"),
    ("companions", "ana", "You are going anyway"),
    ("companions", "nobody-known", "people of the school"),
    ("companions", "sam;DROP", "people of the school"),
    ("companions", "sam,ana", "You are going anyway"),
    ("contact", "nobody-known", "people of the school"),
    ("contact", "ana", "stays behind"),
    ("leaving_at", "soon", "date and a time"),
    ("leaving_at", "2026-11-03", "date and a time"),
    ("leaving_at", "1970-01-01T00:00", "past already"),
    ("leaving_at", "0001-01-01T00:00", "past already"),
    ("return_at", "1970-01-01T00:00", "before you leave"),
    ("return_at", "2026-11-03T13:59", "before you leave"),
    ("return_at", "2026-11-03T14:00", "before you leave"),
    ("return_at", "2026-11-03T17:01", "at most 3 hours"),
    ("return_at", "9999-12-31T23:59", "at most 3 hours"),
    ("leaving_at", "2026-11-03T13:14", "past already"),
)


@pytest.mark.parametrize(("name", "value", "why"), BAD)
def test_a_bad_value_comes_back_on_its_field(name: str, value: str, why: str) -> None:
    assert why in wrong({name: value})[name]


def test_a_contact_on_the_visit_is_no_contact() -> None:
    assert "stays behind" in wrong({"companions": "sam", "contact": "sam"})["contact"]


def test_more_than_nine_companions_are_too_many() -> None:
    many = tuple(replace(PEOPLE[1], id=f"p{n}") for n in range(10))
    school = replace(SCHOOL, people=(*PEOPLE, *many))
    assert "At most 9" in wrong({"companions": ",".join(p.id for p in many)}, school)["companions"]
    assert len(read({"companions": ",".join(p.id for p in many[:9])}, school).plan.companions) == 9


def test_nobody_goes_without_a_phone() -> None:
    def without(person: str) -> School:
        people = (replace(p, phone=None) if p.id == person else p for p in PEOPLE)
        return replace(SCHOOL, people=tuple(people))

    assert "no phone number for you" in wrong({}, without("ana"))[""]
    assert "Sam Assist" in wrong({"companions": "sam"}, without("sam"))["companions"]


def test_somebody_who_has_left_the_school_file_can_ask_for_nothing() -> None:
    gone = replace(SCHOOL, people=tuple(p for p in PEOPLE if p.id != "ana"))
    assert "" in wrong({}, gone)


def test_a_visit_of_exactly_the_longest_time_is_taken() -> None:
    read({"return_at": "2026-11-03T17:00"})


def test_a_leaving_time_a_few_minutes_ago_is_taken_as_now() -> None:
    read({"leaving_at": "2026-11-03T13:16"})


def test_a_date_months_ahead_is_asked_about() -> None:
    far = {"leaving_at": "2027-03-01T14:00", "return_at": "2027-03-01T15:00"}
    assert "three months ahead" in wrong(far)["leaving_at"]
    wrong({"leaving_at": "9999-12-31T23:00", "return_at": "9999-12-31T23:59"})


def test_s13_a_return_after_midnight_needs_its_date() -> None:
    late = {"leaving_at": "2026-11-03T23:30", "return_at": "2026-11-04T00:30"}
    assert read(late).plan.length == timedelta(hours=1)
    late["return_at"] = "2026-11-03T00:30"
    assert "before you leave" in wrong(late)["return_at"]


def test_s13_both_clock_changes_are_asked_about() -> None:
    autumn, spring = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)
    found = wrong({"leaving_at": "2026-10-25T00:30", "return_at": "2026-10-25T01:30"}, now=autumn)
    assert "comes twice" in found["return_at"]
    found = wrong({"leaving_at": "2027-03-28T00:30", "return_at": "2027-03-28T01:30"}, now=spring)
    assert "does not exist" in found["return_at"]


def test_s13_the_length_of_a_visit_is_real_time_over_both_clock_changes() -> None:
    autumn, spring = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)
    longest = {"leaving_at": "2026-10-25T00:30", "return_at": "2026-10-25T02:30"}
    asking = read_request({**LEAST, **longest}, "ana", SCHOOL, SLPS, autumn)
    assert isinstance(asking, Asking)
    assert asking.plan.length == timedelta(hours=3)
    shortest = {"leaving_at": "2027-03-28T00:30", "return_at": "2027-03-28T02:30"}
    asking = read_request({**LEAST, **shortest}, "ana", SCHOOL, SLPS, spring)
    assert isinstance(asking, Asking)
    assert asking.plan.length == timedelta(hours=1)
