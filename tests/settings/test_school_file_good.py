from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.policy import Rung
from bot.domain.school import Absence, Days, Duty, Emergency, Opening, Person
from tests.settings.samples import GOOD, good, read, warnings


def test_every_key_of_the_contract_is_read() -> None:
    school = read(GOOD).school
    assert (school.id, school.name, school.timezone) == (
        "st-example",
        "St Example Primary",
        "Europe/London",
    )
    assert school.office == {"slack": "C0OFFICE", "teams": "19:office@thread.tacv2"}
    assert school.person("priya") == Person(
        id="priya",
        name="Priya Shah",
        roles=frozenset({"head"}),
        phone="+44 7700 900001",
        leader="lee",
        emergency=Emergency("Jo Shah", "+44 7700 900002"),
        car="blue Fiesta AB12 CDE",
        email="priya@school.example",
        addresses={"slack": "U0PRIYA", "teams": "29:priya"},
    )
    assert school.hours == tuple(Opening(day, time(8), time(16, 30)) for day in range(5))
    assert school.closed == (Days(date(2026, 12, 21), date(2027, 1, 4)),)
    assert school.duty == (Duty(0, "lee"),)
    assert school.away == (Absence("priya", Days(date(2026, 11, 30), date(2026, 12, 2)), "lee"),)
    assert warnings(GOOD) == []


def test_dates_may_be_tomls_own() -> None:
    quoted, bare = good(), good('"2026-12-21"', "2026-12-21")
    assert read(quoted) == read(bare)


def test_the_mark_that_windows_puts_in_front_does_no_harm() -> None:
    assert read("\N{ZERO WIDTH NO-BREAK SPACE}" + GOOD) == read(GOOD)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("sat", "09:00-12:00", [(5, time(9), time(12))]),
        ("mon", "08:00-12:00, 13:00-16:30", [(0, time(8), time(12)), (0, time(13), time(16, 30))]),
        ("sat-sun", "8:00 - 9:15", [(5, time(8), time(9, 15)), (6, time(8), time(9, 15))]),
        ("sun-mon", "10:00-11:00", [(0, time(10), time(11)), (6, time(10), time(11))]),
        ("Wed", "00:00-24:00", [(2, time(0), time.max)]),
    ],
)
def test_hours_are_read(key: str, value: str, expected: list[tuple[int, time, time]]) -> None:
    text = good('mon-fri = "08:00-16:30"', f'{key} = "{value}"')
    assert [(o.weekday, o.opens, o.closes) for o in read(text).school.hours] == expected


def test_s13_an_office_open_until_24_00_is_staffed_in_the_last_minute_of_the_day() -> None:
    school = read(good('"08:00-16:30"', '"08:00-24:00"')).school
    assert school.staffed(datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC))
    assert not school.staffed(datetime(2026, 11, 3, 0, 0, tzinfo=UTC))


def test_a_duty_may_last_several_days() -> None:
    text = good('on = "mon"', 'on = "mon-wed"')
    assert read(text).school.duty == (Duty(0, "lee"), Duty(1, "lee"), Duty(2, "lee"))


def test_p5_a_public_office_channel_has_to_be_allowed() -> None:
    assert not read(GOOD).school.office_public
    assert read(good("[office]", "[office]\npublic = true")).school.office_public


def test_the_demo_has_a_channel_of_its_own() -> None:
    text = good('slack = "C0OFFICE"', 'web = "office"').replace('"U0LEE"', '"U0LEE"\nweb = "lee"')
    school = read(text).school
    assert school.office["web"] == "office"
    found = school.at_address("web", "lee")
    assert found is not None
    assert found.id == "lee"


def test_the_policy_table_overrides_the_named_policy_key_by_key() -> None:
    plain = read(GOOD).policy
    policy = read(good(more='[policy]\ncheck_in.every = "20m"\nreturn.grace = "90s"\n')).policy
    assert policy.check_in_every == timedelta(minutes=20)
    assert policy.return_grace == timedelta(seconds=90)
    assert policy.ladder == plain.ladder
    assert policy.clauses == plain.clauses
    assert policy.name == "slps"


def test_a_ladder_in_the_school_file_replaces_the_named_one_whole() -> None:
    more = '[[policy.ladder]]\nafter = "2m"\ntell = ["office", "head"]\n'
    assert read(good(more=more)).policy.ladder == (Rung(timedelta(minutes=2), ("office", "head")),)


def test_a_clause_in_the_school_file_replaces_that_of_its_rule_only() -> None:
    more = '[policy.clauses.office]\ntext = "Tell the office."\nsource = "Our own"\n'
    policy = read(good(more=more)).policy
    office, approval = policy.clause("office"), policy.clause("approval")
    assert office is not None
    assert office.text == "Tell the office."
    assert approval == read(GOOD).policy.clause("approval")


def test_somebody_without_a_phone_is_read_with_a_warning() -> None:
    (warning,) = warnings(good('phone = "07700 900004"\n', ""))
    assert warning.startswith('school.toml, people[2].phone: "Ana Teach" has no phone')


def test_somebody_who_only_stays_in_the_office_needs_no_phone() -> None:
    text = good('roles = ["staff"]\nphone = "07700 900004"', 'roles = ["office", "admin"]')
    assert warnings(text) == []


@pytest.mark.parametrize(
    ("change", "to", "where"),
    [
        ('[school.hours]\nmon-fri = "08:00-16:30"', "", "school.hours"),
        ('to = "2027-01-04"', 'to = "2037-01-04"', "closed[0].to"),
    ],
)
def test_what_works_but_is_hardly_meant_is_a_warning(change: str, to: str, where: str) -> None:
    (warning,) = warnings(good(change, to))
    assert f", {where}: " in warning


def test_a_stand_in_who_is_away_too_is_a_warning() -> None:
    more = '[[away]]\nperson = "lee"\nfrom = "2026-12-02"\nto = "2026-12-05"\n'
    (warning,) = warnings(good(more=more))
    assert ', away[0].instead: "lee" is away too' in warning


def test_more_than_a_thousand_people_are_fine() -> None:
    more = "".join(
        f'[[people]]\nid = "p{n}"\nname = "P {n}"\nroles = ["staff"]\nphone = "07700 9{n:05}"\n'
        for n in range(1500)
    )
    assert len(read(good(more=more)).school.people) == 1503
