"""``doorstep check``: everything that can be known before the first visit, or while it runs.

It judges as ``doorstep run`` does, and changes nothing. Exit 0, or 1 with what to mend.
"""

import asyncio
import secrets
from collections.abc import Iterator, Mapping

from adapters.commands.channels import PLUGS
from adapters.commands.clock import RealClock
from adapters.commands.database import no_answer
from adapters.commands.files import environment, keyring
from adapters.commands.opening import OTHER_KEY, judged_on
from adapters.commands.outcome import Mend
from adapters.commands.reaching import reach
from adapters.environment import Channels, Environment, which_channels
from adapters.plug import Wiring, untold
from adapters.school_file import look
from bot.engine.setup import Setup
from bot.engine.standing import Standing, gone_on_with, standing
from bot.ports import Answer, Inbound, Store, UnitOfWork
from bot.settings import Settings, check_school, errors_of, judge
from storage import BadUrl, Keyring, open_store
from storage.memory import MemoryStore
from storage.migrate import is_current


def check(environ: Mapping[str, str], tell: str = "") -> int:
    """Print what is well and what to mend; every part is looked at, whatever is wrong elsewhere.

    ``tell`` is the id of somebody who is sent a message.
    """
    try:
        env = environment(environ)
    except Mend as mend:
        print(f"to mend: {mend}")
        return 1
    problems = asyncio.run(_problems(env, tell))
    for problem in problems:
        print(f"to mend: {problem}")
    print("All is well." if not problems else f"{len(problems)} to mend.")
    return 1 if problems else 0


async def _problems(env: Environment, tell: str) -> list[str]:
    channels = which_channels(env)
    keys, key_problems = _key(env)
    contacts = MemoryStore()
    known, database_problems = await _database(env, keys, contacts)
    if not key_problems and known.good and known.good.sealed is None:
        key_problems = (OTHER_KEY,)
    judged = judge(look(env.config), channels=judged_on(channels), known=known.school)
    if judged.settings:
        for line in _to_know(judged.settings, channels):
            print(line)
    if known.anybody_out:
        print("Somebody is out: until all is mended, `doorstep run` goes on with what works.")
    return [
        *channels.problems,
        *await _asked(env, channels, gone_on_with(judged, known), contacts, tell),
        *key_problems,
        *database_problems,
        *map(str, judged.mistakes),
    ]


def _key(env: Environment) -> tuple[Keyring, tuple[str, ...]]:
    try:
        return keyring(env), ()
    except Mend as mend:
        return Keyring(secrets.token_urlsafe(32)), (str(mend),)


async def _database(
    env: Environment, keys: Keyring, contacts: Store
) -> tuple[Standing, tuple[str, ...]]:
    """What it knows; what channels have learnt about reaching people goes to ``contacts``, so that
    they may look and change nothing. What isn't there yet knows nothing, and is not made.
    """
    try:
        if is_current(env.database_url):
            store = open_store(env.database_url, keys)
            try:
                known = await store.transact(standing)
                await _copy_contacts(store, contacts, known)
                return known, ()
            finally:
                await store.close()
    except BadUrl as bad:
        return Standing(), (str(bad),)
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        return Standing(), (no_answer(problem),)
    if env.database_url.startswith("sqlite"):
        print("The database is made, or brought up to date, when Doorstep starts.")
        return Standing(), ()
    return Standing(), ("The database is not up to date; `doorstep migrate` would be right.",)


async def _copy_contacts(store: Store, contacts: Store, known: Standing) -> None:
    school = known.school
    if school is None:
        return
    kept = await store.transact(
        lambda uow: [each for name in PLUGS for each in uow.contacts.of(school, name)]
    )

    def copy(uow: UnitOfWork) -> None:
        for each in kept:
            uow.contacts.keep(school, each, RealClock().now())

    await contacts.transact(copy)


async def _asked(
    env: Environment, channels: Channels, settings: Settings | None, contacts: Store, tell: str
) -> list[str]:
    """What the vendors say, and whether they reach whoever asked for it."""
    problems: list[str] = []
    for name in channels.names:
        if name not in PLUGS:
            print(f"{name} is configured; that it answers can't be asked by this version.")
        elif settings is None:
            print(f"{name} is configured; it is asked once the school file can be read.")
        else:
            setup = Setup(settings.school, settings.policy, channels.names)
            found = await PLUGS[name]()(_wiring(env, setup, contacts)).check()
            problems.extend(found)
            if not found:
                print(f"{name} answers.")
    if tell and settings:
        setup = Setup(settings.school, settings.policy, channels.names)
        wiring = _wiring(env, setup, contacts)
        problems += [s async for s in reach(tell, setup.school, channels.names, wiring)]
    return problems


def _wiring(env: Environment, setup: Setup, contacts: Store) -> Wiring:
    async def handle(_: Inbound) -> Answer:
        return Answer()

    return Wiring(env, RealClock(), contacts, handle, lambda: setup, untold, lambda: None)


def _to_know(settings: Settings, channels: Channels) -> Iterator[str]:
    found = check_school(settings, channels=judged_on(channels))
    errors = errors_of(found)
    for mistake in found:
        if mistake not in errors:
            yield f"to know: {mistake}"
