"""Reading the environment, the school file and the database for the commands that need them."""

from collections.abc import Mapping
from pathlib import Path

from adapters.commands.outcome import Mend
from adapters.environment import NO_KEY, BadEnvironment, Environment, read_environment
from bot.settings import BadSettings, Settings, decode, policies_beside, read_school
from storage import BadKey, Keyring


def environment(environ: Mapping[str, str]) -> Environment:
    """The environment, or the sentences that say what to mend."""
    try:
        return read_environment(environ)
    except BadEnvironment as bad:
        raise Mend(str(bad)) from None


def keyring(env: Environment) -> Keyring:
    """The keys, or the sentence that says what is wrong with them."""
    if not env.keys:
        raise Mend(NO_KEY)
    try:
        return Keyring(",".join(env.keys))
    except BadKey as bad:
        raise Mend(str(bad)) from None


def text_of(path: Path, remedy: str = "a file that can be read") -> str:
    """A file's text, or the sentence that says why it can't be read, and what would be right."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as problem:
        msg = f"{path} can't be read ({problem.strerror}); {remedy} would be right."
        raise Mend(msg) from None
    except BadSettings as bad:
        raise Mend(str(bad)) from None


def school_file(path: Path) -> Settings:
    """The school file, or all mistakes in it."""
    text = text_of(path, "the path of the school file in DOORSTEP_CONFIG")
    try:
        return read_school(text, policies=policies_beside(path.parent), file=str(path))
    except BadSettings as bad:
        raise Mend("\n".join(str(mistake) for mistake in bad.mistakes)) from None
