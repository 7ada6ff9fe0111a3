"""What rings however often phones have buzzed (S4, S8, S9): an alarm that begins, stands again or
climbs, somebody who asks for help and had not, a hold that is broken. Everything else that a person
does may be the same thing once more, and its repeats may be spared.
"""

from collections.abc import Iterable

from bot.domain import events as e
from bot.domain.tidings import Reason, Tidings
from bot.domain.visit import Visit


def rings_anew(before: Visit, events: Iterable[e.Event]) -> bool:
    """Whether any of these events is news, and no repeat, for whoever is told of it."""
    return any(_is_new(before, event) for event in events)


def _is_new(before: Visit, event: e.Event) -> bool:
    match event:
        case e.AlarmRaised() | e.AlarmReopened() | e.Doubted() | e.OwnershipLapsed():
            return True
        case e.ConcernRaised():
            return True
        case e.AmberRaised():
            amber = before.watch.amber if before.watch else None
            return amber is None or amber.over_at is not None or _differs(event.reasons, amber)
        case e.Escalated():
            return not event.repeat
        case e.HelpAsked():
            visitor = before.watch.visitor(event.visitor) if before.watch else None
            rung = before.alarm is not None and before.alarm.rings(event.at) is not None
            return rung or visitor is None or visitor.help_at is None
        case _:
            return False


def _differs(reasons: tuple[Reason, ...], amber: Tidings) -> bool:
    """Whether an alert is about more than it was: not the same person uneasy once more."""
    known = {(reason.kind, reason.who) for reason in amber.reasons}
    return any((reason.kind, reason.who) not in known for reason in reasons)
