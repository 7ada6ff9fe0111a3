"""Who says that they are watching, and until when somebody else is asked."""

from dataclasses import replace

from bot.domain.events import OfficeClosed, WatchAsked, WatchConfirmed, WatchLost
from bot.domain.evolve.out import next_ask, watch_of, with_watch
from bot.domain.visit import Visit
from bot.domain.watch import Watching


def whoever_watches(
    visit: Visit, event: OfficeClosed | WatchConfirmed | WatchAsked | WatchLost
) -> Visit:
    """A named person, or somebody who is asked and has as long as those before them."""
    watch, policy = watch_of(visit)
    again = next_ask(event.at, policy)
    match event:
        case WatchConfirmed():
            who = Watching(event.by, event.at)
            watch = replace(watch, watching=who, confirm_by=None, unwatched=False)
        case WatchAsked():
            asked = tuple(dict.fromkeys((*watch.asked_to_watch, *event.ask)))
            watch = replace(watch, asked_to_watch=asked, confirm_by=again, unwatched=event.nobody)
        case WatchLost():
            watch = replace(watch, watching=None, confirm_by=again)
        case OfficeClosed():
            told = tuple(dict.fromkeys((*watch.told, *event.told)))
            watch = replace(watch, told=told, staffed_until=event.staffed_until)
            if event.relieved:
                watch = replace(watch, watching=None, confirm_by=again)
    return with_watch(visit, watch)
