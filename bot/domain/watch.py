"""The watch over a visit that is out: each visitor for themselves (S6), and the alarm.

Everything here stays readable without a key (P8, S15): ids, names, phones, times, state.
What people wrote is in ``Details.notes``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.domain.tidings import Tidings

PromptKind = Literal["routine", "asked", "return", "after_alarm", "call_back", "uneasy"]
Heard = Literal[
    "left",
    "taken_along",
    "arrived",
    "ok",
    "more_time",
    "moved",
    "phoned",
    "wrote",
    "help",
    "uneasy",
    "back",
    "safe",
]


@dataclass(frozen=True, slots=True)
class Prompt:
    """An open "are you OK?": chased at ``chase_at``, and silence counts from ``reply_by``."""

    number: int
    kind: PromptKind
    asked_at: datetime
    reply_by: datetime
    chase_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A prompt that is still to come."""

    at: datetime
    kind: PromptKind


@dataclass(frozen=True, slots=True)
class Visitor:
    """One visitor's own watch. Somebody who is out always has something that wakes us for them.

    ``resume_at``: past the expected return they said OK but gave no new return (S2).
    ``silent_since``: when their reply limit passed. ``help_at``: their open call for help (S5).
    ``back_by`` says whose word ``back_at`` rests on: only one's own is final.
    ``addresses`` are frozen at departure, like id and phone (S3). ``joined_at``: they left later
    than the others, or were not ticked, and said so then (S1, S10). ``heard`` is ``taken_along``
    while nothing was heard of them but that somebody else said they left together. ``vouched_by``
    is whose word the last of it rests on, where it is not their own. ``mistake_at``: they say that
    the open call was pressed by mistake, which ends nothing (S4). ``uneasy_at``: they said that
    they are uneasy and leaving, and nothing since that says that all is well. ``home`` is the
    number of the home that they arrived at last, at ``arrived_at``; 0 before the first.
    """

    id: str
    name: str
    phone: str
    last_heard: datetime
    heard: Heard
    checked_in_at: datetime | None = None
    due: Due | None = None
    prompt: Prompt | None = None
    resume_at: datetime | None = None
    silent_since: datetime | None = None
    help_at: datetime | None = None
    arrived_at: datetime | None = None
    home: int = 0
    back_at: datetime | None = None
    back_by: str = ""
    joined_at: datetime | None = None
    vouched_by: str = ""
    mistake_at: datetime | None = None
    uneasy_at: datetime | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_out(self) -> bool:
        """Not back yet."""
        return self.back_at is None

    @property
    def in_trouble(self) -> bool:
        """Whether this visitor alone is reason enough for an alarm."""
        return self.help_at is not None or (self.is_out and self.silent_since is not None)

    @property
    def reported_back(self) -> bool:
        """Back, but by somebody else's word alone: their own press is believed over it."""
        return self.back_at is not None and self.back_by != self.id

    def heard_since(self, moment: datetime) -> bool:
        """Whether they were heard of after this, and not only reported safe."""
        if self.reported_back and self.heard != "safe" and self.back_at is not None:
            return max(self.last_heard, self.back_at) > moment
        return self.last_heard > moment and self.heard not in {"safe", "taken_along"}


@dataclass(frozen=True, slots=True)
class Extension:
    """More time than the policy lets a visitor take alone; an approver is asked (S11)."""

    number: int
    by: str
    until: datetime
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Watching:
    """The named person who has said that they are watching."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A visit that is out. ``approved_return`` is what the cap on more time counts from.

    ``reminded`` and ``return_asked`` speak of the current ``expected_return`` and start afresh
    when it moves. ``told`` are the ids of the people told of the departure. ``called``: it began
    with a call for help, and nobody had said that they left; then ``breach`` says only whether
    anybody who leaves after that does so without an approval. ``unmet``: the breach is no missing
    approval, but something else that the policy asks for. ``amber`` is the quiet alert, the open
    one or the last; ``concerns`` are kept in the order of their numbers. ``nudged``: they were told
    once by when they would leave for the return. ``staffed_until`` is when the school's hours end,
    and the office's part falls to others. Until somebody says that they are ``watching`` the next
    are asked at ``confirm_by``; ``unwatched``: everybody was, in vain.
    """

    departed_at: datetime
    expected_return: datetime
    approved_return: datetime
    visitors: tuple[Visitor, ...]
    told: tuple[str, ...] = ()
    breach: bool = False
    unmet: bool = False
    called: bool = False
    reminded: bool = False
    return_asked: bool = False
    prompts: int = 0
    alarms: int = 0
    extensions: int = 0
    extension: Extension | None = None
    staffed_until: datetime | None = None
    watching: Watching | None = None
    confirm_by: datetime | None = None
    asked_to_watch: tuple[str, ...] = ()
    unwatched: bool = False
    closed: "ClosedAlarm | None" = None
    amber: Tidings | None = None
    concerns: tuple[Tidings, ...] = ()
    nudged: bool = False

    def tidings(self, about: str, number: int) -> Tidings | None:
        """The alert or the concern of this number."""
        known = self.concerns if about == "concern" else (self.amber,)
        return next((each for each in known if each and each.number == number), None)

    def visitor(self, person_id: str) -> Visitor | None:
        """This person's own watch, or None for somebody not on the visit."""
        return next((v for v in self.visitors if v.id == person_id), None)

    @property
    def out(self) -> tuple[Visitor, ...]:
        """Those who are not back yet."""
        return tuple(v for v in self.visitors if v.is_out)

    @property
    def left(self) -> tuple[Visitor, ...]:
        """Those of whom it was said that they left: after a call for help, who left after it."""
        return tuple(v for v in self.visitors if v.joined_at or not self.called)

    @property
    def left_in_breach(self) -> bool:
        """Whether anybody left without an approval. A call for help is never told as that (S4)."""
        return self.breach and bool(self.left)

    @property
    def troubled(self) -> tuple[Visitor, ...]:
        """Those for whom an alarm must stand."""
        return tuple(v for v in self.visitors if v.in_trouble)


@dataclass(frozen=True, slots=True)
class Owner:
    """The named person who holds the alarm until a moment (S7)."""

    id: str
    since: datetime
    until: datetime
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody made sure of one visitor while the alarm stood: ``was`` is how it stood with them,
    kept so that it can be undone (S2).
    """

    was: Visitor
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """An open alarm. ``rung`` is the highest told so far; ``climbs_at`` is None while it is owned.

    ``since`` is when the visit became overdue. ``base`` is the moment the rungs' ``after`` counts
    from; it moves when an ownership lapses. ``rung_due`` is when the rung should have been told.
    ``told`` are recipients (``office`` or a person's id) in the order they were first told;
    ``holders`` those of them named through a role, who may see the risks; ``counting`` those of the
    highest rung who would count as reached; ``unheard`` while none of them is confirmed. Whoever no
    channel has confirmed by ``confirm_by`` counts as unreached (S8); ``limit_passed`` once that was
    so a first time.
    ``calls`` counts what changes whom the alarm is for: calls for help, one more visitor silent,
    somebody settled. A stand-down on a card from before is refused (S3). ``settled`` are those whom
    somebody made sure of. ``ringing`` said at ``ringing_at`` that they were ringing 999, which
    keeps the others from it until ``ringing_until`` and no longer (S7).
    """

    number: int
    opened_at: datetime
    since: datetime
    base: datetime
    rung: int = -1
    rung_at: datetime | None = None
    rung_due: datetime | None = None
    climbs_at: datetime | None = None
    told: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()
    unheard: bool = False
    confirm_by: datetime | None = None
    limit_passed: bool = False
    owner: Owner | None = None
    lapsed: tuple[str, ...] = ()
    calls: int = 0
    buzzes: int = 0
    ringing: str | None = None
    ringing_at: datetime | None = None
    ringing_until: datetime | None = None
    settled: tuple[Settled, ...] = ()

    def undoable(self, watch: Watch, since: datetime) -> tuple[Settled, ...]:
        """Whom somebody made sure of no longer ago than this, and who was not heard of since."""
        return tuple(
            settled
            for settled in self.settled
            if settled.at >= since
            and (now_is := watch.visitor(settled.was.id))
            and not now_is.in_trouble
            and not now_is.heard_since(settled.at)
        )

    def rings(self, now: datetime) -> str | None:
        """Who is ringing 999, so that nobody else need."""
        holds = self.ringing_until is not None and now < self.ringing_until
        return self.ringing if holds else None


@dataclass(frozen=True, slots=True)
class ClosedAlarm:
    """The last alarm, kept so that a stand-down can be undone (S2): who was in trouble, and why.

    ``answered``: nobody stood it down, everybody was heard of.
    """

    alarm: Alarm
    visitors: tuple[Visitor, ...]
    at: datetime
    by: str
    undo_until: datetime
    answered: bool = False
