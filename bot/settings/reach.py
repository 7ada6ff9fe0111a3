"""Whom the words of a policy can mean in one school: who could be asked, or told, at all."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.school import Person, School

# Whom only a visit can name: whether there is anybody is not known beforehand.
BY_VISIT = frozenset({"visitors", "contact", "backup"})


@dataclass(frozen=True, slots=True)
class Reach:
    """A school, and the channels that are switched on."""

    school: School
    channels: Collection[str]

    def holders(self, word: str) -> tuple[Person, ...]:
        """Everybody whom this word of a stage or rung can ever mean."""
        school = self.school
        ids: set[str | None] = set()
        if word == "leader":
            ids = {person.leader for person in school.people}
            word = "senior_leader"
        elif word == "duty_leader":
            ids = {duty.person for duty in school.duty}
        found = tuple(p for p in school.people if word in p.roles or p.id in ids)
        return found or (self.holders("deputy_dsl") if word == "dsl" else ())

    def able(self, words: Collection[str]) -> tuple[Person, ...]:
        """Everybody whom any of these words can mean, each once."""
        found = {person.id: person for word in words for person in self.holders(word)}
        return tuple(found.values())

    def tells(self, word: str) -> bool:
        """Whether a rung's word surely means somebody; the visit's own people are not sure."""
        return self.has_office if word == "office" else bool(self.holders(word))

    @property
    def has_channel(self) -> bool:
        """Whether the office has an address on a channel that is on."""
        return any(self.school.office.get(channel) for channel in self.channels)

    @property
    def has_office(self) -> bool:
        """Whether there is an office channel, or office holders in place of one (P5)."""
        return self.has_channel or bool(self.holders("office"))

    def has_address(self, person: Person) -> bool:
        """Whether this person can be reached on a channel that is on."""
        by_email = bool(person.email) and bool(set(self.channels) - {"web"})
        return by_email or any(person.addresses.get(channel) for channel in self.channels)
