from bot.settings import changed_keys, seal_out, shipped
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
