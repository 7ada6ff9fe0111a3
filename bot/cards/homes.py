"""Where somebody is who goes to several homes in one go: those that they said they have arrived at
first, then what is still to come, then what they have left behind.
"""

from collections.abc import Callable
from datetime import datetime

from bot.domain.plan import Details, Home, Note
from bot.domain.visit import Visit
from bot.domain.watch import Visitor, Watch


def homes_said(details: Details, watch: Watch | None, clock: Callable[[datetime], str]) -> str:
    """The address; of a round under way the home of each visitor who has arrived at one."""
    homes = details.homes
    arrived = [v for v in watch.out if 0 < v.home <= len(homes)] if watch else []
    if len(homes) == 1 or not arrived:
        return details.places
    at = sorted({v.home for v in arrived}, reverse=True)
    here = [_here(homes, home, [v for v in arrived if v.home == home], clock) for home in at]
    others = [home for home in range(at[-1] + 1, at[0]) if home not in at]
    rest = (
        ("then", homes[at[0] :]),
        ("between", tuple(homes[home - 1] for home in others)),
        ("before", homes[: at[-1] - 1]),
    )
    return "; ".join((*here, *(f"{when}: {_list(places)}" for when, places in rest if places)))


def _here(
    homes: tuple[Home, ...], home: int, them: list[Visitor], clock: Callable[[datetime], str]
) -> str:
    """``3 Elm Street (home 2 of 3: Ana Teach at 14:20)``."""
    who = ", ".join(f"{v.name} at {clock(v.arrived_at)}" if v.arrived_at else v.name for v in them)
    return f"{homes[home - 1].place} (home {home} of {len(homes)}: {who})"


def _list(homes: tuple[Home, ...]) -> str:
    return ", ".join(home.place for home in homes)


def arrived_since(note: Note, visit: Visit) -> bool:
    """Whether whoever had gone somewhere else has arrived at a home of the round after that."""
    me = visit.watch.visitor(note.by) if visit.watch else None
    if me is None or me.arrived_at is None or visit.plan.homes == 1:
        return False
    return me.arrived_at > note.at
