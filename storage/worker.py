"""Threads that run one transaction after the other: people's presses first, then the engine's own.

One thread for SQLite, which has one writer anyway; a few for PostgreSQL. Knows nothing of what the
work is: it begins, runs, commits or rolls back, and runs again what lost a conflict.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from queue import PriorityQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
MOST_TRIES = 5
_FOREGROUND, _BACKGROUND, _CLOSE = range(3)
# Serialisation failure, deadlock, lock not available: PostgreSQL asks to run it all again. So does
# a row that another replica put a moment before us, where ON CONFLICT watches another key of it.
_AGAIN_STATES = frozenset({"40001", "40P01", "55P03", "23505"})
_AGAIN_CODES = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT"})


class StoreClosed(RuntimeError):
    """The store was closed; nothing can be kept any more."""


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    run: Callable[[Connection], Any] | None = field(compare=False)
    future: "Future[Any]" = field(compare=False)


class Workers:
    """A few threads with one queue. Within foreground and background, first come, first served."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._queue: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = count()
        self._closing = threading.Lock()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._loop, name=f"doorstep-store-{n}", daemon=True)
            for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, run: Callable[[Connection], T], *, background: bool) -> "Future[T]":
        """Queue a transaction. A future cancelled before its turn comes is skipped."""
        with self._closing:
            if self._closed:
                raise StoreClosed("the store is closed")
            return self._put(_BACKGROUND if background else _FOREGROUND, run)

    async def close(self) -> None:
        """Finish everything queued, end the threads, let go of the database. Twice is fine."""
        with self._closing:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._put(_CLOSE, None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        self._engine.dispose()

    def _put(self, priority: int, run: Callable[[Connection], Any] | None) -> "Future[Any]":
        future: Future[Any] = Future()
        self._queue.put(_Job(priority, next(self._numbers), run, future))
        return future

    def _loop(self) -> None:
        """Keep one connection for as long as it works; open another after it broke."""
        connection: Connection | None = None
        while (job := self._queue.get()).run is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                for attempt in range(1, MOST_TRIES + 1):
                    finished = False
                    try:
                        connection = connection or self._engine.connect()
                        with connection.begin():
                            result = job.run(connection)
                            finished = True
                        break
                    except DBAPIError as error:
                        if attempt == MOST_TRIES or not _may_run_again(error, finished=finished):
                            raise
                    finally:
                        if connection is not None and connection.invalidated:
                            connection.close()
                            connection = None
            except StopIteration as error:  # asyncio would refuse it, and somebody wait for ever
                job.future.set_exception(RuntimeError(f"the work raised {error!r}"))
            except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
            del job  # the result must not live on until the next job comes
        if connection is not None:
            connection.close()


def _may_run_again(error: DBAPIError, *, finished: bool) -> bool:
    """Whether nothing was committed for certain, and another try may well succeed.

    A connection that broke after the work had finished may have broken after the commit.
    """
    if error.connection_invalidated:
        return not finished
    state = getattr(error.orig, "sqlstate", None)
    code = getattr(error.orig, "sqlite_errorname", None)
    return state in _AGAIN_STATES or code in _AGAIN_CODES
