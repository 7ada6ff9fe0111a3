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
    """The lead names somebody else as contact or backup, which asks for no new approval."""

    by: str
    part: Part
    person: str
