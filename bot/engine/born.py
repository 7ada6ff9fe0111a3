"""A new visit: its reference, and its first row."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.decide import next_wake
from bot.domain.plan import Details, Plan
from bot.domain.visit import Requested, Visit
from bot.engine.scene import Scene
from bot.engine.setup import Setup
from bot.ports import UnitOfWork

BORN_FOR = timedelta(hours=1)


def born_now(scene: Scene) -> Visit:
    """A visit that nobody planned, from now on: of whoever is in danger, or leaves all the same."""
    born = Visit(
        school=scene.setup.school.id,
        id=scene.new_id(),
        reference="",
        lead=scene.person.id,
        created_at=scene.now,
        plan=Plan(scene.now, scene.now + BORN_FOR),
        details=Details(place=""),
        phase=Requested(asked_at=scene.now, stages=()),
    )
    return add_visit(scene.uow, born, scene.setup)


def add_visit(uow: UnitOfWork, visit: Visit, setup: Setup) -> Visit:
    """Give it the school's next reference and store it."""
    numbered = replace(visit, reference=f"V-{uow.visits.next_number(visit.school)}")
    uow.visits.add(numbered, next_wake(numbered, setup.policy))
    return numbered
