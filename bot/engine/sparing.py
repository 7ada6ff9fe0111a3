"""Sparing phones: what one person does over and over does not buzz anybody each time (S9).

The repeats alone: the same deed, by the same person, with the same card, to the same phone. What
others do, and what the clock brings about, is neither counted nor spared; nor is what is news
(``rings_anew``). What is spared is edited at once, silently, and one message follows that buzzes,
so that the last words always ring.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.commands import Command, Wake
from bot.domain.policy import Policy

MOST_BUZZES = 5
LONGEST = timedelta(minutes=1)


def deed_of(command: Command) -> str:
    """Who does what; empty for the clock."""
    return "" if isinstance(command, Wake) else f"{command.by}.{type(command).__name__}"


def a_while(policy: Policy) -> timedelta:
    """In so long a phone buzzes five times at the most; then a sixth of it passes between two. A
    minute, but never long beside the times in which somebody must answer or an alarm repeats.
    """
    return min(LONGEST, policy.alarm_repeat / 5, policy.check_in_reply_within / 5)


def spared_until(buzzed: Sequence[datetime], policy: Policy, now: datetime) -> datetime | None:
    """Until when a phone that has buzzed at these moments is spared; None where it may buzz now.

    A moment still to come is a message that will: it tells the latest, and there is no need of
    another.
    """
    if len(buzzed) < MOST_BUZZES:
        return None
    until = buzzed[-1] if buzzed[-1] > now else buzzed[-1] + a_while(policy) / 6
    return until if until > now else None
