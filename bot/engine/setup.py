"""The school as the engine works for it now, replaced whole when the school file changes."""

from dataclasses import dataclass

from bot.domain.policy import Policy
from bot.domain.school import School


@dataclass(frozen=True, slots=True)
class Setup:
    """A school, its policy, and the names of the channels that are switched on, in order of
    preference: routine messages go to a person's first, urgent ones to all of theirs.
    """

    school: School
    policy: Policy
    channels: tuple[str, ...]
