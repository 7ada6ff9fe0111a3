"""Uneasy, what two say differently, and concerns. A concern touches nothing of the watch."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import events as e
from bot.domain.evolve.notes import noted
from bot.domain.evolve.out import watch_of, with_visitor, with_watch
from bot.domain.tidings import Seen, Tidings
from bot.domain.visit import Visit
from bot.domain.watch import Due, Visitor


def felt_uneasy(visit: Visit, event: e.FeltUneasy) -> Visit:
    """Heard of, and asked again soon. It answers the open question, but ends no silence that
    colleagues are looking into: who is uneasy is not yet safe.
    """
    watch, _ = watch_of(visit)

    def change(visitor: Visitor) -> Visitor:
        ask = None if visitor.in_trouble else Due(event.ask_at, "uneasy")
        return replace(
            visitor,
            uneasy_at=event.at,
            last_heard=event.at,
            heard="uneasy",
            vouched_by="",
            prompt=None,
            due=ask,
        )

    return with_watch(visit, with_visitor(watch, event.visitor, change))


def raised(visit: Visit, event: e.AmberRaised) -> Visit:
    """A new alert in place of the last: it is told from its first step on."""
    watch, _ = watch_of(visit)
    before = watch.amber
    told = before.told if before and before.over_at is None else ()
    amber = Tidings("amber", event.number, event.at, reasons=event.reasons, told=told)
    return with_watch(visit, replace(watch, amber=amber))


def eased(visit: Visit, event: e.AmberEased) -> Visit:
    """What stands of it still; with nothing left it is over."""

    def change(amber: Tidings) -> Tidings:
        over = None if event.reasons else event.at
        again = amber.again_at if event.reasons else None
        return replace(amber, reasons=event.reasons, over_at=over, again_at=again)

    return _changed(visit, "amber", _number(visit), change)


def _number(visit: Visit) -> int:
    watch, _ = watch_of(visit)
    return watch.amber.number if watch.amber else 0


def concern(visit: Visit, event: e.ConcernRaised | e.ConcernExplained) -> Visit:
    """One more concern; its words are a sealed note."""
    if isinstance(event, e.ConcernExplained):
        return noted(visit, event.at, event.by, f"concern {event.number}", event.note)
    watch, _ = watch_of(visit)
    new = Tidings("concern", event.number, event.at, by=event.by)
    return with_watch(visit, replace(watch, concerns=(*watch.concerns, new)))


def told(visit: Visit, event: e.TidingsTold) -> Visit:
    """A step was told; ``unheard`` until a channel confirms one who counts (S8)."""

    def change(tidings: Tidings) -> Tidings:
        return replace(
            tidings,
            step=event.step,
            told=tuple(dict.fromkeys((*tidings.told, *event.tell))),
            told_at=event.at,
            counting=event.counting,
            unheard=bool(event.counting),
            again_at=event.again_at,
            rounds=tidings.rounds + 1 if event.last else 0,
        )

    return _changed(visit, event.about, event.number, change)


def heard(visit: Visit, event: e.TidingsHeard) -> Visit:
    """Somebody is reached. An alert has done its part then, since the visitor is asked again
    anyway; a concern waits until somebody has seen it.
    """

    def change(tidings: Tidings) -> Tidings:
        again = tidings.again_at if tidings.about == "concern" else None
        return replace(tidings, unheard=False, again_at=again)

    return _changed(visit, event.about, event.number, change)


def seen(visit: Visit, event: e.TidingsSeen) -> Visit:
    """Somebody owned up: it is told no more."""

    def change(tidings: Tidings) -> Tidings:
        by = (*tidings.seen, Seen(event.by, event.at))
        return replace(tidings, seen=by, unheard=False, again_at=None)

    return _changed(visit, event.about, event.number, change)


def nudged(visit: Visit) -> Visit:
    """Once a visit."""
    watch, _ = watch_of(visit)
    return with_watch(visit, replace(watch, nudged=True))


def _changed(visit: Visit, about: str, number: int, change: Callable[[Tidings], Tidings]) -> Visit:
    """Change the alert or the concern of this number, and nothing else."""
    watch, _ = watch_of(visit)

    def fits(tidings: Tidings) -> bool:
        return (tidings.about, tidings.number) == (about, number)

    amber = watch.amber
    return with_watch(
        visit,
        replace(
            watch,
            amber=change(amber) if amber and fits(amber) else amber,
            concerns=tuple(change(c) if fits(c) else c for c in watch.concerns),
        ),
    )
