"""What is asked of quiet alerts and concerns."""

from dataclasses import dataclass

from bot.domain.tidings import About


@dataclass(frozen=True, slots=True)
class FeelUneasy:
    """A visitor is uneasy and leaving: a quiet alert, and a sign of life."""

    by: str


@dataclass(frozen=True, slots=True)
class HaveConcern:
    """A visitor has a concern: for the Head and the DSL alone."""

    by: str


@dataclass(frozen=True, slots=True)
class ExplainConcern:
    """Their words to a concern of their own."""

    by: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnUp:
    """The press "I've seen it", by somebody who was told."""

    by: str
    about: About
    number: int
