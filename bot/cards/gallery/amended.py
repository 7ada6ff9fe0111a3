"""Plans that change before departure, as stories of their own."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.gallery.played import Scene, asked
from bot.cards.gallery.school import PLAN, TWO_STAGES, at
from bot.domain import commands as c
from bot.domain.plan import Details
from bot.domain.school import School


def amended(start: Scene, approved: Scene, details: Details, school: School) -> Mapping[str, Scene]:
    """Before and after approval: other times, other people, another lead."""
    later = replace(PLAN, leaving_at=at("14:30"), return_at=at("15:30"))
    ten_later = replace(PLAN, leaving_at=at("14:10"), return_at=at("14:55"))
    riskier = replace(details, risks=f"{details.risks}, and a second one indoors")
    other = c.Ask("ana", later, riskier, 1)
    two = asked(details=details, school=school, policy=TWO_STAGES)
    changed = approved.does("13:40", other)
    return {
        "changed while it waits": start.does("13:24", c.Ask("ana", later, details, 1)),
        "changed, one of two had approved": two.does("13:25", c.Approve("lee", 1)).does(
            "13:30", other
        ),
        "changed after approval": changed,
        "changed, details unreadable": changed.unreadable(),
        "changed and changed back": changed.does("13:42", c.Ask("ana", PLAN, details, 2)),
        "changed, approved again": changed.does("13:45", c.Approve("shah", 2)),
        "shifted a little": approved.does("13:40", c.Ask("ana", ten_later, details, 1)),
        "a companion dropped out": approved.does("13:40", c.DropOut("sam")),
        "handed over": approved.does("13:40", c.HandOver("ana", "kim", 1)),
        "taken over": approved.does("13:40", c.HandOver("sam", "sam", 1)),
    }
