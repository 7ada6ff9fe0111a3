import tomllib
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.duration import parse_duration, write_duration
from bot.domain.kinds import KIND_OF, KindRules, Party, Unannounced
from bot.domain.policy import Clause, Policy, Rung, Tick
from bot.domain.questions import ASKABLE
from bot.domain.school import ROLES
from bot.settings import (
    SHIPPED,
    BadSettings,
    check_policy,
    errors_of,
    read_policy,
    shipped,
    show_policy,
)
from bot.settings.policy_keys import ALONE, KEYS, STAGE_WORDS, TELL_WORDS
from tests.policies.written import TEXTS

BOTH = {"approval", "pairs", "office", "identification", "appointment", "unsafe"}
SPELT_OUT = (
    *("departure_kit", "kinds", "appointment_needed", "approval_before_appointment"),
    *("request_asks", "pairs_with_risks", "pairs_after_trouble", "pairs_flagged"),
    "arrival_reminder",
)
"""What a shipped policy says more of than a file that is silent about it."""
LEAST = 'name = "ours"\napproval.stages = [["head"]]\n[[ladder]]\nafter = "0m"\ntell = ["head"]\n'


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("check_in.evry", "check_in.every"),
        ("return.at_most", "return.extend_at_most"),
        ("visit.nudge_after", "departure.nudge_after"),
        ("visit.latest", "one of visit.rounds, visit.at_most"),
        ("departure.latest", "one of departure.nudge_after, departure.kit"),
    ],
)
def test_only_a_key_that_is_really_like_it_is_suggested(wrong: str, right: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read_policy(f'{wrong} = "20:00"\n{LEAST}', file="ours.toml")
    (found,) = [each.remedy for each in bad.value.mistakes if each.where == wrong]
    assert found == f"{right} would be right"


def test_the_table_of_keys_covers_every_field_of_a_policy() -> None:
    named = [key.field for key in KEYS] + ["ladder", "kinds", "clauses"]
    assert sorted(named) == sorted(field.name for field in fields(Policy))


def test_the_shipped_policies_are_those_of_the_contract() -> None:
    slps, pastoral = (read_policy(shipped(name)) for name in SHIPPED)
    assert slps.approval_stages == (("head", "senior_leader"),)
    assert pastoral.approval_stages == (("leader",), ("dsl",))
    assert (
        slps.ladder
        == pastoral.ladder
        == (
            Rung(timedelta(), ("visitors", "contact", "office")),
            Rung(timedelta(minutes=5), ("senior_leader",)),
            Rung(timedelta(minutes=10), ("head", "dsl")),
        )
    )
    assert [p.name for p in (slps, pastoral)] == list(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_spells_out_every_value_and_each_is_the_contracts_default(
    name: str,
) -> None:
    data: Any = tomllib.loads(shipped(name))
    for key in KEYS:
        table = data[key.group] if key.group else data
        assert key.leaf in table, key.path
    policy = read_policy(shipped(name))
    plain = Policy(policy.name, policy.title, policy.approval_stages, policy.ladder)
    own = {name: getattr(policy, name) for name in SPELT_OUT}
    assert policy == replace(plain, clauses=policy.clauses, **own)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_quotes_the_written_one_to_the_letter(name: str) -> None:
    policy = read_policy(shipped(name))
    written = TEXTS[name].read_text(encoding="utf-8")
    for rule, clause in policy.clauses.items():
        assert clause.text in written, rule
        assert clause.source.startswith(policy.title), rule
    assert set(policy.clauses) >= BOTH


def test_clauses_that_only_one_written_policy_has_are_in_that_one() -> None:
    slps, pastoral = (read_policy(shipped(name)).clauses for name in SHIPPED)
    assert {"report_back", "evening"} <= set(slps)
    assert {"phone", "contact"} <= set(pastoral)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_has_no_mistake(name: str) -> None:
    assert check_policy(read_policy(shipped(name))) == ()


def test_a_home_made_policy_needs_only_a_name_the_stages_and_a_ladder() -> None:
    assert read_policy(LEAST) == Policy(
        "ours", "ours", (("head",),), (Rung(timedelta(), ("head",)),)
    )
    with pytest.raises(BadSettings) as bad:
        read_policy("", file="ours.toml")
    assert [each.where for each in bad.value.mistakes] == ["name", "approval.stages", "ladder"]
    assert str(bad.value.mistakes[0]) == (
        'ours.toml, name: this is missing; name = "our-school" would be right.'
    )


PHONE = '{ tick = "Charged phone", clause = "phone" }'


def test_what_to_have_with_you_is_the_schools_to_say() -> None:
    kit = read_policy(LEAST + '[departure]\nkit = [{ tick = "A torch, and a map!" }]').departure_kit
    assert [(tick.name, tick.text, tick.clause) for tick in kit] == [
        ("a_torch_and_a_map", "A torch, and a map!", "")
    ]
    assert read_policy(LEAST + "[departure]\nkit = []").departure_kit == ()
    old = read_policy(LEAST).departure_kit
    assert [tick.name for tick in old] == ["identification", "charged_phone", "emergency_numbers"]


@pytest.mark.parametrize(
    ("kit", "where", "says"),
    [
        ("7", "departure.kit", "this is a number"),
        ('["A torch"]', "departure.kit[0]", "this is text, not a table"),
        ("[{ clause = 'phone' }]", "departure.kit[0].tick", "this is missing"),
        ("[{ tick = '?!' }]", "departure.kit[0].tick", "this has no letter"),
        ("[{ tick = 'A torch' }, { tick = 'a torch.' }]", "departure.kit[1].tick", "already"),
        (f"[{', '.join([PHONE] * 11)}]", "departure.kit", "there are 11 things to tick"),
        (f"[{PHONE}]", "departure.kit[0].clause", "no clause is called"),
        ("[{ tick = 'A torch', colour = 'red' }]", "departure.kit[0].colour", "unknown"),
    ],
)
def test_a_kit_that_cannot_be_ticked_is_a_mistake_by_key(kit: str, where: str, says: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read_policy(f"{LEAST}[departure]\nkit = {kit}")
    found = {each.where: each.problem for each in bad.value.mistakes}
    assert says in found[where]


ATTENDANCE = """
[kinds.attendance]
staff = 2
with_role = ["attendance_lead"]
alone = "never"
asks = ["risks"]
needs = ["family"]
clause = "attendance"
[kinds.attendance.unannounced]
when = "nobody answered"
staff = 3
with_role = ["dsl"]
authorised_by = ["head", "leader"]
clause = "attendance"
[clauses.attendance]
text = "Two go."
source = "Ours"
"""


def test_a_kind_of_visit_has_rules_of_its_own_in_a_few_lines_and_the_rest_has_none() -> None:
    policy = read_policy(LEAST + ATTENDANCE)
    rules = policy.kind("Attendance")
    assert rules == KindRules(
        Party(2, ("attendance_lead",)),
        "never",
        ("risks",),
        ("family",),
        "attendance",
        Unannounced("nobody answered", Party(3, ("dsl",)), ("head", "leader"), "attendance"),
    )
    assert policy.kind("Extended leave abroad") == KindRules()
    assert read_policy(show_policy(policy)) == policy
    assert read_policy(LEAST).kinds == {}


@pytest.mark.parametrize(
    ("lines", "where", "says"),
    [
        ("[kinds.attendence]", "kinds.attendence", "is no kind of visit"),
        ("[kinds]\nattendance = 2", "kinds.attendance", "this is a number, not a table"),
        ("[kinds.other]\nstaf = 2", "kinds.other.staf", "this key is unknown"),
        ("[kinds.other]\nstaff = 0", "kinds.other.staff", "0 people"),
        ("[kinds.other]\nstaff = 11", "kinds.other.staff", "11 people"),
        ("[kinds.other]\nstaff = true", "kinds.other.staff", "this is true or false"),
        ("[kinds.other]\nwith_role = ['king']", "kinds.other.with_role[0]", "unknown"),
        ("[kinds.other]\nalone = 'neber'", "kinds.other.alone", "unknown"),
        ("[kinds.other]\nasks = ['weather']", "kinds.other.asks[0]", "unknown"),
        ("[kinds.other]\nneeds = ['weather']", "kinds.other.needs[0]", "unknown"),
        ("[kinds.other]\nclause = 'tea'", "kinds.other.clause", "no clause is called"),
        ("[kinds.other]\nunannounced = true", "kinds.other.unannounced", "not a table"),
        ("[kinds.other.unannounced]\nstaff = 2", "kinds.other.unannounced.when", "missing"),
        (
            "[kinds.other.unannounced]\nwhen = 'nobody answers'\nclause = 'tea'",
            "kinds.other.unannounced.clause",
            "no clause is called",
        ),
        (
            "[kinds.other.unannounced]\nwhen = 'nobody answers'\nauthorised_by = ['visitors']",
            "kinds.other.unannounced.authorised_by[0]",
            "unknown",
        ),
        ("[request]\nasks = ['weather']", "request.asks[0]", "unknown"),
        ("[request]\nneeds = ['weather']", "request.needs[0]", "unknown"),
    ],
)
def test_a_mistake_about_kinds_is_named_by_key(lines: str, where: str, says: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read_policy(f"{LEAST}{lines}")
    found = {each.where: each.problem for each in bad.value.mistakes}
    assert says in found[where]


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


PLAIN = read_policy(LEAST)
HEAD = ("head",)


@pytest.mark.parametrize(
    ("policy", "where"),
    [
        (replace(PLAIN, check_in_every=minutes(171)), "check_in.every"),
        (replace(PLAIN, visit_at_most=minutes(39)), "check_in.every"),
        (replace(PLAIN, check_in_not_within=minutes(151)), "check_in.every"),
        (replace(PLAIN, check_in_reply_within=minutes(0)), "check_in.reply_within"),
        (replace(PLAIN, return_grace=minutes(-5)), "return.grace"),
        (replace(PLAIN, visit_at_most=timedelta(days=30)), "visit.at_most"),
        (replace(PLAIN, approval_stages=()), "approval.stages"),
        (replace(PLAIN, approval_stages=(HEAD, ())), "approval.stages[1]"),
        (replace(PLAIN, approval_stages=(("king",),)), "approval.stages[0]"),
        (replace(PLAIN, approval_then=("king",)), "approval.then"),
        (replace(PLAIN, ladder=()), "ladder"),
        (replace(PLAIN, ladder=(Rung(minutes(0), ()),)), "ladder[0].tell"),
        (replace(PLAIN, ladder=(Rung(minutes(0), ("king",)),)), "ladder[0].tell"),
        (replace(PLAIN, ladder=(Rung(minutes(0), ("visitors", "contact")),)), "ladder[0].tell"),
        (
            replace(PLAIN, ladder=(Rung(minutes(5), HEAD), Rung(minutes(5), HEAD))),
            "ladder[1].after",
        ),
        (
            replace(PLAIN, ladder=(Rung(minutes(5), HEAD), Rung(minutes(2), HEAD))),
            "ladder[1].after",
        ),
        (replace(PLAIN, ladder=(Rung(minutes(-1), HEAD),)), "ladder[0].after"),
    ],
)
def test_an_absurd_policy_is_refused_by_key(policy: Policy, where: str) -> None:
    assert where in {each.where for each in errors_of(check_policy(policy))}


@pytest.mark.parametrize(
    ("every", "not_within", "at_most", "possible"),
    [
        ("30m", "10m", "3h", True),
        ("169m", "10m", "3h", True),
        ("170m", "10m", "3h", True),
        ("171m", "10m", "3h", False),
        ("20s", "10m", "3h", True),
        ("4s", "1s", "10s", True),
        ("9s", "1s", "10s", True),
        ("10s", "1s", "10s", False),
        ("1s", "0m", "2s", True),
    ],
)
def test_s9_a_policy_by_which_no_prompt_could_ever_come_is_refused(
    every: str, not_within: str, at_most: str, possible: bool
) -> None:
    policy = replace(
        PLAIN,
        check_in_every=parse_duration(every),
        check_in_not_within=parse_duration(not_within),
        visit_at_most=parse_duration(at_most),
    )
    assert (not errors_of(check_policy(policy))) is possible


def test_s8_a_last_rung_that_only_tells_the_office_is_a_warning() -> None:
    rungs = (Rung(minutes(0), ("visitors",)), Rung(minutes(5), ("visitors", "office")))
    found = check_policy(replace(PLAIN, ladder=rungs))
    assert [(each.where, each.severity) for each in found] == [
        ("ladder[0].tell", "warning"),
        ("ladder[1].tell", "warning"),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shown_policy_reads_back_equal(name: str) -> None:
    policy = read_policy(shipped(name))
    assert read_policy(show_policy(policy)) == policy


LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: text == text.strip() != "")
RUNGS = st.lists(
    st.builds(
        Rung,
        st.integers(0, 86_400).map(lambda n: timedelta(seconds=n)),
        st.lists(st.sampled_from(TELL_WORDS), unique=True, max_size=4).map(lambda w: (*w, "zz")),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda rung: rung.after,
)


PARTIES = st.builds(
    Party,
    st.integers(1, 10),
    st.lists(st.sampled_from(ROLES), unique=True, max_size=2).map(tuple),
)
ASKED = st.lists(st.sampled_from(ASKABLE), unique=True, max_size=3).map(tuple)
EXCEPTIONS = st.builds(
    Unannounced,
    LINES,
    PARTIES,
    st.lists(st.sampled_from(STAGE_WORDS), unique=True, max_size=2).map(tuple),
)
KIND_TABLES = st.dictionaries(
    st.sampled_from(sorted(KIND_OF)),
    st.builds(
        KindRules,
        PARTIES,
        st.sampled_from(("", *ALONE)),
        ASKED,
        ASKED,
        unannounced=st.none() | EXCEPTIONS,
    ),
    max_size=3,
)
KITS = st.lists(
    st.builds(Tick, LINES).filter(lambda tick: tick.name), max_size=4, unique_by=lambda t: t.name
).map(tuple)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any policy that a school could write, bounds of lengths and all."""
    values: dict[str, Any] = {}
    for key in KEYS:
        if key.kind == "duration":
            least, most = parse_duration(key.least), parse_duration(key.most)
            seconds = st.integers(int(least.total_seconds()), int(most.total_seconds()))
            values[key.field] = timedelta(seconds=draw(seconds))
    rungs = sorted(draw(RUNGS), key=lambda rung: rung.after)
    roles = st.lists(st.sampled_from(STAGE_WORDS), unique=True, min_size=1).map(tuple)
    values["check_in_every"] = timedelta(minutes=30)
    values["check_in_not_within"] = timedelta(minutes=10)
    values["visit_at_most"] = timedelta(hours=3)
    return Policy(
        name=draw(LINES),
        title=draw(LINES),
        approval_stages=tuple(draw(st.lists(roles, min_size=1, max_size=3))),
        ladder=tuple(
            replace(rung, tell=(*(w for w in rung.tell if w not in {"zz", "head"}), "head"))
            for rung in rungs
        ),
        approval_then=draw(roles),
        approval_same_person=draw(st.booleans()),
        request_asks=draw(ASKED),
        request_needs=draw(ASKED),
        departure_kit=draw(KITS),
        kinds=draw(KIND_TABLES),
        clauses=draw(
            st.dictionaries(
                st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
                st.builds(Clause, LINES, LINES),
                max_size=3,
            )
        ),
        **values,
    )


@settings(deadline=None)
@given(policies())
def test_any_policy_that_is_shown_reads_back_equal(policy: Policy) -> None:
    assert read_policy(show_policy(policy)) == policy


@settings(deadline=None)
@given(st.integers(0, 9_999 * 86_400))
def test_any_duration_that_is_written_reads_back_equal(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(write_duration(length)) == length


def test_a_choice_is_one_of_its_words_and_a_mistake_says_which() -> None:
    assert read_policy(LEAST + "[pairs]\nalone = 'never'").pairs_alone == "never"
    with pytest.raises(BadSettings) as bad:
        read_policy(LEAST + "[pairs]\nalone = 'neber'")
    (mistake,) = bad.value.mistakes
    assert mistake.where == "pairs.alone"
    assert "never" in mistake.remedy
