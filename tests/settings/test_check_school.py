from collections.abc import Collection

import pytest

from bot.domain.stages import most_filled
from bot.settings import Mistake, check_school, errors_of
from bot.settings.addresses import CHANNELS
from tests.settings.samples import GOOD, good, read

PASTORAL = ('policy = "slps"', 'policy = "pastoral"')
HEAD_ONLY = ('roles = ["senior_leader", "dsl", "admin"]', 'roles = ["admin"]')


def check(text: str, channels: Collection[str] = CHANNELS) -> list[Mistake]:
    return list(check_school(read(text), channels=channels))


def at(text: str, where: str, channels: Collection[str] = CHANNELS) -> list[tuple[str, str]]:
    """Severity and problem of what is found at a key."""
    found = check(text, channels)
    return [(e.severity, e.problem) for e in found if e.where.removeprefix("policy.") == where]


def test_a_school_without_mistakes_has_none() -> None:
    assert check(GOOD) == []


def test_a_stage_that_nobody_holds_is_an_error_by_its_key() -> None:
    more = '[policy]\napproval.stages = [["head"], ["pastoral_head"]]\n'
    (error,) = errors_of(check(good(more=more)))
    assert str(error) == (
        'school.toml, policy.approval.stages[1]: nobody holds "pastoral_head", so no visit could '
        "be approved; giving somebody the role pastoral_head in the school file would be right."
    )


def test_a_mistake_is_told_by_the_file_that_says_the_key() -> None:
    """What is changed under [policy] is never blamed on the shipped policy, nor the other way."""
    more = '[policy]\napproval.remind = "9m"\napproval.then = ["attendance_lead"]\n'
    found = {(each.file, each.where) for each in check(good(*HEAD_ONLY, more=more))}
    assert ("school.toml", "policy.approval.then") in found
    assert ('policy "slps"', "approval.stages[0]") in found


def test_a_role_that_nobody_holds_beside_others_is_a_warning() -> None:
    found = at(good(*HEAD_ONLY), "approval.stages[0]")
    assert ("warning", 'nobody holds "senior_leader"') in found


def test_a_stage_that_only_one_person_can_fill_is_a_warning_since_nobody_approves_their_own() -> (
    None
):
    found = at(good(*HEAD_ONLY), "approval.stages[0]")
    assert any(s == "warning" and p.startswith("only Priya Shah can fill") for s, p in found)


def test_a_deputy_fills_the_place_of_a_dsl() -> None:
    text = good('"senior_leader", "dsl"', '"senior_leader", "deputy_dsl"').replace(*PASTORAL)
    assert at(text, "approval.stages[1]") == [
        ("warning", "only Lee Grant can fill this stage, which nobody does for their own visit")
    ]


def test_then_that_nobody_holds_is_told() -> None:
    more = '[policy]\napproval.then = ["attendance_lead"]\n'
    assert at(good(more=more), "approval.then") == [("warning", 'nobody holds "attendance_lead"')]


def test_stages_that_only_one_and_the_same_person_could_fill_are_an_error() -> None:
    text = good('leader = "lee"\n', "").replace(*PASTORAL)
    ((severity, problem),) = at(text, "approval.same_person")
    assert severity == "error"
    assert "Lee Grant" in problem
    assert at(text + "[policy]\napproval.same_person = true\n", "approval.same_person") == []
    two = text.replace('["head"]', '["head", "dsl"]')
    assert at(two, "approval.same_person") == []


def test_a_leader_stage_says_for_whom_nobody_fills_it() -> None:
    text = good('"senior_leader", "dsl"', '"dsl"').replace(*PASTORAL)
    (problem,) = (p for s, p in at(text, "approval.stages[0]") if s == "error")
    assert problem == "nobody fills this stage for Lee Grant, Ana Teach"
    text = text.replace('"head"', '"senior_leader"')
    assert not any(s == "error" for s, _ in at(text, "approval.stages[0]"))


def test_s8_a_last_rung_that_reaches_nobody_is_an_error() -> None:
    more = '[[policy.ladder]]\nafter = "0m"\ntell = ["visitors", "attendance_lead"]\n'
    ((severity, problem),) = at(good(more=more), "ladder[0].tell")
    assert severity == "error"
    assert "reaches nobody" in problem


def test_s8_a_rung_before_the_last_that_nobody_holds_is_a_warning() -> None:
    ((severity, problem),) = at(good(*HEAD_ONLY), "ladder[1].tell")
    assert severity == "warning"
    assert "always passed over" in problem


def test_a_contact_may_make_a_rung_and_is_never_missed() -> None:
    more = (
        '[[policy.ladder]]\nafter = "0m"\ntell = ["contact", "backup"]\n'
        '[[policy.ladder]]\nafter = "6m"\ntell = ["head", "visitors"]\n'
    )
    assert check(good(more=more)) == []


def test_a_duty_leader_needs_a_rota() -> None:
    rung = '[[policy.ladder]]\nafter = "0m"\ntell = ["duty_leader"]\n'
    assert check(good(more=rung)) == []
    text = good('[[duty]]\non = "mon"\nperson = "lee"\n', "", more=rung)
    assert [severity for severity, _ in at(text, "ladder[0].tell")] == ["error"]


def test_nobody_with_the_role_admin_is_a_warning() -> None:
    assert [s for s, _ in at(good(', "admin"', ""), "people")] == ["warning"]


OFFICE = '[office]\nslack = "C0OFFICE"\nteams = "19:office@thread.tacv2"\n'


def test_no_office_channel_is_an_error_unless_somebody_holds_the_office() -> None:
    assert [s for s, _ in at(good(OFFICE, ""), "office")] == ["error"]
    text = good(OFFICE, "").replace('["staff"]', '["office"]')
    assert [s for s, _ in at(text, "office")] == ["warning"]
    assert [s for s, _ in at(GOOD, "office", ["web"])] == ["error"]


@pytest.mark.parametrize(
    ("channels", "without"),
    [
        (["slack", "teams"], []),
        (["slack"], []),
        (["teams"], ["people[1]"]),
        (["web"], ["people[0]", "people[1]", "people[2]"]),
    ],
)
def test_people_whom_no_channel_that_is_on_can_reach_are_a_warning(
    channels: list[str], without: list[str]
) -> None:
    found = [each for each in check(GOOD, channels) if "no address" in each.problem]
    assert [each.where for each in found] == without
    assert {each.severity for each in found} <= {"warning"}


def test_people_who_may_go_on_visits_without_a_phone_are_told_once() -> None:
    text = good('phone = "07700 900004"\n', "")
    assert [s for s, _ in at(text, "people[2].phone")] == ["warning"]


@pytest.mark.parametrize(
    ("able", "filled"),
    [
        ([], 0),
        (["a"], 1),
        (["a", "a"], 1),
        (["ab", "a"], 2),
        (["ab", "ab", "ab"], 2),
        (["ab", "bc", "a"], 3),
        (["", "a"], 1),
    ],
)
def test_stages_are_filled_by_as_many_different_people_as_can_be(
    able: list[str], filled: int
) -> None:
    assert most_filled(able) == filled


def test_a_kind_of_visit_that_nobody_could_go_on_is_an_error_by_its_key() -> None:
    kind = "[policy.kinds.welfare]\nstaff = 9\nwith_role = ['pastoral_head']\n"
    never = "so no visit of the kind Welfare could be asked for"
    few = f"9 must go and 3 have a phone, {never}"
    assert at(good(more=kind), "kinds.welfare.staff") == [("error", few)]
    nobody = f"nobody with a phone is the Head of Pastoral Care, {never}"
    assert at(good(more=kind), "kinds.welfare.with_role") == [("error", nobody)]
    fine = "[policy.kinds.welfare]\nstaff = 2\nwith_role = ['dsl']\n"
    assert check(good(more=fine)) == []
