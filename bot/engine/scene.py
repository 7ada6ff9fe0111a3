"""One inbound deed inside its transaction: who did what, and the ways to act and answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cards import general
from bot.cards.draw import draw
from bot.cards.model import Card, Form, Text
from bot.cards.unbroken import unbroken
from bot.cards.view import View
from bot.domain.commands import AskForHelp, Command, FeelUneasy
from bot.domain.facts import Facts
from bot.domain.roles import Audience, audience, left_behind
from bot.domain.school import Person
from bot.domain.visit import Ended, Finished, Visit
from bot.engine.carry_out import Done, carry_out
from bot.engine.gather import gather
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound, UnitOfWork

DISTRESS: Mapping[type, str] = {AskForHelp: "help", FeelUneasy: "uneasy"}
"""What is heard of a message that was changed, by what it then does."""
IN_CONFIDENCE = "in confidence"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that can be remembered for a delivery that comes twice: a sentence, a card's name,
    or a sentence that introduces the card.

    A form that is shown changes nothing, so it isn't remembered; one that came back with errors is
    remembered by name, and shown again from its draft. ``again`` is the press that shows a special
    card once more.
    """

    words: str = ""
    card: str = ""
    visit: str = ""
    form: Form | None = None
    special: Card | None = None
    again: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    def as_memory(self) -> dict[str, str]:
        """Names and ids only."""
        again = self.form.name if self.form else self.again
        return {"words": self.words, "card": self.card, "visit": self.visit, "form": again}

    @classmethod
    def from_memory(cls, memory: Mapping[str, str]) -> "Reply":
        """The same answer again."""
        return cls(memory.get("words", ""), memory.get("card", ""), memory.get("visit", ""))


def _introduced(words: str, card: Card) -> Card:
    """The sentence first, then the card as it now is, for whoever may see it."""
    if not words:
        return card
    if card == general.not_yours():
        return general.sentence(words)
    return replace(card, notification=words, title=words, blocks=(Text(card.title), *card.blocks))


@dataclass(slots=True)
class Scene:
    """``changed`` turns true with the first saved command; without it nothing is committed. ``was``
    says what a message was, where that counts once its writer changes it (``rewritten``).
    """

    uow: UnitOfWork
    setup: Setup
    now: datetime
    inbound: Inbound
    person: Person
    new_id: Callable[[], str]
    changed: bool = False
    was: set[str] = field(default_factory=set)

    @property
    def known(self) -> Facts:
        """The school and its policy, which is all that most permissions ask for."""
        return Facts(school=self.setup.reached, policy=self.setup.policy)

    def view(self, visit: Visit, args: Mapping[str, str] | None = None) -> View:
        """The visit before this person."""
        facts = gather(self.uow, visit, self.setup, self.now)
        return View(visit, self.person.id, facts, self.now, args or {})

    def visit(self, visit_id: str) -> Visit | None:
        """The visit, if this person may know of it at all (P6)."""
        visit = self.uow.visits.get(self.setup.school.id, visit_id) if visit_id else None
        if visit is None:
            return None
        if audience(self.person.id, visit, self.known, self.now) is Audience.NOTHING:
            return None
        return visit

    def counts_here(self, visit: Visit) -> bool:
        """Whether a deed of this person counts where it was done: in the office channel it takes a
        role above staff, and is never a visitor's (P5).
        """
        if not self.inbound.in_office:
            return True
        return self.person.above_staff and self.person.id not in visit.visitors

    def do(self, visit_id: str, command: Command) -> Done | None:
        """Carry out a command."""
        done = carry_out(self.uow, visit_id, command, self.setup, self.now)
        if done and done.events:
            self.changed = True
            self.was |= {DISTRESS[kind] for kind in DISTRESS if isinstance(command, kind)}
        return done

    def live(self) -> list[Visit]:
        """This person's own live visits: first those they are out on themselves, the one they were
        heard of from last before the others (S14).
        """
        visits = self.uow.visits.live_of(self.setup.school.id, [self.person.id])

        def order(visit: Visit) -> tuple[bool, float, datetime]:
            me = visit.watch.visitor(self.person.id) if visit.watch else None
            out = me is not None and me.is_out
            return not out, -me.last_heard.timestamp() if me else 0.0, visit.plan.leaving_at

        return sorted(visits, key=order)

    def out(self) -> list[Visit]:
        """This person's visits that are out, and on which they are not back yet."""
        return [
            visit
            for visit in self.live()
            if visit.watch and (me := visit.watch.visitor(self.person.id)) and me.is_out
        ]

    def is_asked(self) -> bool:
        """Whether "are you OK?" stands unanswered before this person, and nothing is wrong yet."""
        mine = [v for visit in self.out() if visit.watch for v in visit.watch.visitors]
        me = [visitor for visitor in mine if visitor.id == self.person.id]
        return any(each.prompt for each in me) and not any(each.in_trouble for each in me)

    def just_over(self, within: timedelta) -> list[Visit]:
        """This person's visits that ended no longer ago than this, latest first."""
        recent = self.uow.visits.recent_of(self.setup.school.id, self.person.id, limit=5)
        return [
            visit
            for visit in recent
            if isinstance(visit.phase, Finished | Ended) and self.now - visit.phase.at <= within
        ]

    def without_me(self, soon: timedelta) -> list[Visit]:
        """Live visits that this person is not on and may have left on all the same (S1), the one
        planned first before the others; none that is further ahead than ``soon``.
        """
        visits = [
            visit
            for visit in self.uow.visits.naming(self.setup.school.id, self.person.id, 100)
            if left_behind(self.person.id, visit) and visit.plan.leaving_at - self.now <= soon
        ]
        return sorted(visits, key=lambda visit: visit.plan.leaving_at)

    def answer(self, reply: Reply) -> Answer:
        """Draw a reply for this person. What somebody typed has no line to itself here either."""
        if reply.form:
            return Answer(form=reply.form)
        card = self._card(reply)
        return Answer(card=unbroken(card) if card else None)

    def _card(self, reply: Reply) -> Card | None:
        if reply.special:
            return reply.special
        if reply.card:
            visit = self.visit(reply.visit)
            if visit is None:
                return general.not_yours()
            return _introduced(reply.words, draw(reply.card, self.view(visit, reply.args)))
        return general.sentence(reply.words) if reply.words else None
