"""Settings that are broken, and mended (S15): whoever looks after Doorstep sees what to mend, the
office no more than that there is something.

The same message is both: drawn when nothing is wrong any more, it says so.
"""

from datetime import datetime

from bot.cards.model import Block, Card, Items, Text
from bot.cards.overview import Overview
from bot.cards.view import few_names
from bot.domain.roles import OFFICE
from bot.domain.school import Person, School

SHOWN = 10
CLOSED = "closed"
SINCE = "since"
"""Arguments: no new visits are taken; when the settings in use were last found good."""
UNHEARD = (
    "Nobody can be heard in %s just now: what is pressed or written there doesn't arrive. Please "
    "ring whoever is out."
)


def keepers(school: School, now: datetime) -> tuple[Person, ...]:
    """Whoever looks after Doorstep: the administrators or, where nobody is one, the Head."""
    for role in ("admin", "head"):
        if found := school.holders(role, now) or school.with_role(role):
            return found
    return ()


def settings(overview: Overview) -> Card:
    """What is wrong now, and what goes on all the same."""
    if not overview.problems:
        mended = "Doorstep's settings are mended."
        goes_on = Text("All is well again. There is nothing to do.")
        return Card("Doorstep's settings are mended", mended, (goes_on,), tone="done")
    blocks: list[Block] = []
    if _keeps(overview):
        problems = overview.problems
        blocks.append(Items(problems[:SHOWN]))
        if len(problems) > SHOWN:
            blocks.append(Text(f"And {len(problems) - SHOWN} more: doorstep check tells them all."))
    blocks.extend(Text(UNHEARD % channel.capitalize(), "strong") for channel in overview.unheard)
    blocks.append(Text(_goes_on(overview)))
    if overview.args.get(CLOSED):
        blocks.append(
            Text(
                "Until then nobody can ask for a new visit here, and alarms may lack the address "
                "and the risks. They go out all the same.",
                "strong",
            )
        )
    if not _keeps(overview):
        names = few_names(p.name for p in keepers(overview.school, overview.now))
        blocks.append(Text(f"{names} can see what it is.") if names else Text(_NOBODY))
    title = "Doorstep's settings need mending."
    return Card("Doorstep's settings need mending", title, tuple(blocks), tone="amber")


_NOBODY = "Nobody is named as administrator in the school file."


def _keeps(overview: Overview) -> bool:
    if overview.reader == OFFICE:
        return False
    return any(p.id == overview.reader for p in keepers(overview.school, overview.now))


def _goes_on(overview: Overview) -> str:
    watched = "Whoever is out is watched as before."
    since = overview.args.get(SINCE)
    if not since:
        return watched
    local = overview.school.local(datetime.fromisoformat(since))
    today = overview.school.local(overview.now).date()
    day = "today" if local.date() == today else f"on {local:%a} {local.day} {local:%b}"
    return f"{watched} I use the settings that were last good, at {local:%H:%M} {day}."
