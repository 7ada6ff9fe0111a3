"""A school proves with its own people, before the first visit, that its policy can be kept."""

from datetime import UTC, datetime

import pytest

from bot.settings import errors_of, moments, prove, read_school, shipped, unapproved, unheard
from tests.settings.samples import GOOD, good, read

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""A Wednesday. Priya Shah is away from the 30th, and the school closed from 21 December."""
LEE = 'roles = ["senior_leader", "dsl", "admin"]'
ATTENDS = ('roles = ["staff"]', 'roles = ["staff", "attendance_lead"]')


def proved(text: str) -> dict[str, str]:
    found = prove(read(text), ("slack", "teams"))
    assert all(each.remedy.endswith("would be right") for each in found)
    return {each.where.removeprefix("policy."): each.problem for each in found}


def errors(text: str) -> set[str]:
    wrong = errors_of(prove(read(text), ("slack", "teams")))
    return {each.where.removeprefix("policy.") for each in wrong}


def policy(**keys: str) -> str:
    return "[policy]\n" + "".join(f"{key.replace('__', '.')} = {v}\n" for key, v in keys.items())


def test_a_school_that_can_keep_its_policy_is_told_nothing() -> None:
    assert proved(good(*ATTENDS)) == {}


def test_pairs_where_only_one_person_has_a_phone() -> None:
    phones = good('phone = "+44 7700 900001"\n', "").replace('phone = "+44 7700 900003"\n', "")
    never = phones + policy(pairs__alone='"never"')
    assert "only Ana Teach could go" in proved(never)["pairs.alone"]
    assert errors(never) == {"pairs.alone"}
    assert errors(phones) == set()


def test_a_stage_that_only_somebody_who_goes_could_fill() -> None:
    """Two must go, and the two who have phones are the only ones who could approve."""
    text = good('phone = "07700 900004"\n', "") + policy(pairs__alone='"never"')
    assert "somebody who must approve is among them" in proved(text)["approval.stages"]
    assert "approval.stages" in errors(text)
    assert errors(good(more=policy(pairs__alone='"never"'))) == set()


def test_a_kind_that_nobody_could_go_on() -> None:
    assert "holds attendance_lead" in proved(GOOD)["kinds.attendance.unannounced"]
    assert errors(GOOD) == set()
    four = good(*ATTENDS) + '[policy.kinds.welfare.unannounced]\nwhen = "x"\nstaff = 4\n'
    assert "it takes 4 from school, and 3 could go" in proved(four)["kinds.welfare.unannounced"]


def test_a_kind_whose_every_visitor_would_have_to_approve_it() -> None:
    head = good(*ATTENDS) + policy(approval__stages='[["head"]]')
    head += '[policy.kinds.safeguarding]\nwith_role = ["head"]\n'
    assert "somebody who must approve it" in proved(head)["kinds.safeguarding"]
    assert errors(head) == {"kinds.safeguarding"}
    (wrong,) = errors_of(prove(read(head), ("slack", "teams")))
    assert wrong.remedy == 'one person more who holds "head" would be right'
    assert (wrong.file, wrong.where) == ("school.toml", "policy.kinds.safeguarding")
    two = head.replace('[["head"]]', '[["head", "senior_leader"]]')
    assert proved(two) == {}


def test_an_exception_that_nobody_could_authorise() -> None:
    more = '[policy.kinds.attendance.unannounced]\nwhen = "x"\nauthorised_by = ["pastoral_head"]\n'
    found = proved(good(*ATTENDS) + more)
    assert "nobody could authorise it," in found["kinds.attendance.unannounced"]


def test_an_exception_that_only_somebody_who_must_go_could_authorise() -> None:
    roles = 'with_role = ["attendance_lead"]\nauthorised_by = ["attendance_lead"]\nstaff = 2\n'
    text = good(*ATTENDS) + f'[policy.kinds.attendance.unannounced]\nwhen = "x"\n{roles}'
    (told,) = prove(read(text), ("slack", "teams"))
    assert told.where == "policy.kinds.attendance.unannounced"
    assert told.problem.startswith("nobody could authorise it but who must go")
    assert told.remedy == 'one person more who holds "attendance_lead" would be right'


def test_a_list_of_roles_that_nobody_holds() -> None:
    text = good(*ATTENDS) + policy(flags__by='["pastoral_head"]')
    assert proved(text) == {"flags.by": 'nobody holds "pastoral_head"'}


def test_a_school_without_hours_is_told_that_no_evening_is_known() -> None:
    text = good('[school.hours]\nmon-fri = "08:00-16:30"\n', "").replace(*ATTENDS)
    assert "no hours" in proved(text)["school.hours"]


def test_an_evening_behind_which_nobody_stands() -> None:
    ladder = '[[policy.ladder]]\nafter = "0m"\ntell = ["contact", "office"]\n'
    text = good('[[duty]]\non = "mon"\nperson = "lee"\n', "", more=ladder).replace(*ATTENDS)
    assert "no leader is on duty" in proved(text)["duty"]


NOBODY = "an alarm would reach nobody but a contact who says yes"


def played(text: str) -> dict[str, bool]:
    return {each.time.name: each.reached for each in moments(read(text), NOW)}


def told(text: str) -> list[tuple[str, str]]:
    return [(each.severity, each.problem) for each in unheard(read(text), NOW)]


def holes(text: str) -> list[str]:
    return [problem for severity, problem in told(text) if severity == "error"]


def test_every_weekday_in_hours_evenings_the_weekend_and_a_holiday_are_played() -> None:
    names = list(played(GOOD))
    assert [n for n in names if "in hours" in n] == [
        f"{day} in hours"
        for day in (
            *("Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"),
            *("Mon 7 Dec", "Tue 8 Dec", "Wed 9 Dec"),  # Mrs Shah is back
        )
    ]
    assert {"Sat 28 Nov at noon", "Sun 29 Nov at noon", "Mon 21 Dec, closed"} <= set(names)
    assert sum("in the evening" in name for name in names) == 8
    assert all(played(GOOD).values())


def test_the_lead_who_is_played_counts_least_on_the_ladder() -> None:
    assert {each.lead.id for each in moments(read(GOOD), NOW)} == {"ana"}


def test_a_moment_that_reaches_nobody_is_to_mend_in_hours_and_out_of_them() -> None:
    office = good(*ATTENDS, more='[[policy.ladder]]\nafter = "0m"\ntell = ["office"]\n')
    (hole,) = holes(office)
    assert hole.startswith("Thu 26 Nov to Fri 27 Nov, Tue 1 Dec to Wed 2 Dec, Tue 8 Dec to Wed")
    assert ", Sat 28 Nov to Sun 29 Nov at noon, " in hole
    assert "in hours" not in hole
    assert not played(office)["Sat 28 Nov at noon"]
    assert played(office)["Thu 26 Nov in hours"]
    head = good('instead = "lee"\n', "", more='[[policy.ladder]]\nafter = "0m"\ntell = ["head"]\n')
    assert holes(head) == [
        "Mon 30 Nov to Wed 2 Dec in hours, Mon 30 Nov to Wed 2 Dec in the evening: " + NOBODY
    ]


def test_days_with_nobody_on_duty_are_one_hole() -> None:
    ladder = '[[policy.ladder]]\nafter = "0m"\ntell = ["duty_leader"]\n'
    (hole,) = holes(good(more=ladder))
    assert hole.startswith("Thu 26 Nov to Fri 27 Nov, Tue 1 Dec to Wed 2 Dec, Tue 8 Dec to Wed")


def test_each_day_of_an_absence_is_played_in_hours_too() -> None:
    """Lee is on duty from Tuesday on, and away from the Monday on."""
    ladder = '[[policy.ladder]]\nafter = "0m"\ntell = ["office", "duty_leader"]\n'
    duty = '[[duty]]\non = "mon"\nperson = "priya"\n[[duty]]\non = "tue-sun"\nperson = "lee"\n'
    away = '[[away]]\nperson = "lee"\nfrom = "2026-12-14"\nto = "2026-12-16"\n'
    text = good('[[duty]]\non = "mon"\nperson = "lee"\n', duty, more=away + ladder)
    assert holes(text) == ["Tue 15 Dec to Wed 16 Dec in the evening: " + NOBODY]
    assert "Tue 15 Dec in hours" in played(text)


def test_an_absence_of_years_is_played_once_for_each_weekday() -> None:
    away = '[[away]]\nperson = "lee"\nfrom = "2027-01-06"\nto = "2036-12-16"\n'
    assert sum("in hours" in name for name in played(good(more=away))) == 8 + 5


def test_a_role_whose_holders_are_all_away_is_told_with_the_moments() -> None:
    """Mrs Shah is away from Monday on, and Lee Grant in her place: then it hangs on him alone."""
    ((severity, problem),) = told(good(*ATTENDS))
    assert severity == "warning"
    assert problem == (
        "while Lee Grant can't be reached, an alarm would reach nobody: "
        "Mon 30 Nov to Wed 2 Dec in the evening"
    )


@pytest.mark.parametrize("name", ["slps", "pastoral"])
def test_nothing_is_played_where_nobody_could_go(name: str) -> None:
    text = good('policy = "slps"', f'policy = "{name}"')
    for phone in ("+44 7700 900001", "+44 7700 900003", "07700 900004"):
        text = text.replace(f'phone = "{phone}"\n', "", 1)
    settings = read_school(text, policies=shipped)
    assert not list(moments(settings, NOW))
    assert not list(unheard(settings, NOW))


def test_an_evening_for_which_nobody_could_be_the_backup() -> None:
    text = (
        good('email = "ana@school.example"\n', "")
        .replace(*ATTENDS)
        .replace('slack = "U0LEE"\n', "")
    )
    assert "only Priya Shah has a phone" in proved(text)["evening.alone"]
    free = text + policy(evening__alone='"free"')
    assert "evening.alone" not in proved(free)


def test_days_on_which_whoever_would_approve_is_away_are_to_mend() -> None:
    text = good('instead = "lee"\n', "", more=policy(approval__stages='[["head"]]'))
    (wrong,) = unapproved(read(text), NOW)
    assert (wrong.where, wrong.severity) == ("away", "error")
    assert wrong.problem == (
        "no visit could be approved on Mon 30 Nov to Wed 2 Dec: "
        "Priya Shah is away until Wed 2 Dec 2026"
    )
    assert 'instead = "..."' in wrong.remedy
    assert not list(unapproved(read(GOOD), NOW))
