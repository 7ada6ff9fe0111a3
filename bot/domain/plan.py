"""What is asked for: who goes and when (readable without a key), and where and why (sealed, P8)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.standby import Part

KINDS = (
    "Attendance",
    "Progress",
    "Invitation",
    "Welfare",
    "Safeguarding",
    "Extended leave abroad",
    "Other",
)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that an approval covers before a time is agreed with the family: for leaving from
    ``first`` to ``last``, and for visits of about this ``length``.
    """

    first: datetime
    last: datetime
    length: timedelta


@dataclass(frozen=True, slots=True)
class Plan:
    """Who and when. Times are aware UTC; ``companions``, ``contact``, ``backup`` and ``kept_from``
    are people's ids. ``kept_from`` must not know of it: that has to hold where nothing can be
    decrypted too. ``homes`` is to how many homes they go, one after another.

    ``window`` is there where approval comes before the appointment; until that is recorded the plan
    is not ``fixed``, and its times are the likely ones.
    """

    leaving_at: datetime
    return_at: datetime
    companions: tuple[str, ...] = ()
    contact: str | None = None
    kept_from: tuple[str, ...] = ()
    homes: int = 1
    window: Window | None = None
    fixed: bool = True
    backup: str | None = None

    @property
    def length(self) -> timedelta:
        """How long the visit is meant to take."""
        return self.return_at - self.leaving_at

    def same_but_for_times(self, other: "Plan") -> bool:
        """Whether the same people go, the same ones stand by, and the same don't know of it."""
        return (
            set(self.companions) == set(other.companions)
            and (self.contact, self.backup) == (other.contact, other.backup)
            and set(self.kept_from) == set(other.kept_from)
        )

    def named(self, part: Part) -> str | None:
        """Who is named for a part."""
        return self.backup if part == "backup" else self.contact

    def naming(self, part: Part, person: str | None) -> "Plan":
        """The same plan with somebody else for a part."""
        if part == "backup":
            return replace(self, backup=person)
        return replace(self, contact=person)

    def part_of(self, person: str) -> Part | None:
        """What somebody is named for: whoever is both gives one word, the greater."""
        if person == self.backup:
            return "backup"
        return "contact" if person == self.contact else None

    def same_but_for_companions(self, other: "Plan") -> bool:
        """The same, whoever goes along and when."""
        return replace(self, companions=other.companions).same_but_for_times(other)

    def same_as(self, other: "Plan") -> bool:
        """Whether nothing differs that people said: the order of names is nothing, nor is what an
        approval would cover.
        """
        times = (self.leaving_at, self.return_at) == (other.leaving_at, other.return_at)
        return times and self.same_but_for_times(other)


@dataclass(frozen=True, slots=True)
class Home:
    """One home of a round: the address, and whose it is."""

    place: str
    family: str = ""


FEWEST_DIGITS = 6
"""Of a phone that somebody can be rung on."""


@dataclass(frozen=True, slots=True)
class External:
    """Somebody from outside who goes along and has no account, such as a welfare officer."""

    name: str
    organisation: str = ""
    phone: str = ""

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What isn't known of them, of what a pair takes: whose they are, and how to ring them."""
        rings = sum(mark.isdigit() for mark in self.phone) >= FEWEST_DIGITS
        return tuple(
            what
            for what, known in (("organisation", self.organisation), ("phone", rings))
            if not known
        )


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person wrote: ``about`` says on which occasion (``declined``, ``moved``, ...)."""

    at: datetime
    by: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What somebody who approved wants to be so: to take somebody ``along``, to ``ring`` the office
    on arrival, or ``other`` words of theirs.
    """

    by: str
    at: datetime
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Whom, where, why, risks, notes: everything that is encrypted under the visit's own key.

    ``appointment`` is how it was made, as typed or, where it is ``recorded``, as it was recorded.
    ``unannounced``: the family doesn't know, says whoever asked; ``authorised_by`` is the id of who
    authorised that. ``further`` are the homes of a round after the first, in order. ``earlier`` is
    the sealed part of ``Visit.earlier``, where it differs.
    """

    place: str
    kind: str = ""
    family: str = ""
    purpose: str = ""
    why_not_in_school: str = ""
    to_see: str = ""
    discussion: str = ""
    appointment: str = ""
    risks: str = ""
    needs: str = ""
    who_does_what: str = ""
    why_alone: str = ""
    follow_up: str = ""
    more_help: str = ""
    unannounced: bool = False
    authorised_by: str = ""
    external: External | None = None
    notes: tuple[Note, ...] = ()
    conditions: tuple[Condition, ...] = ()
    earlier: "Details | None" = None
    further: tuple[Home, ...] = ()
    recorded: bool = False

    @property
    def homes(self) -> tuple[Home, ...]:
        """Every home, in the order in which they go there."""
        return (Home(self.place, self.family), *self.further)

    @property
    def places(self) -> str:
        """Every address, in order."""
        return ", then ".join(home.place for home in self.homes)

    @property
    def families(self) -> str:
        """Whose homes they are, in order."""
        return "; ".join(home.family for home in self.homes if home.family)

    @property
    def written(self) -> "Details":
        """What was asked for alone: without what came of it."""
        return replace(self, notes=(), conditions=(), earlier=None)

    def last_note(self, *about: str) -> Note | None:
        """The latest note on one of these occasions, or None."""
        return next((n for n in reversed(self.notes) if n.about in about), None)
