"""What a card about no single visit is drawn from: the school as this reader may see it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.cards.view import View
from bot.domain.known import Flag
from bot.domain.policy import Policy
from bot.domain.roles import OFFICE, watches_everybody
from bot.domain.school import School


@dataclass(frozen=True, slots=True)
class Overview:
    """A school before a reader: a person's id, or ``office`` for the channel.

    ``out`` are visits that are out, those alone that this reader may know of, from the place
    ``start`` of the whole list on; ``more`` is how many come after them, ``alarms`` how many of all
    are in alarm, where not all were looked at. ``problems`` are sentences about broken
    settings (S15), ``unheard`` the channels on which nothing arrives. ``flags`` are those that a
    card about flags is drawn from.
    """

    school: School
    policy: Policy
    reader: str
    now: datetime
    args: Mapping[str, str] = field(default_factory=dict)
    out: tuple[View, ...] = ()
    more: int = 0
    start: int = 0
    alarms: int = 0
    problems: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def page(self) -> int:
        """The number of the first row that is asked for, of a list that is longer than a card."""
        start = self.args.get("from", "")
        return int(start) if start.isdecimal() and len(start) < 7 else 0

    @property
    def total(self) -> int:
        """How many there are, before and after those that were looked at too."""
        return self.start + len(self.out) + self.more

    @property
    def in_alarm(self) -> int:
        """How many of them are in alarm."""
        return max(self.alarms, sum(view.alarm is not None for view in self.out))

    @property
    def watches_everybody(self) -> bool:
        """Whether every visit is this reader's to watch."""
        return self.reader == OFFICE or watches_everybody(self.reader, self.school, self.now)

    @property
    def as_of(self) -> str:
        """When this was drawn: to the second where it is drawn again within a minute."""
        often = self.policy.board_refresh < timedelta(minutes=1)
        local = self.school.local(self.now)
        return f"{local:%H:%M:%S}" if often else f"{local:%H:%M}"

    def stands_for(self, *roles: str) -> bool:
        """Whether the reader holds one of these roles, or stands in for somebody who does. The
        channel is the office.
        """
        if self.reader == OFFICE:
            return OFFICE in roles
        return any(
            person.id == self.reader
            for role in roles
            for person in (*self.school.holders(role, self.now), *self.school.with_role(role))
        )
