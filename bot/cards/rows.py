"""One visit that is out in one row, and which row comes first: the board, lists of alarms, and
where everybody is all order and say it alike (S9, S16).
"""

from datetime import datetime

from bot.cards.view import View, few_names
from bot.cards.words import HEARD

LONGEST_PLACE = 120
MOST_PHONES = 3
Urgency = tuple[int, datetime, str]


def in_trouble(view: View) -> bool:
    """Whether an alarm is open."""
    return view.alarm is not None


def urgency(view: View) -> Urgency:
    """Calls for help first, then whoever is overdue longest, then by when they are due."""
    reference = view.visit.reference
    if view.alarm is None:
        return (2, view.watch.expected_return, reference)
    calls = [v.help_at for v in view.watch.visitors if v.help_at]
    return (0, min(calls), reference) if calls else (1, view.alarm.since, reference)


def counted(number: int) -> str:
    """``1 visit is`` or ``3 visits are``."""
    return "1 visit is" if number == 1 else f"{number} visits are"


def row(view: View) -> str:
    """Who, with whom, where, due when, and how it stands with them. Whoever is on the visit reads
    it on a doorstep: their own row says neither where nor who came from outside (P1).
    """
    names = [v.name for v in view.watch.out or view.watch.visitors]
    rest = f"{_due(view)}. {state(view)}"
    if view.reader in view.visit.visitors:
        return f"{few_names(names)}. {rest}"
    if view.details and view.details.external:
        names.append(f"{view.details.external.name} (from outside)")
    return f"{few_names(names)}: {short_place(view)}. {rest}"


def _due(view: View) -> str:
    """Nobody waits for somebody who is back, nor at a time that nobody has given."""
    if not view.watch.out:
        return "Back"
    if view.watch.called and view.alarm:
        return "Called for help before leaving was said"
    return f"Due back {view.clock(view.watch.expected_return)}"


def ring(view: View) -> str:
    """Whom to ring, those first for whom the alarm stands."""
    out = view.watch.out or view.watch.visitors
    first = [*view.watch.troubled, *(v for v in out if not v.in_trouble)]
    few = view.phones(first[:MOST_PHONES])
    more = len(first) - MOST_PHONES
    return f"Ring {few}{f'; and {more} more' if more > 0 else ''}."


def short_place(view: View) -> str:
    """The address, cut where it would fill a list; it stands whole on the visit's own card."""
    place = view.place.strip().rstrip(".")
    return place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1].rstrip()}…"


def state(view: View) -> str:
    """How it stands, in a sentence or two."""
    watch = view.watch
    if view.alarm:
        return f"{_trouble(view)} {_owner(view)}"
    if watch.extension:
        return f"They ask for time until {view.clock(watch.extension.until)}."
    answers = [v.prompt.reply_by for v in watch.out if v.prompt]
    if answers:
        return f"Asked whether they are OK: answer due by {view.clock(min(answers))}."
    if not watch.out:
        return "Everybody is back."
    heard = [v for v in watch.out if v.heard != "taken_along"]
    if not heard:
        return "Nothing heard yet."
    last = max(heard, key=lambda v: v.last_heard)
    return f"Last heard {view.clock(last.last_heard)}, {HEARD[last.heard]}."


def _trouble(view: View) -> str:
    watch, open_ = view.watch, view.alarm
    assert open_ is not None
    helped = [v for v in watch.visitors if v.help_at]
    if helped:
        since = min(v.help_at for v in helped if v.help_at)
        return f"{few_names(v.name for v in helped)} asked for help at {view.clock(since)}."
    silent = watch.troubled or watch.out
    since = min((v.last_heard for v in silent), default=open_.since)
    late = "Late, and no answer" if open_.since >= watch.expected_return else "No answer"
    return f"{late} from {few_names(v.name for v in silent)} since {view.clock(since)}."


def _owner(view: View) -> str:
    owner = view.alarm.owner if view.alarm else None
    if owner is None:
        return "Nobody has it yet."
    return f"{view.name(owner.id)} has it, until {view.clock(owner.until)}."
