"""``doorstep check --tell PERSON``: a message to whoever asks for it, on each of their channels."""

import uuid
from collections.abc import AsyncIterator, Sequence

from adapters.commands.channels import PLUGS
from adapters.plug import ChannelOff, Plugged, Wiring
from bot.cards.general import reachable
from bot.domain.school import School
from bot.ports import GiveUp, TryLater


async def reach(
    person_id: str, school: School, names: Sequence[str], wiring: Wiring
) -> AsyncIterator[str]:
    """Give a sentence for each channel that doesn't reach them, and print one for each that does.

    That a channel took the message is what it says; that it is there, only they can see.
    """
    person = school.person(person_id)
    if person is None:
        yield f"Nobody has the id {person_id}; the id of one of [[people]] would be right."
        return
    for name in names:
        if name not in PLUGS:
            continue
        plugged = PLUGS[name]()(wiring)
        try:
            why = await _reach(plugged, person_id, school)
        finally:
            await plugged.stop()
        if why:
            yield f"{name} doesn't reach {person.name}: {why}"
        else:
            print(f"{name} took a message for {person.name}. They should see it now.")


async def _reach(plugged: Plugged, person_id: str, school: School) -> str:
    try:
        known = (await plugged.known(school)).person(person_id)
    except ChannelOff as off:
        return str(off)
    address = known.addresses.get(plugged.channel.name) if known else None
    if known is None or not address:
        return "no address of theirs is known there."
    try:
        card = reachable(known.name)
        await plugged.channel.post(address, card, urgent=False, key=f"check.{uuid.uuid4().hex}")
    except (GiveUp, TryLater) as problem:
        return f"{problem}."
    return ""
