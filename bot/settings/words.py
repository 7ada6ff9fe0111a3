"""Single values as people write them. A ValueError says what isn't so, without the value."""

import re
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from bot.settings.mistakes import nearest

LEAST_DIGITS = 5

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_id(text: str) -> str:
    """Take the id of a school or a person."""
    if not _ID.fullmatch(text):
        raise ValueError("an id has at most 64 letters, digits, dots, _ and -, and no spaces")
    return text


def read_phone(text: str) -> str:
    """Take a phone number, kept as it is written."""
    digits = sum(each.isdigit() for each in text)
    if digits < LEAST_DIGITS:
        raise ValueError(f"this has {digits} digits, too few for a phone number")
    return text


def read_email(text: str) -> str:
    """Take an e-mail address that looks like one."""
    if not _EMAIL.fullmatch(text):
        raise ValueError("this isn't an e-mail address")
    return text


def read_zone(text: str) -> str:
    """Take the name of a time zone that exists."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        near = nearest(text, available_timezones())
        meant = f"; {near} does" if near else ""
        raise ValueError(f"no time zone has this name{meant}") from None
    return text


def read_date(value: object) -> date:
    """Take a date, written as text or as TOML's own."""
    if type(value) is date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("no such day is in the calendar") from None
    raise ValueError("this isn't a date")
