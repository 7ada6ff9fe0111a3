"""What the core asks of the world, as Protocols: a store, channels, a clock. The doc comment of
each is the contract; ``tests/contract`` holds every implementation to it.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from bot.cards.model import Card, Form
from bot.domain.known import Flag, Marks
from bot.domain.visit import Visit

T = TypeVar("T")


class Clock(Protocol):
    """Where ``now`` comes from."""

    def now(self) -> datetime:
        """Give the moment, aware, UTC."""
        ...


# --- what comes in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed, or a shortcut used."""

    action: str
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submit:
    """A form was sent. ``values`` are as typed, by field name; several choices joined by commas."""

    form: str
    values: Mapping[str, str]
    visit: str = ""
    version: int = 0
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """A plain message."""

    text: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did on a channel.

    ``delivery`` is the channel's id for it: the same id again is the same deed again. ``sender``
    is the person's id on that channel; ``in_office`` says that it was done in the office channel.
    ``forms`` says that a form can be shown in answer; without it, it is asked field by field.
    ``school`` is the school's id, where one installation serves several.
    ``page_in_chat`` says that the channel has no page of somebody's own: ``home`` shows it here.
    ``pressed_on`` is the reference of the message that a press was made on, where it can be
    answered with that message as it then is.
    """

    channel: str
    delivery: str
    sender: str
    act: Press | Submit | Say
    in_office: bool = False
    forms: bool = True
    school: str = ""
    page_in_chat: bool = False
    pressed_on: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person sees at once: a card (only they see it), a form to fill in, or neither.

    A form with errors is the form that was sent, everything typed kept. ``fresh`` is what the
    message that was pressed on says by now, where that is known. ``undone``: it went wrong, and
    nothing was done; a form that was sent stays as it is, with everything typed.
    """

    card: Card | None = None
    form: Form | None = None
    fresh: Card | None = None
    undone: bool = False


# --- what goes out ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row of the outbox: what to show to whom, in which slot. It is drawn when it is sent.

    ``recipient`` is a person's id or ``office``; ``key`` is the same for the same showing and goes
    to the channel, so that a doubled send can be recognised. ``fresh`` posts a new message; without
    it the slot's message is edited, and where none stands there is nothing to do. ``retire`` holds
    the reference of an older message of the slot, to be edited into a spent one. ``deed`` says
    who brought it about by what, where they may be doing it over and over; else it is empty.
    """

    id: str
    school: str
    visit: str
    slot: str
    recipient: str
    channel: str
    address: str
    card: str
    key: str
    created_at: datetime
    due_at: datetime
    urgent: bool = False
    args: Mapping[str, str] = field(default_factory=dict)
    retire: str = ""
    attempts: int = 0
    fresh: bool = False
    deed: str = ""


class TryLater(Exception):
    """Sending failed and may work later. ``after`` seconds, where the channel said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class GiveUp(Exception):
    """Sending to this address can't work until somebody mends something; climb on (S8)."""


class PostAnew(Exception):
    """The message to be edited is gone; post a fresh one."""


class Channel(Protocol):
    """A way to reach people. It promises little: post a card, edit a card, and say why not.

    Any other exception than the three above counts as ``TryLater``.
    """

    @property
    def name(self) -> str:
        """``slack``, ``teams``, ``web``: the key of people's addresses in the school file."""
        ...

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        """Post a fresh message, give its reference. The same key again may give the first one."""
        ...

    async def edit(self, address: str, reference: str, card: Card) -> None:
        """Replace what stands in a message; nobody's phone buzzes."""
        ...


# --- what is kept -------------------------------------------------------------------------------


Standing = Literal["pending", "sent", "failed"]
Buzzed = tuple[str, str, str, str, bool]
"""A slot and the card in it, its recipient, their channel, and whether it was urgent."""


@dataclass(frozen=True, slots=True)
class Away:
    """Some of the visits that are out; and of all of them, how many, and how many in alarm."""

    visits: tuple[Visit, ...]
    alarms: int
    total: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Another visit to the same address (``here``), or about a family written alike. Of what is
    sealed nothing was read.
    """

    visit: Visit
    here: bool


class Visits(Protocol):
    """Visits of one installation; every key begins with the school's id."""

    def get(self, school: str, visit_id: str) -> Visit | None:
        """Give a visit, with ``details`` None where they can't be decrypted; None if unknown."""
        ...

    def add(self, visit: Visit, wake_at: datetime | None) -> None:
        """Store a new visit at version 0, with a data key of its own."""
        ...

    def save(self, visit: Visit, wake_at: datetime | None) -> bool:
        """Compare and set: store as version + 1 if ``visit.version`` is still what stands there.

        False means that somebody else won and nothing was changed. ``details`` None leaves the
        stored details as they are.
        """
        ...

    def next_number(self, school: str) -> int:
        """Give the next number for a reference; the first is 1001. Never the same one twice."""
        ...

    def live_of(self, school: str, people: Sequence[str]) -> list[Visit]:
        """Live visits on which any of these people is a visitor, oldest first."""
        ...

    def people_out(self, school: str) -> frozenset[str]:
        """Ids of the visitors of every visit that is out (phase ``Out`` or ``InAlarm``)."""
        ...

    def out_at(self, school: str, channel: str, address: str) -> list[Visit]:
        """Visits that are out with a visitor who had this address when they left, oldest first."""
        ...

    def waiting(self, school: str) -> list[Visit]:
        """All live visits of a school, oldest first."""
        ...

    def naming(self, school: str, person: str, limit: int) -> list[Visit]:
        """Live visits that name this person and that they are no visitor of: as contact, as told
        of it, as left behind or taken off. Oldest first.
        """
        ...

    def by_reference(self, school: str, reference: str) -> Visit | None:
        """The visit of this reference, live or not, or None."""
        ...

    def requested(self, school: str, limit: int) -> list[Visit]:
        """Visits that wait for approval, those first that need attention soonest."""
        ...

    def out(self, school: str, limit: int, start: int = 0) -> "Away":
        """Visits that are out, so many at the most, from a place in the whole list on: those in
        alarm before the others, and then those first that need attention soonest.
        """
        ...

    def recent_of(self, school: str, person: str, limit: int) -> list[Visit]:
        """The latest visits of a person, live or not, latest first."""
        ...

    def alike(self, school: str, sought: Marks, but: str, most: int) -> "list[Alike] | None":
        """Other visits that are kept under one of these marks, latest first: so many at the most
        that had an alarm, a call for help or a concern, and so many others; ``details`` None. None
        where nobody could look (no key). Found by hash: nothing sealed is opened.
        """
        ...

    def mark_older(self, school: str, after: str, limit: int) -> str:
        """Make the hashes of visits whose hashes are missing, so many, in the order of their ids
        after this one; give the last id, or nothing where there was none.
        """
        ...

    def erase(self, school: str, visit_id: str) -> None:
        """Destroy what is sealed of a visit, key and all, and the hashes that it is found by. Its
        audit chain verifies all the same.
        """
        ...

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """(school, visit id) with ``wake_at`` <= now, earliest first."""
        ...

    def rouse(self, school: str, visit_id: str, until: datetime) -> None:
        """Wake a live visit at this moment, without touching its version: later where its waking
        failed, sooner where a send failed for good.
        """
        ...

    def next_wake(self) -> datetime | None:
        """The earliest ``wake_at`` of all, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry as it comes back. ``detail`` is None where it can't be decrypted."""

    seq: int
    at: datetime
    kind: str
    by: str
    detail: Mapping[str, object] | None


class Audit(Protocol):
    """Append-only, one chain a visit, hashing ciphertext (P8); and one of each school's own, for
    what is about no visit: there ``visit_id`` is empty.
    """

    def append(self, school: str, visit_id: str, events: Sequence[object]) -> None:
        """Append events (dataclasses with ``at``, maybe ``by``) to the visit's chain, in order."""
        ...

    def entries(self, school: str, visit_id: str) -> list[Entry]:
        """Give the chain, oldest first."""
        ...

    def broken(self) -> list[tuple[str, str, int]]:
        """Verify every chain; give (school, visit, seq) of each entry that does not verify."""
        ...


class Flags(Protocol):
    """Known risks at addresses. Where it was written and why is sealed, under a key of its own."""

    def add(self, school: str, flag: Flag, places: frozenset[str]) -> bool:
        """Keep a new flag under the forms of its address, its author to be asked at its review;
        False where nobody could find it by them again (none, or no key).
        """
        ...

    def get(self, school: str, flag_id: str) -> Flag | None:
        """Give a flag, binding or not, or None."""
        ...

    def at(self, school: str, places: frozenset[str]) -> list[Flag] | None:
        """Flags kept under one of these forms, binding or not, the newest first; None where nobody
        could look.
        """
        ...

    def binding(self, school: str, now: datetime, limit: int) -> list[Flag]:
        """Flags that bind now, the newest first."""
        ...

    def save(self, school: str, flag: Flag) -> None:
        """Keep that it was confirmed or lifted; its author is next asked at its review, or never.
        What is sealed stays as it was.
        """
        ...

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """(school, flag id) of those whose author is to be asked by now, earliest first."""
        ...

    def ask(self, school: str, flag_id: str, at: datetime | None) -> None:
        """Ask its author at this moment; None for never."""
        ...

    def next_due(self) -> datetime | None:
        """When the next author is to be asked, or None."""
        ...

    def forget_before(self, school: str, moment: datetime, limit: int) -> int:
        """Destroy flags that ended, or were lifted, before this, key and hashes and all; so many at
        the most; give how many.
        """
        ...


class Readings(Protocol):
    """Who has said that they have read which text of the policy."""

    def keep(self, school: str, person: str, text: str, at: datetime) -> None:
        """Keep that this person has read the text of this hash, now last."""
        ...

    def unread(
        self, school: str, people: Collection[str], text: str, since: datetime
    ) -> frozenset[str]:
        """Who of these has not said since then that they have read this text."""
        ...


class Inbox(Protocol):
    """Deliveries seen, so that the same one twice does nothing twice."""

    def take_turn(self, school: str, person: str) -> None:
        """Wait until no other deed of this person is in work, and keep others waiting until this
        transaction ends: what somebody presses twice at once is done one after the other.
        """
        ...

    def claim(self, school: str, channel: str, delivery: str, at: datetime) -> bool:
        """Insert the delivery; False if it was there already (also if it is still in work)."""
        ...

    def remember(self, school: str, channel: str, delivery: str, answer: Mapping[str, str]) -> None:
        """Keep what was answered (names and ids only), to answer the same again."""
        ...

    def recall(self, school: str, channel: str, delivery: str) -> Mapping[str, str] | None:
        """What was answered then, or None."""
        ...

    def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop deliveries older than this, so many at the most; give how many."""
        ...


class Outbox(Protocol):
    """What is still to be shown. The outbox is the retry; nothing else retries sends."""

    def put(self, parcels: Sequence[Parcel]) -> None:
        """Add rows; one whose key is there already for the same channel is left out."""
        ...

    def lease(
        self, now: datetime, limit: int, until: datetime, *, urgent: bool = False
    ) -> list[Parcel]:
        """Take pending rows that are due (or whose lease ran out), urgent first, then oldest; or
        none but the urgent ones.
        """
        ...

    def free_leases(self) -> None:
        """Make due at once whatever is leased to a process that was stopped while sending.

        For the start. Leases of another replica that lives are left alone; where only one process
        can work on the rows, whatever is leased when it starts was left behind. What had been sent
        without being settled is sent again, under the same key.
        """
        ...

    def sent(self, parcel: Parcel, reference: str, at: datetime) -> None:
        """Settle as sent; remember the reference for the slot where one is given."""
        ...

    def retry(self, parcel: Parcel, at: datetime, why: str) -> None:
        """Settle as pending again, due at this moment."""
        ...

    def failed(self, parcel: Parcel, at: datetime, why: str) -> None:
        """Settle as failed for good."""
        ...

    def drop(self, parcel: Parcel) -> None:
        """Forget the row; its key is free again. For what is shown over and over."""
        ...

    def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop rows settled before this, so many at the most, but for those of live visits, whose
        alarms ask how they fared; give how many. What stands in the slots is still known.
        """
        ...

    def next_due(self, now: datetime, *, but: str = "") -> datetime | None:
        """When the next row is due (a leased one: when its lease runs out), or None; rows of the
        slot ``but`` left out.
        """
        ...

    def reference(self, parcel: Parcel) -> str | None:
        """The message now in this parcel's slot for its recipient on its channel, or None."""
        ...

    def shown(self, school: str, channel: str, reference: str) -> Parcel | None:
        """The latest showing, sent or not, in the slot whose message this is; None where it is no
        slot's message any more.
        """
        ...

    def sharing(self, parcel: Parcel, reference: str) -> list[str]:
        """Ids of the visits whose slot, for this parcel's recipient and channel, is this message.

        Alarms told to one address at one time are one list (S9), so there may be several.
        """
        ...

    def recipients(self, school: str, visit_id: str) -> Mapping[str, Sequence[str]]:
        """By slot, whoever has a message in it, or is about to have one (a fresh row waits)."""
        ...

    def standing(
        self, school: str, visit_id: str, slot: str, since: datetime
    ) -> Mapping[str, Standing]:
        """How urgent showings in a slot since then fared, by recipient; the best of several."""
        ...

    def buzzes(
        self, school: str, visit_id: str, deed: str, since: datetime
    ) -> Mapping[Buzzed, Sequence[datetime]]:
        """When this deed made each phone buzz since then, or is still to: fresh showings, but for
        failed ones, earliest first.
        """
        ...

    def oldest_urgent(self) -> datetime | None:
        """When the oldest urgent row that is still pending fell due, or None."""
        ...


@dataclass(frozen=True, slots=True)
class LastGood:
    """A school file as ``bot.settings.seal_out`` split it, and when it was last found good.

    ``sealed`` is None where it can't be decrypted.
    """

    text: str
    sealed: str | None
    at: datetime


class Settings(Protocol):
    """The last good settings (S15): readable without a key, but for the sealed parts."""

    def keep(self, school: str, text: str, sealed: str, at: datetime) -> None:
        """Keep the school file last found good; ``sealed`` is encrypted, ``text`` is not."""
        ...

    def last_good(self, school: str) -> LastGood | None:
        """Give what is kept, or None."""
        ...

    def schools(self) -> list[str]:
        """The schools that have kept settings."""
        ...


class Drafts(Protocol):
    """Half-filled forms, each under a key of its own."""

    def keep(self, school: str, person: str, form: str, values: Mapping[str, str]) -> None:
        """Keep what was typed, in place of what was kept before."""
        ...

    def get(self, school: str, person: str, form: str) -> Mapping[str, str] | None:
        """Give what was typed, or None (also where it can't be decrypted)."""
        ...

    def drop(self, school: str, person: str, form: str) -> None:
        """Forget it, key and all."""
        ...


@dataclass(frozen=True, slots=True)
class Contact:
    """How a channel reaches somebody, or a room, where an address alone isn't enough.

    ``address`` is the one that the channel goes by; ``data`` is the channel's business, ids and
    addresses of its vendor's servers, nothing that names a person.
    """

    channel: str
    address: str
    data: Mapping[str, str] = field(default_factory=dict)


class Contacts(Protocol):
    """What a channel has learnt about reaching people, and would not be told twice."""

    def keep(self, school: str, contact: Contact, at: datetime) -> None:
        """Keep it, in place of what was kept for this address."""
        ...

    def get(self, school: str, channel: str, address: str) -> Contact | None:
        """Give what is kept, or None."""
        ...

    def of(self, school: str, channel: str) -> list[Contact]:
        """Everything of a channel, by address."""
        ...

    def drop(self, school: str, channel: str, address: str) -> None:
        """Forget it."""
        ...


class UnitOfWork(Protocol):
    """Everything kept, inside one transaction."""

    @property
    def visits(self) -> Visits: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def flags(self) -> Flags: ...
    @property
    def readings(self) -> Readings: ...


class Store(Protocol):
    """Runs plain functions inside transactions, off the event loop."""

    def transact(
        self, work: Callable[[UnitOfWork], T], *, background: bool = False
    ) -> Awaitable[T]:
        """Run ``work`` in one transaction: committed when it returns, rolled back when it raises.

        ``background`` work waits behind people's presses. ``work`` may be run again from the
        start after a conflict, so it does nothing but through the unit of work.
        """
        ...

    async def close(self) -> None:
        """Finish what is running and let go of the database."""
        ...
