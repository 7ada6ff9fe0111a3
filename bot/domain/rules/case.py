"""What a rule of the policy looks at, and what it finds missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.facts import Facts
from bot.domain.kinds import NO_RULES, KindRules
from bot.domain.plan import Details, Plan
from bot.domain.policy import Policy
from bot.domain.visit import Visit

Gate = Literal["asking", "approval", "leaving"]
FROM_ASKING: frozenset[Gate] = frozenset({"asking", "approval", "leaving"})
"""What holds every gate shut."""


@dataclass(frozen=True, slots=True)
class Case:
    """A visit as it is asked for, decided about, or left on: ``visit`` is None while it is asked
    for the first time. ``going`` are the people who would go (at the door, who really goes), the
    lead among them; ``guest`` is False where it is known that nobody from outside comes.
    ``details`` is None where they can't be read: a rule then takes nothing for granted. ``until``
    is when they say at the door that they will be back.
    """

    lead: str
    going: tuple[str, ...]
    plan: Plan
    details: Details | None
    facts: Facts
    now: datetime
    visit: Visit | None = None
    guest: bool = True
    until: datetime | None = None

    @classmethod
    def of(
        cls,
        visit: Visit,
        facts: Facts,
        now: datetime,
        going: tuple[str, ...] | None = None,
        until: datetime | None = None,
        *,
        guest: bool = True,
    ) -> "Case":
        """The case of a visit that is asked for already."""
        who = visit.planned if going is None else going
        return cls(visit.lead, who, visit.plan, visit.details, facts, now, visit, guest, until)

    @property
    def policy(self) -> Policy:
        """The policy that governs it."""
        return self.facts.policy_of(self.visit) if self.visit else self.facts.policy

    @property
    def kind(self) -> KindRules:
        """The rules of this kind of visit alone."""
        return self.policy.kind(self.details.kind) if self.details else NO_RULES

    @property
    def outside(self) -> bool:
        """Whether somebody from outside goes along. They answer no prompt (S10)."""
        return self.guest and self.details is not None and self.details.external is not None

    @property
    def paired(self) -> bool:
        """Whether nobody goes alone: somebody from outside completes a pair where it is known who
        they are.
        """
        guest = self.details.external if self.details and self.guest else None
        return len(self.going) > 1 or (guest is not None and not guest.unsaid)

    def name(self, person: str) -> str:
        """A person's name."""
        return self.facts.school.name_of(person)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that a rule misses, or wants seen. ``rule`` names the clause behind it, ``why`` is
    the sentence that people read, ``field`` where on the request it can be mended, and ``stops``
    the gates that it holds shut. What stops nothing stands in bold before whoever approves. ``ask``
    is how the lead is asked for it, once, on their own card; where the field itself comes back,
    there is no need. ``later`` is what comes after the yes, and isn't missed before it.

    ``hidden`` are those who must not know of what it rests on, such as another visit: they read
    ``plainly`` in its place and are asked ``plain_ask``, or nothing.
    """

    rule: str
    why: str
    field: str = ""
    stops: frozenset[Gate] = frozenset()
    ask: str = ""
    hidden: frozenset[str] = frozenset()
    plainly: str = ""
    plain_ask: str = ""
    later: bool = False

    def said_to(self, reader: str) -> str:
        """The sentence, as this person may read it."""
        return self.plainly if reader in self.hidden else self.why

    def asked_of(self, reader: str) -> str:
        """What this person is asked for it."""
        return self.plain_ask if reader in self.hidden else self.ask

    @property
    def name(self) -> str:
        """What it is known by from one look to the next: the rule, and where it is mended."""
        return f"{self.rule}.{self.field}"
