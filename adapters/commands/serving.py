"""Running an aiohttp application until somebody stops it."""

import asyncio
import logging
import signal
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from aiohttp import web

from adapters.commands.outcome import Mend

WAITING = 128
"""Callers that wait while Doorstep starts, or is busy."""


def set_up_logging() -> None:
    """Times and levels on standard error; libraries stay above DEBUG (P7)."""
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form)
    for library in ("aiohttp.access", "apscheduler", "sqlalchemy", "alembic"):
        logging.getLogger(library).setLevel(logging.WARNING)


@contextmanager
def bound(host: str, port: int) -> Iterator[tuple[socket.socket, ...]]:
    """Take the port, or raise Mend. Before anything else is touched: whoever has it may be
    Doorstep, at work on the same database. Who calls meanwhile is answered once ``serve`` runs.
    """
    with ExitStack() as taken:
        try:
            door = tuple(taken.enter_context(each) for each in _sockets(host, port))
        except OSError as problem:
            msg = f"Port {port} can't be used ({problem.strerror}). Choose another: PORT=8081"
            raise Mend(msg) from None
        yield door


def _sockets(host: str, port: int) -> Iterator[socket.socket]:
    """One for each address that the name stands for."""
    for family, _, _, _, address in socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        yield socket.create_server(address, family=family, backlog=WAITING)


async def serve(app: web.Application, door: Iterable[socket.socket], ready: str) -> None:
    """Serve until SIGINT or SIGTERM; print ``ready`` once connections are taken."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        for each in door:
            await web.SockSite(runner, each, backlog=WAITING).start()
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stopped.set)
        print(ready, flush=True)
        await stopped.wait()
    finally:
        await runner.cleanup()
