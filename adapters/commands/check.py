"""``doorstep check``: everything that can be known before the first visit. Exit 0, or 1 with what
to mend.
"""

from collections.abc import Iterator, Mapping

from adapters.commands.files import environment, keyring, school_file
from adapters.commands.outcome import Mend
from adapters.environment import NO_CHANNEL, Channels, Environment, which_channels
from bot.settings import check_school, errors_of
from storage import BadUrl
from storage.migrate import is_current


def check(environ: Mapping[str, str]) -> int:
    """Print what is well and what to mend; every part is looked at, whatever is wrong elsewhere."""
    try:
        env = environment(environ)
    except Mend as mend:
        print(f"to mend: {mend}")
        return 1
    channels = which_channels(env)
    problems = [
        *_channels(channels),
        *_key(env),
        *_database(env),
        *_school(env, channels),
    ]
    for problem in problems:
        print(f"to mend: {problem}")
    print("All is well." if not problems else f"{len(problems)} to mend.")
    return 1 if problems else 0


def _channels(channels: Channels) -> Iterator[str]:
    yield from channels.problems
    if not channels.names and not channels.problems:
        yield NO_CHANNEL
    for name in channels.names:
        print(f"{name} is configured; that it answers can't be asked by this version.")


def _key(env: Environment) -> Iterator[str]:
    try:
        keyring(env)
    except Mend as mend:
        yield str(mend)


def _database(env: Environment) -> Iterator[str]:
    try:
        current = is_current(env.database_url)
    except BadUrl as bad:
        yield str(bad)
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        yield f"The database of DATABASE_URL does not answer ({type(problem).__name__})."
    else:
        if not current and env.database_url.startswith("sqlite"):
            print("The database is made, or brought up to date, when Doorstep starts.")
        elif not current:
            yield "The database is not up to date; `doorstep migrate` would be right."


def _school(env: Environment, channels: Channels) -> Iterator[str]:
    try:
        settings = school_file(env.config)
    except Mend as mend:
        yield from str(mend).splitlines()
        return
    found = check_school(settings, channels=channels.names or ("slack", "teams"))
    errors = errors_of(found)
    for mistake in found:
        if mistake not in errors:
            print(f"to know: {mistake}")
    yield from map(str, errors)
