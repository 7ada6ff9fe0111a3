"""A new visit: its reference, and its first row."""

from dataclasses import replace

from bot.domain.decide import next_wake
from bot.domain.visit import Visit
from bot.engine.setup import Setup
from bot.ports import UnitOfWork


def add_visit(uow: UnitOfWork, visit: Visit, setup: Setup) -> Visit:
    """Give it the school's next reference and store it."""
    numbered = replace(visit, reference=f"V-{uow.visits.next_number(visit.school)}")
    uow.visits.add(numbered, next_wake(numbered, setup.policy))
    return numbered
