"""Durations as people write them in the school file: ``90s``, ``30m``, ``1h30m``, ``3d``."""

import re
from datetime import timedelta

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_WHOLE = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?")


def parse_duration(text: str) -> timedelta:
    """Take ``1h30m`` and give the timedelta; a ValueError says what would be right."""
    found = _WHOLE.fullmatch(text.strip().lower())
    if not found or not any(found.groups()):
        msg = f'"{text}" is not a duration; write it like 90s, 30m, 2h, 1h30m or 3d'
        raise ValueError(msg)
    seconds = sum(
        int(number) * size
        for number, size in zip(found.groups(), _UNITS.values(), strict=True)
        if number
    )
    return timedelta(seconds=seconds)


def write_duration(length: timedelta) -> str:
    """Give the shortest spelling that ``parse_duration`` reads back as the same length."""
    left = int(length.total_seconds())
    parts = []
    for unit, size in _UNITS.items():
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts) or "0m"


def say_duration(length: timedelta, *, exact: bool = False) -> str:
    """Give the length as a person says it: ``45 minutes``, ``1 hour 30 minutes``; seconds beside
    minutes only where it has to be ``exact``.
    """
    left = max(0, int(length.total_seconds()))
    if left >= 60 and not exact:
        left -= left % 60
    parts = []
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number} {name}" + ("s" if number != 1 else ""))
    return " ".join(parts) or "0 minutes"
