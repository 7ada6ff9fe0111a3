"""The school as the engine works for it now, replaced whole when the school file changes."""

from dataclasses import dataclass, field, replace

from bot.domain.plan import Plan
from bot.domain.policy import Policy
from bot.domain.school import School


@dataclass(frozen=True, slots=True)
class Setup:
    """A school, its policy, and the names of the channels that are switched on, in order of
    preference: routine messages go to a person's first, urgent ones to all of theirs. ``problems``
    are sentences about settings that are broken, and that it runs without (S15). ``unheard`` names
    the channels on which nothing that people do arrives just now. ``can_seal`` is whether what is
    sealed now can be read later: not under a key that isn't the school's.
    """

    school: School
    policy: Policy
    channels: tuple[str, ...]
    problems: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    can_seal: bool = True
    reached: School = field(init=False, repr=False, compare=False)
    """The school as it can be reached: its office is on the channels that are on, no others."""

    def __post_init__(self) -> None:
        known = self.school.office
        on = {channel: known[channel] for channel in self.channels if known.get(channel)}
        object.__setattr__(self, "reached", replace(self.school, office=on))

    def reached_for(self, plan: Plan) -> School:
        """The same, as a visit with this plan sees it: without whom it is kept from."""
        return self.reached.without(plan.kept_from)
