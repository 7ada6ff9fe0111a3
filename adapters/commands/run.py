"""``doorstep run``: serve a school's own channels until it is stopped."""

import asyncio
from collections.abc import Mapping

from adapters.commands.opening import environment, opened
from adapters.commands.service import Service
from adapters.commands.serving import bound, serve, set_up_logging


def run(environ: Mapping[str, str]) -> int:
    """Exit status 2 with a sentence for what is missing, or 0 once somebody has stopped it."""
    set_up_logging()
    asyncio.run(_run(environ))
    return 0


async def _run(environ: Mapping[str, str]) -> None:
    env, problems = environment(environ)
    with bound(env.host, env.port) as door:
        service = Service(await opened(env, problems))
        try:
            await service.start()
            ready = f"Doorstep serves {service.school} at http://{env.host}:{env.port}"
            await serve(service.app, door, f"{ready} (stop with Ctrl+C)")
        finally:
            await service.stop()
