"""New settings while Doorstep runs: good ones are kept and adopted; bad ones change nothing, and
whoever looks after Doorstep is told (S15).

An episode begins whenever a good file is kept. In each, the same mistakes are told once, by the
outbox's key, also over a restart; whoever was told in it hears that it is mended.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.settings import CLOSED, SINCE, keepers
from bot.domain.roles import OFFICE
from bot.domain.school import School
from bot.domain.school_events import SettingsChanged
from bot.domain.shows import Show, alert, post
from bot.engine.engine import Engine
from bot.engine.overview import about_school
from bot.engine.setup import Setup
from bot.ports import Clock, LastGood, Store, UnitOfWork
from bot.settings import Judged, Settings, changed_keys, changes

log = logging.getLogger(__name__)
SLOT = "settings"
FILE = "the school file"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend. ``brief`` names keys and no person: it is for logs and ``/readyz``.
    ``unheard`` says that nothing which people do there arrives.
    """

    brief: str
    sentences: tuple[str, ...]
    unheard: bool = False


Complete = Callable[[School], Awaitable[School]]
"""Fills in what the channels can look up."""


class Renewal:
    """Takes what the school file says now, and what else is wrong. ``problems`` hold from start."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        clock: Clock,
        problems: Mapping[str, Problem] | None = None,
        complete: Complete | None = None,
    ) -> None:
        self._engine, self._store, self._clock = engine, store, clock
        self._problems = dict(problems or {})
        self._complete = complete
        self._said: set[str] = set()
        self._turn = asyncio.Lock()
        self._settings = Settings(engine.setup.school, engine.setup.policy)

    @property
    def briefs(self) -> tuple[str, ...]:
        """What is to mend, for whoever may read no names."""
        return tuple(f"{what}: {p.brief}" for what, p in self._problems.items())

    @property
    def unheard(self) -> tuple[str, ...]:
        """The channels on which nobody is heard."""
        return tuple(what for what, problem in self._problems.items() if problem.unheard)

    def begin_with(self, what: str, problem: Problem) -> None:
        """Something was found wrong before the first ``take``, which tells of it."""
        self._problems[what] = problem

    async def take(self, judged: Judged) -> None:
        """The school file has been read, and stands still."""
        where = ", ".join(dict.fromkeys(f"{m.file} {m.where}".strip() for m in judged.mistakes))
        if where:
            log.warning("the school file can't be used, and changes nothing: %s", where)
        async with self._turn:
            if judged.settings is None:
                self._problems[FILE] = Problem(where, tuple(map(str, judged.mistakes)))
                await self._go_on(await self._completed(), None)
            else:
                self._problems.pop(FILE, None)
                self._settings = judged.settings
                await self._go_on(await self._completed(), judged.kept)

    async def mend(self, what: str, problem: Problem | None) -> None:
        """Something else has gone wrong, or is well again: a channel, say."""
        async with self._turn:
            if self._problems.get(what) == problem:
                return
            if problem:
                self._problems[what] = problem
            else:
                del self._problems[what]
            log.warning("%s: %s", what, problem.brief if problem else "all is well again")
            await self._go_on(self._engine.setup, None)

    async def learnt(self) -> None:
        """The channels can look up more than they could."""
        async with self._turn:
            await self._go_on(await self._completed(), None)

    async def _completed(self) -> Setup:
        school = self._settings.school
        if self._complete:
            school = await self._complete(school)
        return replace(self._engine.setup, school=school, policy=self._settings.policy)

    async def _go_on(self, setup: Setup, kept: tuple[str, str] | None) -> None:
        """The engine first, since what is told is drawn from what it then works with."""
        sentences = (s for problem in self._problems.values() for s in problem.sentences)
        setup = replace(setup, problems=tuple(sentences), unheard=self.unheard)
        if kept or setup.school != self._engine.setup.school:
            await self._engine.adopt(setup)
        else:
            self._engine.setup = setup
        now = self._clock.now()
        before, key = await self._store.transact(lambda uow: self._keep(uow, setup, kept, now))
        self._said = {*self._said, key} if setup.problems else set()
        if kept and before and setup.can_seal:
            self._log_changes(before, kept)
        self._engine.on_change()

    @staticmethod
    def _log_changes(before: LastGood, kept: tuple[str, str]) -> None:
        if keys := changed_keys((before.text, before.sealed), kept):
            log.info("the school file has changed and is in use: %s", ", ".join(keys))

    def _keep(
        self, uow: UnitOfWork, setup: Setup, kept: tuple[str, str] | None, now: datetime
    ) -> tuple[LastGood | None, str]:
        """Keep, and tell. Give what was kept before, and by which key the problems were told.

        Under a wrong key nothing is kept: it would bury what the right one still opens.
        """
        before = uow.settings.last_good(setup.school.id)
        told = _told(uow, before, setup)
        if kept is None and not setup.problems and before and before.sealed is not None:
            kept = (before.text, before.sealed)
        if kept and setup.can_seal:
            _record(uow, before, kept, setup, now)
            uow.settings.keep(setup.school.id, *kept, now)
        if setup.problems:
            return before, self._tell(uow, setup, now)
        for who in told:
            uow.outbox.put(about_school(post(who, SLOT), f"mended.{now.isoformat()}", setup, now))
        return before, ""

    def _tell(self, uow: UnitOfWork, setup: Setup, now: datetime) -> str:
        good = uow.settings.last_good(setup.school.id)
        since = good.at.isoformat() if good else ""
        digest = hashlib.sha256("\n".join(setup.problems).encode()).hexdigest()[:16]
        key = f"{digest}.{since}"
        args = {
            SINCE: since if FILE in self._problems else "",
            CLOSED: "" if setup.can_seal else "yes",
        }
        readers = [person.id for person in keepers(setup.school, now)]
        if uow.visits.people_out(setup.school.id):
            readers.append(OFFICE)
        for who in dict.fromkeys(readers):
            show = alert(who, SLOT, **args)
            if key in self._said:  # told of before, and something else since
                show = Show(who, SLOT, SLOT, args=args)
                uow.outbox.put(about_school(show, f"again.{now.isoformat()}", setup, now))
            else:
                uow.outbox.put(about_school(show, key, setup, now))
        return key


def _record(
    uow: UnitOfWork, before: LastGood | None, kept: tuple[str, str], setup: Setup, now: datetime
) -> None:
    """What differs from the settings before is an entry of the school's own audit chain. A restart
    that reads what is known already is none; what couldn't be decrypted isn't compared.
    """
    after: tuple[str, str | None] = kept
    if before and before.sealed is None:
        after = (kept[0], None)
    found = changes((before.text, before.sealed) if before else None, after)
    if found:
        uow.audit.append(setup.school.id, "", [SettingsChanged(now, found)])


def _told(uow: UnitOfWork, good: LastGood | None, setup: Setup) -> tuple[str, ...]:
    """Whoever was told in this episode. Only what is wrong is told urgently."""
    if good is None:
        return ()
    return tuple(sorted(uow.outbox.standing(setup.school.id, "", SLOT, good.at)))
