"""When two addresses are one written twice."""

import pytest

from bot.domain.addresses import family, sought, written

SAME = [
    ("14 Oak Road", "14 oak rd."),
    ("14 Oak Road", "  14,  OAK ROAD "),
    ("14 Oak Road", "14 Oak Road, Coventry CV1 2AB"),
    ("14 Oak Road, Coventry", "14 Oak Rd Coventry, CV1 2AB"),
    ("14 Oak Road CV1 2AB", "14 Oak Road, cv12ab"),
    ("14 Oak Street", "14 Oak St"),
    ("14 St John's Road", "14 Saint Johns Rd, Rugby"),
    ("Flat 2, 14 Oak Road", "14 Oak Road, flat 2"),
    ("Flat 2a 14 Oak Road", "Apt 2A, 14 Oak Rd"),
    ("3 Elm Close", "3 Elm Cl"),
    ("3 Elm Ave\nRugby", "3 Elm Avenue; Rugby"),
    ("The Old Mill, Mill Lane", "the old mill mill ln"),
    ("14 Oka Road CV1 2AB", "14 Oak Road, Coventry CV1 2AB"),
    ("1 Café Row", "1 cafe row"),
]
DIFFERENT = [
    ("14 Oak Road", "15 Oak Road"),
    ("14 Oak Road", "14a Oak Road"),
    ("14 Oak Road", "14 Oak Street"),
    ("14 Oak Road", "14 Elm Road"),
    ("Flat 2, 14 Oak Road", "Flat 3, 14 Oak Road"),
    ("Flat 2, 14 Oak Road", "14 Oak Road"),
    ("14 Oak Road, Coventry", "14 Oak Road, Rugby"),
    ("14 Oak Road CV1 2AB", "14 Oak Road CV1 2AC"),
    ("14", "14"),
    ("Flat 2", "flat 2"),
    ("", ""),
    ("!!!", "???"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_an_address_is_found_however_it_is_written(one: str, other: str) -> None:
    assert written(one) & sought(other)
    assert written(other) & sought(one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_home_is_another_address_and_a_number_alone_is_none(one: str, other: str) -> None:
    assert not written(one) & sought(other)
    assert not written(other) & sought(one)


def test_every_address_that_is_kept_is_found_by_itself() -> None:
    for pair in (*SAME, *DIFFERENT[:8]):
        for address in pair:
            assert written(address) & sought(address), address


def test_what_both_leave_out_is_not_found_by_what_only_strangers_share() -> None:
    """Two that say different towns are apart, though each of them is the one that says none."""
    plain, rugby, derby = "14 Oak Road", "14 Oak Road, Rugby", "14 Oak Road, Derby"
    assert written(plain) & sought(rugby)
    assert written(plain) & sought(derby)
    assert not written(rugby) & sought(derby)


def test_a_family_is_the_same_however_its_name_is_turned() -> None:
    assert family("Example, Robin") == family("robin  EXAMPLE") == "example robin"
    assert family("the Example family") == family("Mr and Mrs Example") == "example"
    assert family("the family") == ""
