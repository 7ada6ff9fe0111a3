"""A decision in the making: events collected while the visit evolves under them."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.events import Event
from bot.domain.evolve import evolve
from bot.domain.facts import Facts
from bot.domain.policy import Policy
from bot.domain.refused import Refused
from bot.domain.visit import Visit
from bot.domain.watch import Visitor, Watch

Outcome = tuple[Event, ...] | Refused


@dataclass(slots=True)
class Draft:
    """``visit`` is always what is true after the events so far."""

    visit: Visit
    facts: Facts
    now: datetime
    events: list[Event] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        """Add an event, and let the visit evolve."""
        self.visit = evolve(self.visit, event)
        self.events.append(event)

    @property
    def policy(self) -> Policy:
        """The policy that governs the visit as it now is."""
        return self.facts.policy_of(self.visit)

    @property
    def watch(self) -> Watch:
        """The watch; only asked for in phases that have one."""
        watch = self.visit.watch
        assert watch is not None
        return watch

    def visitor(self, person: str) -> Visitor:
        """The visitor's own watch; only asked for somebody on the visit."""
        visitor = self.watch.visitor(person)
        assert visitor is not None
        return visitor

    @property
    def outcome(self) -> Outcome:
        """The events, in order."""
        return tuple(self.events)
