"""What is asked about the contact and the backup."""

from dataclasses import dataclass

from bot.domain.standby import Part


@dataclass(frozen=True, slots=True)
class StandBy:
    """Whoever is named as contact or backup says yes."""

    by: str


@dataclass(frozen=True, slots=True)
class CannotStandBy:
    """Whoever is named as contact or backup can't; also after a yes."""

    by: str


@dataclass(frozen=True, slots=True)
class NameStandBy:
    """Somebody else is named as contact or backup, which asks for no new approval: by the lead, and
    of a visit that is out by whoever is on it or has to see to it.
    """

    by: str
    part: Part
    person: str
