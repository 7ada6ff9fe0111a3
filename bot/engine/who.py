"""Who sent this? A person of the school, or somebody who is still out on a visit (S3)."""

from bot.domain.school import Person
from bot.engine.setup import Setup
from bot.ports import Inbound, UnitOfWork


def sender(uow: UnitOfWork, setup: Setup, inbound: Inbound) -> Person | None:
    """The person at this address. Whoever is out keeps the right to act on their visit until it
    closes, also after being removed from the school file.
    """
    person = setup.school.at_address(inbound.channel, inbound.sender)
    if person:
        return person
    for visit in uow.visits.out_at(setup.school.id, inbound.channel, inbound.sender):
        for visitor in visit.watch.visitors if visit.watch else ():
            if visitor.addresses.get(inbound.channel) == inbound.sender:
                return Person(
                    visitor.id,
                    visitor.name,
                    frozenset(),
                    visitor.phone,
                    addresses=visitor.addresses,
                )
    return None
