"""People are found at once, by id, address and role, and always in the school's own order."""

from dataclasses import replace

from bot.domain.school import Person, School


def _person(name: str, **more: str) -> Person:
    return Person(name, name.title(), frozenset({"staff", name[0]}), addresses=more)


ANA, AL, BO = _person("ana", slack="U1"), _person("al", slack="U2", teams="U1"), _person("bo")
SCHOOL = School("st-example", "St Example", "Europe/London", (ANA, AL, BO))


def test_everybody_is_found_by_id_address_and_role() -> None:
    assert [SCHOOL.person(each.id) for each in SCHOOL.people] == [ANA, AL, BO]
    assert SCHOOL.person("nobody") is SCHOOL.person(None) is SCHOOL.at_address("slack", "") is None
    assert SCHOOL.at_address("slack", "U1") == ANA
    assert SCHOOL.at_address("teams", "U1") == AL
    assert SCHOOL.at_address("web", "U1") is None
    assert SCHOOL.with_role("a") == (ANA, AL)
    assert SCHOOL.with_role("head") == ()


def test_of_two_with_one_id_or_address_the_first_is_found() -> None:
    twice = replace(SCHOOL, people=(*SCHOOL.people, replace(BO, id="ana", addresses=ANA.addresses)))
    assert twice.person("ana") is ANA
    assert twice.at_address("slack", "U1") is ANA


def test_a_changed_school_finds_its_own_people() -> None:
    gone = replace(SCHOOL, people=(BO,))
    assert gone.person("ana") is None
    assert gone.with_role("a") == ()
    assert SCHOOL.without(["al"]).with_role("a") == (ANA,)
