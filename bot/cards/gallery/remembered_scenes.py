"""What the school remembers of an address, before a request: flags and earlier visits."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards.gallery.played import Scene
from bot.cards.gallery.school import at
from bot.domain.known import Flag, Known, Previous
from bot.domain.visit import Visit

RISK = "A large dog that is loose in the garden. Ring before you go through the gate."


def _ago(days: int) -> datetime:
    return at("10:00") - timedelta(days=days)


DOG = Flag("f1", "okoro", _ago(30), at("10:00"), _ago(-60), "14 Oak Road", RISK)
LATER = replace(DOG, review_at=_ago(-30), reviewed_by="okoro", reviewed_at=_ago(2))
ENDED = replace(DOG, id="f2", at=_ago(400), until=_ago(5), reason="Builders on the stairs.")
LIFTED = replace(DOG, id="f3", lifted_by="shah", lifted_at=_ago(3))
SEALED = replace(DOG, place=None, reason=None)


def _was(start: Scene, number: int) -> Visit:
    return replace(start.visit, id=f"v{number}", reference=f"V-09{number}0", details=None)


def remembering(start: Scene) -> dict[str, Scene]:
    """A request before which something is known."""
    alarm = Previous(_was(start, 9), _ago(21), here=True, outcome="over", trouble="alarm")
    calm = Previous(_was(start, 8), _ago(40), here=True, outcome="over")
    other = Previous(_was(start, 7), _ago(300), here=False, outcome="declined")
    concern = Previous(_was(start, 6), _ago(310), here=False, outcome="over", trouble="concern")
    known = Known(looked=True, flags=(DOG, ENDED, LIFTED), previous=(alarm, calm, other, concern))
    facts = replace(start.facts, known=known, unread=frozenset({"ana", "sam"}))
    unreadable = replace(start.facts, known=Known(looked=True, flags=(SEALED,)))
    unlooked = replace(start.facts, known=Known())
    return {
        "asked, and something is known": replace(start, facts=facts),
        "asked, and a flag can't be read": replace(start, facts=unreadable),
        "asked, and nobody could look": replace(start, facts=unlooked),
    }
