"""Who is told of somebody who left later than the others."""

from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.react.out import judges, refreshed, watchers
from bot.domain.shows import Show, again, alert, post
from bot.domain.visit import Visit


def joined(event: e.JoinedLate, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """The office and whoever was told of the departure hear of it; their own cards follow. Whoever
    decides is told where it was without an approval, after a call for help that was no breach.
    """
    who = event.visitor.id
    watch = after.watch
    assert watch is not None
    breach = judges(after, event.at, facts) if watch.called and watch.breach else ()
    asked = (alert(who, "alarm"),) if after.alarm else ()
    return (
        *(post(watcher, "departure") for watcher in watchers(after)),
        *(post(judge, "otherwise") for judge in breach if judge not in after.visitors),
        post(who, "out"),
        Show(who, "mine", "mine"),
        *asked,
        *refreshed(after),
        again("out"),
    )
