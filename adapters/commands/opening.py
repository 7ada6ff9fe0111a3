"""What ``doorstep run`` starts with: everything that can be used, and all that is wrong.

With visits out it starts on what works (S15): the last good settings, the channels that are whole,
a key of the moment. With nobody out, the first thing that is wrong is a sentence, exit status 2.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.commands.channels import PLUGS, not_there
from adapters.commands.database import has_database, no_answer, open_database
from adapters.commands.files import keyring
from adapters.commands.outcome import Mend
from adapters.environment import BadEnvironment, Channels, Environment, read_environment
from adapters.environment import which_channels as channels_of
from adapters.plug import Plug
from adapters.school_file import look
from bot.engine.renewal import FILE, Problem
from bot.engine.standing import Standing, gone_on_with, standing
from bot.settings import Files, Judged, Settings, judge
from storage import Keyring, SqlStore

OTHER_KEY = (
    "DOORSTEP_KEY doesn't open what the database holds; the key that sealed it, after the new one "
    "and a comma, would be right. If that key is lost, another DATABASE_URL begins afresh."
)
NONE_LEFT = "Somebody is out, and there are no last good settings to go on with."
KEY = "DOORSTEP_KEY"


@dataclass(frozen=True, slots=True)
class Opening:
    """All of it. ``judged`` is what the school file says, ``settings`` what is gone on with."""

    env: Environment
    store: SqlStore
    files: Files
    channels: Channels
    judged: Judged
    settings: Settings
    plugs: Mapping[str, Plug]
    problems: Mapping[str, Problem]
    can_seal: bool
    anybody_out: bool


async def opened(env: Environment, problems: dict[str, Problem]) -> Opening:
    """Open the database and look at everything else, or raise Mend. ``problems`` are those that
    the environment had.
    """
    channels = channels_of(env)
    if channels.problems:
        problems["channels"] = Problem(" ".join(channels.problems), channels.problems)
    missing = missing_channels(channels)
    keys, key_problem = _keys(env)
    problems |= key_problem
    files = look(env.config)
    judged = judge(files, channels=judged_on(channels))
    if not has_database(env.database_url):
        _refuse(problems | file_problem(judged) | missing)
    store = open_database(env.database_url, keys)
    try:
        known = await _known(store)
        judged = judge(files, channels=judged_on(channels), known=known.school)
        if known.school and known.good and known.good.sealed is None and not key_problem:
            problems[KEY] = Problem("it opens nothing that is kept", (OTHER_KEY,))
        if not known.anybody_out:
            _refuse(problems | file_problem(judged) | missing)
        settings = _settings(judged, known)
    except BaseException:
        await store.close()
        raise
    return Opening(
        env=env,
        store=store,
        files=files,
        channels=channels,
        judged=judged,
        settings=settings,
        plugs={name: PLUGS[name]() for name in channels.names if name in PLUGS},
        problems=problems | missing,
        can_seal=KEY not in problems,
        anybody_out=known.anybody_out,
    )


async def _known(store: SqlStore) -> Standing:
    try:
        return await store.transact(standing)
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        raise Mend(no_answer(problem)) from None


def judged_on(channels: Channels) -> tuple[str, ...]:
    """The channels that the school file must reach people on. A broken one isn't the file's fault,
    so that a channel's trouble doesn't keep a good file from being used.
    """
    return ("slack", "teams") if channels.problems or not channels.names else channels.names


def missing_channels(channels: Channels) -> dict[str, Problem]:
    """Channels that are configured, and that this version doesn't have."""
    missing = (name for name in channels.names if name not in PLUGS)
    return {name: Problem("not in this version", (not_there(name),)) for name in missing}


def file_problem(judged: Judged) -> dict[str, Problem]:
    """What is wrong in the school's files; where it is told briefly, no values stand in it."""
    if not judged.mistakes:
        return {}
    return {FILE: Problem("it can't be used", tuple(str(each) for each in judged.mistakes))}


def _refuse(problems: Mapping[str, Problem]) -> None:
    for problem in problems.values():
        raise Mend("\n".join(problem.sentences))


def environment(environ: Mapping[str, str]) -> tuple[Environment, dict[str, Problem]]:
    """Read what can be read of it, and what is wrong with the rest; or raise Mend."""
    try:
        return read_environment(environ), {}
    except BadEnvironment as bad:
        if bad.rest is None:
            raise Mend(str(bad)) from None
        return bad.rest, {
            "environment": Problem("it has mistakes, which `doorstep check` names", bad.sentences)
        }


def _keys(env: Environment) -> tuple[Keyring, dict[str, Problem]]:
    """A key of the moment, where there is none: what happens is recorded all the same, and the
    words in it are lost.
    """
    try:
        return keyring(env), {}
    except Mend as mend:
        moment = Keyring(secrets.token_urlsafe(32))
        return moment, {KEY: Problem("it can't be used", (str(mend),))}


def _settings(judged: Judged, known: Standing) -> Settings:
    found = gone_on_with(judged, known)
    if found is None:
        raise Mend("\n".join([NONE_LEFT, *map(str, judged.mistakes)]))
    return found
