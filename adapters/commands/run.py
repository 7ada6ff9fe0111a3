"""``doorstep run``: serve a school's own channels."""

from collections.abc import Mapping

from adapters.commands.files import environment, keyring, school_file
from adapters.commands.outcome import Mend
from adapters.environment import NO_CHANNEL, which_channels


def run(environ: Mapping[str, str]) -> int:
    """Check everything that must be there; the channels themselves come with a later version."""
    env = environment(environ)
    channels = which_channels(env)
    if channels.problems:
        raise Mend("\n".join(channels.problems))
    if not channels.names:
        raise Mend(NO_CHANNEL)
    keyring(env)
    school_file(env.config)
    names = " and ".join(name.capitalize() for name in channels.names)
    msg = f"{names} comes with a later version; `doorstep demo` runs today."
    raise Mend(msg)
