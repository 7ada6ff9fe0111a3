"""Contact and backup: asked, yes, no, replaced; and a visit while nobody is at school."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.gallery.played import Scene, asked
from bot.cards.gallery.school import at
from bot.domain import commands as c
from bot.domain.plan import Details, Plan
from bot.domain.school import School

EVENING = Plan(at("18:30"), at("19:15"), backup="bo")


def evenings(approved: Scene, details: Details, school: School) -> Mapping[str, Scene]:
    """By day the contact, in the evening the backup."""
    alone = replace(details, external=None)
    evening = asked(plan=EVENING, details=alone, school=school)
    yes = evening.does("13:22", c.StandBy("bo"))
    agreed = yes.does("13:25", c.Approve("lee", 1))
    out = agreed.does("18:30", c.Depart("ana", ("ana",)))
    lost = out.does("18:40", c.CannotStandBy("bo"))
    longer = out.does("18:50", c.TakeMoreTime("ana", at("20:45")))
    replaced = lost.does("18:42", c.NameStandBy("ana", "backup", "pat"))
    return {
        "the contact said yes": approved.does("13:30", c.StandBy("bo")),
        "the contact can't": approved.does("13:30", c.CannotStandBy("bo")),
        "evening, asked": evening,
        "evening, the backup said yes": yes,
        "evening, approved, no word of the backup": evening.does("13:25", c.Approve("lee", 1)),
        "evening, approved": agreed,
        "evening, the backup can't": agreed.does("14:00", c.CannotStandBy("bo")),
        "evening, another backup": agreed.does("14:00", c.NameStandBy("ana", "backup", "pat")),
        "evening, out": out,
        "evening, out, the backup can't": lost,
        "evening, out, another backup": replaced,
        "evening, out, another backup said yes": replaced.does("18:44", c.StandBy("pat")),
        "evening, much longer asked": longer,
        "evening, much longer allowed": longer.does("18:52", c.AllowMoreTime("lee", 1)),
        "evening, back": out.does("18:50", c.ComeBack("ana")),
    }
