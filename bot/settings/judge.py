"""Judges what stands in the school's files at one moment: settings to go on with, or every mistake.

Knows bytes and why there are none; not where they come from.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.settings.check_school import check_school
from bot.settings.mistakes import BadSettings, Mistake, errors_of, quote
from bot.settings.school_file import Settings, read_school
from bot.settings.seal import seal_out
from bot.settings.shipped import SHIPPED, shipped
from bot.settings.toml import decode, parse_toml


@dataclass(frozen=True, slots=True)
class Found:
    """What stood in a file, or why it could not be read."""

    data: bytes = b""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The school file, and the policy file that it names, if it names one that isn't shipped."""

    name: str
    school: Found
    policy: Found | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """``settings`` are None where there are mistakes; ``kept`` is what the database is to hold."""

    settings: Settings | None
    kept: tuple[str, str] = ("", "")
    mistakes: tuple[Mistake, ...] = ()


def named_policy(school: Found) -> str | None:
    """The path of the policy file that this school file names; None for a shipped one."""
    try:
        data = parse_toml(decode(school.data))
    except BadSettings:
        return None
    about = data.get("school")
    name = about.get("policy") if isinstance(about, dict) else None
    return name.strip() if isinstance(name, str) and name.strip() not in {"", *SHIPPED} else None


def judge(files: Files, *, channels: Collection[str], known: str | None = None) -> Judged:
    """Read and check; only errors count, as warnings keep nothing from working.

    ``known`` is the school whose visits the database holds already: another one's file is a
    mistake, since nobody would watch those visits.
    """
    if files.school.trouble:
        problem = f"this can't be read ({files.school.trouble})"
        remedy = "the path of the school file in DOORSTEP_CONFIG would be right"
        return _wrong([Mistake("", problem, remedy, file=files.name)])
    policies = _policies(files)
    try:
        text = decode(files.school.data, files.name)
        settings = read_school(text, policies=policies, file=files.name)
        kept = seal_out(text, policies=policies, file=files.name)
    except BadSettings as bad:
        return _wrong(bad.mistakes)
    errors = errors_of(check_school(settings, channels=channels))
    if known is not None and settings.school.id != known:
        problem = f"the database holds the visits of {quote(known)}, and nobody else's"
        remedy = f'id = "{known}", or another DATABASE_URL, would be right'
        errors = (Mistake("school.id", problem, remedy, file=files.name), *errors)
    return _wrong(errors) if errors else Judged(settings, kept)


def _wrong(mistakes: Collection[Mistake]) -> Judged:
    return Judged(None, mistakes=tuple(mistakes))


def _policies(files: Files) -> Callable[[str], str]:
    def find(name: str) -> str:
        if name in SHIPPED or files.policy is None:
            return shipped(name)
        if files.policy.trouble:
            raise OSError(files.policy.trouble)
        return decode(files.policy.data, name)

    return find
