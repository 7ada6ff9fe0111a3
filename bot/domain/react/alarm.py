"""Who is told what of an alarm: few, clear messages (S9), and never silence (S8)."""

from bot.domain import events as e
from bot.domain.facts import Facts, telling
from bot.domain.shows import Show, again, alert, post
from bot.domain.visit import Visit


def in_trouble(before: Visit, event: e.HelpAsked | e.WentSilent) -> tuple[Show, ...]:
    """The visitor's own cards; the rest comes with the rungs. Whoever has an open alarm already is
    told anew that one more visitor is silent: they may be on the phone with the other.
    """
    owner = before.alarm.owner if before.alarm else None
    told = (alert(owner.id, "alarm"),) if owner else ()
    return (
        Show(event.visitor, "prompt", "prompt"),
        Show(event.visitor, "out", "out"),
        *told,
        again("alarm"),
    )


_SAYING_SO = ("departure", "otherwise", "approval", "unanswered")
"""Cards that say whether an alarm is open."""


def raised(after: Visit) -> tuple[Show, ...]:
    """The departure notice, and what those who decide were sent, say that an alarm is open."""
    assert after.watch is not None
    return (*map(again, _SAYING_SO), *(Show(v.id, "out", "out") for v in after.watch.visitors))


def escalated(before: Visit, event: e.Escalated, after: Visit) -> tuple[Show, ...]:
    """New recipients are buzzed; earlier ones are edited, but for repeats and lapses (S9).

    A rung that adds nobody buzzes those who count again: a rung never passes in silence.
    """
    assert before.alarm is not None
    assert after.alarm is not None
    earlier = set(before.alarm.told)
    fresh = [who for who in event.tell if who not in earlier]
    if event.repeat:
        fresh = list(after.alarm.told)
    elif not set(event.counting) - earlier:
        fresh.extend(event.counting)
    asked = {v.id for v in after.watch.visitors if v.help_at} if after.watch else set()
    fresh = [who for who in fresh if who not in asked]  # their own card says that help is asked
    shows = [alert(who, "alarm") for who in dict.fromkeys(fresh)]
    shows.extend(Show(who, "alarm", "alarm") for who in after.alarm.told if who not in set(fresh))
    if event.last:
        new = event.rung > before.alarm.rung or event.because in {"reopened", "help"}
        rang, held = after.alarm.ringing, before.alarm.ringing_until
        passed = held is not None and after.alarm.ringing_until is None
        new = new or passed or (rang is not None and event.because == "lapsed")
        shows.extend(
            alert(who, "script") if new else Show(who, "script", "script")
            for who in after.alarm.holders
        )
    return (*shows, again("departure"), again("out"))


TO_VISITORS = ("out", "prompt", "alarm")
"""What a visitor has that may say whether anybody is reached."""


def limit_passed(event: e.LimitPassed, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Whoever is counted on is named as unreached; the visitors hear where that is everybody."""
    if not event.unreached:
        return ()
    alone = telling(after, facts.reached) == "nobody"
    own = (Show(who, slot, slot) for who in after.visitors for slot in TO_VISITORS)
    return (again("alarm"), *(own if alone else ()))


def owned(before: Visit, event: e.Owned | e.Ringing) -> tuple[Show, ...]:
    """Everybody told sees who has it."""
    assert before.alarm is not None
    new = event.by not in before.alarm.told
    own = (post(event.by, "alarm"),) if isinstance(event, e.Owned) and new else ()
    return (*own, again("alarm"), again("script"), again("departure"), again("out"))


def mistake(event: e.MistakeClaimed, after: Visit) -> tuple[Show, ...]:
    """It informs the owner, or whoever was told; it ends nothing (S4)."""
    assert after.alarm is not None
    owner = after.alarm.owner
    told = (owner.id,) if owner else after.alarm.told
    news = (
        post(who, "news", about="mistake", by=event.visitor)
        for who in told
        if who not in after.visitors
    )
    return (*news, again("alarm"), Show(event.visitor, "out", "out"))


def found_safe(event: e.FoundSafe) -> tuple[Show, ...]:
    """Those named see that they are watched again; the alarm's cards say for whom it stands."""
    return (
        *(post(who, "out") for who in event.who),
        *(Show(who, "prompt", "prompt") for who in event.who),
        *(again(slot) for slot in ("alarm", "script", "departure", "otherwise", "out")),
    )


def doubted(before: Visit, event: e.Doubted) -> tuple[Show, ...]:
    """They are looked for again. Whoever has the alarm hears of it; else the rung is told again."""
    owner = before.alarm.owner if before.alarm else None
    return (
        *((alert(owner.id, "alarm"),) if owner else ()),
        *(Show(who, slot, slot) for who in event.who for slot in ("out", "prompt")),
        *(again(slot) for slot in ("alarm", "script", "departure", "otherwise", "out")),
    )


def ended(before: Visit, event: e.AlarmEnded, after: Visit) -> tuple[Show, ...]:
    """Stand-down to everybody who was told; the visitors see that they are watched again."""
    assert before.alarm is not None
    assert after.watch is not None
    told = (who for who in before.alarm.told if who not in after.visitors)
    show = Show if event.answered else post
    own = (show(v.id, "out", "out") for v in after.watch.visitors)
    return (
        *(post(who, "over") for who in told),
        again("alarm"),
        again("script"),
        *map(again, _SAYING_SO),
        *own,
        *(Show(v.id, "prompt", "prompt") for v in after.watch.visitors if not event.answered),
    )


def reopened() -> tuple[Show, ...]:
    """The stand-down no longer stands; the rung buzzes everybody again."""
    return (again("over"), *map(again, _SAYING_SO))
