import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import BadSettings, decode, policies_beside, read_school, shipped
from tests.settings.samples import GOOD, good, mistakes

PRIYA = 'id = "priya"\nname = "Priya Shah"\nroles = ["head"]\nphone = "+44 7700 900001"'

# What is changed in the good file, into what, where the mistake is, and a piece of its remedy.
CHANGES = [
    ('id = "st-example"', "", "school.id", 'id = "st-example"'),
    ('id = "st-example"', 'id = "st example"', "school.id", 'id = "st-example"'),
    ('id = "st-example"', "id = 7", "school.id", 'id = "st-example"'),
    ('name = "St Example Primary"', 'name = " "', "school.name", "name ="),
    ('name = "St Example Primary"', f'name = "{"x" * 201}"', "school.name", "at most 200"),
    ('name = "St Example Primary"', r'name = "St\u0007Ex"', "school.name", "one line"),
    ('name = "St Example Primary"', r'name = "St\u202eEx"', "school.name", "one line"),
    ('name = "St Example Primary"', 'nmae = "St Example"', "school.nmae", "name would be right"),
    ('"Europe/London"', '"Europe/Lundon"', "school.timezone", "Europe/London"),
    ('"Europe/London"', '"Europe"', "school.timezone", "Europe/London"),
    ('"Europe/London"', '"../../etc/passwd"', "school.timezone", "Europe/London"),
    ('policy = "slps"', "", "school.policy", 'policy = "slps"'),
    ('policy = "slps"', "policy = true", "school.policy", 'policy = "slps"'),
    ('policy = "slps"', 'policy = "slp"', "school.policy", 'policy = "slps"'),
    ('policy = "slps"', 'policy = "nowhere/x.toml"', "school.policy", "a path"),
    ("mon-fri", "mon-fry", "school.hours.mon-fry", "mon-fri"),
    ("mon-fri", "monday", "school.hours.monday", "mon-fri"),
    ('"08:00-16:30"', '"8 to 4"', "school.hours.mon-fri", "08:00-12:00"),
    ('"08:00-16:30"', '"16:30-08:00"', "school.hours.mon-fri", "08:00-12:00"),
    ('"08:00-16:30"', '"08:00-25:00"', "school.hours.mon-fri", "08:00-12:00"),
    ('"08:00-16:30"', '"08:00-12:00, 11:00-13:00"', "school.hours.mon-fri", "once"),
    ('"08:00-16:30"', '"08:00-16:30"\nfri = "09:00-10:00"', "school.hours.fri", "once"),
    ('"08:00-16:30"', "8", "school.hours.mon-fri", "08:00-16:30"),
    ("[school.hours]\nmon-fri = ", "hours = ", "school.hours", "[school.hours]"),
    ('slack = "C0OFFICE"', 'slack = "#office"', "office.slack", "C0OFFICE"),
    ('slack = "C0OFFICE"', 'email = "o@s.example"', "office.email", "one of slack"),
    ('slack = "C0OFFICE"', 'public = "yes"', "office.public", "true or false"),
    (PRIYA, PRIYA.replace('"priya"', '"lee"'), "people[1].id", "different id"),
    (PRIYA, PRIYA.replace('"priya"', '"office"'), "people[0].id", "priya"),
    (PRIYA, PRIYA.replace('"head"', '"haed"'), "people[0].roles[0]", "head would be right"),
    (PRIYA, PRIYA.replace('["head"]', '"head"'), "people[0].roles", '["staff"]'),
    (PRIYA, PRIYA.replace('["head"]', "[]"), "people[0].roles", '["staff"]'),
    (PRIYA, PRIYA.replace('roles = ["head"]', ""), "people[0].roles", '["staff"]'),
    (PRIYA, PRIYA.replace("+44 7700 900001", "1234"), "people[0].phone", "+44 7700"),
    (PRIYA, PRIYA.replace("phone", "phon"), "people[0].phon", "phone would be right"),
    ('"U0LEE"', '"U0PRIYA"', "people[1].slack", "different slack"),
    ('"U0LEE"', '"@lee"', "people[1].slack", "U0PRIYA"),
    ('"U0LEE"', '"lee@school.example"', "people[1].slack", "email ="),
    ('"ana@school.example"', '"Priya@School.example"', "people[2].email", "different email"),
    ('"ana@school.example"', '"ana at school"', "people[2].email", "priya@school.example"),
    ('leader = "lee"', 'leader = "leo"', "people[0].leader", '"lee"'),
    ('leader = "lee"', 'leader = "priya"', "people[0].leader", "somebody else"),
    ('name = "Jo Shah", ', "", "people[0].emergency.name", "Jo Shah"),
    ("+44 7700 900002", "999", "people[0].emergency.phone", "900002"),
    ('"2026-12-21"', '"21/12/2026"', "closed[0].from", "2026-12-21"),
    ('"2026-12-21"', '"2026-02-30"', "closed[0].from", "2026-12-21"),
    ('"2026-12-21"', "2026-12-21T08:00:00", "closed[0].from", "2026-12-21"),
    ('"2026-12-21"', '"2028-12-21"', "closed[0].to", "last day"),
    ('to = "2027-01-04"', "", "closed[0].to", "to ="),
    ('on = "mon"', 'on = "moon"', "duty[0].on", 'on = "mon"'),
    ('on = "mon"', 'day = "mon"', "duty[0].on", 'on = "mon"'),
    ('person = "lee"', 'person = "nobody"', "duty[0].person", "[[people]]"),
    ('person = "priya"\n', "", "away[0].person", "person ="),
    ('instead = "lee"', 'instead = "priya"', "away[0].instead", "somebody who is there"),
    ('instead = "lee"', 'instead = "lea"', "away[0].instead", '"lee"'),
]


@pytest.mark.parametrize(("change", "to", "where", "remedy"), CHANGES)
def test_a_mistake_names_the_file_the_key_and_what_would_be_right(
    change: str, to: str, where: str, remedy: str
) -> None:
    found = mistakes(good(change, to))
    mine = [each for each in found if each.startswith(f"school.toml, {where}: ")]
    assert mine, found
    assert any(remedy in each.partition("; ")[2] for each in mine), mine
    assert all(each.endswith("right.") for each in found)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ('[[poeple]]\nid = "x"\n', "poeple"),
        ('[[duty]]\non = "mon"\nperson = "ana"\n', "duty[1].on"),
        ('[[away]]\nperson = "priya"\nfrom = "2026-12-01"\nto = "2026-12-09"\n', "away[1].from"),
        (
            '[[away]]\nperson = "lee"\nfrom = "2026-12-02"\nto = "2026-12-03"\ninstead = "priya"\n',
            "away[1].instead",
        ),
        ('[policy]\napproval.remnd = "5m"\n', "policy.approval.remnd"),
        ('[policy]\nremind = "5m"\n', "policy.remind"),
        ('[policy]\napproval = "5m"\n', "policy.approval"),
        ("[policy]\napproval.remind = 5\n", "policy.approval.remind"),
        ('[policy]\ncheck_in.reply_within = "0m"\n', "policy.check_in.reply_within"),
        ('[policy]\nalarm.repeat = "-5m"\n', "policy.alarm.repeat"),
        ('[policy]\nvisit.at_most = "9d"\n', "policy.visit.at_most"),
        ('[policy]\ncheck_in.every = "3h"\n', "policy.check_in.every"),
        ("[policy]\napproval.stages = []\n", "policy.approval.stages"),
        ("[policy]\napproval.stages = [[]]\n", "policy.approval.stages[0]"),
        ('[policy]\napproval.stages = [["contact"]]\n', "policy.approval.stages[0][0]"),
        ('[policy]\napproval.stages = ["head"]\n', "policy.approval.stages[0]"),
        ('[policy]\napproval.then = ["haed"]\n', "policy.approval.then[0]"),
        ("[policy]\nladder = []\n", "policy.ladder"),
        ('[policy.ladder]\nafter = "0m"\n', "policy.ladder"),
        ('[[policy.ladder]]\ntell = ["head"]\n', "policy.ladder[0].after"),
        ('[[policy.ladder]]\nafter = "0m"\n', "policy.ladder[0].tell"),
        ('[[policy.ladder]]\nafter = "0m"\ntell = []\n', "policy.ladder[0].tell"),
        ('[[policy.ladder]]\nafter = "0m"\ntell = ["hed"]\n', "policy.ladder[0].tell[0]"),
        ('[policy.clauses.Office]\ntext = "x"\nsource = "y"\n', "policy.clauses.Office"),
        ('[policy.clauses.office]\ntext = "x"\n', "policy.clauses.office.source"),
    ],
)
def test_what_is_added_wrongly_is_named_by_its_key(more: str, where: str) -> None:
    found = mistakes(good(more=more))
    assert any(each.startswith(f"school.toml, {where}: ") for each in found), found


def test_all_mistakes_are_told_at_once() -> None:
    text = good('"Europe/London"', '"Nowhere"', more='[policy]\nvisit.at_most = "0m"\n')
    text = text.replace('roles = ["staff"]', 'roles = ["stuff"]').replace('"mon"', '"mun"')
    assert len(mistakes(text)) == 4


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("[school]\nname = St Example\n", 2, "text in quotes"),
        ("[school\n", 1, "[school]"),
        ('[school]\nname = "a"\nname = "b"\n', 3, "once"),
        ("[school]\n\n[school]\n", 3, "once"),
        ('[school]\nname = "St\nExample"\n', 2, "quotation mark"),
        ("[school]\nname\n", 2, 'key = "value"'),
        ("[school]\nroles = [\n\n", 2, "bracket"),
    ],
)
def test_what_is_no_toml_is_told_by_its_line(text: str, line: int, remedy: str) -> None:
    (mistake,) = mistakes(text)
    assert mistake.startswith(f"school.toml, line {line}: ")
    assert remedy in mistake


def test_brackets_without_end_and_numbers_without_end_are_mistakes_too() -> None:
    assert len(mistakes("a = " + "[" * 20_000)) == 1
    assert len(mistakes("a = " + "9" * 20_000)) == 1


def test_bytes_that_are_no_utf_8_are_told_by_their_line() -> None:
    with pytest.raises(BadSettings, match=r"school\.toml, line 2: .*UTF-8"):
        decode('[school]\nname = "École"'.encode("cp1252"))
    assert decode(b"\xef\xbb\xbfa = 1") == "a = 1"


def test_a_policy_may_be_a_path_seen_from_the_school_file(
    tmp_path: Path,
) -> None:
    text = good('policy = "slps"', 'policy = "ours/visits.toml"')
    (tmp_path / "ours").mkdir()
    ours = tmp_path / "ours" / "visits.toml"
    ours.write_text(shipped("pastoral"), encoding="utf-8")
    policies = policies_beside(tmp_path)
    assert read_school(text, policies=policies).policy.name == "pastoral"
    ours.write_text(shipped("pastoral").replace('"30m"', '"3h"'), encoding="utf-8")
    with pytest.raises(BadSettings, match=r"^ours/visits\.toml, check_in\.every: no prompt"):
        read_school(text, policies=policies)
    ours.write_bytes(b"\xff")
    with pytest.raises(BadSettings, match=r"^ours/visits\.toml, line 1: "):
        read_school(text, policies=policies)
    ours.unlink()
    with pytest.raises(BadSettings, match=r"school\.policy: no policy"):
        read_school(text, policies=policies)


def test_p7_a_mistake_never_shows_an_emergency_contact_or_a_car() -> None:
    for wrong in ('"CANARY 07700"', '{ name = "CANARY", phone = "1" }', '{ CANARY = "x" }', "[1]"):
        text = good('{ name = "Jo Shah", phone = "+44 7700 900002" }', wrong)
        found = mistakes(text.replace('"blue Fiesta AB12 CDE"', r'"CANARY\u0000"'))
        assert len(found) >= 2
        assert not any("CANARY" in each for each in found)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_with_at_least_one_mistake(text: str) -> None:
    assert mistakes(text)


@settings(deadline=None)
@given(
    st.sampled_from([line for line in GOOD.splitlines() if "=" in line]),
    st.sampled_from(["[]", "{}", "0", "-1.5", "nan", "true", '""', '" "', r'"\u0000"', "[[]]"])
    | st.sampled_from(["2026-01-01", "08:00:00", "{a = 1}", "[1, true]", "2026-01-01T00:00:00Z"]),
)
def test_any_value_anywhere_is_read_or_refused_with_at_least_one_mistake(
    line: str, value: str
) -> None:
    text = good(line, f"{line.partition(' = ')[0]} = {value}")
    with contextlib.suppress(BadSettings):
        read_school(text, policies=shipped)
        return
    assert mistakes(text)
