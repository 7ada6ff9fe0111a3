"""A round of several homes, as a story of its own."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.gallery.played import Scene, asked
from bot.cards.gallery.school import PLAN, at
from bot.domain import commands as c
from bot.domain.plan import Details, Home
from bot.domain.school import School

FURTHER = (Home("3 Elm Street", "the Sample family"), Home("5 High Street"))


def on_a_round(details: Details, school: School) -> Mapping[str, Scene]:
    """Asked for, on the way to the first home, and at the second."""
    details = details if details.further else replace(details, further=FURTHER)
    plan = replace(PLAN, return_at=at("15:30"), homes=len(details.homes))
    start = asked(plan=plan, details=details, school=school)
    out = start.does("13:25", c.Approve("lee", 1)).does("13:52", c.Depart("ana", ("ana", "sam")))
    first = out.does("14:02", c.Arrive("ana", 1)).does("14:03", c.Arrive("sam", 1))
    return {
        "a round, asked": start,
        "a round, out": out,
        "a round, at the second home": first.does("14:20", c.Arrive("ana", 2)),
    }
