"""What each visitor's own word comes to, and whether two of them differ. One that is silent or has
asked for help is in an alarm already, and somebody else's word of them is no answer of theirs (S6).

The table, for each two of a visit, whoever of them is the lead:

=========  ===========  ==========================================================
one says   the other    what it is
=========  ===========  ==========================================================
uneasy     uneasy       no difference: both are leaving
uneasy     there        amber, where the other said so after it
uneasy     back         amber: one has come back without the other
back       there        amber, where the other said so after it
back       back         no difference
there      there        no difference
anything   nothing yet  no difference: the watch goes on for the other
silent     anything     the alarm
help       anything     the alarm
=========  ===========  ==========================================================

``there`` is a visitor's own I'm OK, I've arrived or I need more time. What was said before the
other's word is no answer to it: a pair that drives home together presses I'm back one after the
other, and nobody is rung for that.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import permutations
from typing import Literal

from bot.domain.tidings import Reason
from bot.domain.watch import Visitor, Watch

Answer = Literal["uneasy", "back", "there", "", "silent", "help"]
_THERE = frozenset({"ok", "arrived", "more_time"})
_ALWAYS, _SAID_AFTER = "always", "said after"
DIFFER: dict[tuple[Answer, Answer], str] = {
    ("uneasy", "there"): _SAID_AFTER,
    ("uneasy", "back"): _ALWAYS,
    ("back", "there"): _SAID_AFTER,
}
"""Which two answers differ; every other two don't."""


def answer_of(visitor: Visitor) -> tuple[Answer, datetime]:
    """What this visitor says now, and since when."""
    if visitor.help_at:
        return "help", visitor.help_at
    if visitor.back_at:
        return ("back" if visitor.back_by == visitor.id else ""), visitor.back_at
    if visitor.silent_since:
        return "silent", visitor.silent_since
    if visitor.heard in _THERE and visitor.uneasy_at is None:
        return "there", visitor.last_heard
    if visitor.uneasy_at:
        return "uneasy", visitor.uneasy_at
    return "", visitor.last_heard


def reasons(watch: Watch) -> tuple[Reason, ...]:
    """Why an amber alert must stand, each reason once. Whoever is in trouble is looked for already;
    whoever is uneasy and silent is both.
    """
    uneasy = (Reason("uneasy", (v.id,), v.uneasy_at) for v in watch.out if v.uneasy_at)
    return (*uneasy, *_differing(watch))


def _differing(watch: Watch) -> Iterator[Reason]:
    for one, other in permutations(watch.visitors, 2):
        (says, since), (answers, at) = answer_of(one), answer_of(other)
        rule = DIFFER.get((says, answers))
        if rule == _ALWAYS or (rule == _SAID_AFTER and at > since):
            yield Reason("differ", (one.id, other.id))
