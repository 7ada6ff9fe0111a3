"""Looks at the school's files again and again. A change counts once it stands still.

Editors replace a file, empty it first, or write it in pieces: what is the same at several looks in
a row is what somebody meant. The files are small, so that reading them is as cheap as asking for
their dates, which some editors and file systems keep.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.engine.faults import where
from bot.settings import Files, Found, named_policy

log = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds from one look to the next."""
LOOKS = 3
"""Looks in a row at which the content must be the same."""


def look(path: Path) -> Files:
    """Read the school file, and the policy file beside it that it names."""
    school = _read(path)
    policy = named_policy(school)
    return Files(str(path), school, None if policy is None else _read(path.parent / policy))


def _read(path: Path) -> Found:
    try:
        return Found(path.read_bytes())
    except OSError as problem:
        return Found(trouble=problem.strerror or type(problem).__name__)
    except ValueError:  # a path that can't be one
        return Found(trouble="this is no path")


class Settling:
    """Gives each content once, when it has stood still."""

    def __init__(self, known: Files) -> None:
        """``known`` is what has been judged already."""
        self._known = self._last = known
        self._looks = 0

    def settled(self, found: Files) -> Files | None:
        """Take one look; give the content if it is another than the known one, and stands still."""
        self._looks = self._looks + 1 if found == self._last else 1
        self._last = found
        if found == self._known or self._looks < LOOKS:
            return None
        self._known = found
        return found


class Watcher:
    """Hands on each new content of the school's files, whatever became of the one before."""

    def __init__(self, path: Path, known: Files, take: Callable[[Files], Awaitable[None]]) -> None:
        self._path, self._take = path, take
        self._settling = Settling(known)
        self._untaken: Files | None = None

    async def run(self) -> None:
        """Look for as long as Doorstep runs."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Look once. What could not be taken, as while the database is away, is tried again."""
        found = await asyncio.to_thread(look, self._path)
        self._untaken = self._settling.settled(found) or self._untaken
        if self._untaken is None:
            return
        try:
            await self._take(self._untaken)
        except Exception as problem:  # noqa: BLE001 - the next look tries again
            log.error("the school file could not be taken: %s", where(problem))  # noqa: TRY400
        else:
            self._untaken = None
