"""Running an aiohttp application until somebody stops it."""

import asyncio
import logging
import signal

from aiohttp import web

from adapters.commands.outcome import Mend


def set_up_logging() -> None:
    """Times and levels on standard error; libraries stay above DEBUG (P7)."""
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form)
    for library in ("aiohttp.access", "apscheduler", "sqlalchemy", "alembic"):
        logging.getLogger(library).setLevel(logging.WARNING)


async def serve(app: web.Application, host: str, port: int, ready: str) -> None:
    """Serve until SIGINT or SIGTERM; print ``ready`` once connections are taken."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as problem:
            msg = f"Port {port} can't be used ({problem.strerror}). Choose another: PORT=8081"
            raise Mend(msg) from None
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stopped.set)
        print(ready, flush=True)
        await stopped.wait()
    finally:
        await runner.cleanup()
