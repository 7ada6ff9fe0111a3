"""A new visit: its reference, and its first row."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from bot.domain.decide import next_wake
from bot.domain.plan import Details, Plan
from bot.domain.visit import Requested, Visit
from bot.engine.scene import Scene
from bot.engine.setup import Setup
from bot.ports import UnitOfWork

BORN_FOR = timedelta(hours=1)
APART = 100_000
"""Further than one school counts, and still six digits that can be said."""


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
    """Give it a reference and store it: the school's next. One that somebody must not know of gets
    a number apart, or they would see the gap in what they are sent.
    """
    apart = visit.plan.kept_from
    number = _apart(uow, visit) if apart else uow.visits.next_number(visit.school)
    numbered = replace(visit, reference=f"V-{number}")
    uow.visits.add(numbered, next_wake(numbered, setup.policy))
    return numbered


def _apart(uow: UnitOfWork, visit: Visit) -> int:
    """By the visit's own id, which nobody can guess."""
    digest = hashlib.sha256(visit.id.encode()).digest()
    number = int.from_bytes(digest[:4]) % APART + APART
    while uow.visits.by_reference(visit.school, f"V-{number}"):
        number += 1
    return number
