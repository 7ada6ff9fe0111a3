"""What holds the door shut of an approved visit, said while there is time to mend it; and what of
it has come since the approval: nobody may find that out at the door (S15).
"""

from collections.abc import Iterator

from bot.cards.model import Text
from bot.cards.view import View
from bot.cards.words import policy_says
from bot.domain.rules import held
from bot.domain.rules.case import Case, Shortfall
from bot.domain.visit import Approved, Visit


def has_fallen_short(visit: Visit) -> bool:
    """Whether anything is missing that was not when it was approved."""
    return isinstance(visit.phase, Approved) and bool(visit.phase.since)


def not_before(view: View) -> Iterator[Text]:
    """Everything that has to be there before the lead can leave."""
    for each in _missing(view):
        yield Text(f"Before you can leave: {each.said_to(view.reader)}", "strong")


def fell_short(view: View) -> Iterator[Text]:
    """To the lead: that it is so, what is missing, and what to do about it."""
    if not has_fallen_short(view.visit):
        return
    yield Text(
        "What is needed has changed since it was approved: you can't leave like this.", "strong"
    )
    yield from not_before(view)
    yield Text(
        "To add it, press Change the plan. Where that makes it another plan, I ask for approval "
        "anew."
    )
    yield from policy_says(view, *(each.rule for each in _since(view)))


def would_fall_short(view: View) -> Iterator[Text]:
    """To whoever approved: what they said yes to lacks something now, and who sees to it. The why
    stands here as long as it is open again, and no longer (P4).
    """
    new = _since(view)
    yield Text(f"{view.lead} can't leave like this, and has been told.", "strong")
    for each in new:
        yield Text(f"Missing since it was approved: {each.said_to(view.reader)}", "strong")
    yield Text(f"{view.lead} adds it. If that makes it another plan, you are asked anew.")
    yield from policy_says(view, *(each.rule for each in new))


def _missing(view: View) -> tuple[Shortfall, ...]:
    return held("leaving", Case.of(view.visit, view.facts, view.now))


def _since(view: View) -> tuple[Shortfall, ...]:
    phase = view.visit.phase
    known = phase.since if isinstance(phase, Approved) else ()
    return tuple(each for each in _missing(view) if each.name in known)
