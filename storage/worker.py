"""Threads that run one transaction after the other: people's presses first, then the engine's own.

One thread for SQLite, which has one writer anyway; a few for PostgreSQL. Knows nothing of what the
work is: it begins, runs, commits or rolls back, and runs again what lost a conflict.

Where one thread is all there is, what waits in the queue is committed in groups: the disk is waited
for once. Each piece of work has a savepoint of its own, so that one that raises takes nothing with
it, and nobody is answered before the commit.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, PriorityQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
MOST_TRIES = 5
MOST_TOGETHER, LONGEST_TOGETHER = 16, 0.006
"""So many pieces of work are committed together, and no more begun after so many seconds: a press
that comes meanwhile waits no longer than that.
"""
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
        hand = _Hand(self._engine)
        while (job := self._queue.get()).run is not None:
            jobs = [job] if len(self._threads) > 1 else self._with_what_waits(job)
            if len(jobs) > 1:
                for left in hand.do_together(jobs):
                    self._queue.put(left)
            elif job.future.set_running_or_notify_cancel():
                hand.do(job)
            del job, jobs  # a result must not live on until the next job comes
        hand.let_go()

    def _with_what_waits(self, first: _Job) -> list[_Job]:
        """Take what is queued at this moment, as far as a group goes; the end of it all waits."""
        jobs = [first]
        while len(jobs) < MOST_TOGETHER:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job.run is None:
                self._queue.put(job)
                break
            jobs.append(job)
        return jobs


class _Hand:
    """One thread's connection, and the work done on it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def let_go(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def do(self, job: _Job) -> None:
        """Do one piece of work in a transaction of its own, again where it lost a conflict."""
        assert job.run is not None
        try:
            for attempt in range(1, MOST_TRIES + 1):
                finished = False
                try:
                    connection = self._connection = self._connection or self._engine.connect()
                    with connection.begin():
                        result = job.run(connection)
                        finished = True
                    break
                except DBAPIError as error:
                    if attempt == MOST_TRIES or not _may_run_again(error, finished=finished):
                        raise
                finally:
                    if self._connection is not None and self._connection.invalidated:
                        self.let_go()
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
            _raise_in(job.future, error)
        else:
            job.future.set_result(result)

    def do_together(self, jobs: list[_Job]) -> list[_Job]:
        """Do several in one transaction, each in a savepoint; give those for which time was up.

        Whatever the group as a whole can't do (begin, commit, a connection that broke) each then
        does alone: nothing is kept of it.
        """
        begun = time.monotonic()
        done: list[tuple[_Job, Any, BaseException | None]] = []
        started: list[_Job] = []
        left = iter(jobs)
        try:
            connection = self._connection = self._connection or self._engine.connect()
            with connection.begin():
                for job in left:
                    if not job.future.set_running_or_notify_cancel():
                        continue
                    started.append(job)
                    done.append((job, *_in_savepoint(connection, job)))
                    if time.monotonic() - begun > LONGEST_TOGETHER:
                        break
        except DBAPIError:
            done.clear()
            if self._connection is not None and self._connection.invalidated:
                self.let_go()
            for job in started:
                self.do(job)
        for job, result, error in done:
            if error is None:
                job.future.set_result(result)
            else:
                _raise_in(job.future, error)
        return list(left)


def _in_savepoint(connection: Connection, job: _Job) -> tuple[Any, BaseException | None]:
    """Give what the work gave, or what it raised, with nothing of it kept. An error of the database
    itself is the whole group's.
    """
    assert job.run is not None
    connection.exec_driver_sql("SAVEPOINT alone")
    try:
        result = job.run(connection)
    except DBAPIError:
        raise
    except BaseException as error:  # noqa: BLE001 - whoever waits gets it, whatever it is
        connection.exec_driver_sql("ROLLBACK TO alone")
        connection.exec_driver_sql("RELEASE alone")
        return None, error
    connection.exec_driver_sql("RELEASE alone")
    return result, None


def _raise_in(future: "Future[Any]", error: BaseException) -> None:
    if isinstance(error, StopIteration):  # asyncio would refuse it, and somebody wait for ever
        error = RuntimeError(f"the work raised {error!r}")
    future.set_exception(error)


def _may_run_again(error: DBAPIError, *, finished: bool) -> bool:
    """Whether nothing was committed for certain, and another try may well succeed.

    A connection that broke after the work had finished may have broken after the commit.
    """
    if error.connection_invalidated:
        return not finished
    state = getattr(error.orig, "sqlstate", None)
    code = getattr(error.orig, "sqlite_errorname", None)
    return state in _AGAIN_STATES or code in _AGAIN_CODES
