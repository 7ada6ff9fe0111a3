"""``doorstep run``: serve a school's own channels until it is stopped."""

import asyncio
from collections.abc import Mapping

from adapters.commands.channels import PLUGS, not_there
from adapters.commands.files import environment, keyring, school_file
from adapters.commands.opening import open_database
from adapters.commands.outcome import Mend
from adapters.commands.service import Service
from adapters.commands.serving import serve, set_up_logging
from adapters.environment import NO_CHANNEL, which_channels


def run(environ: Mapping[str, str]) -> int:
    """Exit status 2 with a sentence for what is missing, or 0 once somebody has stopped it."""
    set_up_logging()
    asyncio.run(_run(environ))
    return 0


async def _run(environ: Mapping[str, str]) -> None:
    env = environment(environ)
    channels = which_channels(env)
    if channels.problems:
        raise Mend("\n".join(channels.problems))
    if not channels.names:
        raise Mend(NO_CHANNEL)
    keys = keyring(env)
    settings = school_file(env.config)
    for name in channels.names:
        if name not in PLUGS:
            raise Mend(not_there(name))
    store = open_database(env.database_url, keys)
    service = Service(env, store, settings, {name: PLUGS[name]() for name in channels.names})
    try:
        await service.start()
        ready = f"Doorstep serves {settings.school.name} at http://{env.host}:{env.port}"
        await serve(service.app, env.host, env.port, f"{ready} (stop with Ctrl+C)")
    finally:
        await service.stop()
