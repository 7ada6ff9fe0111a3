"""``doorstep policy show|check [FILE]``: a policy file, a school file, or a shipped name."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from adapters.commands.clock import RealClock
from adapters.commands.files import environment, school_file, text_of
from adapters.commands.outcome import Mend
from bot.cards.ahead import in_words
from bot.cards.policy_sheet import sheet
from bot.domain.policy import Policy
from bot.settings import (
    CHANNELS,
    SHIPPED,
    BadSettings,
    Settings,
    Time,
    check_policy,
    check_school,
    errors_of,
    moments,
    prove,
    read_policy,
    shipped,
    show_policy,
    together,
    unapproved,
    unheard,
)


def show(environ: Mapping[str, str], file: str | None, *, toml: bool = False) -> int:
    """Print the policy whole: in plain English, to read and sign, or as a file that reads back the
    same, for a school to start from.
    """
    found = _read(environ, file)
    now = RealClock().now()
    if isinstance(found, Settings):
        policy, school, today = found.policy, found.school.name, found.school.local(now).date()
    else:
        policy, school, today = found, "", now.date()
    print(show_policy(policy) if toml else sheet(policy, today, school), end="")
    return 0


def check_policy_file(environ: Mapping[str, str], file: str | None) -> int:
    """Say what is wrong, by key. A school file is checked with its people."""
    found = _read(environ, file)
    now = RealClock().now()
    if isinstance(found, Settings):
        _play(found, now)
        proved = (*prove(found, CHANNELS), *unapproved(found, now), *unheard(found, now))
        mistakes = (*check_school(found), *proved)
    else:
        mistakes = check_policy(found, file=file or "")
    errors = errors_of(mistakes)
    for mistake in mistakes:
        print(f"{'to mend' if mistake in errors else 'to know'}: {mistake}")
    if not errors:
        print(
            "Nothing is to mend. Is what is to know meant so?" if mistakes else "The policy holds."
        )
    return 1 if errors else 0


def _play(settings: Settings, now: datetime) -> None:
    """Whom silence would reach, at the moments that this school will meet."""
    played = tuple(moments(settings, now))
    if not played:
        return
    lead = played[0].lead.name
    print(f"Played ahead: {lead} goes for an hour, alone, with no contact named.")
    print("A day stands for the later ones on which the same people are there.")
    alike: dict[tuple[str, str], list[Time]] = {}
    for moment in played:
        reached = in_words(moment.ahead, settings.school) if moment.reached else ""
        said = reached or "at some moment nobody would be reached"
        alike.setdefault((moment.time.part, said), []).append(moment.time)
    for (_, said), several in alike.items():
        print(f"  {together(several)}: {said}.")


def _read(environ: Mapping[str, str], file: str | None) -> Policy | Settings:
    if file is None:
        return school_file(environment(environ).config)
    if file in SHIPPED:
        return read_policy(shipped(file), file=file)
    path = Path(file)
    text = text_of(path)
    try:
        if "school" in tomllib.loads(text):
            return school_file(path)
    except tomllib.TOMLDecodeError:
        pass  # read_policy names the line
    try:
        return read_policy(text, file=file)
    except BadSettings as bad:
        raise Mend("\n".join(str(mistake) for mistake in bad.mistakes)) from None
