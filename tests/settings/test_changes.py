from bot.domain.school_events import Change
from bot.settings import changed_keys, seal_out, shipped
from bot.settings import changes as changed
from tests.settings.samples import good


def changes(before: str, after: str) -> tuple[str, ...]:
    return changed_keys(seal_out(before, policies=shipped), seal_out(after, policies=shipped))


def test_nothing_changed_but_a_comment() -> None:
    assert changes(good(), good(more="# a comment\n")) == ()


def test_keys_are_named() -> None:
    assert changes(good(), good("St Example Primary", "St Other")) == ("school.name",)
    assert changes(good(), good(more='[policy]\ncheck_in.every = "20m"\n')) == ("policy",)
    before = good(more='[policy]\ncheck_in.every = "20m"\n')
    after = good(more='[policy]\ncheck_in.every = "25m"\n')
    assert changes(before, after) == ("policy.check_in.every",)
    assert "named policy.ladder" not in changes(good(), good("slps", "pastoral"))
    assert "school.policy" in changes(good(), good('"slps"', '"pastoral"'))


def test_P7_people_are_counted_and_never_named() -> None:
    one = "[[people]]\nid = 'canary'\nname = 'Canary Name'\nroles = ['staff']\nslack = 'UCANARY'\n"
    more, fewer = changes(good(), good(more=one)), changes(good(more=one), good())
    assert (more, fewer) == (("people (1 more)",), ("people (1 fewer)",))
    assert changes(good(), good("07700 900004", "07700 900005")) == ("people.phone",)


def test_P8_sealed_parts_are_compared_where_they_can_be_read() -> None:
    assert changes(good(), good("blue Fiesta", "red Fiesta")) == ("people.car",)
    kept, sealed = seal_out(good(), policies=shipped)
    assert changed_keys((kept, None), (kept, sealed)) == ("people.car", "people.emergency")


def test_what_was_kept_badly_has_changed_altogether() -> None:
    assert changed_keys(("{", None), seal_out(good(), policies=shipped)) == ("everything",)


def values(before: str, after: str) -> list[tuple[str, str, str]]:
    """For the audit: with what it was, and is."""
    found = changed(seal_out(before, policies=shipped), seal_out(after, policies=shipped))
    return [(each.key, each.old, each.new) for each in found]


def test_the_audit_says_what_a_value_was_and_is() -> None:
    assert values(good(), good(more="# a comment\n")) == []
    before = good(more='[policy]\ncheck_in.every = "20m"\n')
    after = good(more='[policy]\ncheck_in.every = "25m"\n')
    assert values(before, after) == [("policy.check_in.every", "20m", "25m")]
    assert values(good(), before) == [("policy.check_in.every", "", "20m")]
    named = {key: (old, new) for key, old, new in values(good(), good('"slps"', '"pastoral"'))}
    assert named["school.policy"] == ("slps", "pastoral")
    assert named["named policy.approval.stages"] == (
        '[["head", "senior_leader"]]',
        '[["leader"], ["dsl"]]',
    )


def test_P7_the_audit_says_who_may_do_what_and_nothing_that_is_theirs() -> None:
    one = "[[people]]\nid = 'canary'\nname = 'Canary Name'\nroles = ['staff']\nslack = 'UCANARY'\n"
    assert values(good(), good(more=one)) == [("people.canary", "", "there")]
    other = one.replace("['staff']", "['staff', 'head']").replace("UCANARY", "UOTHER")
    assert values(good(more=one), good(more=other)) == [
        ("people.canary.roles", '["staff"]', '["staff", "head"]'),
        ("people.canary.slack", "", ""),
    ]
    (phone,) = values(good(), good("07700 900004", "07700 900005"))
    assert phone[1:] == ("", "")
    (car,) = values(good(), good("blue Fiesta", "red Fiesta"))
    assert car[1:] == ("", "")


def test_what_is_read_first_or_was_kept_badly_is_one_line() -> None:
    kept = seal_out(good(), policies=shipped)
    assert changed(None, kept) == (Change("school file", "", "read for the first time"),)
    assert changed(("{", None), kept) == (Change("everything"),)
