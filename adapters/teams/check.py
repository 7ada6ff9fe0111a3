"""What ``doorstep check`` says of Teams: the credentials, the office's channel, and who can't be
reached yet, with what to do.
"""

from collections.abc import AsyncIterator

from adapters.plug import ChannelOff
from adapters.teams.access import SILENT, Access, NoAccess
from adapters.teams.api import Limited, Unanswered
from adapters.teams.door import Door
from adapters.teams.faults import outcome
from adapters.teams.inbound import NAME
from adapters.teams.office import Offices
from adapters.teams.people import People
from adapters.teams.references import References
from bot.domain.school import School

ADD = "adding Doorstep in Teams, or an app setup policy that adds it for everybody, would be right."


async def check(
    access: Access,
    door: Door,
    references: References,
    people: People,
    offices: Offices,
    school: School,
) -> tuple[str, ...]:
    """A sentence for each thing to mend."""
    try:
        await access.begin()
        await access.token()
        found = [s async for s in _check(access, references, people, offices, school)]
    except ChannelOff as off:
        return (str(off),)
    except NoAccess:
        return (access.silent,)
    except (Limited, Unanswered):
        return (SILENT,)
    if unheard := await door.look():
        found.append(f"Teams: {unheard}")
    return tuple(found)


async def _check(
    access: Access, references: References, people: People, offices: Offices, school: School
) -> AsyncIterator[str]:
    await references.load()
    if not await people.learn_all():
        yield SILENT
    if access.refused:  # of nobody there is more to say
        yield access.refused
        return
    office = school.office.get(NAME)
    if office:
        verdict = await offices.verdict(office, public=school.office_public)
        if not verdict.fit:
            yield f"Teams: the office channel {office} is told no names: {verdict.why_not}."
    for person in school.people:
        place = references.of(person)
        if place is not None and place.why_not:
            yield (
                f"Teams: {person.name} has {place.why_not}, so nothing is shown to them; a "
                "member's account would be right."
            )
        elif place is not None and place.address in people.refused:
            why = outcome(people.refused[place.address])
            yield f"Teams: {person.name} can't be reached: {why}."
        elif place is None and (NAME in person.addresses or not person.addresses):
            yield f"Teams: {person.name} can't be reached yet: {ADD}"
