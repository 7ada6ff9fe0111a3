"""Who is told what while somebody is out."""

from datetime import datetime

from bot.domain import events as e
from bot.domain.duty import office_part
from bot.domain.facts import Facts
from bot.domain.roles import OFFICE, approvers
from bot.domain.shows import Show, again, alert, post
from bot.domain.standby import PARTS
from bot.domain.visit import Visit


def watchers(visit: Visit) -> tuple[str, ...]:
    """The office, whoever was told of the departure, and of the open alarm; never a visitor."""
    watch = visit.watch
    assert watch is not None
    told = (OFFICE, *watch.told, *(visit.alarm.told if visit.alarm else ()))
    return tuple(dict.fromkeys(who for who in told if who not in visit.visitors))


def refreshed(visit: Visit) -> tuple[Show, ...]:
    """What stands before the watchers follows the visit, silently."""
    shows = [again("departure"), again("otherwise"), again("approval")]
    if visit.alarm:
        shows += [again("alarm"), again("script")]
    return tuple(shows)


def departed(before: Visit, event: e.Departed, facts: Facts) -> tuple[Show, ...]:
    """The office gets the notice, a senior leader and the contact are told (S16); whoever decides
    is told of a breach, and of somebody who went alone in place of a pair.
    """
    visitors = tuple(v.id for v in event.visitors)
    shows = [
        post(OFFICE, "departure"),
        *(post(person, "departure") for person in event.told if person not in visitors),
        *(post(person, "out") for person in visitors),
        *(Show(person, "mine", "mine") for person in visitors),
        *(post(person, "mine") for person in before.visitors if person not in visitors),
        *(again(slot) for slot in ("approval", "unanswered", "not_left", "stand_by")),
    ]
    if event.called:
        return (*shows, *_are_you_with_them(before, visitors))
    fewer = len(visitors) < len(before.visitors)
    if event.breach or fewer:
        told = judges(before, event.at, facts)
        shows.extend(post(who, "otherwise") for who in told if who not in before.visitors)
    return tuple(shows)


def judges(visit: Visit, now: datetime, facts: Facts) -> tuple[str, ...]:
    """Whoever is told of a breach: approvers, office and Head (S1)."""
    heads = (p.id for p in facts.school.holders("head", now))
    return tuple(dict.fromkeys((*approvers(visit, facts, now), OFFICE, *heads)))


def _are_you_with_them(before: Visit, called: tuple[str, ...]) -> tuple[Show, ...]:
    """Help was asked before anybody said that they left: the others may be there all the same."""
    others = (person for person in before.visitors if person not in called)
    return tuple(alert(person, "mine") for person in others)


def heard(before: Visit, event: e.CheckedIn | e.OutAgain, after: Visit) -> tuple[Show, ...]:
    """The visitor's own cards follow; past the return they are asked for a new one (S2). What
    somebody else says of them makes their phone ring: it may be wrong, and closed a question (S6).
    """
    who = event.visitor
    own = [Show(who, "out", "out")]
    was = before.watch.visitor(who) if before.watch else None
    if isinstance(event, e.OutAgain):
        return (
            *own,
            *refreshed(after),
            again("back"),
            *(post(person, "news") for person in watchers(after)),
        )
    if event.resume_at is not None:
        own.append(post(who, "prompt", "new_return"))
    elif event.by != who:
        own.append(post(who, "prompt"))
    elif was and (was.prompt or was.silent_since or was.resume_at):
        own.append(Show(who, "prompt", "prompt"))
    return (*own, *refreshed(after), again("over"), again("due"))


def office_closed(before: Visit, event: e.OfficeClosed) -> tuple[Show, ...]:
    """Whoever has its part now gets the notice, as the office did, unless they have an alarm of it
    already; for others it follows.
    """
    told = before.alarm.told if before.alarm else ()
    new = (post(who, "departure") for who in event.told if who not in told)
    return (*new, again("departure"), again("stand_by"))


def office(visit: Visit, facts: Facts, now: datetime) -> tuple[str, ...]:
    """The office, and while nobody is there whoever has its part."""
    return (OFFICE, *office_part(visit, facts, now))


def came_back(event: e.CameBack, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """The return notice; with a call for help open, news for whoever has the alarm (S5)."""
    show = Show if event.by == event.visitor else post  # a wrong report must not go unnoticed (S6)
    own = (show(event.visitor, "out", "out"), Show(event.visitor, "prompt", "prompt"))
    notices = [post(who, "back") for who in office(after, facts, event.at)]
    notices += refreshed(after)
    visitor = after.watch.visitor(event.visitor) if after.watch else None
    if visitor and visitor.help_at and after.alarm:
        owner = after.alarm.owner
        told = (owner.id,) if owner else after.alarm.told
        notices.extend(post(w, "news") for w in told if w not in after.visitors)
    return (*own, *notices)


def more_time(
    before: Visit,
    event: e.ReturnMoved | e.ExtensionAsked | e.ExtensionRefused,
    after: Visit,
    facts: Facts,
) -> tuple[Show, ...]:
    """A new return stands on everybody's card; one that needs a yes is asked of the approvers."""
    if isinstance(event, e.ExtensionAsked):
        judges = approvers(after, facts, event.at)
        posts = (post(who, "extension") for who in judges if who not in after.visitors)
        return (*posts, Show(event.by, "out", "out"), *refreshed(after))
    asked = before.watch.extension if before.watch else None
    answered = asked is not None and (after.watch is None or after.watch.extension is None)
    visitors = tuple(v.id for v in after.watch.out) if after.watch else ()
    own = [post(v, "out") if answered else Show(v, "out", "out") for v in visitors]
    own.extend(Show(v, "prompt", "prompt") for v in visitors)
    closed = (again("extension"),) if answered else ()
    return (*own, *closed, *refreshed(after), *_for_longer(before, after))


def _for_longer(before: Visit, after: Visit) -> tuple[Show, ...]:
    """Whoever said yes to less is asked for the rest, at each return that goes further beyond."""
    assert before.watch is not None
    assert after.watch is not None
    due = after.watch.expected_return
    if due <= before.watch.expected_return:
        return ()
    words = dict.fromkeys(word for part in PARTS if (word := after.word(part)))
    less = (word for word in words if word.said == "yes" and not word.covers(word.since, due))
    return tuple(post(word.by, "stand_by") for word in less)


def said(event: e.PlaceChanged | e.Wrote, after: Visit) -> tuple[Show, ...]:
    """Somewhere else, or words not understood: new to every watcher, at once while in alarm."""
    urgent = after.alarm is not None or (isinstance(event, e.Wrote) and event.urgent)
    show = alert if urgent else post
    card = "moved" if isinstance(event, e.PlaceChanged) else "said"
    by = event.by if isinstance(event, e.PlaceChanged) else event.visitor
    told = tuple(show(who, card, by=by) for who in watchers(after))
    return (*told, *refreshed(after), Show(by, "out", "out"))


def prompted(event: e.Prompted | e.Chased, after: Visit) -> tuple[Show, ...]:
    """The question itself. What somebody asked for, and a chase, go before everything else."""
    if isinstance(event, e.Prompted) and event.kind == "routine":
        return (post(event.visitor, "prompt"), Show(event.visitor, "out", "out"))
    return (alert(event.visitor, "prompt"), *refreshed(after))


def returning(
    event: e.ReturnReminded | e.ReturnCame | e.CalledBack, after: Visit, facts: Facts
) -> tuple[Show, ...]:
    """Due back in a few minutes: the visitors and the office. The rest follows silently, but for
    a return that passes while somebody holds an alarm: they and the office hear of that.
    """
    owner = after.alarm.owner if after.alarm else None
    if isinstance(event, e.ReturnCame) and owner:
        told = (*office(after, facts, event.at), owner.id)
        return (*(post(who, "due") for who in told), *refreshed(after))
    if not isinstance(event, e.ReturnReminded) or after.watch is None:
        return refreshed(after)
    out = (post(v.id, "due") for v in after.watch.out if not v.in_trouble)
    return (*(post(who, "due") for who in office(after, facts, event.at)), *out)


def closed(after: Visit) -> tuple[Show, ...]:
    """Everybody's card says that it is over."""
    assert after.watch is not None
    own = (Show(v.id, slot, slot) for v in after.watch.visitors for slot in ("out", "prompt"))
    told = (post(w, "back") for w in after.watch.told if w not in after.visitors)
    still_shown = (
        *("departure", "otherwise", "approval", "unanswered"),
        *("due", "extension", "said", "nudge", "amber", "stand_by", "unwatched", "warning"),
    )
    return (*own, *map(again, still_shown), *told)
