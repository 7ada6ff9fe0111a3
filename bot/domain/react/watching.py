"""Who is told of somebody watching, and of nobody doing so."""

from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.react.out import office
from bot.domain.shows import Show, again, post
from bot.domain.visit import Visit


def confirmed(before: Visit, after: Visit) -> tuple[Show, ...]:
    """Everybody's cards say who; the visitors' phones ring only if they had heard of nobody."""
    assert before.watch is not None
    return (again("departure"), again("unwatched"), *_visitors(after, ring=before.watch.unwatched))


def asked(before: Visit, event: e.WatchAsked, after: Visit) -> tuple[Show, ...]:
    """The next people; and the visitors, once nobody is left to be asked."""
    assert before.watch is not None
    first = event.nobody and not before.watch.unwatched
    return (
        *(post(person, "unwatched") for person in event.ask),
        again("departure"),
        again("unwatched"),
        *_visitors(after, ring=first),
    )


def lost(event: e.WatchLost, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """The office, or whoever has its part, is asked anew."""
    told = (who for who in office(after, facts, event.at) if who != event.person)
    return (*(post(who, "departure") for who in told), again("departure"), *_visitors(after))


def _visitors(after: Visit, *, ring: bool = False) -> tuple[Show, ...]:
    assert after.watch is not None
    out = (v.id for v in after.watch.out)
    return tuple(post(v, "out") if ring else Show(v, "out", "out") for v in out)
