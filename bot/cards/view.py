"""What a card is drawn from: the visit as it now is, who reads it, and what the school knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.cards.homes import arrived_since, homes_said
from bot.cards.model import Button, ButtonStyle
from bot.domain.facts import Facts
from bot.domain.plan import Details, Plan
from bot.domain.policy import Policy
from bot.domain.roles import OFFICE, Audience, audience
from bot.domain.visit import Visit
from bot.domain.watch import Alarm, Visitor, Watch

UNREADABLE = "can't be read just now"


def join_names(names: Iterable[str]) -> str:
    """``Ana``, ``Ana and Sam``, ``Ana, Sam and Jo``."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def few_names(names: Iterable[str]) -> str:
    """Names for a notification, which has to stay short: ``Ana Teach and 3 others``."""
    listed = list(names)
    if len(listed) < 4:
        return join_names(listed)
    return f"{listed[0]} and {len(listed) - 1} others"


@dataclass(frozen=True, slots=True)
class View:
    """A visit before a reader: a person's id, or ``office`` for the channel."""

    visit: Visit
    reader: str
    facts: Facts
    now: datetime
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def audience(self) -> Audience:
        """What this reader may see. The office channel watches, and no more; of a visit that is
        kept from somebody, who may read along there, it sees nothing.
        """
        if self.reader == OFFICE:
            return Audience.NOTHING if self.visit.plan.kept_from else Audience.WATCH
        return audience(self.reader, self.visit, self.facts, self.now)

    @property
    def policy(self) -> Policy:
        """The policy that governs the visit."""
        return self.facts.policy_of(self.visit)

    @property
    def watch(self) -> Watch:
        """The watch; only asked for by cards that can't be shown before departure."""
        assert self.visit.watch is not None
        return self.visit.watch

    @property
    def me(self) -> Visitor | None:
        """The reader, where they are one of those who left."""
        return self.visit.watch.visitor(self.reader) if self.visit.watch else None

    @property
    def alarm(self) -> Alarm | None:
        """The open alarm."""
        return self.visit.alarm

    @property
    def details(self) -> Details | None:
        """The sealed details, or None where they can't be read."""
        return self.visit.details

    @property
    def place(self) -> str:
        """The address, and where each visitor has said that they went instead (S6, S14); or a
        phrase that says that it can't be had.
        """
        if self.details is None:
            return f"an address that {UNREADABLE}"
        planned = homes_said(self.details, self.visit.watch, self.clock) or "a place not yet known"
        notes = (note for note in self.details.notes if note.about == "moved")
        moved = {note.by: note for note in notes if not arrived_since(note, self.visit)}
        if not moved:
            return planned
        said = "; ".join(
            f"{note.text} ({self.name(by)}, {self.clock(note.at)})" for by, note in moved.items()
        )
        return f"{said}; planned: {planned}"

    def name(self, person_id: str) -> str:
        """A person's name, frozen for visitors."""
        visitor = self.visit.watch.visitor(person_id) if self.visit.watch else None
        return visitor.name if visitor else self.facts.school.name_of(person_id)

    @property
    def lead(self) -> str:
        """The lead's name."""
        return self.name(self.visit.lead)

    @property
    def visitors(self) -> str:
        """The visitors' names, joined; somebody from outside is never among them (P2)."""
        return join_names(self.name(person) for person in self.visit.visitors)

    @property
    def can_ask(self) -> bool:
        """Whether anybody is out who can be asked; whoever asked for help is not rung."""
        return any(v.help_at is None for v in self.watch.out)

    @property
    def out_names(self) -> str:
        """The names of those still out."""
        return join_names(v.name for v in self.watch.out)

    def clock(self, moment: datetime) -> str:
        """A time as the school reads it."""
        return self.facts.school.clock(moment, self.now)

    def when(self, plan: Plan | None = None) -> str:
        """``today 14:00 to 14:45``, or the day in words: of the plan as it is, or of another. The
        times of one without an appointment are likely, and said to be.
        """
        plan, school = plan or self.visit.plan, self.facts.school
        start, end = school.local(plan.leaving_at), school.local(plan.return_at)
        today = school.local(self.now).date()
        day = "today" if start.date() == today else f"{start:%a} {start.day} {start:%b}"
        until = f"{end:%H:%M}" if end.date() == start.date() else self.clock(plan.return_at)
        return f"{'' if plan.fixed else 'likely '}{day} {start:%H:%M} to {until}"

    def phones(self, visitors: Iterable[Visitor] | None = None) -> str:
        """``Ana Teach 07700 900001; Sam Assist 07700 900003``."""
        chosen = self.watch.visitors if visitors is None else visitors
        return "; ".join(f"{v.name} {v.phone or '(no phone known)'}" for v in chosen)

    def button(
        self, label: str, action: str, style: ButtonStyle = "default", **args: str
    ) -> Button:
        """A button on this visit, drawn for this version."""
        return Button(label, action, self.visit.id, self.visit.version, args, style)
