"""While out: being heard of, being asked, more time, and coming back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.events import (
    CameBack,
    Chased,
    CheckedIn,
    Closed,
    Departed,
    ExtensionAsked,
    ExtensionRefused,
    OutAgain,
    PlaceChanged,
    Prompted,
    ReturnCame,
    ReturnMoved,
    ReturnReminded,
    Wrote,
)
from bot.domain.evolve.notes import noted
from bot.domain.policy import Policy
from bot.domain.schedule import next_routine
from bot.domain.visit import Finished, InAlarm, Out, Visit
from bot.domain.watch import Due, Extension, Prompt, Visitor, Watch

_WELL = frozenset({"ok", "phoned"})
"""What takes "uneasy" back. Having arrived, moved on or asked for more time says nothing of it."""

WITHOUT_WORDS = "a voice message, picture or file"


def with_watch(visit: Visit, watch: Watch) -> Visit:
    """Put a watch in place of the one there, in whichever phase has it."""
    assert isinstance(visit.phase, Out | InAlarm | Finished)
    return replace(visit, phase=replace(visit.phase, watch=watch))


def with_visitor(watch: Watch, person: str, change: Callable[[Visitor], Visitor]) -> Watch:
    """Change one visitor's own watch, nobody else's (S6)."""
    return replace(
        watch,
        visitors=tuple(change(v) if v.id == person else v for v in watch.visitors),
    )


def watch_of(visit: Visit) -> tuple[Watch, Policy]:
    """The watch and the policy frozen at departure; both are there in every watched phase."""
    watch, policy = visit.watch, visit.policy
    assert watch is not None
    assert policy is not None
    return watch, policy


def _routine(watch: Watch, visitor: Visitor, policy: Policy, after: datetime) -> Due | None:
    return next_routine(
        departed_at=watch.departed_at,
        checked_in_at=visitor.checked_in_at,
        expected_return=watch.expected_return,
        policy=policy,
        after=after,
    )


def next_ask(at: datetime, policy: Policy) -> datetime | None:
    """When the next people are asked to watch; never, where a school asks nobody."""
    within = policy.watch_confirm_within
    return at + within if within > timedelta() else None


def departed(visit: Visit, event: Departed) -> Visit:
    """The watch begins, under the policy frozen now."""
    policy = event.policy
    watch = Watch(
        departed_at=event.at,
        expected_return=event.expected_return,
        approved_return=event.approved_return,
        visitors=event.visitors,
        told=event.told,
        breach=event.breach,
        unmet=event.unmet,
        called=event.called,
        staffed_until=event.staffed_until,
        confirm_by=None if event.called else next_ask(event.at, policy),
        reminded=event.expected_return - policy.return_remind_before <= event.at,
    )
    visitors = tuple(replace(v, due=_routine(watch, v, policy, event.at)) for v in event.visitors)
    out = replace(visit, policy=policy, phase=Out(replace(watch, visitors=visitors)))
    if event.guest or out.details is None:
        return out
    return replace(out, details=replace(out.details, external=None))


def checked_in(visit: Visit, event: CheckedIn) -> Visit:
    """The visitor was heard of: silence ends for them, and the next prompt counts from now."""
    watch, policy = watch_of(visit)

    def change(visitor: Visitor) -> Visitor:
        uneasy_at = None if event.how in _WELL else visitor.uneasy_at
        heard = replace(
            visitor,
            uneasy_at=uneasy_at,
            last_heard=event.at,
            heard=event.how,
            checked_in_at=event.at,
            prompt=None,
            silent_since=None,
            resume_at=event.resume_at,
            arrived_at=event.at if event.home > visitor.home else visitor.arrived_at,
            home=max(event.home, visitor.home),
            vouched_by=event.by if event.by != visitor.id else "",
        )
        if uneasy_at and visitor.due and visitor.due.kind == "uneasy":
            return heard  # they are asked soon, whatever else they say meanwhile
        return replace(heard, due=_routine(watch, heard, policy, event.at))

    return with_watch(visit, with_visitor(watch, event.visitor, change))


def came_back(visit: Visit, event: CameBack) -> Visit:
    """This visitor is back. An open call for help of theirs stays open (S5). When they were last
    heard of is kept while it is somebody else's word: that may be taken back.
    """
    watch, _ = watch_of(visit)

    def change(visitor: Visitor) -> Visitor:
        if event.by == visitor.id:
            visitor = replace(visitor, last_heard=event.at, heard="back", vouched_by="")
        return replace(
            visitor,
            back_at=event.at,
            back_by=event.by,
            due=None,
            prompt=None,
            resume_at=None,
            silent_since=None,
            uneasy_at=None,
        )

    return with_watch(visit, with_visitor(watch, event.visitor, change))


def out_again(visit: Visit, event: OutAgain) -> Visit:
    """Somebody else's word that they are back gives way to their own press."""
    watch, _ = watch_of(visit)
    watch = with_visitor(watch, event.visitor, lambda v: replace(v, back_at=None, back_by=""))
    if isinstance(visit.phase, Finished):
        return replace(visit, phase=Out(watch))
    return with_watch(visit, watch)


def return_moved(visit: Visit, event: ReturnMoved) -> Visit:
    """A new expected return for all; whoever had said OK without one has now said it.

    A request for longer than that is still to be answered (S11).
    """
    watch, policy = watch_of(visit)
    asked = watch.extension
    watch = replace(
        watch,
        expected_return=event.until,
        reminded=event.until - policy.return_remind_before <= event.at,
        return_asked=False,
        extension=asked if asked and asked.until > event.until else None,
    )

    def change(visitor: Visitor) -> Visitor:
        visitor = replace(visitor, resume_at=None)
        waits = visitor.prompt or visitor.in_trouble or not visitor.is_out
        if waits or (visitor.due and visitor.due.kind != "routine"):
            return visitor
        return replace(visitor, due=_routine(watch, visitor, policy, event.at))

    return with_watch(visit, replace(watch, visitors=tuple(map(change, watch.visitors))))


def extension(visit: Visit, event: ExtensionAsked | ExtensionRefused) -> Visit:
    """Until an approver says yes, the old return stands (S11)."""
    watch, _ = watch_of(visit)
    if isinstance(event, ExtensionRefused):
        return with_watch(visit, replace(watch, extension=None))
    number = watch.extensions + 1
    asked = Extension(number, event.by, event.until, event.at)
    return with_watch(visit, replace(watch, extensions=number, extension=asked))


def said(visit: Visit, event: PlaceChanged | Wrote) -> Visit:
    """A new place, or words that were not understood: kept as a note; so is that something came
    without words. One visitor's new place doesn't move the others (S6), so the planned one stays.
    """
    if isinstance(event, Wrote):
        about, words = ("wrote", event.note) if event.note else ("sent", WITHOUT_WORDS)
        return noted(visit, event.at, event.visitor, about, words)
    return noted(visit, event.at, event.by, "moved", event.note)


def prompted(visit: Visit, event: Prompted | Chased) -> Visit:
    """A prompt is open for this visitor, or was asked once more."""
    watch, _ = watch_of(visit)
    if isinstance(event, Chased):
        return with_watch(
            visit,
            with_visitor(
                watch,
                event.visitor,
                lambda v: replace(v, prompt=v.prompt and replace(v.prompt, chase_at=None)),
            ),
        )
    prompt = Prompt(event.number, event.kind, event.at, event.reply_by, event.chase_at)
    watch = replace(watch, prompts=max(watch.prompts, event.number))
    return with_watch(
        visit, with_visitor(watch, event.visitor, lambda v: replace(v, prompt=prompt, due=None))
    )


def return_came(visit: Visit, event: ReturnReminded | ReturnCame) -> Visit:
    """The reminder, and the return itself, come once for each expected return."""
    watch, _ = watch_of(visit)
    if isinstance(event, ReturnReminded):
        return with_watch(visit, replace(watch, reminded=True))
    return with_watch(visit, replace(watch, reminded=True, return_asked=True))


def closed(visit: Visit, event: Closed) -> Visit:
    """The watch ends; it is kept, so that a stand-down can still be undone (S2)."""
    watch, _ = watch_of(visit)
    return replace(visit, phase=Finished(watch, event.at))
