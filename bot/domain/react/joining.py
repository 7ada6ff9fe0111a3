"""Who is told of somebody who left later than the others."""

from bot.domain import events as e
from bot.domain.react.out import refreshed, watchers
from bot.domain.shows import Show, again, alert, post
from bot.domain.visit import Visit


def joined(event: e.JoinedLate, after: Visit) -> tuple[Show, ...]:
    """The office and whoever was told of the departure hear of it; their own cards follow."""
    who = event.visitor.id
    asked = (alert(who, "alarm"),) if after.alarm else ()
    return (
        *(post(watcher, "departure") for watcher in watchers(after)),
        post(who, "out"),
        Show(who, "mine", "mine"),
        *asked,
        *refreshed(after),
        again("out"),
    )
