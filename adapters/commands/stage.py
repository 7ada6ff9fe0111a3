"""The demo's own world: a database, an engine and a metronome, which a reset makes anew."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

from adapters.metronome import Metronome
from adapters.web.channel import WebChannel
from adapters.web.chats import Chats
from adapters.web.clock import DemoClock
from adapters.web.hub import Hub
from adapters.web.moving import Moving
from adapters.web.playing import CAST, SHORTCUTS, greeting
from adapters.web.story.bookmark import Bookmark
from adapters.web.story.hands import Hands
from adapters.web.story.silence import SILENCE
from adapters.web.story.teller import Teller
from adapters.web.story.times import times
from bot.engine.engine import Engine
from bot.engine.setup import Setup
from bot.ports import Answer, Inbound, UnitOfWork
from bot.settings import Settings
from storage import Keyring, SqlStore, open_store
from storage.migrate import upgrade

CHAT = ("demo", "chat")


class Stage:
    """Everything behind the demo page. ``open`` before anything else, ``close`` at the end."""

    def __init__(self, folder: Path, settings: Settings, keyring: Keyring) -> None:
        self._folder, self._settings, self._keyring = folder, settings, keyring
        self.clock = DemoClock(folder / "clock.json")
        chats = Chats(
            folder / "chats.db",
            lambda plain: keyring.seal(CHAT, plain),
            lambda sealed: _opened(keyring, sealed),
        )
        self.channel = WebChannel(chats, Hub(), CAST, self.clock, settings.school.zone)
        hub = self.channel.hub
        self.moving = Moving(self.advance, self.reset, self.clock, hub)
        self.teller = Teller(
            SILENCE,
            self.channel,
            Hands(self.channel, self.handle, self.moving, self.clock, SHORTCUTS),
            self.moving,
            self.clock,
            partial(times, settings.policy, settings.school.zone),
            Bookmark(folder / "story.json"),
            self.is_fresh,
        )
        self._setup = Setup(settings.school, settings.policy, ("web",))
        self._database = folder / "doorstep.db"

    async def open(self) -> None:
        """Open what is there, or begin; what fell due meanwhile is seen to at once."""
        url = f"sqlite:///{self._database}"
        upgrade(url)
        self.store: SqlStore = open_store(url, self._keyring)
        await self.store.transact(lambda uow: uow.outbox.free_leases())
        self.engine = Engine(self.store, {"web": self.channel}, self._setup, self.clock)
        self._metronome = Metronome(self.engine, self.clock)
        for persona in CAST.everybody:
            if not persona.spare:
                await self.channel.post(persona.id, greeting(persona), urgent=False, key="greeting")
        await self.engine.begin()
        await self._metronome.start()

    async def close(self) -> None:
        """Finish what is in hand."""
        await self._metronome.stop()
        await self.store.close()

    async def handle(self, inbound: Inbound) -> Answer:
        """Hand a deed to the engine that is there now."""
        return await self.engine.handle(inbound)

    async def advance(self, length: timedelta | None) -> str:
        """Let time pass, and everything happen at its own moment; None: until something does."""
        async with self._metronome.paused():
            await self.engine.catch_up()
            now = self.clock.now()
            following = await self.engine.next_moment(board=False)
            if length is None and following is None:
                return "Nothing is waiting to happen. Plan a visit first."
            end = now + length if length is not None else following
            assert end is not None
            while following is not None and following <= end:
                self.clock.set_to(following)
                await self.engine.catch_up()
                following = await self.engine.next_moment(board=False)
            self.clock.set_to(end)
            await self.engine.catch_up()
        local = self._settings.school.local(self.clock.now())
        return f"It is now {local:%H:%M}."

    async def is_fresh(self) -> bool:
        """Nobody has asked for a visit yet."""
        school = self._settings.school

        def look(uow: UnitOfWork) -> bool:
            return not any(uow.visits.recent_of(school.id, p.id, 1) for p in school.people)

        return await self.store.transact(look)

    async def reset(self) -> None:
        """Start afresh: the demo's own files, and nothing else."""
        await self.close()
        await asyncio.to_thread(self._forget)
        self.clock.restart()
        await self.channel.clear()
        await self.open()

    def _forget(self) -> None:
        for name in ("", "-wal", "-shm"):
            Path(f"{self._database}{name}").unlink(missing_ok=True)


def _opened(keyring: Keyring, sealed: bytes) -> bytes:
    plain = keyring.open(CHAT, sealed)
    if plain is None:
        msg = "the demo's chat was kept under another key"
        raise ValueError(msg)
    return plain
