"""A school as its file describes it: people, roles, hours, absences. Data and look-ups only.

Where two sources could answer (who is the DSL today?), the rule stands here, once:
``deputy_dsl`` stands in for an absent ``dsl``; whoever is away is replaced by ``instead``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.directory import Directory

ROLES = (
    "staff",
    "office",
    "senior_leader",
    "head",
    "dsl",
    "deputy_dsl",
    "pastoral_head",
    "attendance_lead",
    "admin",
)
ROLE_SAID: Mapping[str, str] = {
    "leader": "their senior leader",
    "staff": "a member of staff",
    "office": "somebody of the office",
    "senior_leader": "a senior leader",
    "head": "the Head",
    "dsl": "the Designated Safeguarding Lead",
    "deputy_dsl": "the deputy safeguarding lead",
    "pastoral_head": "the Head of Pastoral Care",
    "attendance_lead": "the attendance lead",
    "admin": "whoever looks after Doorstep",
}
"""One holder of a role, in a sentence."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_AHEAD = 7
SOON = timedelta(minutes=2)
"""A moment nearer than this is said to the second."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to ring for a visitor. Sealed until an alarm (P8)."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the school. ``addresses`` maps a channel's name to the person's id there."""

    id: str
    name: str
    roles: frozenset[str]
    phone: str | None = None
    leader: str | None = None
    emergency: Emergency | None = None
    car: str | None = None
    email: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def above_staff(self) -> bool:
        """Whether a press in the office channel counts (P5)."""
        return bool(self.roles - {"staff"})


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of a weekday (0 is Monday) in which the office is staffed, in local time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Days:
    """A closure of the school, both days included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away on these days; ``instead`` stands in, where named."""

    person: str
    days: Days
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """The senior leader on duty on a weekday (0 is Monday)."""

    weekday: int
    person: str


@dataclass(frozen=True, slots=True)
class School:
    """Everything the school file says, but for the policy. ``office`` maps channel to address."""

    id: str
    name: str
    timezone: str
    people: tuple[Person, ...]
    office: Mapping[str, str] = field(default_factory=dict)
    office_public: bool = False
    hours: tuple[Opening, ...] = ()
    closed: tuple[Days, ...] = ()
    away: tuple[Absence, ...] = ()
    duty: tuple[Duty, ...] = ()
    _directory: Directory = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_directory", Directory(self.people))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of every local time that this school reads or writes."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """Turn an aware moment into the school's local time."""
        return moment.astimezone(self.zone)

    def clock(self, moment: datetime, now: datetime) -> str:
        """A time as the school reads it: with the day where it is not today's, and to the second
        where it is about to come and a minute would be too coarse to be true.
        """
        local = self.local(moment)
        coming = now < moment < now + SOON
        time = f"{local:%H:%M:%S}" if coming and local.second else f"{local:%H:%M}"
        if local.date() == self.local(now).date():
            return time
        return f"{time} on {local:%a} {local.day} {local:%b}"

    def day(self, day: date) -> str:
        """A day that may be far off, as the school reads it."""
        return f"{day:%a} {day.day} {day:%b %Y}"

    def without(self, people: Collection[str]) -> "School":
        """The school as a visit sees it that is kept from these people: nothing that they hold
        counts, nobody's word goes to them, and the office is its other people, not its channel,
        which they may read.
        """
        if not people:
            return self
        kept = frozenset(people)
        return replace(
            self,
            people=tuple(
                replace(
                    each,
                    roles=frozenset() if each.id in kept else each.roles,
                    leader=None if each.leader in kept else each.leader,
                )
                for each in self.people
            ),
            office={},
            away=tuple(
                replace(each, instead=None if each.instead in kept else each.instead)
                for each in self.away
            ),
            duty=tuple(each for each in self.duty if each.person not in kept),
        )

    def person(self, person_id: str | None) -> Person | None:
        """Give the person with this id, or None."""
        return None if person_id is None else self._directory.by_id.get(person_id)

    def at_address(self, channel: str, address: str) -> Person | None:
        """Give the person who has this id on this channel, or None."""
        return self._directory.by_address.get((channel, address))

    def name_of(self, person_id: str) -> str:
        """Give a person's name; for somebody who has left the file, a phrase that says so."""
        found = self.person(person_id)
        return found.name if found else "somebody no longer in the school file"

    def is_away(self, person_id: str, now: datetime) -> Absence | None:
        """Give the absence that covers this moment, or None."""
        today = self.local(now).date()
        return next((a for a in self.away if a.person == person_id and today in a.days), None)

    def staffed(self, now: datetime) -> bool:
        """Whether the office is staffed at this moment: inside its hours, on an open day."""
        local = self.local(now)
        if any(local.date() in days for days in self.closed):
            return False
        clock = local.time()
        return any(o.weekday == local.weekday() and o.opens <= clock < o.closes for o in self.hours)

    def outside(self, now: datetime) -> bool:
        """Whether nobody is at school: outside the hours, or on a closed day. Without any hours,
        nothing is known of them, so that nothing is outside.
        """
        if self.hours:
            return not self.staffed(now)
        return any(self.local(now).date() in days for days in self.closed)

    def cover_ends(self, now: datetime) -> datetime | None:
        """When the school's hours end that this moment is in; None outside them. Stretches that
        touch are one, for as many days as a school that never closes is looked at.
        """
        end = self._closes(now)
        for _ in range(3 * DAYS_AHEAD):
            further = self._closes(end) if end else None
            if further is None:
                break
            end = further
        return end

    def _closes(self, now: datetime) -> datetime | None:
        if not self.staffed(now):
            return None
        local = self.local(now)
        closes = next(
            o.closes
            for o in self.hours
            if o.weekday == local.weekday() and o.opens <= local.time() < o.closes
        )
        day = local.date()
        if closes == time.max:  # the day's last moment touches the next day's first
            day, closes = day + timedelta(days=1), time.min
        wall = datetime.combine(day, closes, self.zone)
        ends = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        return next((end for end in ends if end > now), None)

    def all_inside(self, start: datetime, end: datetime) -> bool:
        """Whether somebody is at school from one moment to the other."""
        if not self.outside(start) and not self.hours:
            return not self.outside(end)
        covered = self.cover_ends(start)
        return covered is not None and end <= covered

    def with_role(self, role: str) -> tuple[Person, ...]:
        """Everybody who literally holds this role, away or not."""
        return self._directory.by_role.get(role, ())

    def holders(self, role: str, now: datetime) -> tuple[Person, ...]:
        """Who stands for this role now: holders present, stand-ins of the absent, the deputy DSL.

        Where everybody is away and nobody stands in, the answer is empty.
        """
        found: dict[str, Person] = {}
        for holder in self.with_role(role):
            absence = self.is_away(holder.id, now)
            stand_in = self.person(absence.instead) if absence else holder
            if stand_in and not (absence and self.is_away(stand_in.id, now)):
                found[stand_in.id] = stand_in
        if role == "dsl" and not found:
            return self.holders("deputy_dsl", now)
        return tuple(found.values())

    def duty_leader(self, now: datetime) -> Person | None:
        """The senior leader on duty today, or the stand-in, or None."""
        today = self.local(now).weekday()
        named = next((d.person for d in self.duty if d.weekday == today), None)
        if named is None:
            return None
        absence = self.is_away(named, now)
        return self.person(absence.instead if absence else named)

    def leaders_of(self, lead: str, now: datetime) -> tuple[Person, ...]:
        """Who stands for ``leader``: the lead's own, or, where none is set, any senior leader."""
        person = self.person(lead)
        own = self.person(person.leader) if person else None
        if own is None:
            return self.holders("senior_leader", now)
        absence = self.is_away(own.id, now)
        if absence is None:
            return (own,)
        stand_in = self.person(absence.instead)
        if stand_in is None or self.is_away(stand_in.id, now):
            return self.holders("senior_leader", now)
        return (stand_in,)
