"""Where a process may die: before and after each commit, each send and each edit.

The store and the channel are wrapped, so that no line of what is tested knows of it. A death is a
``BaseException``; from then on nothing gets through to the store or the channel any more, as when
the process is gone: whoever catches it can't help.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from bot.cards.model import Card
from bot.ports import Parcel, Store, UnitOfWork
from tests.stories.world import Chat, HeldClock, Posted

T = TypeVar("T")


class Killed(BaseException):
    """The process has died."""


@dataclass(slots=True)
class Fate:
    """One life of the process: it dies at the ``at``-th failpoint, counted from one; 0: never."""

    at: int = 0
    passed: list[str] = field(default_factory=list)
    dead: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def lives(self) -> None:
        """Nothing gets through once it is dead."""
        if self.dead:
            raise Killed

    def point(self, name: str) -> None:
        """Pass here, or die here."""
        with self._lock:
            self.lives()
            self.passed.append(name)
            self.dead = len(self.passed) == self.at
            self.lives()


class Noting:
    """A unit of work, or a part of it, that notes what is asked of it."""

    def __init__(self, inner: Any, noted: list[tuple[str, Any]], part: str = "") -> None:
        self._inner, self._noted, self._part = inner, noted, part

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not self._part:
            return Noting(found, self._noted, name)

        def ask(*args: Any, **more: Any) -> Any:
            self._noted.append((f"{self._part}.{name}", args[0] if args else None))
            return found(*args, **more)

        return ask


KINDS = (
    ("press", {"inbox.claim"}),
    ("lease", {"outbox.lease"}),
    ("settle", {"outbox.sent", "outbox.retry", "outbox.failed"}),
    ("look", {"visits.due", "visits.next_wake", "outbox.next_due"}),
    ("wake", {"visits.save", "visits.rouse"}),
)
"""What a transaction was for is told by what it asked; whatever only read drew a card."""
SETTLED = {"outbox.sent", "outbox.failed"}


def told_apart(noted: list[tuple[str, Any]]) -> str:
    asked = {what for what, _ in noted}
    return next((kind for kind, signs in KINDS if signs & asked), "draw")


class MortalStore:
    """See ``bot.ports.Store``. Looking at the time changes nothing, so it is no failpoint."""

    def __init__(self, inner: Store, fate: Fate, unsettled: dict[str, str]) -> None:
        self._inner, self._fate, self._unsettled = inner, fate, unsettled

    async def transact(self, work: Callable[[UnitOfWork], T], *, background: bool = False) -> T:
        noted: list[tuple[str, Any]] = []

        def mortal(uow: UnitOfWork) -> T:
            self._fate.lives()
            noted.clear()
            result = work(cast("UnitOfWork", Noting(uow, noted)))
            if told_apart(noted) != "look":
                self._fate.point(f"before the commit of a {told_apart(noted)}")
            return result

        result = await self._inner.transact(mortal, background=background)
        for what, parcel in noted:
            if what in SETTLED and isinstance(parcel, Parcel):
                self._unsettled.pop(f"{parcel.address} {parcel.key}", None)
        if told_apart(noted) != "look":
            self._fate.point(f"after the commit of a {told_apart(noted)}")
        return result

    async def close(self) -> None:
        await self._inner.close()


@dataclass(slots=True)
class MortalChat(Chat):
    """People's phones, which outlive the process, and a service that doubles what is sent twice.

    ``unsettled`` holds what was sent and is not known to be settled: only that may come twice.
    """

    fate: Fate = field(default_factory=Fate)
    unsettled: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[str, Posted]] = field(default_factory=list)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        self.fate.point("before a send")
        ref = await Chat.post(self, address, card, urgent=urgent, key=f"{key} {len(self.sent)}")
        self.sent.append((f"{address} {key}", self.posted[-1]))
        self.unsettled[f"{address} {key}"] = ref
        self.fate.point("after a send")
        return ref

    async def edit(self, address: str, reference: str, card: Card) -> None:
        self.fate.point("before an edit")
        await Chat.edit(self, address, reference, card)
        self.fate.point("after an edit")

    def copied(self) -> "MortalChat":
        """What stands on people's phones, to go on from in another life."""
        standing = {to: [replace(each) for each in held] for to, held in self.messages.items()}
        return replace(
            self,
            clock=HeldClock(self.clock.now()),
            messages=standing,
            posted=[*self.posted],
            unsettled=dict(self.unsettled),
            sent=[*self.sent],
            _keys=dict(self._keys),
        )
