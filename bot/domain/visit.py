"""A home visit and its phases. Each phase owns its data: an overdue visit without an expected
return, or an approved one without approvers, can't be written down.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.plan import Details, Plan
from bot.domain.policy import Policy
from bot.domain.standby import Part, Word
from bot.domain.watch import Alarm, Watch


@dataclass(frozen=True, slots=True)
class Vote:
    """One stage of the approval, filled by one person. ``unannounced``: there was no appointment,
    and they authorised going without one. ``conditional``: on a condition, which is sealed.
    """

    stage: int
    by: str
    at: datetime
    unannounced: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The plan that people last gave their word for, or else were first asked about, kept while a
    changed one is shown beside it (S12). Nobody's word is lost silently: ``votes`` are all words
    given for it and for what came between, though they count for nothing now.

    ``approved``: it was, in full. ``legible`` is False where its sealed part could not be read when
    the plan changed, so that what differs in it can't be told.
    """

    lead: str
    plan: Plan
    asked_at: datetime
    votes: tuple[Vote, ...] = ()
    approved: bool = False
    legible: bool = True


@dataclass(frozen=True, slots=True)
class Requested:
    """Waiting for approval. ``stages`` are the policy's at the time of asking; ``reasked`` when it
    had been approved under another policy (S15).
    """

    asked_at: datetime
    stages: tuple[tuple[str, ...], ...]
    votes: tuple[Vote, ...] = ()
    reminded: bool = False
    passed_on: bool = False
    reasked: bool = False


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """Sent back to the lead, who may change the plan and ask again. The reason is a note."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approved:
    """May leave, until the plan's leaving time plus ``approval.valid_for`` (S12). ``missing`` names
    what holds the door shut, as far as it was looked at; ``since`` what of it is missing only since
    it was approved (S15).
    """

    votes: tuple[Vote, ...]
    at: datetime
    stages: tuple[tuple[str, ...], ...] = ()
    nudged: bool = False
    missing: tuple[str, ...] = ()
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Out:
    """On the way, there, or on the way back; watched."""

    watch: Watch


@dataclass(frozen=True, slots=True)
class InAlarm:
    """Out, or back with a call for help still open, and somebody must find out."""

    watch: Watch
    alarm: Alarm


@dataclass(frozen=True, slots=True)
class Finished:
    """Everybody is back, or known to be safe."""

    watch: Watch
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """Never left: declined, withdrawn, cancelled or expired. ``by`` is None for an expiry."""

    how: str
    at: datetime
    by: str | None


Phase = Requested | ChangesAsked | Approved | Out | InAlarm | Finished | Ended


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``version`` grows with every save, ``revision`` with every change of the plan.

    ``details`` is None when they can't be decrypted; everything else must still work then (S15).
    ``policy`` is None until departure, when the school's is frozen in. ``earlier`` is there while
    the plan differs from what was approved, or first asked for. ``taken_off`` are those whom
    somebody else took off the plan: they may have left already (S1). ``words`` are what those who
    stand by have said, one word for each of them.
    """

    school: str
    id: str
    reference: str
    lead: str
    created_at: datetime
    plan: Plan
    details: Details | None
    phase: Phase
    revision: int = 1
    version: int = 0
    policy: Policy | None = None
    earlier: Earlier | None = None
    taken_off: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()

    def word(self, part: Part) -> Word | None:
        """What whoever is named for a part has said: a backup's word is a contact's too."""
        named = self.plan.named(part)
        return next((w for w in self.words if w.by == named and w.part in {part, "backup"}), None)

    def backed(self, until: datetime) -> bool:
        """Whether a backup has said yes to so long."""
        word = self.word("backup")
        return word is not None and word.covers(word.since, until)

    def stands_by(self, part: Part) -> str | None:
        """Who has said yes to a part, and can still be counted on."""
        word = self.word(part)
        return word.by if word and word.said == "yes" else None

    @property
    def agreed(self) -> Plan:
        """The plan as it was approved: small shifts since are measured against it, so that many
        never add up to a big one, and no gate opens further by them (S12).
        """
        if isinstance(self.phase, Approved) and self.earlier:
            return self.earlier.plan
        return self.plan

    @property
    def was_approved(self) -> bool:
        """Approved now, or asked again because something changed since."""
        match self.phase:
            case Approved() | Requested(reasked=True):
                return True
            case Requested() | ChangesAsked():
                return self.earlier is not None and self.earlier.approved
            case _:
                return False

    @property
    def watch(self) -> Watch | None:
        """The watch, in the phases that have one."""
        match self.phase:
            case Out(watch=watch) | InAlarm(watch=watch) | Finished(watch=watch):
                return watch
            case _:
                return None

    @property
    def alarm(self) -> Alarm | None:
        """The open alarm, if there is one."""
        return self.phase.alarm if isinstance(self.phase, InAlarm) else None

    @property
    def visitors(self) -> tuple[str, ...]:
        """Ids of everybody on the visit: as planned, and once out as frozen at departure (S3)."""
        watch = self.watch
        if watch:
            return tuple(v.id for v in watch.visitors)
        return self.planned

    @property
    def going(self) -> tuple[str, ...]:
        """Ids of those who are to go or, once they have left, are not back yet."""
        return tuple(v.id for v in self.watch.out) if self.watch else self.visitors

    @property
    def due_back(self) -> datetime:
        """As planned or, once they have left, as expected."""
        return self.watch.expected_return if self.watch else self.plan.return_at

    @property
    def planned(self) -> tuple[str, ...]:
        """Ids of everybody on the plan, whoever left in the end."""
        return (self.lead, *self.plan.companions)

    @property
    def is_out(self) -> bool:
        """Whether somebody has to be watched."""
        return isinstance(self.phase, Out | InAlarm)

    @property
    def is_live(self) -> bool:
        """Whether anything can still come of the visit itself."""
        return not isinstance(self.phase, Finished | Ended)
