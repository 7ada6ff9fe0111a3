"""The people of a school by id, address and role: found at once, however many there are."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.school import Person


class Directory:
    """Made with each school, and each list when it is first looked at. Where two people have one id
    or one address, the first is found.
    """

    def __init__(self, people: "Sequence[Person]") -> None:
        self._people = people

    @cached_property
    def by_id(self) -> "dict[str, Person]":
        """Everybody by id."""
        return {person.id: person for person in reversed(self._people)}

    @cached_property
    def by_address(self) -> "dict[tuple[str, str], Person]":
        """Whoever has an address, by channel and address."""
        return {
            address: person
            for person in reversed(self._people)
            for address in person.addresses.items()
        }

    @cached_property
    def by_role(self) -> "dict[str, tuple[Person, ...]]":
        """Whoever holds a role, in the order of the school file."""
        found: dict[str, list[Person]] = {}
        for person in self._people:
            for role in person.roles:
                found.setdefault(role, []).append(person)
        return {role: tuple(people) for role, people in found.items()}
