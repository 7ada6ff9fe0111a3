"""A flag on an address, and somebody is out there: they learn of it at once, and so does whoever
stands by for them or may decide. Nobody whom the visit is kept from, and never the office as such.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.cards.warning import noted as what_was_noted
from bot.domain.addresses import sought
from bot.domain.facts import Facts
from bot.domain.known import Flag, Known, Marks, may_be_at
from bot.domain.roles import Audience, approvers
from bot.domain.shows import Show, again, alert
from bot.domain.standby import PARTS
from bot.domain.visit import Visit
from bot.engine.gather import gather
from bot.engine.replying import NOT_YOURS
from bot.engine.routes import parcels
from bot.engine.scene import Reply, Scene
from bot.engine.setup import Setup
from bot.ports import Press, UnitOfWork

MOST = 20


def warn(uow: UnitOfWork, flag: Flag, setup: Setup, now: datetime) -> list[Visit]:
    """A flag was set: tell whoever is out at its address; give the visits."""
    warned = list(_out_there(uow, flag.place or "", setup))
    for visit in warned:
        _tell(uow, visit, flag, setup, now)
    return warned


def gone_there(uow: UnitOfWork, visit: Visit, place: str, setup: Setup, now: datetime) -> None:
    """Somebody has gone somewhere else: whatever binds there is told like a flag that was set."""
    there = uow.flags.at(visit.school, frozenset(sought(place))) or ()
    if flag := next((each for each in there if each.binds(now)), None):
        _tell(uow, visit, flag, setup, now)


def _tell(uow: UnitOfWork, visit: Visit, flag: Flag, setup: Setup, now: datetime) -> None:
    """The people of one visit, but for whoever set it; whoever reads the risks in an open alarm has
    them anew.
    """
    facts = gather(uow, visit, setup, now)
    told = (who for who in dict.fromkeys(_whom(visit, facts, now)) if who != flag.by)
    shows: list[Show] = [alert(who, "warning", by=flag.by) for who in told]
    rows = parcels(uow, visit, [*shows, again("script")], setup, now)
    why = f"flag.{flag.id}"  # apart from what this version of the visit showed itself
    uow.outbox.put([replace(row, id=f"{row.id}.{why}", key=f"{row.key}.{why}") for row in rows])


def noted(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """What it is: for whoever is on the visit, or may see everything about it; in no channel."""
    del pressed
    view = scene.view(visit)
    if scene.inbound.in_office or view.audience is not Audience.ALL or visit.watch is None:
        return NOT_YOURS
    if visit.details is None:
        return Reply("I can't read it just now. Please ring whoever told you of it.")
    there = scene.uow.flags.at(visit.school, may_be_at(visit.details))
    known = Known(looked=there is not None, flags=tuple(there or ()))
    return Reply(special=what_was_noted(replace(view, facts=replace(view.facts, known=known))))


def _out_there(uow: UnitOfWork, place: str, setup: Setup) -> Iterator[Visit]:
    found = uow.visits.alike(setup.school.id, Marks(sought(place)), "", MOST) or []
    for each in found:
        if each.visit.watch and each.visit.watch.out:
            visit = uow.visits.get(each.visit.school, each.visit.id)
            if visit:
                yield visit


def _whom(visit: Visit, facts: Facts, now: datetime) -> Iterable[str]:
    """Whoever is out, but for those who asked for help: a ringing phone may give them away. Then
    contact and backup, unless they have said that they can't; the approvers, whoever of them isn't
    at a door; and whoever may see the risks in an open alarm.
    """
    assert visit.watch is not None
    yield from (visitor.id for visitor in visit.watch.out if visitor.help_at is None)
    for part in PARTS:
        word, named = visit.word(part), visit.plan.named(part)
        if named and (word is None or word.said == "yes"):
            yield named
    yield from (person for person in approvers(visit, facts, now) if person not in facts.out)
    yield from visit.alarm.holders if visit.alarm else ()
