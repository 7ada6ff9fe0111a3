"""Who is told of an alert, or of a concern. Nobody on the visit is among them, and nothing of
either shows on the other visitors' cards.
"""

from bot.domain import events as e
from bot.domain.react.out import refreshed
from bot.domain.shows import EVERYBODY, Show, again, alert, post
from bot.domain.tidings import slot_of
from bot.domain.visit import Visit


def uneasy(before: Visit, event: e.FeltUneasy, after: Visit) -> tuple[Show, ...]:
    """On their own screen it looks like any other answer; whoever watches sees when and what. In an
    open alarm it changes whom they look for and how: whoever has it is told at once, or else
    everybody who was told of it.
    """
    who = event.visitor
    was = before.watch.visitor(who) if before.watch else None
    asked = was is not None and (was.prompt or was.silent_since or was.resume_at)
    own = (Show(who, "prompt", "prompt"),) if asked else ()
    return (Show(who, "out", "out"), *own, *refreshed(after), *_in_alarm(after))


def _in_alarm(after: Visit) -> tuple[Show, ...]:
    alarm = after.alarm
    if alarm is None:
        return ()
    told = (alarm.owner.id,) if alarm.owner else alarm.told
    return tuple(alert(each, "alarm") for each in told if each not in after.visitors)


def told(before: Visit, event: e.TidingsTold, after: Visit) -> tuple[Show, ...]:
    """New people are rung; whoever knew of it sees it silently, until it is told to all again."""
    was = before.watch.tidings(event.about, event.number) if before.watch else None
    now = after.watch.tidings(event.about, event.number) if after.watch else None
    assert now is not None
    slot, args = slot_of(event.about, event.number), {"number": str(event.number)}
    known = set(was.told) if was else set()
    anew = was is None or was.step < 0 or event.because in {"unseen", "again", "unreached"}
    fresh = [who for who in event.tell if anew or who not in known]
    shows = [Show(who, slot, event.about, fresh=True, urgent=True, args=args) for who in fresh]
    shows.extend(Show(who, slot, event.about, args=args) for who in now.told if who not in fresh)
    if event.about == "concern":
        shows.append(_receipt(now.by, event.number, after))
    return (*shows, *(refreshed(after) if event.about == "amber" else ()))


def raised(event: e.ConcernRaised) -> tuple[Show, ...]:
    """Their receipt. It is no urgent message: a phone that rings at a doorstep is looked at."""
    number = str(event.number)
    return (post(event.by, f"receipt.{number}", "receipt", number=number),)


def seen(event: e.TidingsSeen, after: Visit) -> tuple[Show, ...]:
    """Everybody told sees who has seen it, and whoever wrote it does."""
    slot, args = slot_of(event.about, event.number), {"number": str(event.number)}
    all_ = Show(EVERYBODY, slot, event.about, args=args)
    concern = after.watch.tidings("concern", event.number) if after.watch else None
    if event.about == "amber" or concern is None:
        return (all_,)
    return (all_, _receipt(concern.by, event.number, after))


def explained(event: e.ConcernExplained, after: Visit) -> tuple[Show, ...]:
    """Their words are news for whoever was told."""
    concern = after.watch.tidings("concern", event.number) if after.watch else None
    number = str(event.number)
    told = concern.told if concern else ()
    slot = slot_of("concern", event.number)
    return (
        *(alert(who, slot, "concern", number=number) for who in told),
        _receipt(event.by, event.number, after),
    )


def eased(after: Visit) -> tuple[Show, ...]:
    """Silently: what it was about is well, or less of it stands."""
    return (again("amber"), *refreshed(after))


def nudged(event: e.LeaveNudged) -> tuple[Show, ...]:
    """Quietly, to whoever is there."""
    return tuple(post(who, "nudge") for who in event.who)


def _receipt(by: str, number: int, after: Visit) -> Show:
    """Silently while they are out; once they are back it may ring."""
    me = after.watch.visitor(by) if after.watch else None
    back = me is not None and not me.is_out
    return Show(by, f"receipt.{number}", "receipt", fresh=back, args={"number": str(number)})
