"""Local times as people give them, and what is wrong with some of them (S13)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class BadMoment(ValueError):
    """A local time that can't be taken as it is; the message says what would be right."""


_NEITHER = "Please give a date and a time, like 22/11/2026 14:05."


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Take ``2026-11-22T14:05`` in the school's zone, and give the aware UTC moment.

    Raises ``BadMoment`` for what is no date and time, and for a time that the clock change skips
    or shows twice.
    """
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadMoment(_NEITHER) from None
    if ":" not in text:  # a date alone is not midnight
        raise BadMoment(_NEITHER)
    try:
        return in_utc(local, zone)
    except OverflowError:
        raise BadMoment("Please give a date near today.") from None


def in_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the school's clocks show this; ``BadMoment`` as above."""
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        msg = f"{local:%H:%M} does not exist that night: the clocks go forward. Choose another."
        raise BadMoment(msg)
    msg = f"{local:%H:%M} comes twice that night: the clocks go back. Choose another."
    raise BadMoment(msg)


def write_moment(moment: datetime, zone: ZoneInfo) -> str:
    """The same spelling, for a form's field."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"


def likely_start(now: datetime) -> datetime:
    """The next full five minutes at least ten minutes from now: a likely leaving time."""
    later = now + timedelta(minutes=10)
    return later + (datetime.min.replace(tzinfo=UTC) - later) % timedelta(minutes=5)
