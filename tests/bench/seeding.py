"""Schools and visits in any number, for the benches. Nothing here is a real school."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import MappingProxyType

from bot.domain.plan import Details, Plan
from bot.domain.visit import Finished, Out, Visit
from bot.domain.watch import Due, Prompt, Visitor, Watch
from bot.engine.setup import Setup
from bot.ports import Store, UnitOfWork
from tests.stories.cast import school_text
from tests.stories.world import read_setup

SCHOOLS = 200
CHUNK = 500
Seed = tuple[Visit, datetime | None]


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def schools(count: int) -> list[Setup]:
    """Schools of one policy, each with an office and people of its own."""
    first = read_setup(school_text())
    office = [MappingProxyType({"web": f"office-{n}"}) for n in range(count)]
    return [
        replace(first, school=replace(first.school, id=f"school-{n}", office=office[n]))
        for n in range(count)
    ]


def out_visit(setup: Setup, number: int, now: datetime, due: datetime, lead: str = "ana") -> Seed:
    """Out since ten minutes ago, to be asked at ``due``."""
    left, back = now - timedelta(minutes=10), due + timedelta(hours=2)
    visitor = Visitor(lead, "Ana Teach", "+44 7700 900001", left, "left", due=Due(due, "routine"))
    return _visit(setup, number, lead, left, back, Out(Watch(left, back, back, (visitor,)))), due


def overdue_visit(setup: Setup, number: int, now: datetime) -> Seed:
    """Should have been back long ago; nobody has noticed yet."""
    visit, _ = out_visit(setup, number, now, now + timedelta(hours=9))
    assert isinstance(visit.phase, Out)
    asked, until = now - timedelta(minutes=30), now - timedelta(minutes=20)
    silent = replace(
        visit.phase.watch.visitors[0],
        due=None,
        prompt=Prompt(1, "routine", asked, until, until),
    )
    return replace(visit, phase=Out(replace(visit.phase.watch, visitors=(silent,)))), until


def past_visit(setup: Setup, number: int, now: datetime, lead: str = "ana") -> Seed:
    left, back = now - timedelta(days=9, minutes=number), now - timedelta(days=8, minutes=number)
    visitor = Visitor(lead, "Ana Teach", "+44 7700 900001", left, "left", back_at=back)
    over = Finished(Watch(left, back, back, (visitor,)), back)
    return _visit(setup, number, lead, left, back, over), None


def _visit(
    setup: Setup, number: int, lead: str, left: datetime, back: datetime, phase: Out | Finished
) -> Visit:
    details = Details("14 Oak Road", "attendance", "A family", "To talk")
    return Visit(
        school=setup.school.id,
        id=f"visit-{number}",
        reference=f"V-{number}",
        lead=lead,
        created_at=left,
        plan=Plan(left, back, (), "bo"),
        details=details,
        phase=phase,
        policy=setup.policy,
    )


async def keep(store: Store, visits: Iterable[Seed]) -> None:
    """Through the store itself, many in a transaction."""
    left: Iterator[Seed] = iter(visits)
    while chunk := list(islice(left, CHUNK)):

        def add(uow: UnitOfWork, chunk: list[Seed] = chunk) -> None:
            for visit, wake_at in chunk:
                uow.visits.add(visit, wake_at)

        await store.transact(add)
